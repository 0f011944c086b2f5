"""Ctrl-C ends a run between two months and leaves what is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from credence.society import _native


@contextmanager
def stop_between_months() -> Iterator[_native.StopFlag]:
    """A flag that the first Ctrl-C sets; the second one raises KeyboardInterrupt as ever.

    Only where Python's own handler is in force, in the main thread: who handles signals otherwise
    goes on doing so.
    """
    flag = _native.StopFlag()
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield flag
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if flag.asked:
            raise KeyboardInterrupt
        flag.ask()

    signal.signal(signal.SIGINT, ask)
    try:
        yield flag
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
