"""Keeps what the training loop pays below one per cent of its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SHARE = 0.01
SCALARS_EVERY = 0.2


class Governor:
    """Measures what publishing costs the training process and says when the next thing is due.

    A snapshot costs the time of the calling thread (the copy) and the processor time of the
    sender's thread, which holds the interpreter's lock. The next one is due after `every_seconds`,
    or once its cost is below SHARE of the time since the last one.
    """

    def __init__(self, every_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.every_seconds = every_seconds
        self._clock = clock
        self._started = clock()
        self._next_snapshot = self._started
        self._next_scalars = self._started
        self._pending = 0.0
        self.caller_seconds = 0.0
        self.sender_seconds = 0.0
        self.snapshots = 0

    def snapshot_is_due(self) -> bool:
        return self._clock() >= self._next_snapshot

    def scalars_are_due(self) -> bool:
        return self._clock() >= self._next_scalars

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Around the copy of the weights, in the training's thread."""
        begun = self._clock()
        try:
            yield
        finally:
            end = self._clock()
            self.caller_seconds += end - begun
            self.snapshots += 1
            cost = end - begun + self._pending
            self._pending = 0.0
            self._next_snapshot = begun + max(self.every_seconds, cost / SHARE)

    @contextmanager
    def scalars(self) -> Iterator[None]:
        """Around the writing of scalars, in the training's thread."""
        begun = self._clock()
        try:
            yield
        finally:
            end = self._clock()
            self.caller_seconds += end - begun
            self._next_scalars = begun + max(SCALARS_EVERY, (end - begun) / SHARE)

    def sender_worked(self, seconds: float) -> None:
        """Processor time of the sender's thread; the next snapshot pays for it."""
        self.sender_seconds += seconds
        self._pending += seconds

    @property
    def overhead(self) -> float:
        """Share of the time since the start that went into publishing."""
        elapsed = self._clock() - self._started
        return (self.caller_seconds + self.sender_seconds) / elapsed if elapsed > 0 else 0.0
