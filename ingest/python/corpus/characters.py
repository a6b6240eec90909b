"""War and Peace, or any text, one character a step: the next one is to be told at every step."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from .plan import Group, Plan, Shape

#: The most frequent characters have a symbol of their own, the last one stands for all others.
SYMBOLS = 40
WINDOW = 64
#: Sequences and steps of the probe: what the default protocol consumes.
PROBE_SHAPE = (4, 140)
#: Vogt (2023), appendix A.2.
SCALES = (0.04, 0.40)
LEARNING_RATE = 0.005


@dataclass(frozen=True)
class Text:
    """One-hot windows [n, 64, 40] and the characters that follow each of theirs, [n, 64]."""

    inputs: Tensor
    targets: Tensor
    validation_inputs: Tensor
    validation_targets: Tensor
    probe: Tensor
    classes: int = SYMBOLS

    @staticmethod
    def load(path: Path, training: int, validation: int) -> Text:
        """Random windows of the first 80 %; validation and probe are spread over the rest.

        Raises SystemExit naming the file that is missing or too short.
        """
        if not path.is_file():
            raise SystemExit(f"{path} is not there; --data wants a text, gzipped UTF-8")
        with gzip.open(path, "rt", encoding="utf-8") as file:
            text = " ".join(file.read().lower().split())
        codes = _codes(text)
        split = len(codes) * 4 // 5
        if len(codes) - split <= PROBE_SHAPE[1] + WINDOW:
            raise SystemExit(f"{path} has {len(codes)} characters, wanted some thousand")
        draw = torch.Generator().manual_seed(0)
        starts = torch.randint(split - WINDOW - 1, (training,), generator=draw)
        count, length = PROBE_SHAPE
        return Text(
            *_windows(codes, starts, WINDOW),
            *_windows(codes, _spread(split, len(codes), validation, WINDOW), WINDOW),
            _windows(codes, _spread(split, len(codes), count, length), length)[0],
        )


def _codes(text: str) -> Tensor:
    frequent = sorted(Counter(text).items(), key=lambda item: (-item[1], item[0]))
    symbol = {character: i for i, (character, _) in enumerate(frequent[: SYMBOLS - 1])}
    return torch.tensor([symbol.get(character, SYMBOLS - 1) for character in text])


def _spread(begin: int, end: int, count: int, length: int) -> Tensor:
    return torch.linspace(begin, end - length - 1, count).long()


def _windows(codes: Tensor, starts: Tensor, length: int) -> tuple[Tensor, Tensor]:
    window = codes[starts[:, None] + torch.arange(length + 1)]
    return one_hot(window[:, :-1], SYMBOLS).float(), window[:, 1:]


def groups(networks: int, size: int) -> Iterator[Group]:
    """LSTMs of 64 and 128 units in turn, `networks` of each; only the initial scale varies."""
    begins = range(0, networks, size)
    for hidden, begin in zip(cycle((64, 128)), sorted((*begins, *begins)), strict=False):
        indices = range(begin, min(networks, begin + size))
        plans = tuple(_plan(hidden, index) for index in indices)
        yield Group(Shape("lstm", hidden, 1, 32), plans)


def _plan(hidden: int, index: int) -> Plan:
    draw = random.Random(f"charrnn {hidden} {index}")
    scale, seed = draw.uniform(*SCALES), draw.randrange(2**31)
    name = f"charrnn-warpeace-{hidden}-{index:03}"
    return Plan(name, scale, LEARNING_RATE, seed, data_seed=seed + 1)
