"""Jobs of many processes by what their launchers say, without any process group."""

from __future__ import annotations

import logging

import pytest

import lyascope
from fakes import FakeMonitor, wait_for
from lyascope.launcher import is_sender, job_size


@pytest.mark.parametrize(
    ("environment", "first", "size"),
    [
        ({}, True, 1),
        ({"RANK": "0", "WORLD_SIZE": "4"}, True, 4),
        ({"RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "0"}, False, 4),
        ({"SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"}, False, 2),
        ({"SLURM_PROCID": "0", "SLURM_NTASKS": "2"}, True, 1),
        ({"OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2"}, False, 2),
        ({"PMI_RANK": "1", "PMI_SIZE": "2"}, False, 2),
        ({"LOCAL_RANK": "0"}, True, 1),
        ({"LOCAL_RANK": "1"}, False, 1),
        ({"LOCAL_RANK": "0", "NODE_RANK": "1"}, False, 1),
        ({"LYASCOPE_RANK": "0", "SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"}, True, 1),
    ],
)
def test_ranks_of_launchers(environment: dict[str, str], first: bool, size: int) -> None:
    assert (is_sender(environment), job_size(environment)) == (first, size)


def test_a_job_that_cannot_agree_refuses_to_stop(
    monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first process alone would leave, and the others would wait for it for ever."""
    monkeypatch.setenv("SLURM_PROCID", "0")
    monkeypatch.setenv("SLURM_STEP_NUM_TASKS", "2")
    run = lyascope.init()
    monitor.commands.append({"type": "stop", "id": "c1", "run": run.id, "reason": "chaotic"})
    wait_for(lambda: monitor.acks(), "the command to be received")
    assert not run.should_stop()
    run.finish()
    assert monitor.acks() == [("c1", "received"), ("c1", "refused")]
    assert monitor.of("")[-1].json()["state"] == "finished"


def test_a_task_that_publishes_nothing_says_so(
    monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLURM_PROCID", "1")
    with caplog.at_level(logging.WARNING, "lyascope"):
        lyascope.init().finish()
    assert "LYASCOPE_RANK=0" in caplog.text and monitor.requests == []
    monkeypatch.setenv("LYASCOPE_RANK", "0")
    lyascope.init().finish()
    assert monitor.of("")[-1].json()["state"] == "finished"
