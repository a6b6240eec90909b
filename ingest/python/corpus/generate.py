"""Trains the groups that are not done yet and tells how long the rest will take."""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .plan import Group
from .recording import path_of


def measured(corpus: Path | None) -> frozenset[str]:
    """The runs that a corpus holds already; none without one."""
    if corpus is None:
        return frozenset()
    with gzip.open(corpus / "runs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return frozenset(json.loads(line)["run"] for line in lines)


@dataclass(frozen=True)
class Share:
    """The groups that one of several processes trains: every `of`-th, from the `number`-th on."""

    number: int
    of: int

    @staticmethod
    def parse(text: str) -> Share:
        """Reads "2/3"; ArgumentTypeError for what is no share."""
        match = re.fullmatch(r"(\d+)/(\d+)", text)
        number, of = (int(part) for part in match.groups()) if match else (0, 0)
        if not 1 <= number <= of:
            raise ArgumentTypeError(f"{text!r}, wanted two numbers as in 1/2")
        return Share(number, of)

    def groups(self, every: Iterable[Group]) -> list[Group]:
        return list(every)[self.number - 1 :: self.of]


WHOLE = Share(1, 1)


def generate(
    groups: Iterable[Group],
    folder: Path,
    train: Callable[[Group], None],
    known: frozenset[str] = frozenset(),
    share: Share = WHOLE,
) -> None:
    """Calls `train` for every group of which a run is neither known nor recorded in the folder."""
    every = share.groups(groups)
    todo = [
        group
        for group in every
        if not all(plan.run in known or path_of(folder, plan).exists() for plan in group.plans)
    ]
    networks = sum(len(group.plans) for group in every)
    left = sum(_work(group) for group in todo)
    done = networks - sum(len(group.plans) for group in todo)
    print(f"{done} of {networks} networks are done", file=sys.stderr)
    begun, worked = time.monotonic(), 0.0
    for group in todo:
        train(group)
        worked += _work(group)
        done += len(group.plans)
        spent = time.monotonic() - begun
        minutes = spent * (left - worked) / worked / 60
        print(
            f"{done} of {networks} networks, {spent / 60:.1f} min, about {minutes:.0f} min left; "
            f"last: {len(group.plans)} {group.shape.cell} {group.shape.hidden_size}",
            file=sys.stderr,
            flush=True,
        )


#: Time a network of one size takes, roughly, in that of an rnn.
_COST = {
    "lstm": 5.0,
    "gru": 4.5,
    "lem": 5.5,
    "rate": 2.0,
    "cornn": 1.4,
    "noisy": 1.6,
    "lipschitz": 1.5,
}


def _work(group: Group) -> float:
    shape = group.shape
    size: float = (shape.hidden_size / 64) ** 1.6 * shape.num_layers
    return len(group.plans) * size * _COST.get(shape.cell, 1.0)
