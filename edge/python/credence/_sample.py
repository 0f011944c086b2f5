"""A table of history about people who do not exist, for tutorials and tests."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_HOMES = np.array(["rent", "own", "mortgage", "family"], dtype=object)
_GROUPS = np.array(["A", "B", "C"], dtype=object)


def sample_table(rows: int = 10_000, seed: int = 0) -> tuple[dict[str, npt.NDArray[Any]], Any]:
    """Borrowers out of a known model, with missing and special values.

    Parameters
    ----------
    rows : int
    seed : int
        Equal seeds give equal tables with one version of NumPy.

    Returns
    -------
    columns : dict of str to ndarray of shape (rows,)
        ``months_on_book``, ``used_share`` (0 to 1.5), ``late_bills`` (-9: no record), ``income``
        (a month, some missing), ``inquiries``, ``home`` (text), ``opened`` (2024-01 to 2025-12 as
        the number 202401), ``audit_group`` (for audits alone).
    y : ndarray of int of shape (rows,)
        1 is bad, about one row in six.
    """
    draw = np.random.default_rng(seed)
    months = np.floor(draw.gamma(2.0, 30.0, rows)).clip(0, 400)
    used = draw.beta(1.3, 2.2, rows) * 1.4
    late = draw.poisson(0.7, rows).astype(np.float64)
    income = np.round(np.exp(draw.normal(7.7, 0.5, rows)), -1)
    inquiries = draw.poisson(1.2, rows)
    home = draw.choice(4, rows, p=[0.35, 0.2, 0.35, 0.1])
    group = draw.choice(3, rows, p=[0.5, 0.3, 0.2])
    odds = (
        -2.4
        + 1.9 * used
        + 0.55 * np.minimum(late, 4)
        - 0.011 * np.minimum(months, 180)
        - 0.6 * np.log(income / 2200)
        + 0.18 * inquiries
        + np.array([0.25, -0.35, -0.15, 0.1])[home]
    )
    bad = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(np.int64)
    late[draw.random(rows) < 0.06] = -9
    income[draw.random(rows) < 0.08] = np.nan
    month = draw.integers(0, 24, rows)
    columns: dict[str, npt.NDArray[Any]] = {
        "months_on_book": months,
        "used_share": used,
        "late_bills": late,
        "income": income,
        "inquiries": inquiries,
        "home": _HOMES[home],
        "opened": 202401 + month % 12 + 100 * (month // 12),
        "audit_group": _GROUPS[group],
    }
    return columns, bad
