"""Why a score is what it is, and the cheapest reachable way to another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.utils.validation import check_is_fitted

from credence import _drawing, _native
from credence._card import Card
from credence._errors import InputError
from credence._frames import Frame
from credence._scorecard import Scorecard


@dataclass(frozen=True)
class Explanation:
    """One score, term by term.

    Attributes
    ----------
    score : int
        base + sum of points.
    base : int
    terms : list of str
        In the card's order.
    bins : list of str
        The bin of the person in each term.
    points : list of int
    lost : list of int
        baseline - points of each term; the baseline is the term's best unless the card says else.
    reasons : list of str
        At most four terms, the one that lost most first.
    """

    score: int
    base: int
    terms: list[str]
    bins: list[str]
    points: list[int]
    lost: list[int]
    reasons: list[str]

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self)

    def __str__(self) -> str:
        lines = [f"{self.score} = {self.base}"]
        for term, label, points in zip(self.terms, self.bins, self.points, strict=True):
            lines.append(f"  {points:+5d}  {term}: {label}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = list(zip(self.terms, self.bins, self.points, self.lost, strict=True))
        return _drawing.explanation_html(self.score, rows, f"= {self.base} + points")


def explain(scorecard: Scorecard | Card, X: Any) -> list[Explanation]:
    """Explains the score of each row of X from the same points that made it.

    Parameters
    ----------
    scorecard : Scorecard or Card
    X : table of shape (rows, columns)

    Returns
    -------
    list of Explanation
        One per row.
    """
    card, frame = _card_and_frame(scorecard, X)
    return [_explanation(card, row) for row in card.trace(frame)]


def _explanation(card: Card, row: Mapping[str, Any]) -> Explanation:
    terms = card.data["terms"]
    points = list(row["points"])
    labels = [
        " and ".join(card.cell_label(place, row["cells"][place]) for place in term["variables"])
        for term in terms
    ]
    return Explanation(
        score=row["score"],
        base=card.base,
        terms=list(card.terms),
        bins=labels,
        points=points,
        lost=[term["baseline"] - own for term, own in zip(terms, points, strict=True)],
        reasons=[card.terms[place] for place in row["reasons"][:4]],
    )


def _card_and_frame(scorecard: Scorecard | Card, X: Any) -> tuple[Card, Frame]:
    if isinstance(scorecard, Card):
        return scorecard, Frame(X)
    if not isinstance(scorecard, Scorecard):
        raise TypeError(f"give a Scorecard or a Card, not {type(scorecard).__name__}")
    check_is_fitted(scorecard)
    return scorecard.card_, scorecard._frame(X)


@dataclass(frozen=True)
class Rule:
    """What can be done about one variable.

    Attributes
    ----------
    may_rise, may_fall : bool
        Of numbers; texts have no direction.
    lowest, highest : float or None
        No bin wholly beyond is a goal.
    most_steps : int or None
        Bins at most.
    cost : {"steps", "percentile", "log_percentile"}
        Bins moved; |Q(to) - Q(from)| of the ranks in training; or |ln((1 - Q(from)) / (1 - Q(to)))|
        (Ustun, Spangher and Liu 2019).
    weight : float
        Times the cost, 0 to 1,000.
    months, months_per_step : int
        Until a move has taken effect.
    effort_per_step : int
        From the budget that all moves share.
    per_month : float or None
        A number that time alone moves, by so much a month.
    """

    may_rise: bool = True
    may_fall: bool = True
    lowest: float | None = None
    highest: float | None = None
    most_steps: int | None = None
    cost: str = "steps"
    weight: float = 1.0
    months: int = 0
    months_per_step: int = 0
    effort_per_step: int = 0
    per_month: float | None = None


@dataclass(frozen=True)
class Change:
    """One variable, from one bin to another."""

    variable: str
    before: str
    after: str


@dataclass(frozen=True)
class Way:
    """A set of changes that reaches the target.

    Attributes
    ----------
    changes : list of Change
        What to do.
    passing : list of Change
        What time does in the meantime.
    score : int
        Then, by the card itself.
    cost : float
    months, effort : int
    """

    changes: list[Change]
    passing: list[Change]
    score: int
    cost: float
    months: int
    effort: int


@dataclass(frozen=True)
class Recourse:
    """The cheapest ways of one person, or why there is none.

    Attributes
    ----------
    score, target : int
    ways : list of Way
        Best first. Empty when nothing within the limits reaches the target.
    why_not : str or None
        ``"nothing_offered"``, ``"changes"``, ``"months"``, ``"effort"``, ``"limits"`` (several at
        once) or ``"points"`` (not even with everything).
    best_gain, unlimited_gain : int
        Of the unreachable: most points within the limits, and if no limit held.
    """

    score: int
    target: int
    ways: list[Way]
    why_not: str | None = None
    best_gain: int = 0
    unlimited_gain: int = 0

    @property
    def reachable(self) -> bool:
        """Whether there is a way."""
        return bool(self.ways)

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self)


def recourse(
    scorecard: Scorecard | Card,
    X: Any,
    target: int,
    *,
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
    ways: int = 1,
    diversity: str = "no_superset",
) -> list[Recourse]:
    """The exact cheapest changes that bring each row of X to a target score.

    A multiple-choice knapsack solved by dynamic programming: no way within the limits is cheaper.
    Variables without a rule never change, unless `others` says what holds for them.

    Parameters
    ----------
    scorecard : Scorecard or Card
    X : table of shape (rows, columns)
    target : int
        Points to reach.
    rules : dict of str to Rule (or dict of its fields)
    others : Rule or None
        Of every variable without a rule.
    immutable : list of str
        Never change, whatever `others` says.
    together : list of lists of str
        Of each list all variables move, or none does.
    most_changes, most_months, most_effort : int
        Limits of a whole way; changes count variables.
    cost_per_month : float
        Of the months that a whole way takes.
    margin : int
        Points on top of the target.
    cost_rule : {"sum", "largest"}
    ways : int
        How many, each different by `diversity`.
    diversity : {"different_sets", "no_superset", "disjoint"}

    Returns
    -------
    list of Recourse
        One per row.
    """
    card, frame = _card_and_frame(scorecard, X)
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
        ways=ways,
        diversity=diversity,
    )
    adviser = _native.Adviser(card.native, plan)
    answers = adviser.advise(card.native_table(frame), int(target))
    scores = card.score(frame)
    return [
        _recourse(card, int(score), int(target), answer)
        for score, answer in zip(np.asarray(scores), answers, strict=True)
    ]


def advice_plan(
    *,
    rules: Mapping[str, Rule | Mapping[str, Any]] | None,
    others: Rule | Mapping[str, Any] | None,
    immutable: Sequence[str],
    together: Sequence[Sequence[str]],
    **limits: Any,
) -> dict[str, Any]:
    """What can be done, as the engine takes it."""
    return {
        "variables": {name: _rule_dict(rule, name) for name, rule in (rules or {}).items()},
        "others": None if others is None else _rule_dict(others, "others"),
        "immutable": list(immutable),
        "together": [list(names) for names in together],
        **limits,
    }


def _rule_dict(rule: Rule | Mapping[str, Any], owner: str) -> dict[str, Any]:
    if isinstance(rule, Rule):
        return asdict(rule)
    if not isinstance(rule, Mapping):
        raise TypeError(f"the rule of {owner} must be a Rule or a dict")
    try:
        return asdict(Rule(**rule))
    except TypeError as error:
        raise InputError(
            "advice.rule", f"{owner}: {error}", f"fields are {', '.join(Rule.__annotations__)}"
        ) from None


def _recourse(card: Card, score: int, target: int, answer: Mapping[str, Any]) -> Recourse:
    if "why_not" in answer:
        return Recourse(
            score=score,
            target=target,
            ways=[],
            why_not=answer["why_not"],
            best_gain=answer["best_gain"],
            unlimited_gain=answer["unlimited_gain"],
        )
    found = [
        Way(
            changes=[_change(card, move) for move in way["moves"]],
            passing=[_change(card, move) for move in way["passing"]],
            score=way["score"],
            cost=way["cost"],
            months=way["months"],
            effort=way["effort"],
        )
        for way in answer["ways"]
    ]
    return Recourse(score=score, target=target, ways=found)


def _change(card: Card, move: Sequence[int]) -> Change:
    variable, before, after = move
    return Change(
        variable=card.variables[variable],
        before=card.cell_label(variable, before),
        after=card.cell_label(variable, after),
    )
