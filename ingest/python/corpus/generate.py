"""Trains the groups that are not done yet and tells how long the rest will take."""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from .plan import Group
from .recording import path_of


def measured(corpus: Path | None) -> frozenset[str]:
    """The runs that a corpus holds already; none without one."""
    if corpus is None:
        return frozenset()
    with gzip.open(corpus / "runs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return frozenset(json.loads(line)["run"] for line in lines)


def generate(
    groups: Iterable[Group],
    folder: Path,
    train: Callable[[Group], None],
    known: frozenset[str] = frozenset(),
) -> None:
    """Calls `train` for every group of which a run is neither known nor recorded in the folder."""
    every = list(groups)
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
