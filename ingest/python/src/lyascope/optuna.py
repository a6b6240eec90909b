"""Optuna: a pruner that prunes the trials whose runs are told to stop."""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

from optuna.pruners import BasePruner

from .run import Run
from .warn import never_raises


class LyascopePruner(BasePruner):
    """Prunes a trial once the monitor wants its run stopped, or where another pruner does.

    In the objective: `pruner.attach(trial, run)`, then `trial.report` and `trial.should_prune` as
    ever. A trial that is not attached is left to the other pruner.
    """

    def __init__(self, other: BasePruner | None = None) -> None:
        self._other = other
        # A study may have thousands of trials: whoever trains keeps the run.
        self._runs: WeakValueDictionary[int, Run] = WeakValueDictionary()

    def attach(self, trial: Any, run: Run) -> None:
        """Says which run this trial is."""
        self._runs[trial.number] = run
        trial.set_user_attr("lyascope_run", run.id)

    def prune(self, study: Any, trial: Any) -> bool:
        """Asked by `trial.should_prune()`."""
        if self._is_stopped(trial):
            return True
        return self._other is not None and bool(self._other.prune(study, trial))

    @never_raises(False)
    def _is_stopped(self, trial: Any) -> bool:
        run = self._runs.get(trial.number)
        return run is not None and run.should_stop()
