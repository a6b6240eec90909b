"""Keeps what the training loop pays below one per cent of its time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Of the time, for numbers and for everything else: one per cent together.
SCALARS_SHARE = 0.005
SNAPSHOTS_SHARE = 0.005
SCALARS_EVERY = 0.2


class Account:
    """What one kind of work has taken, and when it is paid for by its share of the time.

    Each counter has one thread that writes it, so that no lock is needed (nor left to a child that
    is forked); `is_due` is asked in the training's thread only.
    """

    def __init__(self, share: float, every_seconds: float, now: float) -> None:
        self.every_seconds = every_seconds
        self.caller_seconds = 0.0
        self.sender_seconds = 0.0
        self.listener_seconds = 0.0
        self._share = share
        self._last: float | None = None
        self._debt = 0.0
        self._settled = 0.0
        self._at = now

    @property
    def seconds(self) -> float:
        return self.caller_seconds + self.sender_seconds + self.listener_seconds

    def begins(self, now: float) -> None:
        self._last = now

    def is_due(self, now: float) -> bool:
        """The first time at once: it is paid for before the second."""
        paid = self._share * (now - self._at)
        self._debt = max(0.0, self._debt + self.seconds - self._settled - paid)
        self._settled, self._at = self.seconds, now
        if self._last is None:
            return True
        return now - self._last >= self.every_seconds and self._debt <= 0


class Governor:
    """Measures what publishing costs the training process and says when the next thing is due.

    It costs the time of the calling thread (copies, the probe) and the processor time of our own
    threads, which hold the interpreter's lock. Numbers have an account of their own: neither keeps
    the other waiting.
    """

    def __init__(self, every_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()
        self._snapshots = Account(SNAPSHOTS_SHARE, every_seconds, self._started)
        self._scalars = Account(SCALARS_SHARE, SCALARS_EVERY, self._started)
        self.snapshots = 0
        self.ranks_seconds = 0.0

    def snapshots_every(self, seconds: float) -> None:
        self._snapshots.every_seconds = seconds

    def snapshot_is_due(self) -> bool:
        return self._snapshots.is_due(self._clock())

    def scalars_are_due(self) -> bool:
        return self._scalars.is_due(self._clock())

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Around the copy of the weights, in the training's thread."""
        self.snapshots += 1
        self._snapshots.begins(self._clock())
        with self.work():
            yield

    @contextmanager
    def scalars(self) -> Iterator[None]:
        """Around the writing of scalars, in the training's thread."""
        self._scalars.begins(self._clock())
        with self._caller(self._scalars):
            yield

    @contextmanager
    def work(self) -> Iterator[None]:
        """Around anything else that publishing does in the training's thread."""
        with self._caller(self._snapshots):
            yield

    @contextmanager
    def talk(self) -> Iterator[None]:
        """Around what the ranks say to each other: most of it is waiting for the slowest."""
        begun = self._clock()
        try:
            yield
        finally:
            self.ranks_seconds += self._clock() - begun

    @contextmanager
    def _caller(self, account: Account) -> Iterator[None]:
        begun = self._clock()
        try:
            yield
        finally:
            account.caller_seconds += self._clock() - begun

    def sender_worked(self, seconds: float, is_scalars: bool) -> None:
        """Processor time of the sender's thread."""
        account = self._scalars if is_scalars else self._snapshots
        account.sender_seconds += seconds

    def listener_worked(self, seconds: float) -> None:
        """Processor time of the thread that hears commands."""
        self._snapshots.listener_seconds += seconds

    @property
    def caller_seconds(self) -> float:
        return self._snapshots.caller_seconds + self._scalars.caller_seconds

    @property
    def sender_seconds(self) -> float:
        """Of both of our threads."""
        return self._snapshots.seconds + self._scalars.seconds - self.caller_seconds

    def costs(self) -> dict[str, float]:
        """For `Run.costs`."""
        return {
            "caller_seconds": self.caller_seconds,
            "sender_seconds": self.sender_seconds,
            "ranks_seconds": self.ranks_seconds,
            "overhead": self.overhead,
            "snapshots": self.snapshots,
        }

    @property
    def overhead(self) -> float:
        """Share of the time since the start that went into publishing."""
        elapsed = self._clock() - self._started
        return (self.caller_seconds + self.sender_seconds) / elapsed if elapsed > 0 else 0.0
