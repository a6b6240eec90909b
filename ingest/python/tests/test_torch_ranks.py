"""Jobs of two processes: the first sends, and both stop at the same step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes import FakeMonitor, closed_port, wait_for
from lyascope.pacing import Pacing

HERE = Path(__file__).parent


def start(rank: int, port: int, how: str, url: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "RANK": str(rank),
        "WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "LYASCOPE_URL": url,
        "LYASCOPE_RUN": f"job-{how}",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, str(HERE / "ranks_script.py"), how],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("how", ["plain", "ddp", "fsdp2"])
def test_one_rank_sends_and_all_stop_at_the_same_step(how: str, monitor: FakeMonitor) -> None:
    port = closed_port()
    ranks = [start(rank, port, how, monitor.url) for rank in range(2)]
    try:
        wait_for(lambda: monitor.of("snapshots") or ranks[0].poll(), "a snapshot")
        monitor.commands.append(
            {"type": "stop", "id": "c1", "run": f"job-{how}", "reason": "enough", "by": "me"}
        )
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
    file = monitor.of("snapshots")[0].file()
    shapes = {name: tensor.shape for name, tensor in file.tensors.items()}
    assert shapes["rnn.weight_ih_l0"] == (24, 3) and len(shapes) == 4
    assert len(monitor.of("probe")) == 1
    assert {r.json()["client"]["name"] for r in monitor.of("")} == {"lyascope-python"}


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
