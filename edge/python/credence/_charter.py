"""What no card may read, by the names of columns."""

from __future__ import annotations

import warnings

from credence import _native
from credence._errors import CharterWarning, InputError
from credence._frames import Frame


def lawful_table(frame: Frame) -> tuple[_native.Table, dict[str, list[str]]]:
    """The columns that a card may read, and those that none may, with the charter's articles.

    Warns about each of the latter, in the place where the caller was called.
    """
    set_apart = _betrayals(frame.names)
    return frame.table([name for name in frame.names if name not in set_apart]), set_apart


def _betrayals(names: list[str]) -> dict[str, list[str]]:
    set_apart: dict[str, list[str]] = {}
    for name, broken in _native.betrayals(names).items():
        set_apart[name] = sorted({article for article, _ in broken})
        what = ", ".join(dict.fromkeys(betrays for _, betrays in broken))
        warnings.warn(
            f"column '{name}' is set apart and no input of the card: its name betrays {what} "
            f"(charter, article {', '.join(set_apart[name])})",
            CharterWarning,
            stacklevel=4,
        )
    if len(set_apart) == len(names):
        raise InputError(
            "training.nothing",
            "the charter sets every column apart, and nothing is left to learn from",
            "give columns that say what a person did",
        )
    return set_apart
