"""A society is run, read and kept from Python."""

import pickle
import signal
import subprocess
import sys
import threading

import numpy as np
import pandas
import polars
import pyarrow
import pytest

from credence import InputError, society
from credence.society import Programme, World

PROGRAMMES = ["lawful-open", "city-points"]


def village(people=600, burn_in=2, months=4):
    world = World.read("village")
    world.people, world.burn_in, world.months = people, burn_in, months
    return world


@pytest.fixture(scope="module")
def result():
    return society.run(village(), PROGRAMMES, replicates=2)


def test_what_is_built_in_can_be_read():
    names = society.presets()
    assert {"town", "village"} <= set(names["worlds"])
    assert all(World.read(name).people > 0 for name in names["worlds"])
    assert [Programme.read(name).id for name in names["programmes"]] == names["programmes"]
    assert "society.cameras" in Programme.read("total-surveillance").sections


def test_a_world_is_read_by_name_path_or_text_and_a_file_goes_first(tmp_path, monkeypatch):
    text = '[world]\nid = "mine"\ntitle = { en = "Mine", fr = "Mien" }\nmonths = 3\n'
    (tmp_path / "village").write_text(text)
    monkeypatch.chdir(tmp_path)
    for source in [text, tmp_path / "village", "village"]:
        world = World.read(source)
        assert (world.id, world.title["fr"], world.months) == ("mine", "Mien", 3)


def test_a_world_can_be_changed_within_its_ranges():
    world = World.read("village")
    for name, value in {"people": 0, "months": 601, "replicates": 0, "seed": 2**32}.items():
        before = getattr(world, name)
        with pytest.raises(InputError, match=f"{name} cannot be {value}"):
            setattr(world, name, value)
        assert getattr(world, name) == before
    before = world.hash
    world.rules["bills.late"] = 0.3
    assert dict(world.rules)["bills.late"] == 0.3
    assert world.hash != before
    with pytest.raises(InputError, match=r"did you mean 'bills\.late'"):
        world.rules["bills.lat"] = 0.3
    with pytest.raises(InputError, match="finite"):
        world.rules["bills.late"] = float("nan")
    with pytest.raises(TypeError):
        del world.rules["bills.late"]


def test_a_copy_of_a_world_is_apart():
    world = village()
    other = world.copy()
    other.people = 50
    assert world.people == 600


def test_findings_say_file_line_and_column():
    with pytest.raises(society.ProgrammeError) as raised:
        Programme.read('[programme]\nid = "x"\ntitle = { en = "X", fr = "X" }\nbogus = 1\n')
    assert "<programme>:4:1: error[" in str(raised.value)
    assert raised.value.findings[0].line == 4
    with pytest.raises(society.WorldError, match=r"<world>:2:10: error\[W"):
        World.read('[world]\nmonths = "many"\n')
    again = pickle.loads(pickle.dumps(raised.value))
    assert str(again) == str(raised.value)


def test_what_is_missing_is_told_with_the_nearest_name(tmp_path):
    with pytest.raises(InputError, match="did you mean 'village'"):
        World.read("vilage")
    with pytest.raises(InputError, match="built in are"):
        Programme.read("nothing-like-it")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        World.read(tmp_path / "bytes.toml")


def test_a_programme_finds_its_card_beside_it(tmp_path):
    built_in = Programme.read("lawful-open")
    text, _, card, _ = built_in._source
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(InputError, match="not beside it"):
        Programme.read(file)
    with pytest.raises(InputError, match="give its text as card="):
        Programme.read(text)
    assert Programme.read(file, card=card).scores
    name = society._native.card_file_of(text, "mine.toml")
    (tmp_path / name).write_text(card)
    assert Programme.read(file).id == "lawful-open"


def test_arms_have_names_of_their_own():
    with pytest.raises(InputError, match="two arms have the id 'city-points'"):
        society.run(village(), ["city-points", "city-points"])


def test_parameters_and_measures_tell_themselves():
    late = next(each for each in society.parameters() if each["path"] == "bills.late")
    assert late["low"] <= late["standard"] <= late["high"]
    assert late["source"] and late["name"]["fr"]
    excluded = next(each for each in society.measures() if each["id"] == "excluded-share")
    assert excluded["direction"] == "harm" and excluded["unit"] == "share"


def test_threads_and_parts_never_change_a_result(result):
    assert result.arms == ["no-programme", *PROGRAMMES]
    assert sorted(result.hashes) == [0, 1]
    assert society.run(village(), PROGRAMMES, 2, threads=1).hashes == result.hashes
    parts = [society.run(village(), PROGRAMMES, 1, first_replicate=part) for part in (0, 1)]
    whole = parts[0].join(parts[1])
    assert whole.hashes == result.hashes
    assert whole.months().to_csv() == result.months().to_csv()
    assert whole.stories().to_csv() == result.stories().to_csv()
    with pytest.raises(InputError, match="replicate 1 is in both"):
        result.join(parts[1])
    other = society.run(village(people=500), PROGRAMMES, 1, first_replicate=5)
    with pytest.raises(InputError, match="not of one world"):
        result.join(other)


def test_another_seed_is_another_life(result):
    world = village()
    world.seed += 1
    assert society.run(world, PROGRAMMES, replicates=2).hashes != result.hashes


def test_tables_are_arrow(result):
    months = pyarrow.table(result.months())
    months.validate(full=True)
    assert months.num_rows == 2 * 3 * 4 * len(result.world.groups)
    assert months.schema.field("people").type == pyarrow.int64()
    people = months.filter(pyarrow.compute.equal(months["month"], 1))["people"]
    assert sum(people.to_pylist()) == 600 * 2 * 3
    for table in [result.replicates(), result.groups(), result.stories()]:
        pyarrow.table(table).validate(full=True)
        assert pyarrow.table(table).num_rows == len(table) > 0
        assert pyarrow.table(table).column_names == table.columns


def test_tables_reach_pandas_and_polars(result):
    table = result.replicates()
    framed = pandas.DataFrame(table.to_dict())
    assert list(framed["state"][:2]) == list(result.hashes.values())
    assert polars.DataFrame(table).height == len(framed) == 6
    arrow = pyarrow.table(table).to_pandas()
    pandas.testing.assert_frame_equal(arrow, framed, check_dtype=False)
    with pytest.raises(KeyError):
        table["nothing"]


def test_a_number_that_does_not_exist_is_null(result):
    points = pyarrow.table(result.stories())["points"]
    assert points.null_count > 0  # nobody is scored without a programme
    assert not any(value is not None and np.isnan(value) for value in points.to_pylist())


def test_a_stream_is_given_once_and_let_go(result):
    reader = pyarrow.RecordBatchReader.from_stream(result.replicates())
    assert len(list(reader)) == 1
    for _ in range(50):
        result.months().__arrow_c_stream__()


def test_values_and_differences_are_those_of_the_table(result):
    framed = pandas.DataFrame(result.replicates().to_dict())
    arm = framed[framed["arm"] == "city-points"]
    share = result.values("city-points", "excluded-share")
    assert np.array_equal(share, arm["excluded-share"])
    assert np.array_equal(share, result.values(2, "excluded-share"))
    difference = result.difference("city-points", "excluded-share")
    assert np.allclose(difference.replicates, arm["excluded-share-difference"])
    assert difference.low <= difference.mean <= difference.high
    assert difference.mean == pytest.approx(difference.replicates.mean())
    by_month = result.by_month("city-points", "excluded-share")
    assert by_month.shape == (2, 4)
    assert np.allclose(by_month.mean(axis=1), share)
    group = result.world.groups[1]
    named = result.values("city-points", "mean-wealth", group=group)
    assert np.array_equal(named, result.values("city-points", "mean-wealth", group=1))
    assert not np.array_equal(named, result.values("city-points", "mean-wealth"))


def test_what_is_not_there_is_refused(result):
    for call in [
        lambda: result.values("nobody", "excluded-share"),
        lambda: result.values(3, "excluded-share"),
        lambda: result.values(-1, "excluded-share"),
        lambda: result.values(1, "excluded-shar"),
        lambda: result.values(1, "excluded-share", group="nobody"),
        lambda: result.by_month(1, ""),
        lambda: result.report("x.html", language="de"),
        lambda: society.run(village(), replicates=0),
        lambda: society.run(village(), replicates=1, first_replicate=2**32),
        lambda: society.run(village(), replicates=1, measure="nothing"),
        lambda: society.run(village(), replicates=1, until_width=0.0),
        lambda: society.run(village(), replicates=1, threads=-1),
        lambda: society.run(village(), replicates=1, threads=257),
        lambda: society.run(village(people=100_000_000, months=600), PROGRAMMES, 1),
        lambda: society.run(village(), PROGRAMMES, 2, resume=result),
    ]:
        with pytest.raises(InputError):
            call()


def test_values_of_another_type_are_refused():
    for options in [{"until_width": "wide"}, {"replicates": "2"}, {"measure": 3}]:
        with pytest.raises(TypeError):
            society.run(village(), **options)


def test_narrow_intervals_end_a_run_early():
    few = society.run(village(200, 0, 1), ["city-points"], 12, until_width=10.0)
    assert few.stopped_early and len(few.hashes) == 4


def test_progress_is_told_after_each_month():
    told = []
    society.run(
        village(), replicates=2, first_replicate=3, progress=lambda *now: told.append(now)
    )
    assert told == [(number, month, 6) for number in (3, 4) for month in range(1, 7)]


def test_an_error_of_progress_ends_the_run():
    def fail(*now):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        society.run(village(), replicates=2, progress=fail)


def test_a_person_stops_a_run_between_months_and_goes_on_later(result):
    def interrupt(replicate, month, months):
        if (replicate, month) == (1, 3):
            signal.raise_signal(signal.SIGINT)

    stopped = society.run(village(), PROGRAMMES, replicates=2, progress=interrupt)
    assert stopped.interrupted and stopped.checkpoint
    assert stopped.hashes == {0: result.hashes[0]}
    kept = pickle.loads(pickle.dumps(stopped))
    assert kept.interrupted and kept.checkpoint == stopped.checkpoint
    whole = society.run(village(), PROGRAMMES, replicates=2, resume=kept)
    assert not whole.interrupted and whole.checkpoint is None
    assert whole.hashes == result.hashes
    assert whole.months().to_csv() == result.months().to_csv()


def test_an_interrupted_first_replicate_leaves_empty_tables_and_a_checkpoint(tmp_path):
    def interrupt(*now):
        signal.raise_signal(signal.SIGINT)

    stopped = society.run(village(), PROGRAMMES, replicates=2, progress=interrupt)
    assert stopped.interrupted and not stopped.hashes
    for table in [stopped.months(), stopped.replicates(), stopped.groups(), stopped.stories()]:
        assert pyarrow.table(table).num_rows == 0
    assert len(stopped.values(1, "excluded-share")) == 0
    assert stopped.report(tmp_path / "r.html").stat().st_size > 0
    whole = society.run(village(), PROGRAMMES, replicates=2, resume=stopped)
    assert whole.hashes == society.run(village(), PROGRAMMES, replicates=2).hashes


def test_a_second_interrupt_is_raised_and_the_handler_is_put_back():
    def interrupt(*now):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        society.run(village(), replicates=1, progress=interrupt)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_go_on():
    turns = []
    on = threading.Event()
    other = threading.Thread(target=lambda: [turns.append(1) for _ in iter(on.is_set, True)])
    other.start()
    try:
        before = len(turns)
        society.run(village(people=5_000), PROGRAMMES, replicates=1, threads=1)
        assert len(turns) > before
    finally:
        on.set()
        other.join()


def test_a_result_can_be_kept_and_sent(result):
    again = pickle.loads(pickle.dumps(result))
    assert again.hashes == result.hashes and again.world.hash == result.world.hash
    assert again.replicates().to_csv() == result.replicates().to_csv()
    assert again.stories().to_csv() == result.stories().to_csv()
    world = village()
    world.rules["bills.late"] = 0.2
    assert pickle.loads(pickle.dumps(world)).hash == world.hash


def test_the_report_is_one_page_in_two_languages(result, tmp_path):
    pages = {}
    for language in ["en", "fr"]:
        path = result.report(tmp_path / f"{language}.html", language)
        pages[language] = path.read_text(encoding="utf-8")
        assert pages[language].startswith("<!doctype html>")
        assert "city-points" in pages[language]
    assert pages["en"] != pages["fr"]


def test_who_only_trains_cards_does_not_load_the_society():
    script = "import sys, credence; assert not [m for m in sys.modules if 'society' in m]"
    subprocess.run([sys.executable, "-c", script], check=True)
