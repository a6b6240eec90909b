"""A run over HTTP: what reaches the monitor, and what reaches training from there."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import weakref
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lyascope
from fakes import FakeMonitor, wait_for
from lyascope.settings import Settings
from samples import ARCHITECTURE, PROTOCOL, probe_inputs, weights


def watched(run: lyascope.Run, **options: Any) -> dict[str, np.ndarray]:
    arrays = weights()
    run.watch(arrays, architecture=ARCHITECTURE, probe=probe_inputs(), **options)
    return arrays


def test_a_run_says_what_it_is_and_how_it_ended(monitor: FakeMonitor) -> None:
    run = lyascope.init("proj", "first", {"lr": 0.1, "shape": (2, 3)}, 40, task="copy")
    watched(run)
    run.finish({"val_loss": 0.5, "bad": float("nan")})
    last = monitor.of("")[-1].json()
    assert last["type"] == "run" and last["run"] == run.id and run.id.startswith("first-")
    assert last["project"] == "proj" and last["name"] == "first" and last["task"] == "copy"
    assert last["config"] == {"lr": 0.1, "shape": [2, 3]} and last["total_steps"] == 40
    assert last["architecture"]["cell"] == "rnn"
    assert last["state"] == "finished" and last["outcome"] == {"val_loss": 0.5, "bad": "NaN"}
    assert last["started"] <= last["finished"]
    assert last["client"]["dropped_snapshots"] == 0
    assert run.url == f"{monitor.url}/#/run/{run.id}"


def test_a_snapshot_carries_weights_scalars_and_progress(monitor: FakeMonitor) -> None:
    run = lyascope.init(total_steps=40)
    arrays = watched(run, dtype="F64")
    run.log({"train_loss": 2.0, "val_loss": float("inf")}, step=10)
    run.finish()
    file = monitor.of("snapshots")[0].file()
    assert file.metadata["lyascope.format"] == "snapshot/1"
    assert file.metadata["lyascope.run"] == run.id
    assert file.metadata["lyascope.step"] == "10"
    assert float(file.metadata["lyascope.progress"]) == 0.25
    scalars = json.loads(file.metadata["lyascope.scalars"])
    assert scalars == {"train_loss": 2.0, "val_loss": "Infinity"}
    assert json.loads(file.metadata["lyascope.architecture"])["hidden_size"] == 6
    for name, array in arrays.items():
        assert file.tensors[name].numbers() == array.ravel().tolist()


def test_the_probe_is_sent_once_with_its_protocol(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    watched(run, protocol=PROTOCOL)
    for step in range(3):
        run.publish(step)
    run.finish()
    (probe,) = monitor.of("probe")
    assert json.loads(probe.file().metadata["lyascope.protocol"]) == PROTOCOL
    assert probe.file().metadata["lyascope.source"] == "validation"
    inputs = probe.file().tensors["inputs"]
    assert inputs.shape == (4, 30, 3)
    assert np.allclose(inputs.numbers(), probe_inputs().ravel(), atol=1e-6)


def test_weights_are_copied_before_publish_returns(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    arrays = watched(run, dtype="F64")
    before = arrays["weight_hh_l0"].ravel().tolist()
    run.publish(1)
    arrays["weight_hh_l0"][:] = 0.0
    run.finish()
    (snapshot,) = monitor.of("snapshots")
    assert snapshot.file().tensors["weight_hh_l0"].numbers() == before


def test_a_function_of_weights_is_asked_at_each_snapshot(monitor: FakeMonitor) -> None:
    state = {"scale": 1.0}
    run = lyascope.init()
    run.watch(
        lambda: {name: state["scale"] * array for name, array in weights().items()},
        architecture=ARCHITECTURE,
    )
    for step, scale in enumerate((1.0, 2.0)):
        state["scale"] = scale
        run.publish(step)
        wait_for(lambda: len(monitor.of("snapshots")) == step + 1, "the snapshot")  # noqa: B023
    run.finish()
    first, second = (r.file().tensors["weight_hh_l0"].numbers() for r in monitor.of("snapshots"))
    assert np.allclose(second, 2 * np.array(first))


def test_numbers_are_thinned_but_none_is_lost_by_name(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    for step in range(1000):
        run.log({"train_loss": float(step)} | ({"val_loss": 7.0} if step == 500 else {}), step)
    run.finish()
    sent = [r.json() for r in monitor.of("scalars")]
    assert len(sent) < 100
    assert sent[-1]["step"] == 999 and sent[-1]["values"]["train_loss"] == 999.0
    assert 7.0 in [document["values"].get("val_loss") for document in sent]
    assert sent[0]["phase"] == "train"


def test_names_that_need_escaping_reach_their_run(
    monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LYASCOPE_RUN", 'a/b ?#"ä\n<script>')
    monkeypatch.setenv("LYASCOPE_PROJECT", "from the environment")
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "3")
    run = lyascope.init()
    run.finish()
    last = monitor.of("")[-1]
    assert last.run == run.id == 'a/b ?#"ä\n<script>'
    assert last.json()["project"] == "from the environment" and last.json()["attempt"] == 3


def test_the_token_travels_as_a_header(
    monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LYASCOPE_TOKEN", "secret-token")
    lyascope.init().finish()
    assert monitor.of("")[-1].headers["Authorization"] == "Bearer secret-token"


def test_an_exception_in_training_makes_the_run_failed(monitor: FakeMonitor) -> None:
    with pytest.raises(ZeroDivisionError), lyascope.init() as run:
        run.log({"train_loss": 1 / 0})
    assert monitor.of("")[-1].json()["state"] == "failed"


def stop(training: lyascope.Run, **fields: Any) -> dict[str, Any]:
    in_an_hour = datetime.now(timezone.utc) + timedelta(hours=1)
    return {
        "type": "stop",
        "id": "c1",
        "run": training.id,
        "attempt": 0,
        "reason": "chaotic",
        "by": "an operator",
        "expires": in_an_hour.isoformat(),
    } | fields


def test_a_stop_is_received_saved_and_obeyed(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    assert not run.should_stop()
    monitor.commands.append(stop(run))
    wait_for(run.should_stop, "the stop")
    assert run.stop_reason == "chaotic (by an operator)"
    run.saved()
    run.finish()
    assert monitor.acks() == [("c1", "received"), ("c1", "saved"), ("c1", "stopped")]
    assert monitor.of("")[-1].json()["state"] == "stopped"


@pytest.mark.parametrize(
    ("fields", "answers"),
    [
        ({"expires": "2020-01-01T00:00:00.123456789Z"}, [("c1", "refused")]),
        ({"attempt": 4}, []),
        ({"run": "another"}, []),
        ({"type": "ack"}, []),
        ({"expires": "soon"}, []),
        ({"id": None, "type": "stop", "attempt": "x"}, []),
    ],
)
def test_commands_that_do_not_hold_stop_nothing(
    monitor: FakeMonitor, fields: dict[str, Any], answers: list[tuple[str, str]]
) -> None:
    run = lyascope.init()
    monitor.commands += [stop(run, **fields), stop(run, id="late", expires="2020-01-01T00:00:00Z")]
    wait_for(lambda: ("late", "refused") in monitor.acks(), "the answer to the last command")
    assert not run.should_stop()
    run.finish()
    assert [ack for ack in monitor.acks() if ack[0] == "c1"] == answers


def test_a_veto_takes_a_stop_back(monitor: FakeMonitor) -> None:
    run = lyascope.init()
    monitor.commands += [stop(run), stop(run, type="veto", id="c2")]
    wait_for(lambda: len(monitor.acks()) == 2, "both answers")
    assert not run.should_stop()
    run.finish()
    assert monitor.acks() == [("c1", "received"), ("c2", "received")]
    assert monitor.of("")[-1].json()["state"] == "finished"


@pytest.mark.parametrize(
    ("first", "second", "is_stopped"),
    [
        ("stop 1", "veto 2", False),
        ("veto 2", "stop 1", False),
        ("veto 1", "stop 2", True),
        ("stop 2", "veto 1", True),
        ("stop 1", "veto 1", False),
        ("veto 1", "stop 1", True),
    ],
)
def test_the_command_that_was_issued_last_holds_in_whatever_order_they_come(
    monitor: FakeMonitor, first: str, second: str, is_stopped: bool
) -> None:
    run = lyascope.init()
    for text in (first, second):
        kind, minute = text.split()
        issued = f"2026-11-23T12:0{minute}:00Z"
        monitor.commands.append(stop(run, type=kind, id=kind, issued=issued))
    wait_for(lambda: len(monitor.acks()) == 2, "both answers")
    assert run.should_stop() is is_stopped
    run.finish()


def test_a_model_that_is_not_known_still_sends_numbers(
    monitor: FakeMonitor, caplog: pytest.LogCaptureFixture
) -> None:
    run = lyascope.init()
    with caplog.at_level(logging.WARNING, "lyascope"):
        run.watch(object())
        run.watch(object())
    run.log({"train_loss": 1.0}, step=1)
    run.finish()
    assert [r.message.partition(":")[0] for r in caplog.records] == ["only scalars are published"]
    assert monitor.of("scalars")[0].json()["values"] == {"train_loss": 1.0}
    assert monitor.of("snapshots") == []


class Raises:
    """Of no use as a number or as a text."""

    def __str__(self) -> str:
        raise RuntimeError("str")

    def __float__(self) -> float:
        raise RuntimeError("float")


@pytest.mark.parametrize("bad", [None, "high", [1.0, 2.0], Raises()])
def test_a_value_that_is_no_number_costs_only_itself(monitor: FakeMonitor, bad: Any) -> None:
    run = lyascope.init()
    watched(run)
    run.log({"val_loss": bad, "train_loss": 2.0}, step=1)
    run.log({"train_loss": 1.0}, step="one" if bad is None else bad)
    run.publish(5)
    run.finish({"accuracy": np.float32(0.5), "note": "fine", "bad": bad})
    said = {n: v for r in monitor.of("scalars") for n, v in r.json()["values"].items()}
    assert said == {"train_loss": 1.0}
    assert [r.file().metadata["lyascope.step"] for r in monitor.of("snapshots")] == ["1", "5"]
    last = monitor.of("")[-1].json()
    assert last["state"] == "finished"
    assert last["outcome"]["accuracy"] == 0.5 and last["outcome"]["note"] == "fine"


def test_a_configuration_may_be_that_of_argparse(monitor: FakeMonitor) -> None:
    options = argparse.Namespace(lr=np.float64(0.1), width=np.int64(3), path=Path("a"))
    lyascope.init(config=options).finish()
    assert monitor.of("")[-1].json()["config"] == {"lr": 0.1, "width": 3, "path": "a"}


def test_what_cannot_be_read_of_the_arguments_costs_only_itself(monitor: FakeMonitor) -> None:
    bad: Any = Raises()
    lyascope.init(
        project="p", name=bad, config=[bad], total_steps=bad, task=bad, kafka=bad
    ).finish()
    last = monitor.of("")[-1].json()
    assert last["project"] == "p" and last["state"] == "finished" and last["config"] == {}
    assert last.get("total_steps") is None


def test_settings_say_no_secret_and_stay_where_they_were(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"LYASCOPE_DIR": "runs", "LYASCOPE_TOKEN": "hidden-1"}
    settings = Settings.read(given, kafka={"sasl.password": "hidden-2"})
    assert "hidden" not in repr(settings)
    assert settings.directory == tmp_path / "runs"


def test_a_finished_run_keeps_no_model(monitor: FakeMonitor) -> None:
    class Weights(dict[str, np.ndarray]):
        """A mapping that may be referred to weakly."""

    model = Weights(weights())
    run = lyascope.init()
    run.watch(model, architecture=ARCHITECTURE)
    run.finish()
    kept = weakref.ref(model)
    del model
    gc.collect()
    assert kept() is None
