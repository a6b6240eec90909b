"""What Ray Tune asks of a stopper, by its own class; no cluster is started."""

from __future__ import annotations

from ray.tune import Stopper

import lyascope
from fakes import FakeMonitor, wait_for
from lyascope.ray import LyascopeStopper, report


def test_a_trial_that_reports_a_stop_is_stopped(monitor: FakeMonitor) -> None:
    stopper = LyascopeStopper()
    assert isinstance(stopper, Stopper) and not stopper.stop_all()
    run = lyascope.init("tests")
    first = report(run, {"loss": 1.0})
    assert first["loss"] == 1.0 and first["lyascope_run"] == run.id
    assert not stopper("trial", first)
    monitor.commands.append({"type": "stop", "id": "c1", "run": run.id, "reason": "doomed"})
    wait_for(lambda: monitor.acks(), "the command to be received")
    assert stopper("trial", report(run, {"loss": 1.0}))
    assert not stopper("another", {"loss": 1.0})
    run.finish()
