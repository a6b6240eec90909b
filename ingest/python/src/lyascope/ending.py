"""The end of the process: runs that nobody finished say how they ended, all in the same seconds."""

from __future__ import annotations

import atexit
import os
import sys
import time
from typing import Protocol


class Unfinished(Protocol):
    """A run that has not ended."""

    @property
    def made_by(self) -> int:
        """The process that ends it: a child that was forked leaves it alone."""

    def end(self, outcome: None, state: str | None, by: float) -> None:
        """Says that it has ended; what is not sent by then (monotonic time) is lost."""

    def flush(self, by: float) -> None:
        """Waits until then at most."""


_unfinished: list[Unfinished] = []


def expect(run: Unfinished) -> None:
    """This run is to be ended with the process, unless `forget` is called before."""
    _unfinished.append(run)


def forget(run: Unfinished) -> None:
    if run in _unfinished:
        _unfinished.remove(run)


@atexit.register
def end_all(seconds: float = 5.0) -> None:
    """All say it first and are waited for afterwards: many runs take no longer than one."""
    # The interpreter leaves here what ended the script.
    state = "failed" if hasattr(sys, "last_type") else None
    by = time.monotonic() + seconds
    mine = [run for run in _unfinished if run.made_by == os.getpid()]
    for run in mine:
        run.end(None, state, by)
    for run in mine:
        run.flush(by)
