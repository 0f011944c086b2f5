"""Exports score as the card does."""

import duckdb
import numpy as np
import onnxruntime
import pandas as pd
import pytest

from credence import Card, InputError


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
    exec(scorecard.export("python", name="score_card"), module)  # noqa: S102
    assert callable(module["score_card"])


def test_onnx_loads(scorecard):
    session = onnxruntime.InferenceSession(scorecard.export("onnx"))
    assert session.get_outputs()


def test_a_format_that_does_not_exist(scorecard):
    with pytest.raises(InputError) as raised:
        scorecard.export("pmlm")
    assert raised.value.code == "exchange.format"
    assert "pmml" in raised.value.help
    with pytest.raises(InputError):
        scorecard.export("sqlite", reasons=9)
