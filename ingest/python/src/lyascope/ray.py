"""Ray Tune: a stopper that ends the trials whose runs are told to stop."""

from __future__ import annotations

from typing import Any

from ray.tune import Stopper

from .run import Run

#: What a trial reports, so that the stopper, in another process, learns of it.
STOP = "lyascope_stop"


def report(run: Run, metrics: dict[str, Any]) -> dict[str, Any]:
    """The metrics with what the stopper needs: `tune.report(report(run, {"loss": loss}))`."""
    return {**metrics, STOP: run.should_stop(), "lyascope_run": run.id}


class LyascopeStopper(Stopper):
    """Stops a trial that reported that its run shall stop."""

    def __call__(self, trial_id: str, result: dict[str, Any]) -> bool:
        return bool(result.get(STOP, False))

    def stop_all(self) -> bool:
        return False
