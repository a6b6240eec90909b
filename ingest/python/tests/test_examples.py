"""Every example trains a few steps on small data of its kind, and its run is published."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fakes import FakeMonitor

EXAMPLES = Path(__file__).parents[1] / "examples"
RANDOM = np.random.default_rng(1)
SCRIPTS = ["charrnn", "smnist", "target_learning", "circle", "lightning_lstm"]
CELLS = ["rnn", "lstm", "gru", "asrnn", "cornn", "lem", "lipschitz", "noisy"]


def example(
    monitor: FakeMonitor, folder: Path, name: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments],
        cwd=folder,
        env={**os.environ, "LYASCOPE_URL": monitor.url, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def published(monitor: FakeMonitor, done: subprocess.CompletedProcess[str]) -> str:
    """The cell of the run, all of which has arrived."""
    assert done.returncode == 0, done.stderr
    last = monitor.of("")[-1].json()
    assert last["state"] == "finished" and last["total_steps"] > 0
    assert len(monitor.of("probe")) == 1 and monitor.of("snapshots")
    assert any("train_loss" in r.json()["values"] for r in monitor.of("scalars"))
    return str(last["architecture"]["cell"])


def text(folder: Path) -> str:
    letters = RANDOM.choice(list("abcde \n"), 5000)
    (folder / "text.txt").write_text("".join(letters))
    return str(folder / "text.txt")


def digits(folder: Path) -> str:
    for part, count in (("train", 64), ("t10k", 20)):
        images = RANDOM.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        labels = RANDOM.integers(0, 10, count, dtype=np.uint8)
        header = struct.pack(">4B3I", 0, 0, 8, 3, count, 28, 28)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(header + images.tobytes())
        header = struct.pack(">4BI", 0, 0, 8, 1, count)
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(header + labels.tobytes())
    return str(folder)


SMALL = ["--steps", "4", "--hidden", "8"]


def test_charrnn_saves_its_model(monitor: FakeMonitor, tmp_path: Path) -> None:
    done = example(monitor, tmp_path, "charrnn", "--data", text(tmp_path), *SMALL)
    assert published(monitor, done) == "lstm"
    assert (tmp_path / "charrnn.pt").is_file()


@pytest.mark.parametrize("cell", CELLS)
def test_smnist_trains_each_architecture(monitor: FakeMonitor, tmp_path: Path, cell: str) -> None:
    done = example(monitor, tmp_path, "smnist", "--data", digits(tmp_path), "--cell", cell, *SMALL)
    assert published(monitor, done) == cell
    assert monitor.of("probe")[0].file().tensors["inputs"].shape == (16, 28, 28)


@pytest.mark.parametrize("given", [True, False])
def test_target_learning_learns_a_signal(monitor: FakeMonitor, tmp_path: Path, given: bool) -> None:
    (tmp_path / "signal.txt").write_text("\n".join(str(x) for x in np.sin(np.arange(50) / 8)))
    data = ["--data", "signal.txt"] if given else []
    done = example(monitor, tmp_path, "target_learning", *data, "--steps", "30", "--units", "20")
    assert published(monitor, done) == "rate"
    tensors = monitor.of("snapshots")[-1].file().tensors
    assert {name: t.shape for name, t in tensors.items()} == {
        "weight_hh": (20, 20),
        "u": (20,),
        "w": (20,),
    }
    assert monitor.of("probe")[0].file().tensors["h0"].shape == (8, 20)


@pytest.mark.parametrize("given", [True, False])
def test_circle_separates_points(monitor: FakeMonitor, tmp_path: Path, given: bool) -> None:
    points = RANDOM.uniform(-1, 1, (100, 2))
    rows = [f"{x},{y},{int(x * x + y * y < 0.6)}" for x, y in points]
    (tmp_path / "points.csv").write_text("\n".join(rows))
    data = ["--data", "points.csv"] if given else []
    done = example(monitor, tmp_path, "circle", *data, "--steps", "4")
    assert published(monitor, done) == "feedforward"


def test_lightning_trains(monitor: FakeMonitor, tmp_path: Path) -> None:
    done = example(monitor, tmp_path, "lightning_lstm", "--data", text(tmp_path), *SMALL)
    assert published(monitor, done) == "lstm"


@pytest.mark.parametrize("name", SCRIPTS)
def test_missing_data_is_said_with_where_to_get_it(
    monitor: FakeMonitor, tmp_path: Path, name: str
) -> None:
    done = example(monitor, tmp_path, name, "--data", "nowhere")
    assert done.returncode == 1 and "nowhere" in done.stderr and "--data" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_example_is_short_and_little_of_it_is_ours(name: str) -> None:
    lines = (EXAMPLES / f"{name}.py").read_text().splitlines()
    assert len(lines) < 120
    ours = [line for line in lines if re.search(r"^(import|from) lyascope|\brun\b.*[.=(]", line)]
    ours += [line for line in lines if re.search(r"LyascopeCallback\(|publisher", line)]
    assert 1 <= len(ours) <= 5, ours
