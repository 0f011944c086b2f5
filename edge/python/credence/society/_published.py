"""Published results, held against what this code finds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from credence._errors import InputError
from credence.society import _native
from credence.society._threads import checked_threads


class Check(NamedTuple):
    """One number of a published result, held against ours."""

    model: str
    id: str
    what: str
    source: str
    published: float
    ours: float
    tolerance: float
    holds: bool


class Validation(list[Check]):
    """The checks, one by one; as columns by :meth:`to_dict`."""

    @property
    def holds(self) -> bool:
        """Whether there are checks and every one holds."""
        return bool(self) and all(check.holds for check in self)

    def to_dict(self) -> dict[str, npt.NDArray[Any]]:
        """Columns under their names, for ``pandas.DataFrame`` or ``pyarrow.table``."""
        return {name: np.array([getattr(each, name) for each in self]) for name in Check._fields}


def published_models() -> list[dict[str, Any]]:
    """The published models: ``id``, ``title``, ``source``, and whether it ``needs_data``."""
    names = ("id", "title", "source", "needs_data")
    return [dict(zip(names, model, strict=True)) for model in _native.published_models()]


def validate(
    models: Iterable[str] | None = None,
    effort: float = 1.0,
    seed: int = 1,
    score_table: str | os.PathLike[str] | None = None,
    threads: int = 0,
) -> Validation:
    """Runs published models and holds what they find against what was published.

    Parameters
    ----------
    models : iterable of str, optional
        Their letters; all of them by default.
    effort : float
        1 runs as much as the reference did; less is quicker, and less certain. 0.001 to 1000.
    seed : int
        Under which everything is drawn.
    score_table : path, optional
        The score table of model B (Liu et al. 2018), which does not come with Credence. Without it
        that model gives no checks.
    threads : int
        0: as many as there are processors. Never changes a result.
    """
    if not 0.001 <= effort <= 1000:
        raise InputError("published.effort", f"effort cannot be {effort}", "give 0.001 to 1000")
    if not 0 <= seed < 2**32:
        raise InputError("published.seed", f"seed cannot be {seed}", "give 0 to 2**32 - 1")
    table = Path(score_table).read_text(encoding="utf-8") if score_table is not None else ""
    names = [model["id"] for model in published_models()] if models is None else list(models)
    checks = Validation()
    for name in names:
        found = _native.published_checks(name, seed, effort, table, checked_threads(threads))
        checks.extend(Check(name, *row) for row in found)
    return checks
