"""The classifier: points, probabilities, reasons, overrides, state."""

import copy
import json
import pickle
import types

import numpy as np
import pandas as pd
import polars as pl
import pytest
from conftest import CODES, same
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV, cross_val_score

import credence
from credence import Card, InputError, OptimalBinner, Scorecard


def test_a_card_ranks_and_its_points_add_up(history, scorecard):
    columns, y = history
    scores = scorecard.score_points(columns)
    assert scores.dtype == np.int32
    assert roc_auc_score(y, -scores) > 0.74
    card = scorecard.card_
    assert 350 <= card.lowest <= scores.min() <= scores.max() <= card.highest <= 950
    for explanation, score in zip(credence.explain(scorecard, pd.DataFrame(columns)[:50]), scores):
        assert explanation.score == score == explanation.base + sum(explanation.points)


def test_probabilities_are_those_of_the_scaling(history, scorecard):
    columns, y = history
    bad = scorecard.predict_proba(columns)
    assert np.allclose(bad.sum(axis=1), 1)
    offset, factor = scorecard.card_.data["scaling"]
    expected = 1 / (1 + np.exp((scorecard.score_points(columns) - offset) / factor))
    assert np.allclose(bad[:, 1], expected)
    assert abs(bad[:, 1].mean() - y.mean()) < 0.02
    assert same(scorecard.predict(columns), (bad[:, 1] > 0.5).astype(int))
    assert same(scorecard.decision_function(columns) > 0, bad[:, 1] > 0.5)


def test_reasons_are_the_terms_that_lost_most(history, scorecard):
    columns, _ = history
    rows = pd.DataFrame(columns)[:200]
    reasons = scorecard.reasons(rows)
    for explanation, found in zip(credence.explain(scorecard, rows), reasons, strict=True):
        lost = dict(zip(explanation.terms, explanation.lost, strict=True))
        named = [reason for reason in found if reason is not None]
        assert named == explanation.reasons
        assert [lost[name] for name in named] == sorted(lost.values(), reverse=True)[: len(named)]
        assert all(lost[name] > 0 for name in named)
    with pytest.raises(InputError):
        scorecard.reasons(rows, 5)


def test_an_anchor_fixes_points_and_odds(history):
    card = Scorecard(anchor=(600, 20, 50), lowest=0, highest=1000).fit(*history).card_
    assert np.isclose(card.probability([600])[0], 1 / 21)
    assert np.isclose(card.probability([650])[0], 1 / 41)


def test_selection_tells_why_a_variable_is_out(history):
    columns, y = history
    columns = {**columns, "noise": np.random.default_rng(5).normal(size=len(y))}
    scorecard = Scorecard(max_variables=3).fit(columns, y)
    assert len(scorecard.card_.variables) == 3
    reasons = {entry["variable"]: entry["reason"] for entry in scorecard.dropped_}
    assert reasons["noise"] == "iv"
    assert "limit" in reasons.values()
    assert "noise" in scorecard.iv_


def test_the_plan_can_be_a_text_and_parameters_change_it(history, tmp_path):
    plan = tmp_path / "mine.toml"
    plan.write_text('id = "mine"\n')
    scorecard = Scorecard(plan=plan).fit(*history)
    assert scorecard.card_.id == "mine"
    assert Scorecard(plan=str(plan), max_variables=2).fit(*history).card_.id == "mine"
    assert Scorecard(plan=plan.read_text(), id="yours").fit(*history).card_.id == "yours"
    with pytest.raises(InputError) as raised:
        Scorecard(plan="seed = 3\nid = 3\n").fit(*history)
    assert "plan:2" in str(raised.value)


def test_a_person_can_change_bins_and_points(history):
    variables = {
        "used_share": {"bins": {"edges": [0.5, 1.0], "specials": {}}, "bins_because": "policy"},
        "income": {"keep": True, "family": "capacity", "title": {"en": "Income", "fr": "Revenu"}},
        "home": {"leave_out": True},
    }
    scorecard = Scorecard(variables=variables).fit(*history)
    assert scorecard.binnings_["used_share"].cells["edges"] == [0.5, 1.0]
    assert "home" not in scorecard.card_.variables
    places = {variable["name"]: variable for variable in scorecard.card_.data["variables"]}
    assert places["income"]["title"]["fr"] == "Revenu"


def test_pairs_are_tables_of_two_variables(history):
    columns, y = history
    scorecard = Scorecard(pairs=1, min_pair_gain=0.0).fit(columns, y)
    pairs = [term for term in scorecard.card_.data["terms"] if len(term["variables"]) == 2]
    assert len(pairs) <= 1
    table = scorecard.card_.table()
    assert {len(column) for column in table.values()} == {len(table["term"])}
    assert sum(table["records"][: len(scorecard.binnings_[table["term"][0]].labels)]) > 0


def test_threads_never_change_the_card(history):
    assert Scorecard(threads=3).fit(*history).to_toml() == Scorecard().fit(*history).to_toml()


def test_equal_input_gives_equal_cards(history, scorecard):
    columns, y = history
    assert clone(scorecard).fit(pl.DataFrame(columns), y).to_toml() == scorecard.to_toml()


def test_labels_of_two_classes(history):
    columns, y = history
    words = np.where(y == 1, "bad", "good")
    scorecard = Scorecard(bad="bad").fit(columns, words)
    assert scorecard.classes_.tolist() == ["good", "bad"]
    assert set(scorecard.predict(columns)) <= {"good", "bad"}
    again = Scorecard().fit(columns, y)
    assert again.card_ == scorecard.card_


def test_it_works_with_the_tools_of_scikit_learn(history):
    columns, y = history
    frame = pd.DataFrame(columns)
    assert cross_val_score(Scorecard(), frame, y, scoring="roc_auc", cv=3).mean() > 0.72
    search = GridSearchCV(Scorecard(), {"max_variables": [1, 4]}, scoring="roc_auc", cv=3)
    assert search.fit(frame, y).best_params_ == {"max_variables": 4}


def test_cross_validation_refits_everything(history):
    columns, y = history
    found = Scorecard(folds=3).cross_validate(columns, y)
    assert len(found["auc"]) == 3
    assert 0.7 < found["mean"] < 0.85


def test_pickle_json_and_toml_score_alike(history, scorecard):
    columns, _ = history
    scores = scorecard.score_points(columns)
    pickled = pickle.loads(pickle.dumps(scorecard))
    written = Scorecard.from_json(scorecard.to_json())
    for again in [pickled, written]:
        assert same(again.score_points(columns), scores)
        assert again.to_json() == scorecard.to_json()
        assert again.get_params() == scorecard.get_params()
        again.binnings_["income"].check()
    card = Scorecard.from_toml(scorecard.to_toml())
    assert same(card.score_points({**columns, "beside": scores}), scores)
    assert card.to_toml() == scorecard.to_toml()
    assert same(card.predict(columns), scorecard.predict(columns))
    assert json.loads(scorecard.to_json())["card"] == scorecard.to_toml()


def test_a_card_scores_by_name_and_says_what_is_missing(history, scorecard):
    columns, _ = history
    card = scorecard.card_
    assert isinstance(card, Card)
    shuffled = dict(reversed(list(columns.items())))
    assert same(card.score(shuffled), scorecard.score_points(columns))
    with pytest.raises(InputError, match="income") as raised:
        card.score({name: values for name, values in columns.items() if name != "income"})
    assert raised.value.code == "score.column"
    assert repr(card).startswith("<Card 'card'")


def test_a_card_shows_itself(scorecard):
    page = scorecard._repr_html_()
    assert page.count("<tr>") == 1 + len(scorecard.card_.table()["points"])
    assert "<svg" in page and "<script" not in page
    assert len(scorecard.card_.to_pandas()) == len(scorecard.card_.table()["points"])
    pytest.importorskip("matplotlib").use("Agg")
    assert scorecard.plot().get_xlabel() == "points"


def test_the_report_keeps_what_rounding_costs(scorecard):
    report = scorecard.report_
    assert report["whole"]["log_loss"] >= report["lower_bound"] - 1e-9
    assert report["rows"] == 6000


MIXED = {"no record": [-9], "own or none": ["own", 0]}


def cells_with(history, **parameters):
    binnings = Scorecard(min_iv=0, **parameters).fit(*history).binnings_
    return {name: binning.cells["specials"] for name, binning in binnings.items()}


def test_special_codes_go_to_the_columns_that_can_hold_them(scorecard):
    cells = {name: binning.cells for name, binning in scorecard.binnings_.items()}
    assert cells["late_bills"]["specials"] == {"no record": [-9.0]}
    assert cells["home"]["specials"] == {}
    assert CODES == {"no record": [-9]}


def test_a_column_takes_of_its_own_codes_too_what_it_can_hold(history):
    own = {"late_bills": {"special_codes": MIXED}, "home": {"special_codes": MIXED}}
    found = cells_with(history, variables=own)
    assert found["late_bills"] == {"no record": [-9.0], "own or none": [0.0]}
    assert found["home"] == {"own or none": ["own"]}
    assert found["income"] == {}


def test_codes_of_its_own_stand_in_place_of_shared_ones(history):
    own = {"late_bills": {"special_codes": {"three": 3}}, "income": {"special_codes": None}}
    found = cells_with(history, binning={"special_codes": MIXED}, variables=own)
    assert found["late_bills"] == {"three": [3.0]}
    assert found["income"] == {}
    assert found["inquiries"] == {"no record": [-9.0], "own or none": [0.0]}


def test_shared_codes_hold_for_the_variables_of_a_plan_too(history):
    plan = """
[defaults]
special = [{ name = "of all", numbers = [-9] }]
[[variable]]
name = "late_bills"
special = [{ name = "of its own", numbers = [3] }]
[[variable]]
name = "income"
trend = "descending"
"""
    text = cells_with(history, plan=plan)
    assert text["late_bills"] == {"of its own": [3.0]}
    assert text["income"] == text["inquiries"] == {"of all": [-9.0]}
    shared = cells_with(history, plan=plan, binning={"special_codes": MIXED})
    assert shared["late_bills"] == shared["income"] == {"no record": [-9.0], "own or none": [0.0]}
    assert shared["home"] == {"own or none": ["own"]}


@pytest.mark.parametrize(
    "codes",
    [
        {"no record": -9},
        {"no record": (-9,)},
        {"no record": np.array([-9.0])},
        {"no record": np.int64(-9)},
        types.MappingProxyType({"no record": iter([-9])}),
    ],
    ids=["one", "tuple", "array", "numpy", "mapping"],
)
def test_codes_may_be_any_values_under_names(history, codes):
    assert cells_with(history, binning={"special_codes": codes})["income"] == {"no record": [-9.0]}


@pytest.mark.parametrize("codes", [3, [-9], "x", {"a": None}, {"a": [None]}, {"a": [[-9]]}])
def test_codes_that_are_none_are_named(history, codes):
    with pytest.raises(TypeError, match="special.code"):
        Scorecard(binning={"special_codes": codes}).fit(*history)
    with pytest.raises(TypeError, match="special.code"):
        OptimalBinner(special_codes=codes).fit(*history)


def test_what_was_found_is_the_same_whenever_it_is_asked_for(history, scorecard):
    early, late = (Scorecard(binning={"special_codes": CODES}).fit(*history) for _ in range(2))
    assert early.iv_ and early.report_ and early.card_
    again = pickle.loads(pickle.dumps(late))
    for each in [early, late, again, copy.deepcopy(late)]:
        assert each.to_json() == scorecard.to_json()
        assert each.binnings_ is each.binnings_ and each.card_ is each.card_
        assert each.dropped_ == each.report_.get("dropped", [])
        assert each.iv_ == {name: binning.iv for name, binning in each.binnings_.items()}


def test_a_second_fit_leaves_nothing_of_the_first(history):
    columns, y = history
    scorecard = Scorecard(max_variables=1).fit(columns, y)
    first = scorecard.card_, scorecard.binnings_, scorecard.report_
    few = {name: columns[name] for name in ["income", "used_share"]}
    scorecard.set_params(max_variables=None).fit(few, y)
    assert set(scorecard.binnings_) == set(few) == set(scorecard.iv_)
    assert scorecard.card_ != first[0] and scorecard.report_ != first[2]
    assert set(first[1]) == set(columns)


def test_nothing_is_found_before_fit():
    for name in ["card_", "binnings_", "iv_", "report_", "dropped_"]:
        assert not hasattr(Scorecard(), name)
        with pytest.raises(NotFittedError, match="call fit"):
            getattr(Scorecard(), name)
