"""Runs of a world under programmes, and what came out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Union

import numpy as np
import numpy.typing as npt

from credence._errors import InputError
from credence.society import _native
from credence.society._files import Source
from credence.society._prototype import Rule, as_change
from credence.society._stopping import stop_between_months
from credence.society._tables import ResultTable
from credence.society._threads import checked_threads
from credence.society._world import Programme, World, as_programmes, as_world

if TYPE_CHECKING:
    from credence.society._plans import ExperimentResult

Arm = Union[int, str]
Progress = Callable[[int, int, int], object]


class Difference(NamedTuple):
    """An arm's difference from life without any programme, over replicates."""

    mean: float
    low: float
    """Lower end of the 95 % interval of the mean (Student)."""
    high: float
    """Upper end."""
    error: float
    """Half width of that interval."""
    replicates: npt.NDArray[np.float64]
    """The difference in each replicate."""


class Result:
    """What became of the people of a world, in every arm and replicate.

    Arm 0 is always life without any programme ("no-programme"); arm k is the k-th programme. The
    people of all arms are the same, with the same luck. Results of parts (``first_replicate``) are
    put together by :meth:`join`.
    """

    def __init__(
        self, native: _native.Run, world: World, programmes: Sequence[Programme], command: str
    ) -> None:
        self._native = native
        self.world = world
        self.programmes = list(programmes)
        self.command = command

    @property
    def arms(self) -> list[str]:
        """``["no-programme", ...]`` and the programmes' ids."""
        return self._native.arms

    @property
    def hashes(self) -> dict[int, str]:
        """By replicate, SHA-256 over the state of every person in every arm after the last month.

        Equal for any number of threads and any division over machines.
        """
        return self._native.hashes

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the run; the replicates that were whole are here."""
        return self._native.interrupted

    @property
    def stopped_early(self) -> bool:
        """Whether the intervals were narrow enough before the last replicate."""
        return self._native.stopped_early

    @property
    def changed_by_prototype(self) -> bool:
        """Whether rules of Python took part."""
        return self._native.changed_by_prototype

    @property
    def checkpoint(self) -> bytes | None:
        """Of the replicate that was interrupted, to go on from by ``run(..., resume=result)``."""
        return self._native.checkpoint or None

    @cached_property
    def _tables(self) -> dict[str, ResultTable]:
        return {table.name: ResultTable(table) for table in self._native.tables()}

    def months(self) -> ResultTable:
        """Each replicate, arm, month (from 1) and group: every counter."""
        return self._tables["months"]

    def replicates(self) -> ResultTable:
        """Each arm and replicate: every measure, its difference from no programme, the hash."""
        return self._tables["replicates"]

    def groups(self) -> ResultTable:
        """Each arm, group and replicate: every measure and its difference from no programme."""
        return self._tables["groups"]

    def stories(self) -> ResultTable:
        """Each month of each life that is told (a sample of people of the first replicate)."""
        return self._tables["stories"]

    def values(
        self, arm: Arm, measure: str, group: int | str | None = None
    ) -> npt.NDArray[np.float64]:
        """A measure over all months, one value per replicate; NaN where it does not exist.

        Parameters
        ----------
        arm : str or int
            A programme's id, "no-programme", or a place in ``arms``.
        measure : str
            One of :func:`measures`, in its unit.
        group : str or int, optional
            Of that group alone.
        """
        return np.array(
            self._native.values(self._arm(arm), measure, self._group(group)), dtype=np.float64
        )

    def by_month(self, arm: Arm, measure: str) -> npt.NDArray[np.float64]:
        """A measure in each month: one row per replicate, one column per month."""
        return self._native.values_by_month(self._arm(arm), measure)

    def difference(
        self, arm: Arm, measure: str, group: int | str | None = None, against: Arm = 0
    ) -> Difference:
        """How far an arm is from another (life without any programme), replicate by replicate."""
        each = self.values(arm, measure, group) - self.values(against, measure, group)
        spread = _native.spread(each.tolist())
        mean, error = spread["mean"], spread["error"]
        return Difference(mean, mean - error, mean + error, error, each)

    def report(
        self,
        path: str | os.PathLike[str],
        language: str = "en",
        sensitivity: ExperimentResult | None = None,
    ) -> Path:
        """Writes the report: one page in English and French that needs nothing else.

        Parameters
        ----------
        path : str or path
            Of the HTML file.
        language : {"en", "fr"}
            Which language is shown first.
        sensitivity : ExperimentResult, optional
            Of a Morris plan: which parameters the result hangs on.

        Returns
        -------
        pathlib.Path
            Of the file.
        """
        if language not in ("en", "fr"):
            raise InputError("report.language", f"no language '{language}'", "give 'en' or 'fr'")
        lines, measure = sensitivity._morris_lines() if sensitivity else ([], "excluded-share")
        page = self._native.report(language == "fr", self.command, lines, measure)
        written = Path(path)
        written.write_text(page, encoding="utf-8")
        return written

    def join(self, later: Result) -> Result:
        """This result with the replicates of another one, of the same world and programmes."""
        same = self.world.hash == later.world.hash and [
            (each._native.text, each._native.card) for each in self.programmes
        ] == [(each._native.text, each._native.card) for each in later.programmes]
        if not same:
            raise InputError(
                "society.join", "the results are not of one world and the same programmes"
            )
        if both := sorted(self.hashes.keys() & later.hashes.keys()):
            raise InputError("society.join", f"replicate {both[0]} is in both results")
        native = _native.join(self._native, later._native)
        return Result(native, self.world, self.programmes, self.command)

    def _arm(self, arm: Arm) -> int:
        return _place(arm, self.arms, "arm")

    def _group(self, group: int | str | None) -> int | None:
        return None if group is None else _place(group, self._native.groups, "group")

    def __reduce__(self) -> tuple[Any, ...]:
        return _result_of_state, (self._native.state(), self.world, self.programmes, self.command)

    def __repr__(self) -> str:
        return (
            f"<Result of {self.world.id!r}: {len(self.hashes)} replicates of "
            f"{', '.join(self.arms)}{' (interrupted)' if self.interrupted else ''}>"
        )


def _result_of_state(
    state: tuple[bytes, bool, bool, bool], world: World, programmes: list[Programme], command: str
) -> Result:
    natives = [programme._native for programme in programmes]
    return Result(_native.run_of_state(world._native, natives, *state), world, programmes, command)


def _place(wanted: int | str, names: Sequence[str], what: str) -> int:
    if isinstance(wanted, str) and wanted in names:
        return list(names).index(wanted)
    if not isinstance(wanted, str) and 0 <= wanted < len(names):
        return int(wanted)
    raise InputError(f"society.{what}", f"no {what} {wanted!r}", f"there are {', '.join(names)}")


def run(
    world: World | Source,
    programmes: Programme | Source | Iterable[Programme | Source] = (),
    replicates: int | None = None,
    first_replicate: int = 0,
    threads: int = 0,
    until_width: float | None = None,
    measure: str = "excluded-share",
    progress: Progress | None = None,
    rules: Sequence[Rule] = (),
    resume: Result | None = None,
) -> Result:
    """Lives the lives of a world's people without any programme and under each of these.

    Ctrl-C ends the run between two months: the result then says ``interrupted``, holds every
    replicate that was whole, and can be gone on with. (A second Ctrl-C raises KeyboardInterrupt.)

    Parameters
    ----------
    world : World, or a name or path of one
    programmes : Programmes, or names or paths of some
        An arm each.
    replicates : int, optional
        Lives of the same world with other luck; by default those of the world.
    first_replicate : int
        Replicates are numbered, and a number is the same life wherever it is run.
    threads : int
        0: as many as there are processors. Never changes a result.
    until_width : float, optional
        Stops before, when for every arm the 95 % interval of the difference in `measure` is
        narrower than this (never before 4 replicates).
    measure : str
        See `until_width`.
    progress : callable, optional
        ``progress(replicate, month, months)`` after each month lived.
    rules : sequence of callables
        Prototypes of rules: each ``rule(month, arm, people)`` is called after each month of each
        arm, with the number of months lived, the arm's name and its :class:`People`. During the
        burn-in there is one life, that of "no-programme". Draw from a generator that is seeded by
        ``people.replicate`` and the month, and by nothing of the arm, if twins shall stay twins.
    resume : Result, optional
        An interrupted result of the same run: its replicates are kept, and it goes on in the month
        where it ended. What Python's rules remember is theirs to keep.

    Returns
    -------
    Result
    """
    lived = as_world(world).copy()
    arms = as_programmes(lived, programmes)
    wanted = lived.replicates if replicates is None else replicates
    _refuse_size(lived, wanted, first_replicate, len(arms))
    command = _command(lived, arms, wanted, first_replicate)
    done, checkpoint = 0, b""
    if resume is not None:
        if not resume.interrupted:
            raise InputError("society.resume", "the result was not interrupted: nothing is left")
        done, checkpoint = len(resume.hashes), resume.checkpoint or b""
    settings = {
        "replicates": wanted - done,
        "first_replicate": first_replicate + done,
        "threads": checked_threads(threads),
        "until_width": until_width,
        "until_measure": measure,
    }
    names = ["no-programme"] + [programme.id for programme in arms]
    natives = [programme._native for programme in arms]
    with stop_between_months() as stop:
        native = _native.run(
            lived._native, natives, settings, checkpoint, stop, progress, as_change(rules, names)
        )
    result = Result(native, lived, arms, command)
    return result if resume is None else resume.join(result)


def _refuse_size(world: World, replicates: int, first: int, programmes: int) -> None:
    if not (1 <= replicates <= 10_000 and 0 <= first <= 2**32 - 1 - 10_000):
        raise InputError(
            "ensemble.replicates",
            f"cannot run {replicates} replicates from number {first}",
            "give 1 to 10000 replicates, numbered from 0",
        )
    bytes_needed, _ = _native.needs(world._native, programmes)
    free = _free_memory()
    if free is not None and bytes_needed > free:
        raise InputError(
            "society.memory",
            f"{world.people} people in {programmes + 1} arms need {bytes_needed / 1e9:.1f} GB, and "
            f"{free / 1e9:.1f} GB are free",
            f"about {int(world.people * free / bytes_needed * 0.9)} people fit",
        )


def _free_memory() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(free.split()[1]) * 1024
    except (OSError, StopIteration, ValueError):
        return None


def _command(world: World, programmes: Sequence[Programme], replicates: int, first: int) -> str:
    names = [programme._source[1] for programme in programmes]
    told = f"people={world.people}, months={world.months}, seed={world.seed}"
    return (
        f"society.run(World.read({world._source[1]!r}), {names!r}, replicates={replicates}, "
        f"first_replicate={first})  # {told}"
    )
