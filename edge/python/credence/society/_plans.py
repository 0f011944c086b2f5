"""Plans of runs: designs, sensitivity, calibration, and their parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from credence._errors import InputError
from credence.society import _native
from credence.society._files import Named, Source, find_text
from credence.society._findings import PlanError, checked
from credence.society._stopping import stop_between_months
from credence.society._tables import ResultTable
from credence.society._threads import checked_threads
from credence.society._world import Programme, World, as_programmes


class LoadedPlan(NamedTuple):
    """A plan with what it names."""

    native: _native.Plan
    source: tuple[str, str]
    world: World
    programmes: list[Programme]

    def points(self) -> int:
        """How many points it runs."""
        return self.native.points(self.world._native)

    def __reduce__(self) -> tuple[Any, ...]:
        return _plan_of_state, (self.source, self.world, self.programmes)


def _plan_of_state(
    source: tuple[str, str], world: World, programmes: list[Programme]
) -> LoadedPlan:
    native, _ = _native.read_plan(*source)
    assert native is not None
    return LoadedPlan(native, source, world, programmes)


def load_plan(source: Source) -> LoadedPlan:
    """A plan by its path or from its text; what it names is looked for beside it first."""
    named = find_text(source, "plan", ())
    assert isinstance(named, Named)
    native, findings = _native.read_plan(named.text, named.file)
    checked(findings, PlanError)
    assert native is not None

    def beside(name: str) -> str:
        path = named.path.parent / name if named.path else Path(name)
        return str(path) if path.is_file() else name

    world = World.read(beside(native.world))
    names = [name for name in native.programmes if name != "no-programme"]
    programmes = as_programmes(world, [beside(name) for name in names])
    return LoadedPlan(native, (named.text, named.file), world, programmes)


class ExperimentResult:
    """What came out of a plan, or of a part of it."""

    def __init__(self, native: _native.PlannedRun, plan: LoadedPlan) -> None:
        self._native = native
        self._plan = plan

    @property
    def id(self) -> str:
        """Of the plan."""
        return self._plan.native.id

    @property
    def kind(self) -> str:
        """Of the design: "replicates", "grid", "latin-hypercube", "morris", "sobol",
        "calibration"."""
        return self._plan.native.kind

    @property
    def rows(self) -> ResultTable:
        """One row per point, replicate and arm: inputs, measures, differences from no programme."""
        return ResultTable(self._native.rows())

    @property
    def sensitivity(self) -> ResultTable:
        """One row per input, of the last programme's difference in the plan's measure.

        Morris: ``mu``, ``mu_star``, ``sigma``, ``mu_star_error``; Sobol: ``first``,
        ``first_error``, ``total``, ``total_error``; errors are half widths of 95 % bootstrap
        intervals. Empty for other designs, for a part, and where the run was interrupted.
        """
        return ResultTable(self._native.sensitivity())

    @property
    def morris(self) -> ResultTable | None:
        """``sensitivity`` of a Morris plan, else None."""
        return self.sensitivity if self.kind == "morris" else None

    @property
    def sobol(self) -> ResultTable | None:
        """``sensitivity`` of a Sobol plan, else None."""
        return self.sensitivity if self.kind == "sobol" else None

    @property
    def best(self) -> dict[str, float]:
        """Of a calibration, the inputs that come nearest to the targets; else empty."""
        return self._native.best

    @property
    def distance(self) -> float:
        """Of a calibration, how far the farthest target is then, in tolerances."""
        return self._native.distance

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the run; the points that were whole are here."""
        return self._native.interrupted

    def _morris_lines(self) -> tuple[list[tuple[str, float, float, float, float]], str]:
        table = self.sensitivity
        if self.kind != "morris" or not len(table):
            raise InputError(
                "report.sensitivity", "the sensitivity of a report is that of a whole Morris plan"
            )
        names = ("path", "mu", "mu_star", "sigma", "mu_star_error")
        columns = [table[name].tolist() for name in names]
        ranked = sorted(zip(*columns, strict=True), key=lambda line: -line[2])
        return ranked, self._plan.native.measure

    def __reduce__(self) -> tuple[Any, ...]:
        return _result_of_state, (self._plan, self._native.state())

    def __repr__(self) -> str:
        return f"<ExperimentResult of {self.id!r} ({self.kind}): {len(self.rows)} rows>"


def _result_of_state(plan: LoadedPlan, state: tuple[Any, ...]) -> ExperimentResult:
    return ExperimentResult(_native.plan_of_state(plan.native, plan.world._native, *state), plan)


def plan(
    source: Source,
    part: tuple[int, int] = (1, 1),
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> ExperimentResult:
    """Runs a plan of runs (docs/formats/plan-of-runs.md).

    Parameters
    ----------
    source : str or path
        Of the plan's file, or its text. Worlds and programmes that it names are files beside it or
        built-ins.
    part : (int, int)
        ``(2, 8)``: the second eighth of the points; :func:`merge` puts the parts together. A
        calibration has no parts, since each round looks at the one before.
    threads : int
        0: as many as there are processors. Never changes a result.
    progress : callable, optional
        ``progress(done, points)``, a few times a second at most.

    Returns
    -------
    ExperimentResult
        Interrupted by Ctrl-C between two months, it holds the points that were whole.
    """
    return run_part(load_plan(source), part, threads, progress)


def run_part(
    loaded: LoadedPlan,
    part: tuple[int, int],
    threads: int,
    progress: Callable[[int, int], object] | None = None,
) -> ExperimentResult:
    """The same of a plan that was read."""
    number, of = part
    if not 1 <= number <= of <= 1_000_000:
        raise InputError("plan.part", f"{part!r} is no part", "(2, 8) is the second of eight")
    if of > 1 and loaded.native.kind == "calibration":
        raise InputError("plan.part", "a calibration has no parts", "run it on one machine")
    points = loaded.points()
    share = (points * (number - 1) // of, points * number // of)
    natives = [programme._native for programme in loaded.programmes]
    used = checked_threads(threads)
    with stop_between_months() as stop:
        native = _native.run_plan(
            loaded.native, loaded.world._native, natives, share, used, stop, progress
        )
    return ExperimentResult(native, loaded)


def merge(parts: Sequence[ExperimentResult]) -> ExperimentResult:
    """The result of the whole plan out of the results of its parts, analysed.

    Raises
    ------
    InputError
        ``plan.parts``: a point is missing, twice, or of another plan.
    """
    parts = list(parts)
    for each in parts[1:]:
        same = each._plan.source[0] == parts[0]._plan.source[0]
        if not same or each._plan.world.hash != parts[0]._plan.world.hash:
            raise InputError("plan.parts", "the parts are not of one plan and one world")
    plan_of_all = parts[0]._plan if parts else None
    native = _native.merge([each._native for each in parts])
    assert plan_of_all is not None
    return ExperimentResult(native, plan_of_all)
