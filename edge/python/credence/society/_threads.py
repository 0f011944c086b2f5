"""How many threads a call may use."""

from __future__ import annotations

from credence._errors import InputError


def checked_threads(threads: int) -> int:
    """The number itself, when it is one that the engine takes; 0 is as many as processors."""
    if not 0 <= threads <= 256:
        raise InputError("society.threads", f"cannot use {threads} threads", "give 0 to 256")
    return threads
