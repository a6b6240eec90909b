"""Trains the networks of a corpus and records them.

    python -m corpus smnist-rows --data package/data --out recordings/smnist-rows

A run that is recorded already is not trained again, so an interrupted corpus is finished by the
same command; with --known neither is one that a corpus holds, whose recording may be gone. Nothing
is downloaded: --data says where the data set lies.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import torch

from lyascope.architecture import Architecture, Probe
from lyascope.arrays import tensor

from . import characters, force, smnist
from .cells import CELLS
from .characters import SYMBOLS, Text
from .generate import WHOLE, Share, generate, measured
from .images import Rows
from .plan import Group, Shape
from .recording import Recorder
from .training import train

T = TypeVar("T", Rows, Text)

#: As the recorded demo runs are measured; Vogt's own, `smnist-rows/1`, sees h alone.
ROWS_PROTOCOL = {
    "name": "smnist-rows-full/1",
    "state": "full",
    "warmup": 0,
    "burn_in": 0,
    "steps": 28,
    "orthonormalize_every": "auto",
    "exponents": "all",
    "sequences": "all",
    "precision": "double",
    "initial_basis": "random",
    "seed": 0,
    "tolerance": 0.01,
}


#: The monitor's default, as the recorded demo runs on the same text are measured.
TEXT_PROTOCOL = {**ROWS_PROTOCOL, "name": "charrnn/1", "burn_in": 20, "steps": 120}

#: 15 time constants after 5 of burn-in; of 512 exponents the largest, the others cost too much.
TARGET_PROTOCOL = {
    **ROWS_PROTOCOL,
    "name": "target-learning/1",
    "burn_in": 50,
    "steps": 150,
    "exponents": 32,
}


@dataclass(frozen=True)
class Corpus:
    """A named corpus: its groups for a number of networks, and how one of them is trained."""

    networks: int
    groups: Callable[[argparse.Namespace], Iterable[Group]]
    prepare: Callable[[argparse.Namespace], Callable[[Group], None]]


def architecture(shape: Shape, inputs: int) -> Architecture:
    return Architecture(
        shape.cell,
        inputs,
        shape.hidden_size,
        shape.num_layers,
        prefix="core.",
        nonlinearity="tanh" if shape.cell == "rnn" else None,
        hyper=CELLS[shape.cell].hyper,
    )


def _device(name: str) -> str:
    """The name, if PyTorch can use it here."""
    try:
        torch.empty(0, device=name)
    except (AssertionError, RuntimeError) as e:
        raise argparse.ArgumentTypeError(str(e).splitlines()[0]) from e
    return name


def _placed(task: T, device: str) -> T:
    """The same with what is trained on and validated with on the device; weights follow it."""
    names = ("inputs", "targets", "validation_inputs", "validation_targets")
    return replace(task, **{name: getattr(task, name).to(device) for name in names})


def _rows(options: argparse.Namespace) -> Callable[[Group], None]:
    loaded = Rows.load(options.data, options.sequences or 3000, options.validation or 1000)
    images = _placed(loaded, options.device)
    probe = Probe({"inputs": tensor(images.probe)}, protocol=ROWS_PROTOCOL)
    epochs = options.epochs or 10

    def work(group: Group) -> None:
        recorder = Recorder("smnist-rows", architecture(group.shape, 28), probe)
        train(group, images, epochs, recorder.seen)
        recorder.close(options.out, group.plans, group.shape)

    return work


def _text(options: argparse.Namespace) -> Callable[[Group], None]:
    loaded = Text.load(options.data, options.sequences or 2048, options.validation or 200)
    text = _placed(loaded, options.device)
    probe = Probe({"inputs": tensor(text.probe)}, protocol=TEXT_PROTOCOL)
    epochs = options.epochs or 6

    def work(group: Group) -> None:
        recorder = Recorder("warpeace-char", architecture(group.shape, SYMBOLS), probe)
        train(group, text, epochs, recorder.seen)
        recorder.close(options.out, group.plans, group.shape)

    return work


def _target(options: argparse.Namespace) -> Callable[[Group], None]:
    epochs = options.epochs or 15

    def work(group: Group) -> None:
        units = group.shape.hidden_size
        core = Architecture(
            "rate", 0, units, 1, bias=False, nonlinearity="tanh", hyper={"dt": force.DT}
        )
        starts = torch.randn(force.PROBE_STARTS, units, generator=torch.Generator().manual_seed(0))
        probe = Probe({"h0": tensor(starts)}, "synthetic", TARGET_PROTOCOL)
        recorder = Recorder("target-learning", core, probe)
        for stage in force.train(group, epochs):
            recorder.seen(stage)
        recorder.close(options.out, group.plans, group.shape)

    return work


def _rows_groups(options: argparse.Namespace) -> Iterable[Group]:
    return smnist.rows(options.networks, options.repeats, options.group, options.batch)


CORPORA = {
    "smnist-rows": Corpus(
        160, lambda o: smnist.rows(o.networks, o.repeats, o.group, o.batch), _rows
    ),
    "smnist-sweep": Corpus(300, lambda o: smnist.sweep(o.networks), _rows),
    "charrnn-warpeace": Corpus(60, lambda o: characters.groups(o.networks, o.group), _text),
    "target-learning": Corpus(600, lambda o: force.groups(o.networks, o.units), _target),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="corpus", description="Trains and records a corpus.")
    parser.add_argument("corpus", choices=CORPORA)
    parser.add_argument("--data", type=Path, help="the folder or file of the data set")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the recordings")
    parser.add_argument("--known", type=Path, help="a corpus whose runs need not be made again")
    parser.add_argument("--share", type=Share.parse, default=WHOLE, help="as 1/2: of processes")
    parser.add_argument(
        "--device",
        type=_device,
        default="cuda" if torch.cuda.is_available() else "cpu",
        help="where networks are trained, target-learning always on the CPU; a GPU if there is one",
    )
    parser.add_argument("--networks", type=int, help="how many of each architecture or size")
    parser.add_argument("--repeats", type=int, default=40, help="smnist-rows: trained twice, each")
    parser.add_argument("--group", type=int, default=20, help="networks trained at once")
    parser.add_argument("--units", type=int, default=512, help="target-learning: size")
    parser.add_argument("--batch", type=int, default=50, help="smnist-rows: images a step")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--sequences", type=int, help="images or windows of text to train on")
    parser.add_argument("--validation", type=int, help="images or windows of text to validate on")
    options = parser.parse_args()
    if options.data is None and options.corpus != "target-learning":
        parser.error(f"{options.corpus} needs --data")
    corpus = CORPORA[options.corpus]
    if options.networks is None:
        options.networks = corpus.networks
    # One thread: faster for networks this small; processes with a share each fill more cores.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.set_grad_enabled(options.corpus != "target-learning")
    known = measured(options.known)
    generate(corpus.groups(options), options.out, corpus.prepare(options), known, options.share)


if __name__ == "__main__":
    main()
