"""A real study by Optuna: trials end early where their runs are told to stop."""

from __future__ import annotations

import gc
import weakref

import optuna
from optuna.pruners import ThresholdPruner
from optuna.trial import Trial, TrialState

import lyascope
from fakes import FakeMonitor, wait_for
from lyascope.optuna import LyascopePruner


def test_a_trial_whose_run_shall_stop_is_pruned(monitor: FakeMonitor) -> None:
    pruner = LyascopePruner(ThresholdPruner(upper=50.0))

    def objective(trial: Trial) -> float:
        with lyascope.init("tests", config=trial.params) as run:
            pruner.attach(trial, run)
            if trial.number == 1:
                fields = {"type": "stop", "id": "c1", "run": run.id, "reason": "doomed"}
                monitor.commands.append(fields)
                wait_for(lambda: monitor.acks(), "the command to be received")
            for step in range(10):
                trial.report(99.0 if trial.number == 2 else 1.0, step)
                if trial.should_prune():
                    raise optuna.TrialPruned
            return 1.0

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(pruner=pruner)
    study.optimize(objective, n_trials=4)
    assert [trial.state for trial in study.trials] == [
        TrialState.COMPLETE,
        TrialState.PRUNED,
        TrialState.PRUNED,
        TrialState.COMPLETE,
    ]
    assert monitor.acks() == [("c1", "received"), ("c1", "stopped")]
    assert len({trial.user_attrs["lyascope_run"] for trial in study.trials}) == 4


def test_a_pruned_trial_is_a_stopped_run_and_none_is_kept(monitor: FakeMonitor) -> None:
    pruner = LyascopePruner()
    seen: list[weakref.ref[lyascope.Run]] = []

    def objective(trial: Trial) -> float:
        with lyascope.init("tests") as run:
            seen.append(weakref.ref(run))
            pruner.attach(trial, run)
            fields = {"type": "stop", "id": "c1", "run": run.id, "reason": "doomed"}
            monitor.commands.append(fields)
            wait_for(trial.should_prune, "the stop")
            raise optuna.TrialPruned

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(pruner=pruner)
    study.optimize(objective, n_trials=1)
    assert study.trials[0].state == TrialState.PRUNED
    assert monitor.of("")[-1].json()["state"] == "stopped"
    gc.collect()
    assert seen[0]() is None
