"""The corpus generator: its batched cells are the known ones, its runs are what was planned."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from argparse import ArgumentTypeError
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

import cells as single
from corpus import force
from corpus.cells import CELLS
from corpus.generate import Share
from lyascope.safetensors import read

NETWORKS, BATCH, STEPS, INPUTS, HIDDEN = 2, 3, 5, 4, 6


def core(cell: str, layers: int) -> nn.Module:
    """One network of torch, or of the example that wraps its cell as `cell`."""
    if cell in ("rnn", "lstm", "gru"):
        kind = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell]
        return kind(INPUTS, HIDDEN, layers, batch_first=True)
    return single.CELLS[cell](INPUTS, HIDDEN)


def outputs(module: nn.Module, x: Tensor) -> Tensor:
    if isinstance(module, nn.RNNBase):
        return module(x)[0]
    states = getattr(module, "states", 1)
    state = [torch.zeros(BATCH, HIDDEN) for _ in range(states)]
    seen = []
    for t in range(STEPS):
        answer = module(x[:, t], tuple(state) if states > 1 else state[0])
        state = list(answer) if states > 1 else [answer]
        seen.append(state[0])
    return torch.stack(seen, 1)


@pytest.mark.parametrize(
    ("cell", "layers"), [(cell, 1) for cell in CELLS] + [("lstm", 2), ("gru", 2), ("rnn", 2)]
)
def test_batched_cells_compute_what_single_ones_do(cell: str, layers: int) -> None:
    torch.manual_seed(3)
    modules = [core(cell, layers).eval() for _ in range(NETWORKS)]
    x = torch.randn(NETWORKS, BATCH, STEPS, INPUTS)
    shapes = CELLS[cell].shapes(INPUTS, HIDDEN, layers)
    wrapper = "cell." if cell in ("cornn", "lem") else ""
    with torch.no_grad():
        for module in modules:
            for parameter in module.parameters():
                if parameter.requires_grad:
                    parameter.uniform_(-0.8, 0.8)
        weights = {
            wrapper + name: torch.stack([dict(m.named_parameters())[name] for m in modules])
            for name in dict(modules[0].named_parameters())
        }
        batched = CELLS[cell].outputs(weights, x.transpose(1, 2), layers)
        wanted = torch.stack([outputs(m, s) for m, s in zip(modules, x, strict=True)])
    trained = {name for name in weights if name not in CELLS[cell].constants}
    assert trained == set(shapes)
    assert all(weights[name].shape[1:] == shape for name, shape in shapes.items())
    torch.testing.assert_close(batched.transpose(1, 2), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cell", ["lstm", "gru", "lem"])
def test_written_out_gradients_are_those_of_central_differences(cell: str) -> None:
    torch.manual_seed(4)
    shapes = CELLS[cell].shapes(2, 3, 1)
    weights = {n: torch.randn(1, *shape, dtype=torch.float64) for n, shape in shapes.items()}
    x = torch.randn(1, 4, 2, 2, dtype=torch.float64)
    goal = torch.randn(1, 4, 2, 3, dtype=torch.float64)

    def value(*tensors: Tensor) -> Tensor:
        named = dict(zip(weights, tensors, strict=True))
        return (CELLS[cell].outputs(named, x, 1) * goal).sum()

    inputs = [tensor.requires_grad_() for tensor in weights.values()]
    assert torch.autograd.gradcheck(value, inputs)


def digits(folder: Path) -> Path:
    random = np.random.default_rng(1)
    for part, count in (("train", 40), ("t10k", 30)):
        images = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        labels = random.integers(0, 10, count, dtype=np.uint8)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(bytes(16) + images.tobytes())
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(bytes(8) + labels.tobytes())
    return folder


def generate(*words: str | Path) -> subprocess.CompletedProcess[str]:
    package = Path(__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-m", "corpus", *map(str, words)],
        env={**os.environ, "PYTHONPATH": f"{package / 'src'}:{package}", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def rows(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    size = ("--sequences", "40", "--validation", "20", "--epochs", "10", "--group", "3")
    return generate("smnist-rows", "--data", folder, "--out", folder / "out", *size, *more)


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_recordings_hold_what_was_planned_and_are_not_made_twice(tmp_path: Path) -> None:
    digits(tmp_path)
    assert rows(tmp_path, "--networks", "2", "--repeats", "1", "--batch", "20").returncode == 0
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(made) == 8 * 3
    first, again = (
        entries(tmp_path / "out" / f"smnist-rows-lstm-000{suffix}.zip") for suffix in ("", "-again")
    )
    run, other = json.loads(first["run.json"]), json.loads(again["run.json"])
    assert run["total_steps"] == 20 and run["state"] == "finished"
    assert other["config"]["repeat_of"] == run["run"] == other["config"]["group"]
    assert [name for name in first if "snapshots/" in name] == [
        f"snapshots/0-{step:012}.safetensors" for step in (0, 2, 4, 6, 10, 20)
    ]
    begin, end = (
        [read(archive[f"snapshots/0-{step:012}.safetensors"]) for archive in (first, again)]
        for step in (0, 20)
    )
    assert begin[0].tensors == begin[1].tensors and end[0].tensors != end[1].tensors
    scalars = json.loads(end[0].metadata["lyascope.scalars"])
    assert scalars["val_loss"] == run["outcome"]["val_loss"]
    assert float(end[0].metadata["lyascope.progress"]) == 1

    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    (tmp_path / "out" / "smnist-rows-rnn-001.zip").unlink()
    done = rows(tmp_path, "--networks", "2", "--repeats", "1", "--batch", "20")
    assert "21 of 24 networks are done" in done.stderr
    kept = [path for path in before if "-rnn-" not in path.name]
    assert all(path.stat().st_mtime_ns == before[path] for path in kept)

    runs = [{"run": path.stem} for path in before if "-lem-" not in path.name]
    with gzip.open(tmp_path / "runs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(run) + "\n" for run in runs)
    more = ("--networks", "2", "--repeats", "1", "--known", str(tmp_path))
    done = rows(tmp_path, *more, "--batch", "20", "--out", str(tmp_path / "more"))
    assert "21 of 24 networks are done" in done.stderr
    assert sorted(path.stem for path in (tmp_path / "more").iterdir()) == [
        f"smnist-rows-lem-{name}" for name in ("000", "000-again", "001")
    ]


def test_data_that_is_missing_or_too_short_is_named(tmp_path: Path) -> None:
    missing = rows(tmp_path)
    assert missing.returncode == 1 and "train-images-idx3-ubyte is not there" in missing.stderr
    digits(tmp_path)
    short = rows(tmp_path, "--validation", "21")
    assert short.returncode == 1 and "30 digits, wanted at least 31" in short.stderr


def test_text_becomes_lstms_of_two_sizes(tmp_path: Path) -> None:
    letters = np.random.default_rng(1).choice(list("abcde \n"), 5000)
    with gzip.open(tmp_path / "text.gz", "wt", encoding="utf-8") as file:
        file.write("".join(letters))
    size = ("--networks", "1", "--sequences", "32", "--validation", "4", "--epochs", "1")
    done = generate(
        "charrnn-warpeace", "--data", tmp_path / "text.gz", "--out", tmp_path / "out", *size
    )
    assert done.returncode == 0, done.stderr
    sizes = [
        json.loads(entries(path)["run.json"])["architecture"]["hidden_size"]
        for path in sorted((tmp_path / "out").iterdir())
    ]
    assert sizes == [128, 64]


def test_a_device_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = generate("smnist-rows", "--data", tmp_path, "--out", tmp_path / "out", "--device", "gpu")
    assert done.returncode == 2
    assert "argument --device: Expected one of cpu" in done.stderr


def test_the_shares_of_processes_make_the_whole_and_none_twice() -> None:
    every = list(force.groups(7, 8))
    shares = [Share.parse(f"{number}/3").groups(every) for number in (1, 2, 3)]
    assert [len(share) for share in shares] == [3, 2, 2]
    runs = [group.plans[0].run for share in shares for group in share]
    assert sorted(runs) == [group.plans[0].run for group in every]


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "a/b"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="wanted two numbers"):
        Share.parse(text)


def test_force_follows_its_target_and_changes_the_rank_one_term_alone(tmp_path: Path) -> None:
    words = ("--networks", "1", "--units", "400", "--epochs", "3", "--out", tmp_path)
    done = generate("target-learning", *words)
    assert done.returncode == 0, done.stderr
    archive = entries(tmp_path / "target-learning-000.zip")
    files = [read(archive[name]) for name in sorted(archive) if "snapshots/" in name]
    first, last = files[0], files[-1]
    assert first.tensors["weight_hh"] == last.tensors["weight_hh"]
    assert first.tensors["w"] != last.tensors["w"]
    losses = [json.loads(file.metadata["lyascope.scalars"])["val_loss"] for file in files]
    assert losses[-1] < 0.2 * losses[0]
    probe = read(archive["probe.safetensors"])
    assert probe.tensors["h0"].shape == (4, 400)
