"""What may be broken on the other side, and what training notices of it: nothing."""

from __future__ import annotations

import json
import logging
import math
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import lyascope
from fakes import BlackHole, FakeMonitor, closed_port, wait_for
from lyascope.architecture import Architecture
from lyascope.jsontext import now
from lyascope.messages import Scalars, Snapshot
from lyascope.outbox import SNAPSHOTS, Outbox
from samples import ARCHITECTURE, probe_inputs, weights

HERE = Path(__file__).parent


def train(steps: int = 20) -> lyascope.Run:
    """A training that would die of any exception."""
    run = lyascope.init("p", "n", {"a": 1}, steps)
    run.watch(weights(), architecture=ARCHITECTURE, probe=probe_inputs())
    for step in range(steps):
        run.log({"train_loss": 1.0 / (step + 1)}, step=step)
        run.publish(step)
        assert not run.should_stop()
    return run


def client(run: lyascope.Run) -> dict[str, Any]:
    assert run._channel.session is not None
    return run._channel.session.client()


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("LYASCOPE_URL", f"http://127.0.0.1:{closed_port()}")
    with caplog.at_level(logging.WARNING, "lyascope"):
        run = train()
        wait_for(lambda: any("not reached" in r.message for r in caplog.records), "a warning")
        run.finish()
    assert client(run)["dropped_snapshots"] >= 20 - SNAPSHOTS - 1
    keys = [r.message.partition(":")[0] for r in caplog.records]
    assert len(keys) == len(set(keys)), "each trouble is said once"


def test_the_monitor_takes_connections_and_never_answers(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with BlackHole() as hole:
        monkeypatch.setenv("LYASCOPE_URL", f"http://127.0.0.1:{hole.port}")
        with caplog.at_level(logging.WARNING, "lyascope"):
            run = train()
        # Not even the first request has been given up: no call has waited for it.
        assert caplog.text == ""
        wait_for(lambda: client(run)["dropped_snapshots"] >= 20 - SNAPSHOTS - 1, "drops")
        run.finish()


@pytest.mark.parametrize("status", [400, 401, 409, 422])
def test_the_monitor_refuses_everything(monitor: FakeMonitor, status: int) -> None:
    monitor.status = status
    run = train(3)
    run.finish()
    assert client(run)["refused"] >= 3


def test_a_monitor_that_comes_late_gets_the_newest(monitor: FakeMonitor) -> None:
    monitor.status = 503
    run = train()
    wait_for(lambda: monitor.of(""), "the first try")
    monitor.status = 202
    wait_for(lambda: len(monitor.of("snapshots")) >= SNAPSHOTS, "the snapshots")
    run.finish()
    assert [r.file().metadata["lyascope.step"] for r in monitor.of("snapshots")] == ["18", "19"]
    assert len(list(monitor.of("probe"))) == 1


def test_the_queue_drops_the_oldest_and_counts() -> None:
    box = Outbox()
    for step in range(5):
        box.put(Snapshot("r", 0, step, Architecture("rnn"), {}, {}))
    assert box.dropped_snapshots == 3
    taken = [box.take(0), box.take(0)]
    assert [m.step for m in taken if isinstance(m, Snapshot)] == [3, 4]


def test_numbers_and_snapshots_take_turns() -> None:
    box = Outbox()
    for step in range(6):
        box.put(Scalars("r", 0, step, now(), {}))
    for step in range(2):
        box.put(Snapshot("r", 0, step, Architecture("rnn"), {}, {}))
    kinds = [type(box.take(0)).__name__ for _ in range(8)]
    assert kinds == ["Scalars", "Snapshot", "Scalars", "Snapshot", *["Scalars"] * 4]


@pytest.mark.parametrize(
    "settings",
    [
        {"LYASCOPE_MODE": "sideways"},
        {"LYASCOPE_URL": "no url at all"},
        {"LYASCOPE_URL": "gopher://127.0.0.1:1"},
        {"LYASCOPE_BOOTSTRAP_SERVERS": "::::"},
        {"LYASCOPE_MODE": "offline", "LYASCOPE_DIR": "/proc/nowhere"},
    ],
)
def test_settings_that_make_no_sense(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    train(3).finish()


def test_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With the device that always is: what would be written goes there."""
    monkeypatch.setenv("LYASCOPE_MODE", "offline")
    monkeypatch.setenv("LYASCOPE_RUN", "full")
    (tmp_path / "runs/full").mkdir(parents=True)
    (tmp_path / "runs/full/run.json.part").symlink_to("/dev/full")
    with caplog.at_level(logging.WARNING, "lyascope"):
        run = train()
        wait_for(lambda: any("No space left" in r.message for r in caplog.records), "a warning")
        run.finish()
    assert client(run)["dropped_snapshots"] >= 20 - SNAPSHOTS - 1


def test_a_disk_that_fills_up_leaves_no_half_lines(tmp_path: Path) -> None:
    """The child may write files of two and a half lines; the third line does not fit."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from lyascope.messages import Scalars; from lyascope.jsontext import now\n"
        "from lyascope.transport.spool import SpoolTransport\n"
        "spool = SpoolTransport(Path(sys.argv[1]), 'r')\n"
        "line = Scalars('r', 0, 1, now(), {'train_loss': 1.0}, 'train')\n"
        "spool.send(line, 1)\n"
        "size = 5 * len(line.json()) // 2\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "spool.send(line, 1)\n"
        "try:\n    spool.send(line, 1)\nexcept OSError:\n    print('full')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "full\n", done.stderr
    lines = (tmp_path / "r/scalars.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1, 1]


def test_weights_that_are_not_finite_are_sent_as_they_are(monitor: FakeMonitor) -> None:
    """They are what the monitor warns of; here they must neither raise nor be made up."""
    broken = weights()
    broken["weight_hh_l0"][0, 0], broken["weight_hh_l0"][0, 1] = math.nan, -math.inf
    run = lyascope.init()
    run.watch(broken, architecture=ARCHITECTURE, probe=probe_inputs())
    run.log({"train_loss": math.nan}, step=1)
    run.finish()
    file = monitor.of("snapshots")[0].file()
    numbers = file.tensors["weight_hh_l0"].numbers()
    assert math.isnan(numbers[0]) and numbers[1] == -math.inf
    assert json.loads(file.metadata["lyascope.scalars"]) == {"train_loss": "NaN"}
    assert client(run)["refused"] == 0


class Hostile:
    """Raises whatever is done to it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __str__(self) -> str:
        raise RuntimeError("str")

    def __float__(self) -> float:
        raise RuntimeError("float")


def test_arguments_that_make_no_sense(monitor: FakeMonitor) -> None:
    hostile: Any = Hostile()
    for run in (lyascope.init(), lyascope.init(config=hostile), lyascope.init(total_steps=hostile)):
        run.watch(hostile)
        run.watch({"w": hostile}, architecture={"cell": "lstm"})
        run.watch(weights(), architecture={"cell": "unheard of"})
        run.watch(weights(), architecture=ARCHITECTURE, dtype="I8", probe=hostile)
        run.log({"train_loss": hostile}, step=hostile)
        run.log(hostile)
        run.publish(hostile)
        assert not run.should_stop()
        run.finish(hostile)
        run.finish()
        run.log({"after": 1.0})
        run.publish()


def script(environment: dict[str, str], timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Runs a training as a process of its own, to its very end."""
    return subprocess.run(
        [sys.executable, str(HERE / "training_script.py")],
        env={"PYTHONPATH": str(HERE), "PATH": "", **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def exit_seconds(done: subprocess.CompletedProcess[str]) -> float:
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return float(done.stdout.split()[-1])


def test_a_process_ends_within_five_seconds_though_the_monitor_never_answers() -> None:
    with BlackHole() as hole:
        done = script({"LYASCOPE_URL": f"http://127.0.0.1:{hole.port}"}, timeout=60)
    # The contract's own promise, with room for a machine that is busy with something else.
    assert exit_seconds(done) < 5 + 2


def test_many_unfinished_runs_take_no_longer_than_one() -> None:
    with BlackHole() as hole:
        url = f"http://127.0.0.1:{hole.port}"
        done = script({"LYASCOPE_URL": url, "ENDING": "many"}, timeout=60)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split()[0]) < 5 + 2


def test_a_process_that_forgets_to_finish_says_how_it_ended(monitor: FakeMonitor) -> None:
    assert script({"LYASCOPE_URL": monitor.url, "ENDING": "none"}).returncode == 0
    assert monitor.of("")[-1].json()["state"] == "finished"
    assert script({"LYASCOPE_URL": monitor.url, "ENDING": "raise"}).returncode == 1
    assert monitor.of("")[-1].json()["state"] == "failed"


def test_a_forked_child_publishes_with_threads_of_its_own(monitor: FakeMonitor) -> None:
    done = script({"LYASCOPE_URL": monitor.url, "ENDING": "fork"}, timeout=120)
    assert done.returncode == 0, done.stderr
    steps = {r.file().metadata["lyascope.step"] for r in monitor.of("snapshots")}
    assert {"1000", "2000"} <= steps
    states = [r.json()["state"] for r in monitor.of("")]
    assert states[-1] == "finished"


@pytest.mark.parametrize("way", ["http", "kafka"])
def test_no_thread_of_ours_imports_anything(monitor: FakeMonitor, way: str) -> None:
    """A child forked meanwhile would wait for ever for the lock of a module half imported."""
    to = {"LYASCOPE_URL": monitor.url}
    if way == "kafka":
        to = {"LYASCOPE_BOOTSTRAP_SERVERS": f"127.0.0.1:{closed_port()}"}
    done = script({**to, "ENDING": "imports"})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "imported:\n"


def test_no_thread_is_left_after_the_end(monitor: FakeMonitor) -> None:
    before = set(threading.enumerate())
    run = train(3)
    mine = {t for t in set(threading.enumerate()) - before if t.name.startswith("lyascope-")}
    assert len(mine) == 2
    run.finish()
    monitor.commands.append({})
    wait_for(lambda: not any(thread.is_alive() for thread in mine), "the threads to end")
