"""History, as everything takes it that learns: a table, and what became of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from credence._frames import Frame
from credence._outcome import read_outcome, read_weights


@dataclass(frozen=True)
class History:
    """A table, the two classes (the bad one last), 1 for each bad row, and weights if any."""

    frame: Frame
    classes: npt.NDArray[Any]
    bad: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float64] | None


def read_history(X: Any, y: Any, sample_weight: Any, bad: Any, owner: str) -> History:
    """Refuses what cannot be used, in the name of `owner`; `bad` is the bad label, or None."""
    frame = Frame(X)
    classes, outcome = read_outcome(y, bad, owner)
    return History(frame, classes, outcome, read_weights(sample_weight, frame.rows))
