"""Jobs of two processes: the first sends, and both stop at the same step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import lyascope
from fakes import FakeMonitor, closed_port, wait_for
from lyascope.commands import Inbox
from lyascope.decision import Decision
from lyascope.pacing import Pacing

HERE = Path(__file__).parent


def start(rank: int, port: int, how: str, url: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "LYASCOPE_URL": url,
        "OMP_NUM_THREADS": "1",
    }
    if how == "late":
        environment["LYASCOPE_RUN"] = f"rank-{rank}"
    else:
        environment |= {"RANK": str(rank), "WORLD_SIZE": "2", "LYASCOPE_RUN": f"job-{how}"}
    return subprocess.Popen(
        [sys.executable, str(HERE / "ranks_script.py"), how, str(rank), str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stopped(how: str, monitor: FakeMonitor, run: str, sent: str = "snapshots") -> list[Any]:
    """What both ranks of a job say that was stopped once something of a kind had arrived."""
    port = closed_port()
    ranks = [start(rank, port, how, monitor.url) for rank in range(2)]
    try:
        wait_for(lambda: monitor.of(sent) or ranks[0].poll(), f"its {sent}")
        fields = {"type": "stop", "id": "c1", "run": run, "reason": "enough", "by": "me"}
        monitor.commands.append(fields)
        said = []
        for rank in ranks:
            out, error = rank.communicate(timeout=120)
            assert rank.returncode == 0, error
            said.append(json.loads(out.splitlines()[-1]))
    finally:
        for rank in ranks:
            rank.kill()
    assert said[0] == said[1] and said[0]["stopped_at"] is not None
    assert said[0]["reason"] == "enough (by me)"
    assert monitor.acks() == [("c1", "received"), ("c1", "saved"), ("c1", "stopped")]
    return said


@pytest.mark.parametrize("how", ["plain", "ddp", "fsdp2"])
def test_one_rank_sends_and_all_stop_at_the_same_step(how: str, monitor: FakeMonitor) -> None:
    stopped(how, monitor, f"job-{how}")
    file = monitor.of("snapshots")[0].file()
    shapes = {name: tensor.shape for name, tensor in file.tensors.items()}
    assert shapes["rnn.weight_ih_l0"] == (24, 3) and len(shapes) == 4
    assert len(monitor.of("probe")) == 1
    assert {r.json()["client"]["name"] for r in monitor.of("")} == {"lyascope-python"}


def test_a_rank_that_does_not_know_the_model_leaves_nobody_waiting(monitor: FakeMonitor) -> None:
    stopped("half", monitor, "job-half", "scalars")
    assert monitor.of("snapshots") == []


def test_a_rank_that_learns_late_that_it_is_not_the_first_ends_its_run(
    monitor: FakeMonitor,
) -> None:
    stopped("late", monitor, "rank-0")
    states = {r.run: r.json()["state"] for r in monitor.of("")}
    assert states == {"rank-0": "stopped", "rank-1": "finished"}
    of_ghost = [r for r in monitor.requests if r.run == "rank-1"]
    assert of_ghost[-1].what == "" and "snapshots" not in {r.what for r in of_ghost}


def test_ranks_talk_about_once_a_second_whatever_a_step_takes() -> None:
    time = [0.0]
    pacing = Pacing(every_seconds=1.0, clock=lambda: time[0])
    talks = []
    for _ in range(1000):
        time[0] += 0.01
        if pacing.is_due():
            talks.append(time[0])
            pacing.set(pacing.propose())
    assert 5 <= len(talks) <= 15


def test_steps_that_become_slow_do_not_delay_a_stop_by_thousands_of_them() -> None:
    time = [0.0]
    pacing = Pacing(every_seconds=1.0, clock=lambda: time[0])
    for _ in range(1000):
        time[0] += 1e-6
        if pacing.is_due():
            pacing.set(pacing.propose())
    calls = 1
    while not pacing.is_due():
        calls += 1
    assert calls <= 200


class TwoRanks:
    """A job whose other rank waits for what this first one says."""

    is_first = True
    are_many = True
    are_divided = False

    def __init__(self) -> None:
        self.said: list[Decision] = []

    def agree(self, decision: Decision, can_publish: bool) -> Decision:
        self.said.append(decision)
        return decision


def test_the_others_get_an_answer_though_the_first_rank_failed(
    monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(inbox: Inbox) -> None:
        raise MemoryError

    job = TwoRanks()
    monkeypatch.setattr("lyascope.run.ranks", lambda: job)
    monkeypatch.setattr(Inbox, "stop", broken)
    run = lyascope.init()
    assert not run.should_stop()
    assert job.said == [Decision()]
    run.finish()
