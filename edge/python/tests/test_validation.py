"""The validation pack."""

import json

import numpy as np
import pandas as pd
import pytest
from conftest import FEATURES

import credence
from credence import InputError, RejectInference, Scorecard, infer_rejects, validate


@pytest.fixture(scope="module")
def later():
    return credence.sample_table(3_000, seed=11)


def test_a_pack_is_a_page_and_data(sample, scorecard, later, tmp_path):
    columns, y = later
    pack = validate(
        scorecard,
        columns,
        y,
        development=sample,
        groups={"audit_group": "A"},
        date="opened",
        cut_off=600,
        prepared_by="tests",
    )
    page = pack.html(tmp_path / "pack.html")
    assert (tmp_path / "pack.html").read_text(encoding="utf-8") == page
    assert "<svg" in page and "<script" not in page and "http://" not in page.split("xmlns")[0]
    assert pack.html(language="fr") != page
    data = json.loads(pack.json(tmp_path / "pack.json"))
    assert data == pack.to_dict()
    assert "discrimination" in json.dumps(data)
    assert pack._repr_html_().startswith("<iframe")
    with pytest.raises(InputError):
        pack.html(language="de")


def test_a_card_of_a_file_can_be_validated(scorecard, later):
    columns, y = later
    by_name = {name: columns[name] for name in FEATURES}
    assert validate(scorecard.card_, by_name, y).html() != ""
    words = np.where(y == 1, "bad", "paid")
    worded = Scorecard(bad="bad").fit(by_name, words)
    assert validate(worded, by_name, words).to_dict()


def test_what_cannot_be_validated(scorecard, later):
    columns, y = later
    with pytest.raises(InputError) as raised:
        validate(scorecard, columns, y, groups=["audit_grop"])
    assert raised.value.code == "validation.column"
    assert "audit_group" in str(raised.value)
    with pytest.raises(InputError, match="did you mean 'impact_ratio'"):
        validate(scorecard, columns, y, limits={"impact_ration": 0.9})
    with pytest.raises(InputError):
        validate(scorecard, columns, np.zeros(len(y)))
    with pytest.raises(InputError):
        validate(scorecard, columns, y, bands=1)
    with pytest.raises(TypeError):
        validate("card", columns, y)


@pytest.mark.parametrize(
    "method", ["none", "reweighting", "extrapolation", "parcelling", "fuzzy"]
)
def test_reject_inference_shows_its_band(history, later, method):
    columns, y = history
    rejected = pd.DataFrame(later[0])[FEATURES]
    found = infer_rejects(Scorecard(), columns, y, rejected, method=method)
    assert isinstance(found, RejectInference)
    expected = found.expected
    assert 0 < expected["optimistic"] <= expected["pessimistic"] < 1
    assert 0 < expected["chosen"] < 1
    assert expected["worst_low"] <= expected["worst_high"]
    assert found.assumption["en"] and found.assumption["fr"]
    assert found.accepted_only.score_points(columns).min() >= 350
    assert len(found.bands) > 1


def test_reject_inference_refuses_other_columns(history):
    columns, y = history
    with pytest.raises(InputError) as raised:
        infer_rejects(Scorecard(), columns, y, {"income": columns["income"]})
    assert raised.value.code == "rejects.columns"
    with pytest.raises(InputError):
        infer_rejects(Scorecard(), columns, y, columns, method="guess")
