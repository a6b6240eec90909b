"""What publishing costs: all of it is counted, and it is thinned to one per cent of the time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

import lyascope
from fakes import FakeMonitor, wait_for
from lyascope.governor import Governor
from samples import ARCHITECTURE, probe_inputs, weights


class Training:
    """A loop on a clock of its own, which publishes whatever is due at the given prices."""

    def __init__(self, every_seconds: float = 30.0) -> None:
        self.time = 0.0
        self.governor = Governor(every_seconds, lambda: self.time)
        self.sent = {"snapshots": 0, "scalars": 0}

    def run(self, seconds: float, snapshot: float, scalars: float, step: float = 0.05) -> None:
        """Of each price half is paid by the training's thread."""
        end = self.time + seconds
        while self.time < end:
            self.time += step
            if self.governor.snapshot_is_due():
                self.sent["snapshots"] += 1
                with self.governor.snapshot():
                    self.time += snapshot / 2
                self.governor.sender_worked(snapshot / 2, False)
            elif self.governor.scalars_are_due():
                self.sent["scalars"] += 1
                with self.governor.scalars():
                    self.time += scalars / 2
                self.governor.sender_worked(scalars / 2, True)


@pytest.mark.parametrize("snapshot", [0.001, 0.1, 2.0])
@pytest.mark.parametrize("scalars", [0.0001, 0.01, 0.2])
def test_all_that_is_published_stays_below_one_per_cent(snapshot: float, scalars: float) -> None:
    training = Training()
    training.run(3600, snapshot, scalars)
    # Of each kind the last may not be paid for yet.
    unpaid = (snapshot + scalars) / training.time
    assert training.governor.overhead <= 0.01 + unpaid
    assert training.sent["snapshots"] >= 0.9 * 3600 / max(30.2, snapshot / 0.005)
    assert training.sent["scalars"] >= 0.9 * 3600 / max(0.3, scalars / 0.005 + 0.1)


def test_what_is_cheap_is_not_thinned() -> None:
    training = Training(every_seconds=10)
    training.run(1000, 0.0, 0.0)
    assert 99 <= training.sent["snapshots"] <= 101


def test_other_work_delays_the_next_snapshot_but_not_the_first() -> None:
    training = Training(every_seconds=1)
    with training.governor.work():
        training.time += 0.5
    assert training.governor.snapshot_is_due()
    training.run(99, 0.0, 0.0)
    assert training.sent["snapshots"] == 1
    training.governor.listener_worked(0.5)
    training.run(99, 0.0, 0.0)
    assert training.sent["snapshots"] == 1
    training.run(10, 0.0, 0.0)
    assert training.sent["snapshots"] > 1


def burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Slow(Mapping[str, np.ndarray]):
    """Weights that take processor time to read."""

    def __iter__(self) -> Any:
        burn(0.05)
        return iter(weights())

    def __len__(self) -> int:
        return len(weights())

    def __getitem__(self, name: str) -> np.ndarray:
        return weights()[name]


class SlowProbe:
    """A batch that takes processor time to look at."""

    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        burn(0.1)
        return probe_inputs()


def test_the_probe_the_copies_and_both_threads_are_counted(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    run.watch(Slow(), architecture=ARCHITECTURE, probe=SlowProbe())
    assert run.costs()["caller_seconds"] >= 0.1
    run.publish(1)
    assert run.costs()["caller_seconds"] >= 0.15
    wait_for(lambda: monitor.of("snapshots"), "the snapshot")
    wait_for(lambda: run.costs()["sender_seconds"] > 0, "the snapshot to be counted")
    run.log({"train_loss": 1.0})
    wait_for(lambda: run._governor._scalars.sender_seconds > 0, "the number to be counted")
    wait_for(lambda: run._governor._snapshots.listener_seconds > 0, "the listener to be counted")
    run.finish()
