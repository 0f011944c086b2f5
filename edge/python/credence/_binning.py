"""One variable, binned: plain data with a certificate, which prints itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from credence import _drawing, _native
from credence._errors import InputError

Table = dict[str, list[Any]]


@dataclass(frozen=True)
class Binning:
    """The bins of one variable, what was counted in them, and the proof that none are better.

    Cells are numbered: ordered bins first, then one per special code, then missing, then (texts)
    unknown. Lists have one entry per cell.

    Attributes
    ----------
    name : str
    cells : dict
        ``edges`` (numbers: bins are [a, b)) or ``groups`` (texts), and ``specials``.
    events, nonevents : list of float
        Sums of weights of bad and good rows.
    records : list of float
        Rows.
    woe : list of float
        ln(share of goods / share of bads), smoothed; high is safe (Good 1950, Siddiqi 2006).
    iv : float
        Information value: sum of (q - p) * woe over all cells.
    trend : str
        How the event rate goes from bin to bin.
    certificate : dict
        ``optimality``, ``objective``, ``bound``, ``binding`` limits, ``problem_hash``.
    candidates : list of dict
        The trends that an automatic choice compared, with their held-out loss.
    notes : list of str
        Relaxed limits and fallbacks.
    problem : dict
        What was solved, so that `check` can prove the certificate.
    """

    name: str
    cells: dict[str, Any]
    events: list[float]
    nonevents: list[float]
    records: list[float]
    woe: list[float]
    iv_of_cells: list[float]
    fallback: list[bool]
    iv: float
    trend: str
    problem: dict[str, Any] = field(repr=False)
    prebin_edges: list[float] = field(repr=False)
    certificate: dict[str, Any] = field(repr=False)
    candidates: list[dict[str, Any]] = field(repr=False)
    notes: list[str]

    @property
    def kind(self) -> str:
        """``"number"`` or ``"text"``."""
        return "text" if "groups" in self.cells else "number"

    @property
    def labels(self) -> list[str]:
        """What each cell holds, in words: ``"[18, 25)"``, ``"Missing"``."""
        return cell_labels(self.cells)

    @property
    def rates(self) -> list[float]:
        """Event rate of each cell; NaN for a cell without rows."""
        pairs = zip(self.events, self.nonevents, strict=True)
        return [bad / (bad + good) if bad + good > 0 else float("nan") for bad, good in pairs]

    @property
    def bins(self) -> int:
        """Ordered bins, special codes and missing left out."""
        return len(self.cells["groups"]) if self.kind == "text" else len(self.cells["edges"]) + 1

    def table(self) -> Table:
        """The binning table as columns of equal length: ``pandas.DataFrame(binning.table())``."""
        return {
            "bin": self.labels,
            "records": self.records,
            "events": self.events,
            "nonevents": self.nonevents,
            "event_rate": self.rates,
            "woe": self.woe,
            "iv": self.iv_of_cells,
        }

    def to_pandas(self) -> Any:
        """`table` as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self.table())

    def assign(self, values: Any) -> npt.NDArray[np.uint16]:
        """The cell of each value, by number."""
        from credence._frames import Frame

        column = Frame({self.name: values}).table().columns[0].as_kind(self.kind)
        return _native.Cells(self.cells).assign(column)

    def check(self) -> None:
        """Proves the certificate again with code that the solver does not share.

        Raises
        ------
        InputError
            Which claim is false.
        """
        _native.check_binning(self.problem, self._last_prebins(), self.certificate)

    def _last_prebins(self) -> list[int]:
        """The last prebin of each bin, from how many records lie before each edge."""
        ends = np.cumsum([tally[2] for tally in self.problem["prebins"]])
        bins = np.cumsum(self.records[: self.bins])
        last = np.searchsorted(ends, bins - 0.5)
        if len(ends) == 0 or not np.array_equal(ends[last], bins):
            raise InputError("binning.check", "the bins are not made of whole prebins")
        return [int(place) for place in last]

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Binning:
        """The inverse of `to_dict`."""
        return cls(**state)

    def to_json(self) -> str:
        """All of it as JSON; numbers come back bit for bit."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Binning:
        """The inverse of `to_json`."""
        return cls.from_dict(json.loads(text))

    def plot(self, ax: Any = None) -> Any:
        """Bars of records and a line of event rates, on matplotlib axes (made when not given)."""
        return _drawing.plot_binning(self, ax)

    def _repr_html_(self) -> str:
        return _drawing.binning_html(self)


def cell_labels(cells: Mapping[str, Any]) -> list[str]:
    """What each cell holds, in words."""
    specials = list(cells["specials"])
    if "groups" in cells:
        bins = [_group_label(group) for group in cells["groups"]]
        return [*bins, *specials, "Missing", "Unknown"]
    edges = [f"{edge:.10g}" for edge in cells["edges"]]
    if not edges:
        return ["All", *specials, "Missing"]
    inner = [f"[{low}, {high})" for low, high in zip(edges, edges[1:])]
    return [f"< {edges[0]}", *inner, f"≥ {edges[-1]}", *specials, "Missing"]


def _group_label(group: list[str]) -> str:
    shown = ", ".join(group[:4])
    return f"{shown}, … ({len(group)})" if len(group) > 4 else shown
