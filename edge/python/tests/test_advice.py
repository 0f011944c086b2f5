"""Explanations and exact recourse."""

import itertools

import numpy as np
import pandas as pd
import pytest

from credence import InputError, Rule, explain, recourse

MOVES = {
    "used_share": Rule(may_rise=False, months_per_step=2),
    "late_bills": Rule(may_rise=False, months=12),
    "inquiries": {"may_rise": False, "weight": 0.5, "months": 6},
}


@pytest.fixture(scope="module")
def people(history, scorecard):
    columns, _ = history
    frame = pd.DataFrame(columns)
    scores = scorecard.score_points(frame)
    return frame[scores < np.quantile(scores, 0.3)][:60]


def test_an_explanation_shows_itself(people, scorecard):
    first = explain(scorecard, people)[0]
    assert str(first).startswith(f"{first.score} = {first.base}\n")
    assert first._repr_html_().count("<tr>") == 1 + len(first.terms)
    assert first.to_dict()["points"] == first.points
    by_card = explain(scorecard.card_, people)
    assert by_card[0] == first


def test_half_a_character_in_new_rows_is_refused_with_its_column_and_row(people, scorecard):
    homes = np.array(people["home"], dtype=object)
    homes[2] = "\ud800"
    odd = {name: people[name].to_numpy() for name in people.columns} | {"home": homes}
    calls = [
        scorecard.score_points,
        scorecard.predict_proba,
        scorecard.card_.score,
        scorecard.card_.trace,
        lambda rows: explain(scorecard, rows),
        lambda rows: recourse(scorecard, rows, 600, rules=MOVES),
    ]
    for call in calls:
        with pytest.raises(InputError, match="column 'home', row 2: .*surrogate"):
            call(odd)


def test_ways_reach_the_target_by_the_card_itself(people, scorecard):
    target = scorecard.card_.lowest + 250
    for answer in recourse(scorecard, people, target, rules=MOVES, ways=3):
        assert answer.reachable == bool(answer.ways)
        assert answer.reachable == (answer.why_not is None)
        for way in answer.ways:
            assert way.score >= target
            assert {change.variable for change in way.changes} <= set(MOVES)
            assert all(change.before != change.after for change in way.changes)
        costs = [way.cost for way in answer.ways]
        assert costs == sorted(costs)
        if answer.score >= target:
            assert answer.ways[0].changes == []


def test_no_way_is_cheaper_than_the_one_found(people, scorecard):
    """Every combination of lower bins of two numbers, weighed by hand."""
    card = scorecard.card_
    rules = {name: Rule(may_rise=False) for name in ["used_share", "inquiries"]}
    data = {variable["name"]: variable for variable in card.data["variables"]}
    terms = {card.variables[term["variables"][0]]: term for term in card.data["terms"]}
    target = int(np.median(card.score(people))) + 40
    for answer, row in zip(recourse(scorecard, people, target, rules=rules), card.trace(people)):
        cells = dict(zip(card.variables, row["cells"]))
        choices = []
        for name in rules:
            here, points = cells[name], terms[name]["points"]
            assert here <= len(data[name]["cells"]["edges"])
            choices.append([(here - to, points[to] - points[here]) for to in range(here + 1)])
        costs = [
            sum(cost for cost, _ in pick)
            for pick in itertools.product(*choices)
            if row["score"] + sum(gain for _, gain in pick) >= target
        ]
        assert answer.reachable == bool(costs)
        if costs:
            assert answer.ways[0].cost == min(costs)


def test_what_cannot_be_reached_is_said(people, scorecard):
    answers = recourse(scorecard, people, scorecard.card_.highest, rules={"inquiries": Rule()})
    assert any(answer.why_not for answer in answers)
    for answer in answers:
        assert answer.reachable or answer.best_gain <= answer.unlimited_gain
    still = recourse(scorecard, people, scorecard.card_.highest)
    assert {answer.why_not for answer in still} == {"nothing_offered"}


def test_immutable_traits_never_move_and_joint_ones_move_together(people, scorecard):
    target = int(np.median(scorecard.score_points(people))) + 30
    answers = recourse(scorecard, people, target, others=Rule(), immutable=["months_on_book"])
    moved = {change.variable for answer in answers for way in answer.ways for change in way.changes}
    assert moved and "months_on_book" not in moved
    pair = ["used_share", "inquiries"]
    for answer in recourse(scorecard, people, target, rules=MOVES, together=[pair]):
        for way in answer.ways:
            assert len({change.variable for change in way.changes} & set(pair)) in (0, 2)


def test_rules_that_make_no_sense(people, scorecard):
    with pytest.raises(InputError, match="may_raise"):
        recourse(scorecard, people, 600, rules={"used_share": {"may_raise": True}})
    with pytest.raises(InputError) as raised:
        recourse(scorecard, people, 600, rules={"used_sharee": Rule()})
    assert raised.value.code == "advice.variable"
    assert "used_share" in str(raised.value)
    with pytest.raises(InputError):
        recourse(scorecard, people, 600, rules={"used_share": Rule(weight=-1)})
    with pytest.raises(InputError, match="percentile"):
        recourse(scorecard, people, 600, rules={"used_share": Rule(cost="percentille")})
    with pytest.raises(TypeError):
        recourse(scorecard, people, 600, rules={"used_share": 3})
    with pytest.raises(TypeError):
        explain("card", people)
