"""Trains the networks of a corpus and records them.

    python -m corpus smnist-rows --data package/data --out recordings/smnist-rows

A run that is recorded already is not trained again, so an interrupted corpus is finished by the
same command. Nothing is downloaded: --data says where the data set lies.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from lyascope.architecture import Architecture, Probe
from lyascope.arrays import tensor

from . import smnist
from .cells import CELLS
from .generate import generate
from .images import Rows
from .plan import Group, Shape
from .recording import Recorder
from .training import train

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


def _rows(task: str) -> Callable[[argparse.Namespace], Callable[[Group], None]]:
    def prepare(options: argparse.Namespace) -> Callable[[Group], None]:
        images = Rows.load(options.data, options.images, options.validation)
        probe = Probe({"inputs": tensor(images.probe)}, protocol=ROWS_PROTOCOL)

        def work(group: Group) -> None:
            recorder = Recorder(task, architecture(group.shape, 28), probe)
            train(group, images, options.epochs, recorder.seen)
            recorder.close(options.out, group.plans, group.shape)

        return work

    return prepare


CORPORA = {
    "smnist-rows": Corpus(
        160, lambda o: smnist.rows(o.networks, o.repeats, o.group), _rows("smnist-rows")
    ),
    "smnist-sweep": Corpus(300, lambda o: smnist.sweep(o.networks, o.group), _rows("smnist-rows")),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="corpus", description="Trains and records a corpus.")
    parser.add_argument("corpus", choices=CORPORA)
    parser.add_argument("--data", type=Path, help="the folder or file of the data set")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the recordings")
    parser.add_argument("--networks", type=int, help="how many (smnist-rows: each architecture)")
    parser.add_argument("--repeats", type=int, default=40, help="smnist-rows: trained twice, each")
    parser.add_argument("--group", type=int, default=20, help="networks trained at once")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--images", type=int, default=3000, help="training images")
    parser.add_argument("--validation", type=int, default=1000, help="validation images")
    options = parser.parse_args()
    corpus = CORPORA[options.corpus]
    if options.networks is None:
        options.networks = corpus.networks
    # One thread: faster for networks this small; more corpora at once fill more cores.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    generate(corpus.groups(options), options.out, corpus.prepare(options))


if __name__ == "__main__":
    main()
