"""Worlds, programmes and plans by name, by path, or as text."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Union

from credence._errors import InputError

Source = Union[str, "os.PathLike[str]"]


class Named(NamedTuple):
    """A text and the name that findings give its file."""

    text: str
    file: str
    path: Path | None  # None for a text or a built-in


def find_text(source: Source, what: str, built_in: Iterable[str]) -> Named | str:
    """The text of a file (which goes before a built-in of that name), or the built-in's name.

    A text with a line break is the file's content itself.
    """
    name = os.fspath(source)
    if "\n" in name:
        return Named(name, f"<{what}>", None)
    path = Path(name)
    if path.is_file():
        return Named(_read(path), name, path)
    known = list(built_in)
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, 1)
    mend = f"did you mean '{near[0]}'?" if near else f"built in are {', '.join(known)}"
    raise InputError(
        "file.missing",
        f"there is no file '{name}'" + (f" and no built-in {what} of that name" if known else ""),
        mend if known else "give a path, or the text itself",
    )


def read_beside(path: Path, name: str) -> tuple[str, str]:
    """A file that another one names, and its path: it lies in the same folder."""
    beside = path.parent / name
    if not beside.is_file():
        raise InputError("file.missing", f"{path} asks for '{name}', which is not beside it")
    return _read(beside), str(beside)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError("file.utf8", f"{path} is no text in UTF-8: {error}") from None
