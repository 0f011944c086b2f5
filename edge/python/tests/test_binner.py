"""The transformer: metrics, rules, certificates, state."""

import pickle

import numpy as np
import pandas as pd
import pytest
from conftest import CODES, same
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

import credence
from credence import Binning, InputError, OptimalBinner


def test_weight_of_evidence_is_that_of_the_definition(history, binner):
    columns, y = history
    binning = binner.binnings_["used_share"]
    bad, good = np.array(binning.events), np.array(binning.nonevents)
    used = bad + good > 0
    cells = len(bad)
    share_bad = (bad + 0.5) / (bad.sum() + 0.5 * cells)
    share_good = (good + 0.5) / (good.sum() + 0.5 * cells)
    woe = np.log(share_good / share_bad)
    assert np.allclose(np.diff(np.array(binning.woe)[used]), np.diff(woe[used]))
    assert binning.rates[0] < binning.rates[binning.bins - 1]
    assert sum(binning.records) == len(y)


def test_each_metric_gives_what_it_says(history):
    columns, y = history
    binner = OptimalBinner(special_codes=CODES).fit(columns, y)
    binning = binner.binnings_["income"]
    cells = binner.set_params(metric="indices").transform(columns)[:, 3]
    assert cells.dtype == np.int64
    woe = binner.set_params(metric="woe").transform(columns)[:, 3]
    assert same(woe, np.take(binning.woe, cells))
    rates = binner.set_params(metric="event_rate").transform(columns)[:, 3]
    assert same(rates, np.take(binning.rates, cells))
    labels = binner.set_params(metric="bins").transform(columns)[:, 3]
    assert labels[np.isnan(columns["income"])].tolist()[0] == "Missing"
    assert set(labels) <= set(binning.labels)


def test_every_certificate_is_proved_by_the_independent_checker(binner):
    for binning in binner.binnings_.values():
        assert binning.certificate["optimality"] == "optimal"
        binning.check()


def test_a_false_certificate_is_found(binner):
    state = binner.binnings_["used_share"].to_dict()
    state["certificate"]["objective"] *= 1.01
    with pytest.raises(InputError):
        Binning.from_dict(state).check()


@pytest.mark.parametrize(
    "rules",
    [
        {"max_bins": 3},
        {"min_bins": 2, "max_bins": 4},
        {"trend": "ascending"},
        {"trend": "descending"},
        {"trend": "peak"},
        {"trend": "valley"},
        {"trend": "convex"},
        {"trend": "concave"},
        {"trend": "none"},
        {"min_bin_share": 0.1},
        {"max_bin_share": 0.4},
        {"min_bin_events": 50, "min_bin_nonevents": 100},
        {"max_bin_events": 400},
        {"min_rate_difference": 0.02},
        {"max_p_value": 0.05},
        {"max_p_value": 0.05, "p_value_policy": "all", "max_prebins": 12},
        {"gamma": 0.1},
        {"divergence": "js"},
        {"divergence": "hellinger"},
        {"divergence": "triangular"},
        {"prebinning": "quantile"},
        {"prebinning": "uniform"},
        {"prebinning": "mdlp"},
        {"variables": {"used_share": {"prebinning": "splits", "splits": [0.2, 0.4, 0.8]}}},
        {"variables": {"used_share": {"max_bins": 2, "trend": "ascending"}}},
        {"size_basis": "weight"},
        {"missing": "worst", "special": "neutral", "unknown": -0.5},
    ],
    ids=str,
)
def test_every_rule_is_kept(history, rules):
    columns, y = history
    x = columns["used_share"]
    binning = OptimalBinner(**rules).fit({"used_share": x}, y).binnings_["used_share"]
    binning.check()
    own = {**rules, **rules.get("variables", {}).get("used_share", {})}
    bins = binning.bins
    assert own.get("min_bins", 1) <= bins <= own.get("max_bins", 1000)
    records = np.array(binning.records[:bins])
    assert records.min() >= own.get("min_bin_share", 0.05) * len(y) - 1e-9
    assert records.max() <= np.ceil(own.get("max_bin_share", 1.0) * len(y))
    assert min(binning.events[:bins]) >= own.get("min_bin_events", 0)
    assert max(binning.events[:bins]) <= own.get("max_bin_events", 1e9)
    assert min(binning.nonevents[:bins]) >= own.get("min_bin_nonevents", 0)
    steps = np.diff(binning.rates[:bins])
    assert np.abs(steps).min(initial=1.0) >= own.get("min_rate_difference", 0)
    if own.get("trend") == "ascending":
        assert (steps >= 0).all()
    if own.get("trend") == "descending":
        assert (steps <= 0).all()
    if "splits" in own:
        assert set(binning.cells["edges"]) <= set(own["splits"])


def test_special_codes_have_a_bin_of_their_own(history, binner):
    columns, _ = history
    binning = binner.binnings_["late_bills"]
    assert binning.labels[-2:] == ["no record", "Missing"]
    assert binning.records[-2] == (columns["late_bills"] == -9).sum()
    assert "no record" not in binner.binnings_["home"].labels


def test_weights_count_as_repeated_rows_do(history):
    columns, y = history
    x = columns["used_share"][:2000]
    y = y[:2000]
    weights = np.random.default_rng(0).integers(1, 4, len(x))
    repeated = np.repeat(np.arange(len(x)), weights)
    rules = {"trend": "ascending", "prebinning": "splits", "size_basis": "weight"}
    own = {"x": {"splits": [0.1 * step for step in range(1, 13)]}}
    weighted = OptimalBinner(**rules, smoothing=0, variables=own).fit({"x": x}, y, weights)
    whole = OptimalBinner(**rules, smoothing=0, variables=own).fit({"x": x[repeated]}, y[repeated])
    assert np.isclose(weighted.iv_["x"], whole.iv_["x"])
    assert weighted.binnings_["x"].cells == whole.binnings_["x"].cells


def test_threads_never_change_the_result(history):
    columns, y = history
    one = OptimalBinner().fit(columns, y)
    four = OptimalBinner(threads=4).fit(columns, y)
    assert one.to_json().replace('"threads": 1', "") == four.to_json().replace('"threads": 4', "")


def test_labels_of_any_two_classes_can_be_the_outcome(history):
    columns, y = history
    words = np.where(y == 1, "default", "paid")
    plain = OptimalBinner().fit(columns, y)
    assert OptimalBinner(bad="default").fit(columns, words).iv_ == plain.iv_
    assert OptimalBinner(bad="default").fit(columns, words).classes_.tolist() == ["paid", "default"]
    swapped = OptimalBinner(bad="paid", trend="none").fit(columns, words)
    assert np.allclose(
        swapped.binnings_["income"].woe[-1],
        -OptimalBinner(trend="none").fit(columns, y).binnings_["income"].woe[-1],
    )


def test_names_out_and_containers_out(history, binner):
    columns, _ = history
    assert binner.get_feature_names_out().tolist() == list(columns)
    frame = clone(binner).set_output(transform="pandas").fit_transform(*history)
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == list(columns)
    polars = clone(binner).set_output(transform="polars").fit_transform(*history)
    assert polars.columns == list(columns)


def test_it_works_in_a_pipeline(history):
    columns, y = history
    pipeline = make_pipeline(OptimalBinner(special_codes=CODES), LogisticRegression())
    auc = cross_val_score(pipeline, pd.DataFrame(columns), y, scoring="roc_auc", cv=3)
    assert auc.mean() > 0.72


def test_pickle_and_json_come_back_bit_for_bit(history, binner):
    columns, _ = history
    for again in [pickle.loads(pickle.dumps(binner)), OptimalBinner.from_json(binner.to_json())]:
        assert again.get_params() == binner.get_params()
        assert again.to_json() == binner.to_json()
        assert again.transform(columns).tobytes() == binner.transform(columns).tobytes()
        again.binnings_["used_share"].check()


def test_a_binning_shows_itself(binner):
    page = binner.binnings_["home"]._repr_html_()
    assert page.count("<tr>") == 1 + len(binner.binnings_["home"].labels)
    assert "<svg" in page and "<script" not in page
    assert "<table" in binner._repr_html_()
    assert list(binner.binnings_["home"].to_pandas().columns)[0] == "bin"


def test_html_of_labels_is_escaped():
    values = ["<script>alert(1)</script>", "b"] * 100
    binner = OptimalBinner().fit({"<b>": values}, np.arange(200) % 2)
    assert "<script" not in binner._repr_html_() and "<b><b>" not in binner._repr_html_()


def test_plots_draw(binner):
    pytest.importorskip("matplotlib").use("Agg")
    assert binner.plot("used_share").get_title().startswith("used_share: IV")
    with pytest.raises(KeyError):
        binner.plot("nothing")


def test_sample_table_is_the_same_for_the_same_seed():
    first, second = credence.sample_table(50, 1), credence.sample_table(50, 1)
    assert first[0]["used_share"].tobytes() == second[0]["used_share"].tobytes()
    assert same(first[1], second[1])


def test_cells_are_those_that_the_edges_say(history, binner):
    columns, _ = history
    cells = clone(binner).set_params(metric="indices").fit_transform(*history)
    for place, (name, values) in enumerate(columns.items()):
        binning = binner.binnings_[name]
        if binning.kind == "text":
            expected = [binning.labels.index(_group_of(binning, value)) for value in values]
        else:
            expected = np.searchsorted(binning.cells["edges"], values, side="right")
            expected[values == -9] = binning.bins
            expected[np.isnan(values)] = len(binning.woe) - 1
        assert same(cells[:, place], expected)


def _group_of(binning, value):
    return next(
        label
        for label, group in zip(binning.labels, binning.cells["groups"])
        if value in group
    )


LABELS = {
    "whole": (0, 1),
    "bool": (False, True),
    "float": (0.0, 1.0),
    "small float": (np.float16(0), np.float16(1)),
    "either sign": (-1, 1),
    "large": (0, 2**63 - 1),
    "unsigned": (np.uint8(3), np.uint8(250)),
    "large float": (0.0, 2.0**60),
    "text": ("bad", "good"),
}


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("which", [None, 0, 1])
def test_two_labels_of_any_kind_are_two_classes(history, labels, which):
    columns, y = history
    low, high = LABELS[labels]
    told = np.where(y == 1, high, low)
    binner = OptimalBinner(bad=None if which is None else LABELS[labels][which])
    is_bad = (y == 1) if which != 0 else (y == 0)
    binning = binner.fit(columns, told).binnings_["income"]
    assert binner.classes_.tolist() == ([high, low] if which == 0 else [low, high])
    assert binner.classes_.dtype == told.dtype
    assert sum(binning.events) == is_bad.sum()


@pytest.mark.parametrize(
    "told",
    [
        np.array([0.0, 0.5] * 50),
        np.array([0.0, np.inf] * 50),
        np.array([0.0, np.nan] * 50),
        np.array([1e300, 1e299] * 50),
        np.array([0, 1, 2, 1] * 25),
        np.array([0.0, 1.0, 2.0, 1.0] * 25),
        np.ones(100),
        np.zeros(100, dtype=int),
        np.array([0j, 1j] * 50),
    ],
    ids=["half", "infinite", "nan", "huge", "three", "three floats", "one", "none", "complex"],
)
def test_other_outcomes_are_refused(told):
    with pytest.raises(InputError):
        OptimalBinner().fit({"x": np.arange(100.0)}, told)
