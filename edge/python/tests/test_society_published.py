"""Published results are repeated from Python."""

import pytest

from credence import InputError, society


def test_models_tell_themselves():
    models = society.published_models()
    assert [model["id"] for model in models] == list("ABCDEFGHIJ")
    assert all(model["title"] and model["source"] for model in models)


def test_checks_hold_and_are_a_table():
    checks = society.validate(["C", "I"], effort=0.01)
    assert checks.holds and {check.model for check in checks} == {"C", "I"}
    columns = checks.to_dict()
    assert len(columns["ours"]) == len(checks) and columns["holds"].all()
    assert (abs(columns["ours"] - columns["published"]) <= columns["tolerance"]).all()


def test_a_model_without_its_data_gives_no_checks(tmp_path):
    assert society.validate(["B"], effort=0.01) == []
    assert not society.validate(["B"], effort=0.01).holds
    table = tmp_path / "table.csv"
    table.write_text("no scores\n")
    assert not society.validate(["B"], effort=0.01, score_table=table).holds


def test_what_cannot_be_is_refused():
    for call in [
        lambda: society.validate(["Z"]),
        lambda: society.validate(effort=0),
        lambda: society.validate(effort=float("nan")),
        lambda: society.validate(seed=-1),
    ]:
        with pytest.raises(InputError):
            call()
