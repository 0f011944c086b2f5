"""Plans of runs: whole, in parts, interrupted."""

import pickle
import signal
import threading

import numpy as np
import pyarrow
import pytest

from credence import InputError, society

HEAD = """
[plan]
id = "{kind}"
title = {{ en = "Cameras", fr = "Caméras" }}
world = "{world}"
programmes = ["city-points"]
replicates = {replicates}
measure = "excluded-share"

[design]
kind = "{kind}"
{points}
"""
VARIED = """
[[vary]]
path = "rules.bills.late"
low = 0.02
high = 0.12

[[vary]]
path = "world.people"
low = 250
high = 400
"""
WORLD = """
[world]
id = "hamlet"
title = { en = "Hamlet", fr = "Hameau" }
months = 3
burn_in = 1

[population]
people = 300
"""


@pytest.fixture
def write(tmp_path):
    """Writes a plan of a kind, with its world beside it, and gives its path."""

    def write_plan(kind, points="", varied=VARIED, replicates=1):
        (tmp_path / "hamlet.toml").write_text(WORLD)
        path = tmp_path / f"{kind}.toml"
        head = HEAD.format(kind=kind, world="hamlet.toml", replicates=replicates, points=points)
        path.write_text(head + varied)
        return path

    return write_plan


def test_a_plan_gives_a_row_for_each_point_arm_and_replicate(write):
    found = society.plan(write("latin-hypercube", "points = 3", replicates=2))
    rows = pyarrow.table(found.rows)
    assert rows.num_rows == 3 * 2 * 2
    assert set(rows["arm"].to_pylist()) == {"no-programme", "city-points"}
    assert (found.rows["world.people"] >= 250).all()
    assert found.kind == "latin-hypercube" and found.morris is None and found.sobol is None
    assert len(found.sensitivity) == 0


@pytest.mark.parametrize(
    ("kind", "points", "columns"),
    [
        ("morris", "points = 3", ["path", "mu", "mu_star", "sigma", "mu_star_error"]),
        ("sobol", "points = 4", ["path", "first", "first_error", "total", "total_error"]),
    ],
)
def test_parts_are_the_whole(write, kind, points, columns):
    path = write(kind, points)
    whole = society.plan(path, threads=1)
    parts = [society.plan(path, part=(number, 3)) for number in (3, 1, 2)]
    assert all(len(part.sensitivity) == 0 for part in parts)
    merged = society.merge([pickle.loads(pickle.dumps(part)) for part in parts])
    assert merged.rows.to_csv() == whole.rows.to_csv()
    assert merged.sensitivity.to_csv() == whole.sensitivity.to_csv()
    assert getattr(merged, kind).columns == columns
    assert whole.sensitivity["path"].tolist() == ["rules.bills.late", "world.people"]
    again = pickle.loads(pickle.dumps(whole))
    assert again.sensitivity.to_csv() == whole.sensitivity.to_csv()


def test_parts_that_are_no_whole_are_refused(write):
    path = write("morris", "points = 2")
    first, last = (society.plan(path, part=(number, 2)) for number in (1, 2))
    other = society.plan(write("sobol", "points = 2"))
    for parts, message in [
        ([], "there is no part"),
        ([first], "in none of the parts"),
        ([first, first, last], "is there twice"),
        ([first, other], "not of one plan"),
    ]:
        with pytest.raises(InputError, match=message):
            society.merge(parts)
    for part in [(0, 2), (3, 2), (1, 0), (-1, -1), (1, 10_000_000)]:
        with pytest.raises(InputError, match="is no part"):
            society.plan(path, part=part)


def test_a_calibration_finds_inputs_and_has_no_parts(write):
    target = '\n[[target]]\nmeasure = "excluded-share"\nvalue = 0.0\ntolerance = 0.5\n'
    path = write("calibration", "points = 3", VARIED + target + 'source = "invented"\n')
    found = society.plan(path)
    assert set(found.best) == {"rules.bills.late", "world.people"}
    assert 0 <= found.distance < 1
    assert found.best == pickle.loads(pickle.dumps(found)).best
    with pytest.raises(InputError, match="has no parts"):
        society.plan(path, part=(1, 2))


def test_a_plan_can_be_a_text_of_built_ins():
    text = HEAD.format(kind="replicates", world="village", replicates=1, points="")
    found = society.plan(text)
    assert len(found.rows) == 2


def test_findings_of_a_plan_say_where(write):
    path = write("morris", 'points = "many"')
    with pytest.raises(society.PlanError, match=r"morris\.toml:\d+:\d+: error\[L"):
        society.plan(path)
    unknown = write("grid", "", '\n[[vary]]\npath = "rules.bill.late"\nvalues = [0.1]\n')
    with pytest.raises(InputError, match=r"rules\.bills\.late"):
        society.plan(unknown)
    with pytest.raises(InputError, match="no file 'nowhere.toml'"):
        society.plan("nowhere.toml")


def test_a_person_stops_a_plan_and_keeps_whole_points(write):
    path = write("latin-hypercube", "points = 5000")
    timer = threading.Timer(0.7, signal.raise_signal, [signal.SIGINT])
    timer.start()
    told = []
    found = society.plan(path, progress=lambda done, of: told.append((done, of)))
    timer.join()
    assert found.interrupted
    points = np.unique(found.rows["point"])
    assert 0 < len(points) < 5000 and len(found.rows) == 2 * len(points)
    assert told and told[-1][1] == 5000


def test_an_error_of_progress_ends_a_plan(write):
    def fail(done, of):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        society.plan(write("latin-hypercube", "points = 500"), progress=fail)


def test_the_sensitivity_of_a_report_is_that_of_a_morris_plan(write, tmp_path):
    world = society.World.read(WORLD)
    result = society.run(world, ["city-points"], replicates=2)
    ranked = society.plan(write("morris", "points = 2"))
    page = result.report(tmp_path / "r.html", sensitivity=ranked).read_text(encoding="utf-8")
    assert "bills" in page
    with pytest.raises(InputError, match="whole Morris plan"):
        result.report(tmp_path / "r.html", sensitivity=society.plan(write("sobol", "points = 2")))
