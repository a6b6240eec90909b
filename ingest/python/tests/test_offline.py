"""A run without any monitor: a recording, and one that is switched off."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

import lyascope
from lyascope.safetensors import read
from samples import ARCHITECTURE, PROTOCOL, probe_inputs, weights


def record(monkeypatch: pytest.MonkeyPatch, mode: str) -> lyascope.Run:
    monkeypatch.setenv("LYASCOPE_MODE", mode)
    monkeypatch.setenv("LYASCOPE_RUN", "a/run: 1")
    run = lyascope.init("tests", total_steps=10)
    run.watch(weights(), architecture=ARCHITECTURE, probe=probe_inputs(), protocol=PROTOCOL)
    run.log({"train_loss": 1.0}, step=10)
    run.finish({"val_loss": 2.0})
    return run


def test_an_offline_run_is_a_recording(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = record(monkeypatch, "offline")
    folder = tmp_path / "runs" / "a_run_1"
    files = sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())
    assert files == [
        "probe.safetensors",
        "run.json",
        "scalars.jsonl",
        "snapshots/0-000000000010.safetensors",
    ]
    document = json.loads((folder / "run.json").read_text())
    assert document["run"] == run.id == "a/run: 1" and document["state"] == "finished"
    lines = (folder / "scalars.jsonl").read_text().splitlines()
    assert [json.loads(line)["values"] for line in lines] == [{"train_loss": 1.0}]
    snapshot = read((folder / "snapshots/0-000000000010.safetensors").read_bytes())
    assert snapshot.metadata["lyascope.progress"] == "1"


def test_a_run_that_is_off_does_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = threading.active_count()
    run = record(monkeypatch, "disabled")
    assert not run.should_stop()
    assert threading.active_count() == before
    assert not (tmp_path / "runs").exists()
