"""Who of a whole book has no reachable way to a score."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sklearn.utils.validation import check_is_fitted

from credence import _native
from credence._advice import Rule, advice_plan
from credence._card import Card
from credence._errors import InputError
from credence._frames import Frame
from credence._scorecard import Scorecard


@dataclass(frozen=True)
class AuditPart:
    """People of one part of a book.

    Attributes
    ----------
    name : str
        ``"all"``, the value of the column, or ``"unknown"`` where it is missing.
    people : int
        Rows below the target. Of a part with fewer than 30 nothing else is told.
    reachable : int or None
        With a way within the limits.
    unreachable_share : float or None
        Of `people`, 0 to 1.
    interval : tuple of two floats, or None
        95 % Wilson interval of that share (Wilson 1927).
    why_not : dict of str to int
        People without a way, by the reasons of `Recourse.why_not`.
    cost, months, changes : dict of int to float or int
        Nearest-rank quantiles at 10, 25, 50, 75 and 90 per cent over those who have a way; of each
        person the cheapest one counts. Empty when nobody has a way.
    """

    name: str
    people: int
    reachable: int | None = None
    unreachable_share: float | None = None
    interval: tuple[float, float] | None = None
    why_not: dict[str, int] = field(default_factory=dict)
    cost: dict[int, float] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    changes: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RecourseAudit:
    """The share of a book with no reachable way up, and what the ways cost.

    Attributes
    ----------
    target : int
    rows : int
    already_there : int
        Rows with `target` points or more; nobody asks for them.
    whole : AuditPart
        Of all others.
    groups : dict of str to list of AuditPart
        By column of `groups` and value.
    gaps : dict of str to (float or None)
        Largest minus smallest `unreachable_share` over the parts that are told about; None when
        there is no such part.
    """

    target: int
    rows: int
    already_there: int
    whole: AuditPart
    groups: dict[str, list[AuditPart]]
    gaps: dict[str, float | None]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        return asdict(self)


def audit_recourse(
    scorecard: Scorecard | Card,
    X: Any,
    target: int,
    *,
    groups: Sequence[str] = (),
    rules: Mapping[str, Rule | Mapping[str, Any]] | None = None,
    others: Rule | Mapping[str, Any] | None = None,
    immutable: Sequence[str] = (),
    together: Sequence[Sequence[str]] = (),
    most_changes: int = 5,
    most_months: int = 60,
    most_effort: int | None = None,
    cost_per_month: float = 0.0,
    margin: int = 0,
    cost_rule: str = "sum",
    threads: int = 1,
) -> RecourseAudit:
    """Whom of a whole book the card leaves without any way to the target.

    Whether there is a way is exact for every row: the cheapest one is found as by `recourse`, or
    proven not to exist within the limits (an audit of recourse after Ustun, Spangher and Liu 2019).

    Parameters
    ----------
    scorecard : Scorecard or Card
    X : table of shape (rows, columns)
        Columns of groups may stand beside those of the card; the card does not read them.
    target : int
        Points to reach.
    groups : list of column names
        Each is told about by its values, at most 50 of a column.
    rules, others, immutable, together, most_changes, most_months, most_effort, cost_per_month, \
margin, cost_rule
        As of `recourse`.
    threads : int, default=1
        Never changes the result.

    Returns
    -------
    RecourseAudit

    Raises
    ------
    InputError
        A column is missing, or a rule or limit cannot be used.
    """
    card, frame = _card_and_frame(scorecard, X)
    names = _known(groups, frame.names)
    plan = advice_plan(
        rules=rules,
        others=others,
        immutable=immutable,
        together=together,
        most_changes=most_changes,
        most_months=most_months,
        most_effort=most_effort,
        cost_per_month=cost_per_month,
        margin=margin,
        cost_rule=cost_rule,
        ways=1,
        diversity="no_superset",
    )
    if threads < 1:
        raise InputError("advice.number", f"threads is {threads}", "give 1 or more")
    needed = {*card.variables, *names}
    table = frame.table([name for name in frame.names if name in needed], card.kinds)
    adviser = _native.Adviser(card.native, plan)
    found = adviser.audit(table, names, int(target), min(threads, 256))
    return RecourseAudit(
        target=int(target),
        rows=frame.rows,
        already_there=found["not_asked"],
        whole=AuditPart(**found["whole"]),
        groups={
            one["name"]: [AuditPart(**part) for part in one["parts"]] for one in found["partitions"]
        },
        gaps={one["name"]: one["gap"] for one in found["partitions"]},
    )


def _card_and_frame(scorecard: Scorecard | Card, X: Any) -> tuple[Card, Frame]:
    """Columns are found by name, and may have others beside them."""
    frame = Frame(X)
    if isinstance(scorecard, Card):
        return scorecard, frame
    if not isinstance(scorecard, Scorecard):
        raise TypeError(f"give a Scorecard or a Card, not {type(scorecard).__name__}")
    check_is_fitted(scorecard)
    if frame.feature_names is None:
        frame.named(scorecard._names)
    return scorecard.card_, frame


def _known(groups: Sequence[str], names: list[str]) -> list[str]:
    if isinstance(groups, str):
        raise TypeError("groups must be a list of column names")
    for name in groups:
        if name not in names:
            near = difflib.get_close_matches(str(name), names, 1)
            raise InputError(
                "recourse.groups",
                f"there is no column '{name}'",
                f"did you mean '{near[0]}'?" if near else f"columns are {', '.join(names[:20])}",
            )
    return list(dict.fromkeys(groups))
