"""What no card may read, by the names of columns."""

from __future__ import annotations

import warnings

from credence import _native
from credence._errors import CharterWarning, InputError


def betrayals(names: list[str]) -> dict[str, list[str]]:
    """Columns that no card may read, with the charter's articles, after a warning about each."""
    set_apart: dict[str, list[str]] = {}
    for name in names:
        broken = _native.betrayed_by(name)
        if not broken:
            continue
        set_apart[name] = sorted({article for article, _ in broken})
        what = ", ".join(dict.fromkeys(betrays for _, betrays in broken))
        warnings.warn(
            f"column '{name}' is set apart and no input of the card: its name betrays {what} "
            f"(charter, article {', '.join(set_apart[name])})",
            CharterWarning,
            stacklevel=3,
        )
    if len(set_apart) == len(names):
        raise InputError(
            "training.nothing",
            "the charter sets every column apart, and nothing is left to learn from",
            "give columns that say what a person did",
        )
    return set_apart
