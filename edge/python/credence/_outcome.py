"""What became of each row, and what each row weighs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import column_or_1d

from credence._errors import InputError


def read_outcome(y: Any, bad: Any, owner: str) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint8]]:
    """The two classes, the bad one last, and 1 for each row that is bad.

    Without `bad` the greater label is the bad one, as scikit-learn orders classes: 1 of 0 and 1.
    """
    if y is None:
        raise InputError(
            "outcome.none",
            f"{owner} requires y to be passed, but the target y is None",
            "give one outcome per row, 1 for bad",
        )
    values = _as_vector(y)
    found = _two_whole_numbers(values)
    if found is None:
        values = _refuse_unless_binary(values)
        classes = np.unique(values)
        found = classes, values == classes[-1]
    classes, is_last = found
    if len(classes) == 1:
        raise InputError(
            "binning.one_class",
            f"y has one class only ({classes[0]!r}), from which nothing can be learned",
            "give rows of both classes, good and bad",
        )
    if bad is not None:
        if bad not in classes.tolist():
            raise InputError(
                "outcome.bad", f"no row of y is {bad!r}", f"set bad to one of {classes.tolist()}"
            )
        if classes[0] == bad:
            classes, is_last = classes[::-1].copy(), ~is_last
    return classes, is_last.view(np.uint8)


def _two_whole_numbers(
    values: npt.NDArray[Any],
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]] | None:
    """The two whole numbers that `values` holds, and where the greater stands; None if others.

    Most outcomes are such, and need no sort. Floats beyond 2^53 are left to scikit-learn, like
    everything else.
    """
    if values.dtype.kind not in "iubf":
        return None
    least, most = values.min(), values.max()
    if values.dtype.kind == "f" and not (_is_whole(least) and _is_whole(most)):
        return None
    is_most = values == most
    found = np.count_nonzero(is_most) + np.count_nonzero(values == least)
    if least == most or found != len(values):
        return None
    return np.array([least, most], dtype=values.dtype), is_most


def _is_whole(number: Any) -> bool:
    return abs(float(number)) < 2**53 and float(number).is_integer()


def _as_vector(y: Any) -> npt.NDArray[Any]:
    values = np.asarray(y.to_numpy() if hasattr(y, "to_numpy") else y)
    if values.ndim != 1:
        values = _as_column(values)
    if values.dtype.kind == "c":
        raise InputError("outcome.complex", "Complex data not supported")
    if len(values) == 0:
        raise InputError("input.empty", "y has 0 sample(s)", "give at least one row of each class")
    if _has_missing(values):
        raise InputError(
            "outcome.missing",
            "Input y contains NaN, infinity or None",
            "leave out the rows whose outcome is not known, or use infer_rejects for them",
        )
    return values


def _as_column(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    try:
        column: npt.NDArray[Any] = column_or_1d(values, warn=True)
    except ValueError as error:
        raise InputError("outcome.shape", str(error), "give one outcome per row") from None
    return column


def _has_missing(values: npt.NDArray[Any]) -> bool:
    if values.dtype.kind == "f":
        return not bool(np.isfinite(values).all())
    if values.dtype.kind == "O":
        return any(value is None or value != value for value in values.tolist())
    return False


def _refuse_unless_binary(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if values.dtype.kind == "O":
        kinds = {type(value) for value in values.tolist()}
        if all(issubclass(kind, (bool, int, float, np.number, np.bool_)) for kind in kinds):
            values = values.astype(np.float64)
        elif any(issubclass(kind, str) for kind in kinds) and len(kinds) > 1:
            raise InputError(
                "outcome.mixed",
                "y mixes texts and other values",
                "give one kind of label, for instance 0 and 1",
            )
    kind = type_of_target(values, input_name="y", raise_unknown=True)
    if kind == "binary":
        return values
    if kind == "continuous":
        raise InputError(
            "outcome.continuous",
            "Unknown label type: continuous. y must have two classes",
            "give 1 for bad and 0 for good",
        )
    raise InputError(
        "outcome.binary",
        f"Only binary classification is supported. The type of the target is {kind}.",
        "give two classes, for instance y == 'default'",
    )


def read_weights(sample_weight: Any, rows: int) -> npt.NDArray[np.float64] | None:
    """Positive, finite weights, one per row; None when there are none."""
    if sample_weight is None:
        return None
    weights = np.asarray(
        sample_weight.to_numpy() if hasattr(sample_weight, "to_numpy") else sample_weight,
        dtype=np.float64,
    )
    if weights.ndim != 1:
        raise InputError(
            "binning.weights", "Sample weights must be 1D array or scalar", "give one per row"
        )
    if len(weights) != rows:
        raise InputError(
            "input.length", f"sample_weight has {len(weights)} entries and X {rows} rows"
        )
    wrong = ~(np.isfinite(weights) & (weights > 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            "binning.weights",
            f"the weight of row {row} is {weights[row]:g}: weights must be positive and finite, "
            "neither zero nor negative",
            "leave out rows of weight zero; rows of both classes must remain",
        )
    return np.ascontiguousarray(weights)
