"""Rules of behaviour in Python change people where they lie, and results say so."""

import signal
import traceback

import numpy as np
import pytest

from credence import InputError, society
from credence.society import MARKS, NO_POINTS, SPHERES, World

STATE = "wealth debt marks points own_points record barred listed excluded idle fault appeal region chill"
TRAITS = "age sex group education work bank phone first_region household wage diligence conviction"


def lived(rules=(), people=400, replicates=2, **options):
    world = World.read("village")
    world.people, world.burn_in, world.months = people, 2, 3
    return society.run(world, ["city-points"], replicates, rules=rules, **options)


@pytest.fixture(scope="module")
def plain():
    return lived()


def test_a_rule_that_changes_nothing_leaves_every_hash(plain):
    same = lived([lambda month, arm, people: None])
    assert same.hashes == plain.hashes
    assert same.months().to_csv() == plain.months().to_csv()


def test_a_rule_that_reads_and_keeps_everything_changes_nothing(plain):
    kept = []

    def keep(month, arm, people):
        kept.append((people, {name: getattr(people, name) for name in STATE.split()}))

    assert lived([keep]).hashes == plain.hashes
    for people, columns in kept:  # what outlived the society is still there to be read
        assert len(people) == 400
        assert all(int(column.sum()) == int(column.sum()) for column in columns.values())
        assert people.wealth is columns["wealth"]


def test_a_kept_array_stays_as_it_was():
    kept = []

    def keep(month, arm, people):
        people.wealth += 7
        if (month, arm) == (1, "no-programme"):
            kept.append((people.wealth[:50], people.wealth[:50].copy()))
            kept.append((people.wealth, people.wealth.copy()))

    lived([keep])
    assert len(kept) == 4
    assert all(np.array_equal(array, then) for array, then in kept)


def test_results_and_report_say_that_a_prototype_took_part(plain, tmp_path):
    changed = lived([lambda month, arm, people: None])
    assert changed.changed_by_prototype and not plain.changed_by_prototype
    pages = [
        each.report(tmp_path / f"{each.changed_by_prototype}.html").read_text()
        for each in (changed, plain)
    ]
    assert "prototype" in pages[0].lower() and len(pages[0]) > len(pages[1])


def test_columns_are_the_memory_of_the_society():
    seen = []

    def gift(month, arm, people):
        assert not people.wealth.flags.owndata and people.wealth.flags.writeable
        before = people.wealth.copy()
        people.wealth[people.group == 1] += 1_000_00
        seen.append((people.wealth - before).sum())

    changed = lived([gift])
    assert changed.hashes != lived().hashes
    assert min(seen) > 0
    richer = changed.values("no-programme", "mean-wealth", group=1)
    assert (richer > lived().values("no-programme", "mean-wealth", group=1)).all()


def test_columns_have_their_types_and_shapes():
    def look(month, arm, people):
        assert people.wealth.dtype == people.debt.dtype == np.int32
        assert people.marks.dtype == people.game_spent.dtype == np.uint16
        assert people.points.dtype == people.own_points.dtype == np.int16
        assert people.record.shape == (400, 24) and people.barred.shape == (400, len(SPHERES))
        for name in STATE.split():
            assert len(getattr(people, name)) == 400 and getattr(people, name).flags.writeable
        for name in TRAITS.split():
            assert len(getattr(people, name)) == 400
            with pytest.raises(ValueError):
                getattr(people, name)[0] = 0
        assert (people.points[~people.has("enrolled")] == NO_POINTS).all()
        assert MARKS["borrower"] == 1 << 11
        assert people.age.max() <= 120 and people.replicate in (0, 1)

    lived([look])


def test_a_rule_is_called_once_a_month_and_arm():
    calls = []
    lived([lambda month, arm, people: calls.append((people.replicate, month, arm))])
    arms = ["no-programme", "city-points"]
    burn_in = [(month, "no-programme") for month in (1, 2)]
    after = [(month, arm) for month in (3, 4, 5) for arm in arms]
    assert calls == [(number, *call) for number in (0, 1) for call in burn_in + after]


def test_rules_follow_one_another():
    calls = []

    def first(month, arm, people):
        people.chill[:] = 9
        calls.append("first")

    def second(month, arm, people):
        assert (people.chill == 9).all()
        calls.append("second")

    lived([first, second], replicates=1)
    assert calls[:2] == ["first", "second"]


def test_a_rule_leaves_the_same_bits_for_any_number_of_threads():
    def tax(month, arm, people):
        people.wealth[:] = people.wealth * 0.99

    many = lived([tax], people=9_000, replicates=1, threads=2)
    assert many.hashes == lived([tax], people=9_000, replicates=1, threads=1).hashes


def test_an_error_of_a_rule_comes_back_with_its_own_lines():
    def broken(month, arm, people):
        if month == 2:
            raise LookupError("not this month")

    with pytest.raises(LookupError, match="not this month") as raised:
        lived([broken])
    assert "broken" in "".join(traceback.format_tb(raised.tb))


def test_columns_of_a_rule_that_failed_can_still_be_read():
    def broken(month, arm, people):
        raise LookupError(people)

    with pytest.raises(LookupError) as raised:
        lived([broken])
    assert len(raised.value.args[0].wealth) == 400


def test_a_state_that_cannot_be_lived_is_refused():
    def nowhere(month, arm, people):
        people.region[7] = 200

    with pytest.raises(InputError, match="put person 7 into region 200"):
        lived([nowhere])


def test_extreme_values_do_not_end_the_process():
    draw = np.random.default_rng(1)

    def noise(month, arm, people):
        for name in STATE.split():
            column = getattr(people, name)
            if name != "region":
                info = np.iinfo(column.dtype)
                column[...] = draw.integers(info.min, info.max, column.shape, endpoint=True)
        people.region[:] = draw.integers(0, 2, len(people))

    assert len(lived([noise], people=3_000).hashes) == 2


def test_a_rule_can_be_interrupted_between_months():
    def interrupt(month, arm, people):
        if month == 3 and arm == "no-programme":
            signal.raise_signal(signal.SIGINT)

    stopped = lived([interrupt])
    assert stopped.interrupted and stopped.checkpoint and not stopped.hashes
    assert lived(resume=stopped).hashes == lived().hashes
