"""No card reads what the charter keeps apart; binning, which scores nobody, may look at it."""

import inspect
import warnings

import numpy as np
import pytest

from credence import CharterWarning, InputError, OptimalBinner, Scorecard, infer_rejects

APART = ["religion", "Gender", "zip_code", "face_photo", "spouse_income", "dateOfBirth"]


@pytest.mark.parametrize("name", APART)
def test_a_protected_column_is_set_apart_with_its_article(history, name):
    columns, y = history
    leak = np.where(y == 1, 1.0, 0.0) + np.random.default_rng(2).normal(size=len(y)) / 9
    with pytest.warns(CharterWarning, match=rf"'{name}'.*article A\d\d"):
        scorecard = Scorecard().fit({**columns, name: leak}, y)
    assert list(scorecard.set_apart_) == [name]
    assert name not in scorecard.card_.variables
    assert name not in scorecard.binnings_
    assert name not in scorecard.to_toml()
    assert list(scorecard.feature_names_in_)[-1] == name


def test_the_card_is_the_one_of_the_other_columns(history):
    columns, y = history
    with pytest.warns(CharterWarning):
        apart = Scorecard().fit({"religion": columns["home"], **columns}, y)
    assert apart.to_toml() == Scorecard().fit(columns, y).to_toml()


def test_nothing_is_left_to_learn_from(history):
    _, y = history
    with pytest.warns(CharterWarning), pytest.raises(InputError, match="sets every column apart"):
        Scorecard().fit({"religion": y * 1.0}, y)


def test_there_is_no_switch():
    names = {*inspect.signature(Scorecard.__init__).parameters, *vars(Scorecard())}
    assert not [name for name in names if "charter" in name or "allow" in name or "protect" in name]


def test_a_rule_for_a_column_set_apart_changes_nothing(history):
    columns, y = history
    keep = {"religion": {"keep": True}}
    with pytest.warns(CharterWarning):
        scorecard = Scorecard(variables=keep).fit({**columns, "religion": y * 1.0}, y)
    assert "religion" not in scorecard.card_.variables


def test_cross_validation_and_reject_inference_set_apart_too(history):
    columns, y = history
    leak = {**columns, "religion": y * 1.0}
    with pytest.warns(CharterWarning):
        assert Scorecard(folds=3).cross_validate(leak, y)["mean"] < 0.9
    with pytest.warns(CharterWarning):
        found = infer_rejects(Scorecard(), leak, y, leak)
    assert "religion" not in found.pessimistic.card_.variables


def test_a_binner_may_bin_anything(history):
    columns, y = history
    with warnings.catch_warnings():
        warnings.simplefilter("error", CharterWarning)
        assert "religion" in OptimalBinner().fit({"religion": columns["home"]}, y).iv_
