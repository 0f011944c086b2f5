"""Ensembles over several processes or machines, by engines that exist."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from multiprocessing import get_context
from typing import Any, TypeVar

from credence._errors import InputError
from credence.society._files import Source
from credence.society._plans import ExperimentResult, LoadedPlan, load_plan, merge, run_part
from credence.society._prototype import Rule
from credence.society._run import Result, _command, _refuse_size, run
from credence.society._world import Programme, World, as_programmes, as_world

Part = TypeVar("Part")
Call = tuple[Callable[..., Part], tuple[Any, ...]]


def ensemble(
    world: World | Source,
    programmes: Programme | Source | Iterable[Programme | Source] = (),
    replicates: int | None = None,
    backend: str = "processes",
    workers: int = 2,
    threads: int | None = None,
    first_replicate: int = 0,
    rules: Sequence[Rule] = (),
    client: Any = None,
) -> Result:
    """Shares out the replicates of a run over workers and joins their results.

    Every draw is keyed by the replicate's number, so the result is that of one process, to the bit.

    Parameters
    ----------
    world, programmes, replicates, first_replicate, rules
        As in :func:`run`. Rules must be importable by the workers.
    backend : {"processes", "dask", "ray"}
        "processes": on this machine; a script needs ``if __name__ == "__main__":`` then. "dask":
        on `client`, or a cluster on this machine. "ray": on the cluster that ``ray.init`` has
        connected to, or one on this machine.
    workers : int
        In how many parts the replicates go, and how many workers a cluster made here has.
    threads : int, optional
        Of each worker; by default the processors of this machine shared out, at least 1.
    client : dask.distributed.Client, optional
        A connected one, for "dask".

    Returns
    -------
    Result
    """
    lived = as_world(world).copy()
    arms = as_programmes(lived, programmes)
    wanted = lived.replicates if replicates is None else replicates
    _refuse_size(lived, wanted, first_replicate, len(arms))
    shares = _shares(wanted, _checked_workers(workers))
    each = _threads_of(threads, len(shares))
    calls: list[Call[Result]] = [
        (_run_share, (lived, arms, size, first_replicate + first, each, list(rules)))
        for first, size in shares
    ]
    results = _BACKENDS[_checked_backend(backend)](calls, len(shares), client)
    whole: Result = reduce(Result.join, results)
    whole.command = _command(lived, arms, wanted, first_replicate)
    return whole


def ensemble_plan(
    source: Source,
    backend: str = "processes",
    workers: int = 2,
    threads: int | None = None,
    client: Any = None,
) -> ExperimentResult:
    """Shares out the points of a plan over workers, merges the parts and analyses the whole.

    Parameters
    ----------
    source : str or path
        As in :func:`plan`.
    backend, workers, threads, client
        As in :func:`ensemble`.
    """
    loaded = load_plan(source)
    parts = min(_checked_workers(workers), loaded.points())
    each = _threads_of(threads, parts)
    calls: list[Call[ExperimentResult]] = [
        (_run_points, (loaded, (number, parts), each)) for number in range(1, parts + 1)
    ]
    return merge(_BACKENDS[_checked_backend(backend)](calls, parts, client))


def _run_share(
    world: World,
    programmes: list[Programme],
    replicates: int,
    first: int,
    threads: int,
    rules: list[Rule],
) -> Result:
    return run(world, programmes, replicates, first, threads, rules=rules)


def _run_points(loaded: LoadedPlan, part: tuple[int, int], threads: int) -> ExperimentResult:
    return run_part(loaded, part, threads)


def _shares(count: int, workers: int) -> list[tuple[int, int]]:
    """First number and size of each worker's share; none is empty."""
    parts = min(workers, count)
    ends = [count * number // parts for number in range(parts + 1)]
    return [(first, last - first) for first, last in zip(ends, ends[1:])]


def _threads_of(threads: int | None, workers: int) -> int:
    return max(1, (os.cpu_count() or 1) // workers) if threads is None else threads


def _checked_workers(workers: int) -> int:
    if not 1 <= workers <= 10_000:
        raise InputError("ensemble.workers", f"cannot use {workers} workers", "give 1 to 10000")
    return workers


def _checked_backend(backend: str) -> str:
    if backend in _BACKENDS:
        return backend
    known = ", ".join(_BACKENDS)
    raise InputError("ensemble.backend", f"there is no backend '{backend}'", f"there are {known}")


def _missing(package: str) -> InputError:
    return InputError(
        "ensemble.package", f"{package} is not installed", "pip install 'credence[ensembles]'"
    )


def _by_processes(calls: Sequence[Call[Part]], workers: int, client: Any) -> list[Part]:
    # Fresh processes: one that is forked while threads run may wait for locks that nobody holds.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(function, *values) for function, values in calls]
        return [each.result() for each in waiting]


def _by_dask(calls: Sequence[Call[Part]], workers: int, client: Any) -> list[Part]:
    try:
        from dask.distributed import Client, LocalCluster
    except ImportError:
        raise _missing("dask.distributed") from None
    if client is not None:
        return _gathered(calls, client)
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        Client(cluster) as own,
    ):
        return _gathered(calls, own)


def _gathered(calls: Sequence[Call[Part]], client: Any) -> list[Part]:
    waiting = [client.submit(function, *values, pure=False) for function, values in calls]
    return list(client.gather(waiting))


def _by_ray(calls: Sequence[Call[Part]], workers: int, client: Any) -> list[Part]:
    try:
        import ray
    except ImportError:
        raise _missing("ray") from None
    own = not ray.is_initialized()
    if own:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a study of ours tells nobody else
        ray.init(num_cpus=workers, include_dashboard=False, _node_ip_address="127.0.0.1")
    try:
        waiting = [ray.remote(function).remote(*values) for function, values in calls]
        return list(ray.get(waiting))
    finally:
        if own:
            ray.shutdown()


_BACKENDS: dict[str, Callable[[Sequence[Call[Any]], int, Any], list[Any]]] = {
    "processes": _by_processes,
    "dask": _by_dask,
    "ray": _by_ray,
}
