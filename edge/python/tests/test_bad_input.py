"""Bad input is an exception of the expected type, which says how to mend it."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.exceptions import NotFittedError

import credence
from credence import InputError, OptimalBinner, Scorecard

ROWS = 200
X = {"x": np.random.default_rng(1).normal(size=ROWS), "z": np.arange(ROWS) % 7.0}
Y = np.arange(ROWS) % 3 == 0
ESTIMATORS = [OptimalBinner(), Scorecard(min_iv=0)]
BOTH = pytest.mark.parametrize("estimator", ESTIMATORS, ids=["bins", "card"])


def with_one(array, value):
    array = np.array(array, dtype=object if isinstance(value, (str, type(None))) else float)
    array[3] = value
    return array


def refused(call, code, words):
    with pytest.raises(InputError) as raised:
        call()
    assert raised.value.code == code
    assert words in str(raised.value)
    assert isinstance(raised.value, ValueError)
    return raised.value


@BOTH
@pytest.mark.parametrize(
    ("y", "code", "words"),
    [
        (None, "outcome.none", "requires y"),
        (np.ones(ROWS), "binning.one_class", "one class"),
        (np.arange(ROWS) % 3, "outcome.binary", "two classes"),
        (np.linspace(0, 1, ROWS), "outcome.continuous", "two classes"),
        (with_one(Y, np.nan), "outcome.missing", "leave out"),
        (with_one(Y, np.inf), "outcome.missing", "infinity"),
        (with_one(Y, None), "outcome.missing", "leave out"),
        (with_one(Y, "yes"), "outcome.mixed", "one kind of label"),
        (np.zeros((ROWS, 2)), "outcome.shape", "one outcome per row"),
        (Y[:-1], "input.length", "one outcome"),
        ([], "input.empty", "at least one row"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_outcomes_that_cannot_be_used(estimator, y, code, words):
    refused(lambda: estimator.fit(X, y), code, words)


@BOTH
@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_weights_that_cannot_be_used(estimator, weight):
    weights = with_one(np.ones(ROWS), weight)
    error = refused(lambda: estimator.fit(X, Y, sample_weight=weights), "binning.weights", "row 3")
    assert "leave out" in error.help


@BOTH
def test_tables_that_cannot_be_used(estimator):
    twins = pd.DataFrame(np.ones((ROWS, 2)), columns=["a", "a"])
    refused(lambda: estimator.fit(twins, Y), "input.duplicate", "'a'")
    refused(lambda: estimator.fit(pd.DataFrame(), []), "input.empty", "0 feature(s)")
    refused(lambda: estimator.fit({}, []), "input.empty", "0 feature(s)")
    refused(lambda: estimator.fit({"x": []}, []), "input.empty", "0 sample(s)")
    empty = pa.table({"x": pa.array([], pa.float64())})
    refused(lambda: estimator.fit(empty, []), "input.empty", "0 sample(s)")
    refused(lambda: estimator.fit({"x": X["x"], "z": [1.0]}, Y), "input.length", "'z'")
    refused(lambda: estimator.fit({**X, "m": with_one(X["x"], "text")}, Y), "input.mixed", "'m'")
    refused(lambda: estimator.fit({**X, "c": X["x"] + 1j}, Y), "input.complex", "'c'")
    refused(lambda: estimator.fit(np.ones(5), Y), "input.array", "Reshape")
    with pytest.raises(TypeError, match="string or a real number"):
        estimator.fit({**X, "d": np.full(ROWS, np.datetime64("2024-01-01"))}, Y)
    with pytest.raises(TypeError, match="string or a real number"):
        estimator.fit({**X, "d": [{}] * ROWS}, Y)


def test_columns_that_bins_cannot_be_made_of():
    infinite = {"x": with_one(X["x"], np.inf)}
    error = refused(lambda: OptimalBinner().fit(infinite, Y), "binning.infinite", "`x`")
    assert error.help
    missing = {"x": np.full(ROWS, np.nan)}
    error = refused(lambda: OptimalBinner().fit(missing, Y), "binning.all_missing", "`x`")
    assert error.help


def test_a_constant_column_is_one_bin_with_a_note():
    binning = OptimalBinner().fit({"x": np.ones(ROWS)}, Y).binnings_["x"]
    assert binning.bins == 1
    assert binning.notes


def test_limits_that_nothing_keeps_say_what_to_relax():
    binner = OptimalBinner(min_bins=6, max_bin_share=0.1, trend="ascending")
    x = {"x": X["x"]}
    error = refused(lambda: binner.fit(x, Y), "binning.infeasible", "`x`")
    assert "max_bin_share" in str(error) or "min_bins" in str(error)
    relaxed = binner.set_params(on_infeasible="relax").fit(x, Y)
    assert relaxed.binnings_["x"].notes


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"trend": "up"}, "ascending"),
        ({"divergence": "kl"}, "hellinger"),
        ({"prebinning": "tree"}, "cart"),
        ({"missing": "mean"}, "empirical"),
        ({"on_infeasible": "ignore"}, "relax"),
        ({"p_value_policy": "some"}, "consecutive"),
        ({"size_basis": "rows"}, "weight"),
        ({"variables": {"x": {"max_bin": 3}}}, "did you mean 'max_bins'"),
        ({"variables": {"xx": {"max_bins": 3}}}, "did you mean 'x'"),
        ({"min_bin_share": 1.5}, "min_bin_share"),
        ({"min_bins": 5, "max_bins": 2}, "min_bins"),
        ({"max_bins": 2**40}, "32 bits"),
    ],
    ids=str,
)
def test_rules_that_make_no_sense(rules, words):
    refused(lambda: OptimalBinner(**rules).fit(X, Y), "binning.rules", words)


@pytest.mark.parametrize(
    "rules",
    [
        {"max_bins": "three"},
        {"max_bins": 2.5},
        {"gamma": "much"},
        {"trend": 3},
        {"special_codes": [1, 2]},
        {"variables": {"x": 3}},
        {"variables": {"x": {"splits": "all"}}},
    ],
    ids=str,
)
def test_rules_of_the_wrong_type(rules):
    with pytest.raises(TypeError):
        OptimalBinner(**rules).fit(X, Y)


def test_a_metric_that_is_not_known():
    refused(lambda: OptimalBinner("weight").fit(X, Y), "binner.metric", "event_rate")


@BOTH
def test_nothing_works_before_fit(estimator):
    with pytest.raises(NotFittedError):
        (estimator.transform if hasattr(estimator, "transform") else estimator.predict)(X)
    with pytest.raises(NotFittedError):
        estimator.to_json()


def test_other_columns_than_those_of_fit():
    binner = OptimalBinner().fit(X, Y)
    refused(lambda: binner.transform({"x": X["x"]}), "input.names", "now missing")
    refused(lambda: binner.transform({"z": X["z"], "x": X["x"]}), "input.names", "same order")
    texts = {"x": ["a"] * ROWS, "z": X["z"]}
    refused(lambda: binner.transform(texts), "score.kind", "'x'")
    array = OptimalBinner().fit(np.column_stack(list(X.values())), Y)
    refused(lambda: array.transform(np.ones((3, 5))), "input.columns", "expecting 2")


def test_state_that_is_none():
    refused(lambda: OptimalBinner.from_json('{"a": 1}'), "input.json", "no binner")
    refused(lambda: Scorecard.from_json("[]"), "input.json", "no scorecard")
    with pytest.raises(InputError):
        Scorecard.from_toml("id = ")
    with pytest.raises(InputError):
        credence.Card.from_toml("")


def test_a_million_categories_end_well():
    values = [f"category {number}" for number in range(1_000_000)]
    y = np.arange(1_000_000) % 2
    try:
        binning = OptimalBinner(trend="none").fit({"x": values}, y).binnings_["x"]
        assert binning.bins >= 1
    except InputError as error:
        assert error.help


def test_an_error_survives_pickling():
    import pickle

    error = pickle.loads(pickle.dumps(InputError("a.b", "what", "how")))
    assert (error.code, str(error)) == ("a.b", "what (how)")


INCOME = np.linspace(1, 100, ROWS)


@pytest.mark.parametrize(
    "parameters",
    [
        {"folds": 0},
        {"ridge": -1.0},
        {"ridge": float("nan")},
        {"lowest": 950, "highest": 350},
        {"pairs": -1},
        {"max_variables": 0},
        {"max_vif": 0.0},
        {"max_correlation": float("nan")},
        {"min_iv": -1.0},
        {"anchor": (600, 0, 50)},
        {"threads": -1},
        {"seed": -1},
        {"id": "two\nlines"},
        {"absence": "nothing"},
        {"plan": "id = 3"},
        {"plan": "\x00"},
        {"binning": {"max_bin": 3}},
        {"binning": {"smoothing": float("nan")}},
        {"variables": {"x": {"bins": {"edges": [3.0, 1.0]}}}},
        {"variables": {"x": {"bins": {"edges": [float("nan")]}}}},
        {"variables": {"x": {"bins": {"groups": [["a", "a"]]}}}},
        {"variables": {"x": {"fixed_points": [{"cell": 0, "points": 10**8, "because": "x"}]}}},
        {"variables": {"x": {"fixed_points": [{"cell": 99, "points": 1, "because": "x"}]}}},
        {"variables": {"x": {"min_gap": -1}}},
        {"variables": {"x": {"family": "none", "keep": True}}},
    ],
    ids=str,
)
def test_plans_that_make_no_sense(parameters):
    y = np.random.default_rng(4).random(ROWS) < INCOME / 120
    with pytest.raises(InputError) as raised:
        Scorecard(**parameters).fit({"x": INCOME}, y)
    assert raised.value.code


@pytest.mark.parametrize(
    "parameters",
    [
        {"folds": 2.5},
        {"binning": 3},
        {"variables": {"x": {"fixed_points": 3}}},
        {"variables": {"x": {"fixed_points": [3]}}},
        {"variables": {"x": {"title": {"en": 3}}}},
        {"variables": {"x": {"title": "X"}}},
        {"variables": {"x": {"bins": [1.0]}}},
    ],
    ids=str,
)
def test_plans_of_the_wrong_type(parameters):
    with pytest.raises(TypeError):
        Scorecard(**parameters).fit({"x": INCOME}, Y)
