"""The audit of a whole book against the answer of each of its rows."""

import math

import numpy as np
import pandas as pd
import pytest

import credence
from credence import InputError, Rule, audit_recourse, recourse

MOVES = {
    "used_share": Rule(may_rise=False, months_per_step=2),
    "late_bills": Rule(may_rise=False, months=12, weight=0.25),
    "inquiries": {"may_rise": False, "weight": 0.5, "months": 6},
}
LIMITS = {"rules": MOVES, "most_changes": 2, "most_months": 18}


@pytest.fixture(scope="module")
def book(sample):
    columns, _ = sample
    frame = pd.DataFrame({name: values for name, values in columns.items() if name != "opened"})
    return frame[:700]


@pytest.fixture(scope="module")
def target(book, scorecard):
    return int(np.quantile(scorecard.card_.score(book), 0.6))


def nearest_rank(values, percent):
    return sorted(values)[max(1, math.ceil(percent * len(values) / 100)) - 1]


def wilson(share, people):
    z = 1.959963984540054
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = z / (1 + z * z / people)
    half *= math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    return max(0.0, middle - half), min(1.0, middle + half)


def check_part(part, answers):
    """What the part says is what its rows say one by one."""
    asked = [answer for answer in answers if answer.score < answer.target]
    assert part.people == len(asked)
    if len(asked) < 30:
        assert part.reachable is None and part.interval is None and part.cost == {}
        return
    found = [answer.ways[0] for answer in asked if answer.reachable]
    reasons = [answer.why_not for answer in asked if not answer.reachable]
    assert part.reachable == len(found)
    assert part.unreachable_share == pytest.approx(len(reasons) / len(asked))
    assert part.interval == pytest.approx(wilson(len(reasons) / len(asked), len(asked)), abs=1e-4)
    assert part.why_not == {why: reasons.count(why) for why in set(reasons)}
    for percent in (10, 25, 50, 75, 90) if found else ():
        costs = [way.cost for way in found]
        assert part.cost[percent] == pytest.approx(nearest_rank(costs, percent))
    assert list(part.months) == list(part.changes) == ([10, 25, 50, 75, 90] if found else [])


def test_the_audit_is_what_its_rows_say_one_by_one(book, scorecard, target):
    audit = audit_recourse(scorecard, book, target, groups=["audit_group", "home"], **LIMITS)
    answers = recourse(scorecard.card_, book, target, **LIMITS)
    assert audit.rows == len(book) and audit.target == target
    assert audit.already_there + audit.whole.people == audit.rows
    assert audit.already_there == sum(answer.score >= target for answer in answers)
    assert 0 < audit.whole.reachable < audit.whole.people
    check_part(audit.whole, answers)
    for column in ("audit_group", "home"):
        values = book[column]
        for part in audit.groups[column]:
            inside = values.isna() if part.name == "unknown" else values == part.name
            check_part(part, [answer for answer, held in zip(answers, inside) if held])
        assert sum(part.people for part in audit.groups[column]) == audit.whole.people
        told = [part.unreachable_share for part in audit.groups[column] if part.interval]
        assert audit.gaps[column] == pytest.approx(max(told) - min(told))
    assert audit.to_dict()["whole"]["people"] == audit.whole.people


def test_threads_and_the_form_of_the_table_change_nothing(book, scorecard, target):
    asked = {"groups": ["audit_group"], **LIMITS}
    one = audit_recourse(scorecard, book, target, **asked)
    assert audit_recourse(scorecard.card_, book, target, threads=7, **asked) == one
    as_dict = {name: book[name].tolist() for name in book}
    assert audit_recourse(scorecard, as_dict, target, threads=2, **asked) == one
    card = credence.Card.from_toml(scorecard.to_toml())
    assert audit_recourse(card, book, target, **asked).whole.people == one.whole.people


def test_numbers_are_groups_too_and_few_people_are_only_counted(book, scorecard, target):
    parts = np.arange(len(book)) % 3.0
    parts[:40] = np.nan
    parts[40] = 9
    named = book.assign(branch=parts)
    audit = audit_recourse(scorecard, named, target, groups=["branch"], others=Rule())
    found = {part.name: part for part in audit.groups["branch"]}
    assert list(found) == ["0", "1", "2", "9", "unknown"]
    assert found["9"].people <= 1 and found["9"].reachable is None
    assert found["0"].reachable is not None


def test_nobody_below_the_target_is_a_book_without_questions(book, scorecard):
    audit = audit_recourse(scorecard, book, scorecard.card_.lowest, groups=["home"], **LIMITS)
    assert audit.already_there == len(book)
    assert audit.whole.people == 0 and audit.whole.reachable is None
    assert audit.gaps == {"home": None}


def test_what_cannot_be_audited(book, scorecard):
    with pytest.raises(InputError, match="did you mean 'audit_group'") as raised:
        audit_recourse(scorecard, book, 600, groups=["audit_grop"])
    assert raised.value.code == "recourse.groups"
    with pytest.raises(InputError, match="more than 50 values") as raised:
        audit_recourse(scorecard, book, 600, groups=["income"])
    assert raised.value.code == "recourse.groups"
    with pytest.raises(TypeError, match="list of column names"):
        audit_recourse(scorecard, book, 600, groups="home")
    with pytest.raises(InputError) as raised:
        audit_recourse(scorecard, book, 600, rules={"used_sharee": Rule()})
    assert raised.value.code == "advice.variable"
    with pytest.raises(InputError):
        audit_recourse(scorecard, book.drop(columns=scorecard.card_.variables[0]), 600)
    with pytest.raises(InputError):
        audit_recourse(scorecard, book, 600, rules=MOVES, most_changes=-1)
    with pytest.raises(InputError, match="threads"):
        audit_recourse(scorecard, book, 600, threads=0)
    with pytest.raises(TypeError):
        audit_recourse("card", book, 600)
