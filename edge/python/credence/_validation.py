"""The validation pack: what a committee reads before a card may be used."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.utils.validation import check_is_fitted

from credence import _native
from credence._binner import check_rules
from credence._card import Card
from credence._errors import InputError
from credence._frames import Frame
from credence._outcome import read_outcome, read_weights
from credence._scorecard import Scorecard

_LIMITS = (
    "confidence",
    "stability_watch",
    "stability_act",
    "impact_ratio",
    "mean_difference",
    "error_rate_gap",
    "smallest_cell",
    "gini_fall",
    "calibration_gap",
)
_ROLES = ("development", "test", "out_of_time")


class Validation:
    """A validation pack, as a page for people and as data.

    Shows itself in a notebook.
    """

    def __init__(self, native: _native.ValidationPack) -> None:
        self._native = native

    def html(self, path: str | Path | None = None, *, language: str = "en") -> str:
        """One self-contained page in "en" or "fr", written to `path` when one is given."""
        if language not in ("en", "fr"):
            raise InputError("validation.language", f"language is {language!r}", "write en or fr")
        page = self._native.to_html(language)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def json(self, path: str | Path | None = None) -> str:
        """Every number in full, in both languages, written to `path` when one is given."""
        text = self._native.to_json()
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def to_dict(self) -> dict[str, Any]:
        """`json` as plain data."""
        data: dict[str, Any] = json.loads(self._native.to_json())
        return data

    def _repr_html_(self) -> str:
        page = self.html().replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width:100%;height:40em;border:0"></iframe>'


def validate(
    scorecard: Scorecard | Card,
    X: Any,
    y: Any,
    *,
    sample_weight: Any = None,
    development: tuple[Any, Any] | None = None,
    out_of_time: tuple[Any, Any] | None = None,
    groups: Mapping[str, str | None] | Sequence[str] = (),
    date: str | None = None,
    months_to_bad: str | None = None,
    cut_off: int | None = None,
    bands: int = 10,
    limits: Mapping[str, float] | None = None,
    prepared_on: str = "",
    prepared_by: str = "",
    threads: int = 1,
) -> Validation:
    """Every figure of a validation: discrimination, calibration, stability, groups, data quality.

    Parameters
    ----------
    scorecard : Scorecard or Card
    X : table of shape (rows, columns)
        People that the card was not made from. Columns of groups and dates may stand beside those
        of the card.
    y : array-like of shape (rows,)
        The same two classes as in `Scorecard.fit`; 1 is bad for a card of a file.
    sample_weight : array-like of shape (rows,), optional
        Weights of X.
    development, out_of_time : tuple of (X, y), optional
        People that the card was made from, and later ones. Stability is measured from development.
    groups : list of column names, or dict of column name to reference label
        Kept for the audit alone; never an input of the card.
    date, months_to_bad : column names, optional
        When the account was opened, and whole months until it went bad, for vintages.
    cut_off : int, optional
        Scores at or above it are accepted.
    bands : int, default=10
        Of scores, 2 to 50.
    limits : dict of str to float, optional
        What is to be watched and acted on: ``confidence``, ``stability_watch``, ``stability_act``,
        ``impact_ratio``, ``mean_difference``, ``error_rate_gap``, ``smallest_cell``,
        ``gini_fall``, ``calibration_gap``.
    prepared_on, prepared_by : str
        Printed as they are.

    Returns
    -------
    Validation
    """
    card = scorecard if isinstance(scorecard, Card) else _fitted(scorecard).card_
    references = dict(groups) if isinstance(groups, Mapping) else dict.fromkeys(groups)
    columns = {
        "date": date or "",
        "months_to_bad": months_to_bad or "",
        "groups": list(references),
        "references": [reference or "" for reference in references.values()],
        "threads": threads,
    }
    given = [("development", development), ("test", (X, y)), ("out_of_time", out_of_time)]
    samples = [
        _sample(scorecard, role, pair, sample_weight if role == "test" else None, columns)
        for role, pair in given
        if pair is not None
    ]
    settings = {
        **check_rules(limits or {}, _LIMITS, "limits"),
        "cut_off": cut_off,
        "bands": bands,
        "prepared_on": prepared_on,
        "prepared_by": prepared_by,
    }
    training = scorecard._found.training if isinstance(scorecard, Scorecard) else None
    return Validation(_native.validate(card.native, samples, training, settings))


def _fitted(scorecard: Any) -> Scorecard:
    if not isinstance(scorecard, Scorecard):
        raise TypeError(f"give a Scorecard or a Card, not {type(scorecard).__name__}")
    check_is_fitted(scorecard)
    return scorecard


def _refuse_unknown(wanted: list[str], names: list[str]) -> None:
    for name in wanted:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            raise InputError(
                "validation.column",
                f"there is no column '{name}'",
                f"did you mean '{near[0]}'?" if near else f"columns are {', '.join(names[:20])}",
            )


def _sample(
    scorecard: Scorecard | Card,
    role: str,
    pair: tuple[Any, Any],
    sample_weight: Any,
    columns: Mapping[str, Any],
) -> dict[str, Any]:
    X, y = pair
    frame = Frame(X)
    card: Card = scorecard if isinstance(scorecard, Card) else scorecard.card_
    if isinstance(scorecard, Scorecard) and frame.feature_names is None:
        frame.named(scorecard._names)
    label = None if isinstance(scorecard, Card) else scorecard.classes_[1].item()
    _, bad = read_outcome(y, label, "validate")
    groups: list[str] = columns["groups"]
    beside = [*groups, *(name for name in (columns["date"], columns["months_to_bad"]) if name)]
    _refuse_unknown(beside, frame.names)
    needed = {*card.variables, *beside}
    wanted = [name for name in frame.names if name in needed]
    return {
        "role": role,
        "table": frame.table(wanted, card.kinds),
        "bad": bad,
        "weights": read_weights(sample_weight, frame.rows),
        **columns,
    }
