"""Tables from everything that holds columns, without copying numbers where it can be avoided."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import issparse
from sklearn.utils.validation import check_array

from credence import _native
from credence._errors import InputError

_NUMBERS = "fiu"


class Frame:
    """A table as it was given: its names, and its columns once they are asked for.

    Parameters
    ----------
    data : pandas, polars or pyarrow table, anything with ``__arrow_c_stream__`` or
        ``__arrow_c_array__``, dict of 1-D arrays, or 2-D array-like
        Rows are people, columns variables. Columns of doubles that lie in one piece are read where
        they are; a row-major array is copied once into columns.
    """

    def __init__(self, data: Any) -> None:
        self._source = _source_of(data)
        self.names = self._source.names
        self.rows = self._source.rows

    @property
    def feature_names(self) -> npt.NDArray[np.object_] | None:
        """Names that the data itself has; None for plain arrays."""
        return np.array(self.names, dtype=object) if self._source.is_named else None

    def named(self, names: Sequence[str]) -> Frame:
        """Calls the columns by the names of fit, in their order, where the two differ."""
        if list(names) != self.names:
            self._source.rename(list(names))
            self.names = list(names)
        return self

    def table(
        self, names: Sequence[str] | None = None, kinds: Mapping[str, str] | None = None
    ) -> _native.Table:
        """The columns under `names` (all of them by default), as the engine takes them.

        A column without a value is given the kind that `kinds` tells.
        """
        columns = self._source.columns(self.names if names is None else list(names))
        if kinds:
            columns = [column.as_kind(kinds.get(column.name, column.kind)) for column in columns]
        return _native.Table(self.rows, columns)


class _Columns:
    """Columns under names; each is converted when it is asked for."""

    def __init__(self, names: list[str], values: Sequence[Any], rows: int, is_named: bool) -> None:
        _refuse_halves(names)
        _refuse_twins(names)
        self.names = names
        self.rows = rows
        self.is_named = is_named
        self._values = values

    def columns(self, names: list[str]) -> list[_native.Column]:
        if names == self.names:
            return [_column_of(name, values) for name, values in zip(names, self._values)]
        places = {name: place for place, name in enumerate(self.names)}
        return [_column_of(name, self._values[places[name]]) for name in names]

    def rename(self, names: list[str]) -> None:
        self.names = names


class _Arrow:
    """A table behind the Arrow PyCapsule interface."""

    is_named = True

    def __init__(self, data: Any) -> None:
        self._data = data
        self._read()

    def _read(self) -> None:
        table = _native.from_arrow(self._data)
        self._columns = {column.name: column for column in table.columns}
        self.names = list(self._columns)
        self.rows = table.rows
        _refuse_empty(self.rows, len(self.names))

    def columns(self, names: list[str]) -> list[_native.Column]:
        return [self._columns[name] for name in names]

    def rename(self, names: list[str]) -> None:
        if hasattr(self._data, "rename_columns"):  # pyarrow
            self._data = self._data.rename_columns(names)
        elif hasattr(self._data, "rename"):  # polars
            self._data = self._data.rename(dict(zip(self.names, names, strict=True)))
        else:
            raise InputError("input.names", "fit saw no names", "fit on a table with names")
        self._read()


def _source_of(data: Any) -> _Columns | _Arrow:
    if issparse(data):
        return _of_array(data)  # which says that they are not taken
    if isinstance(data, Mapping):
        return _of_mapping(data)
    if hasattr(data, "iloc") and hasattr(data, "columns"):
        return _of_pandas(data)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _Arrow(data)
    return _of_array(data)


def _of_mapping(data: Mapping[Any, Any]) -> _Columns:
    names = [str(name) for name in data]
    values = [_one_dimensional(name, values) for name, values in zip(names, data.values())]
    rows = len(values[0]) if values else 0
    _refuse_empty(rows, len(names))
    return _Columns(names, values, rows, is_named=True)


def _of_pandas(data: Any) -> _Columns:
    labels = list(data.columns)
    texts = [isinstance(label, str) for label in labels]
    if any(texts) and not all(texts):
        kinds = sorted({type(label).__qualname__ for label in labels})
        raise TypeError(
            "Feature names are only supported if all input features have string names, "
            f"but your input has {kinds} as feature name / column name types."
        )
    is_named = bool(labels) and all(texts)
    names = list(labels) if is_named else [f"x{place}" for place in range(len(labels))]
    _refuse_empty(len(data), len(names))
    return _Columns(names, _arrays_of(data), len(data), is_named)


def _arrays_of(data: Any) -> list[Any]:
    """The columns of a pandas frame, as views.

    pandas has no public way to them but a series for each, at 6 us a column, where the array lies
    ready; what only looks like pandas may have the public way alone.
    """
    arrays = getattr(data, "_iter_column_arrays", None)
    if arrays is not None:
        return list(arrays())
    return [series for _, series in data.items()]


def _of_array(data: Any) -> _Columns:
    try:
        array = check_array(data, dtype=None, ensure_all_finite=False, ensure_min_samples=1)
    except InputError:
        raise
    except ValueError as error:
        raise InputError("input.array", str(error)) from None
    if array.dtype.kind in _NUMBERS + "b":
        array = np.asfortranarray(array)
    names = [f"x{place}" for place in range(array.shape[1])]
    return _Columns(names, array.T, len(array), False)


def _one_dimensional(name: str, values: Any) -> Any:
    if hasattr(values, "dtype") or hasattr(values, "__arrow_c_array__"):
        return values
    if hasattr(values, "__arrow_c_stream__"):
        return values
    values = list(values)
    if any(isinstance(value, (list, tuple, np.ndarray)) for value in values[:1]):
        raise InputError("input.array", f"column '{name}' is no list of values", "give one per row")
    return values


def _column_of(name: str, values: Any) -> _native.Column:
    """One column out of a pandas series, an array, an Arrow array or a list."""
    dtype = getattr(values, "dtype", None)
    if isinstance(dtype, np.dtype):
        return _column_of_array(name, np.asarray(values))
    values = getattr(values, "array", values)  # of a series of pandas
    if dtype is not None and hasattr(values, "isna"):
        return _column_of_extension(name, values)
    if hasattr(values, "to_frame"):  # a series of polars
        return _native.from_arrow(values.to_frame(name)).columns[0]
    if hasattr(values, "to_pylist"):  # an array of pyarrow
        return _column_of_arrow(name, values)
    return _native.Column.objects(name, list(values))


def _column_of_arrow(name: str, values: Any) -> _native.Column:
    import pyarrow

    return _native.from_arrow(pyarrow.table({name: values})).columns[0]


def _column_of_array(name: str, array: npt.NDArray[Any]) -> _native.Column:
    if array.ndim != 1:
        raise InputError(
            "input.array", f"column '{name}' has {array.ndim} dimensions", "give one value per row"
        )
    kind = array.dtype.kind
    if kind == "b":
        array = array.view(np.uint8)
    elif kind == "f" and array.dtype.itemsize not in (4, 8):
        array = array.astype(np.float64)
    elif kind == "c":
        raise InputError("input.complex", f"Complex data not supported (column '{name}')")
    elif kind in "OUT":
        return _native.Column.objects(name, array.tolist())
    elif kind not in _NUMBERS:
        raise TypeError(
            f"column '{name}' is of dtype {array.dtype}; the argument must be a string or a real "
            "number (make dates numbers of days first)"
        )
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    return _native.Column.numbers(name, np.ascontiguousarray(array))


def _column_of_extension(name: str, values: Any) -> _native.Column:
    """pandas' own arrays: categories, nullable numbers, texts in Arrow."""
    dtype = values.dtype
    if hasattr(values, "categories") and hasattr(values, "codes"):
        return _column_of_categories(name, values)
    if _is_text_in_arrow(dtype):
        try:
            return _column_of_arrow(name, values.__arrow_array__())
        except InputError:
            pass  # a zero byte, or no name: texts of Python may have them, and those of Arrow not
    numpy_dtype = getattr(dtype, "numpy_dtype", None)
    if numpy_dtype is not None and numpy_dtype.kind in _NUMBERS + "b":
        missing = np.asarray(values.isna())
        if not missing.any():
            return _column_of_array(name, values.to_numpy(dtype=numpy_dtype))
        filled = values.to_numpy(dtype=numpy_dtype, na_value=numpy_dtype.type(0))
        if numpy_dtype.kind == "b":
            filled = filled.view(np.uint8)
        valid = np.packbits(~missing, bitorder="little")
        return _native.Column.numbers(name, np.ascontiguousarray(filled), valid)
    return _native.Column.objects(name, values.tolist())


def _is_text_in_arrow(dtype: Any) -> bool:
    kind = getattr(dtype, "pyarrow_dtype", None)
    if kind is not None:  # by name: pandas has no `dtype.type` for views
        return str(kind) in ("string", "large_string", "string_view")
    return getattr(dtype, "storage", None) == "pyarrow" and getattr(dtype, "type", None) is str


def _column_of_categories(name: str, values: Any) -> _native.Column:
    categories = np.asarray(values.categories)
    codes = np.asarray(values.codes)
    if categories.dtype.kind in _NUMBERS:
        found = np.append(categories.astype(np.float64), np.nan)
        return _native.Column.numbers(name, found[codes])
    texts = categories.tolist()
    if all(isinstance(text, str) and _is_unicode(text) for text in texts):
        return _native.Column.codes(name, codes.astype(np.int32), texts)
    return _native.Column.objects(name, [None if code < 0 else texts[code] for code in codes])


def _refuse_empty(rows: int, columns: int) -> None:
    if columns == 0:
        raise InputError(
            "input.empty",
            f"Found array with 0 feature(s) (shape=({rows}, 0)) while a minimum of 1 is required.",
        )
    if rows == 0:
        raise InputError(
            "input.empty",
            f"Found array with 0 sample(s) (shape=(0, {columns})), where at least 1 is required.",
        )


def _is_unicode(text: str) -> bool:
    """Whether it holds whole characters alone; texts of Python may hold halves (surrogates)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_halves(names: Sequence[str]) -> None:
    for name in names:
        if not _is_unicode(name):
            raise InputError(
                "input.unicode",
                f"the name of column {name!a} is not Unicode: it holds a lone surrogate",
                "rename the column, or read the file with its own encoding",
            )


def _refuse_twins(names: Sequence[str]) -> None:
    if len(set(names)) == len(names):
        return
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(
                "input.duplicate",
                f"two columns are called '{name}'",
                "give every column a name of its own",
            )
        seen.add(name)


def learn_names(estimator: Any, frame: Frame) -> None:
    """Keeps what scikit-learn wants an estimator to know of the table that it was fitted on."""
    estimator.n_features_in_ = len(frame.names)
    names = frame.feature_names
    if names is not None:
        estimator.feature_names_in_ = names
    elif hasattr(estimator, "feature_names_in_"):
        del estimator.feature_names_in_


def check_names(estimator: Any, frame: Frame) -> None:
    """Refuses a table whose columns are not those of fit, with scikit-learn's words."""
    fitted = getattr(estimator, "feature_names_in_", None)
    given = frame.feature_names
    kind = type(estimator).__name__
    if fitted is None and given is not None:
        warnings.warn(f"X has feature names, but {kind} was fitted without feature names")
    elif fitted is not None and given is None:
        warnings.warn(
            f"X does not have valid feature names, but {kind} was fitted with feature names"
        )
    elif fitted is not None and given is not None and list(fitted) != list(given):
        raise InputError("input.names", _difference(list(fitted), list(given)))
    if len(frame.names) != estimator.n_features_in_:
        raise InputError(
            "input.columns",
            f"X has {len(frame.names)} features, but {kind} is expecting "
            f"{estimator.n_features_in_} features as input",
        )


def _difference(fitted: list[str], given: list[str]) -> str:
    message = "The feature names should match those that were passed during fit.\n"
    unexpected = sorted(set(given) - set(fitted))
    missing = sorted(set(fitted) - set(given))
    if unexpected:
        message += "Feature names unseen at fit time:\n" + _listed(unexpected)
    if missing:
        message += "Feature names seen at fit time, yet now missing:\n" + _listed(missing)
    if not unexpected and not missing:
        message += "Feature names must be in the same order as they were in fit.\n"
    return message


def _listed(names: list[str]) -> str:
    shown = "".join(f"- {name}\n" for name in names[:5])
    return shown + ("- ...\n" if len(names) > 5 else "")
