"""Ensembles over workers are those of one process, to the bit."""

import pytest

from credence import InputError, society
from credence.society import World

PLAN = """
[plan]
id = "late-bills"
title = { en = "Late bills", fr = "Retards" }
world = "village"
programmes = ["city-points"]
measure = "excluded-share"

[design]
kind = "morris"
points = 2

[[vary]]
path = "rules.bills.late"
low = 0.02
high = 0.12
"""
PACKAGES = {"processes": "concurrent.futures", "dask": "dask.distributed", "ray": "ray"}


@pytest.fixture(scope="module")
def village():
    world = World.read("village")
    world.people, world.burn_in, world.months = 500, 2, 3
    return world


@pytest.mark.parametrize("backend", PACKAGES)
def test_workers_change_nothing(backend, village):
    pytest.importorskip(PACKAGES[backend], reason=f"{backend} is not installed")
    alone = society.run(village, ["city-points"], replicates=3)
    shared = society.ensemble(village, ["city-points"], 3, backend=backend, workers=2)
    assert shared.hashes == alone.hashes and len(alone.hashes) == 3
    for name in ["months", "replicates", "groups", "stories"]:
        assert getattr(shared, name)().to_csv() == getattr(alone, name)().to_csv()


def test_a_cluster_that_is_there_is_used(village):
    distributed = pytest.importorskip("dask.distributed", reason="dask is not installed")
    alone = society.run(village, ["city-points"], replicates=2)
    whole = society.plan(PLAN)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        shared = society.ensemble(village, ["city-points"], 2, backend="dask", client=client)
        parts = society.ensemble_plan(PLAN, backend="dask", client=client)
        assert client.status == "running"
    assert shared.hashes == alone.hashes
    assert parts.rows.to_csv() == whole.rows.to_csv()
    assert parts.sensitivity.to_csv() == whole.sensitivity.to_csv()


def test_points_of_a_plan_are_shared_out():
    whole = society.plan(PLAN)
    parts = society.ensemble_plan(PLAN, workers=2)
    assert parts.rows.to_csv() == whole.rows.to_csv()
    assert parts.sensitivity.to_csv() == whole.sensitivity.to_csv()


def test_more_workers_than_replicates_and_a_first_number(village):
    alone = society.run(village, [], replicates=2, first_replicate=7)
    shared = society.ensemble(village, [], 2, workers=5, first_replicate=7)
    assert shared.hashes == alone.hashes and sorted(alone.hashes) == [7, 8]


def test_errors_of_workers_come_back(village):
    with pytest.raises(InputError, match="'bakend'"):
        society.ensemble(village, replicates=2, backend="bakend")
    with pytest.raises(InputError, match="0 workers"):
        society.ensemble(village, replicates=2, workers=0)
    crowded = village.copy()
    crowded.people = 1  # households do not fit
    with pytest.raises(InputError):
        society.ensemble(crowded, replicates=2)
