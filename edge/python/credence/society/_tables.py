"""Tables of results."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from credence.society import _native


class ResultTable:
    """A table of results, for everything that takes Arrow.

    ``pyarrow.table(table)``, ``polars.DataFrame(table)`` and DuckDB take it as it is;
    ``pandas.DataFrame(table.to_dict())`` needs no Arrow. Words are texts, counts int64, measures
    float64 with null (NaN in NumPy) for a number that does not exist, as when nobody asked.
    """

    def __init__(self, native: _native.ResultTable) -> None:
        self._native = native

    @property
    def columns(self) -> list[str]:
        """Their names, in order."""
        return self._native.columns

    def __len__(self) -> int:
        return len(self._native)

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        """The values of a column: one per row; texts as objects."""
        values = self._native.column(column)
        return np.array(values, dtype=object) if isinstance(values, list) else values

    def to_dict(self) -> dict[str, npt.NDArray[Any]]:
        """Every column under its name."""
        return {name: self[name] for name in self.columns}

    def to_csv(self) -> str:
        """As text, with the names in the first line; what does not exist is empty."""
        return self._native.to_csv()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<ResultTable {self._native.name}: {len(self)} rows, {len(self.columns)} columns>"
