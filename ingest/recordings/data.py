"""The real data of the recorded runs, as tasks that hand out batches the way a recurrent core sees them."""

import gzip
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import one_hot

TEXT_SYMBOLS = 40
TEXT_WINDOW = 64
# 20 steps of burn-in and 120 counted ones: exactly what the default protocol consumes.
TEXT_PROBE_SHAPE = (6, 140)
ROWS_PROBE_IMAGES = 8
ROWS_VALIDATION_IMAGES = 10_000


class Task(Protocol):
    """A supervised task on sequences; inputs are [B, T, D] floats, targets are class indices."""

    name: str
    input_size: int
    classes: int
    # Whether every step has a target, or only the last one.
    target_at_every_step: bool
    # The protocol the probe asks for; None leaves the default.
    probe_protocol: dict | None

    def training_batch(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]: ...

    def validation_batch(self) -> tuple[Tensor, Tensor]: ...

    def probe_inputs(self) -> Tensor: ...


@dataclass
class NextCharacter:
    """Predict the next character of a text, one-hot coded; the last twentieth validates.

    Letters are lower-cased and white space becomes one blank; the most frequent characters get a
    symbol of their own and the last symbol stands for all others.
    """

    training: Tensor
    validation: Tensor
    name: str = "warpeace-char"
    input_size: int = TEXT_SYMBOLS
    classes: int = TEXT_SYMBOLS
    target_at_every_step: bool = True
    probe_protocol: dict | None = None

    @staticmethod
    def load(path: Path) -> "NextCharacter":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            text = " ".join(file.read().lower().split())
        frequent = [c for c, _ in sorted(Counter(text).items(), key=lambda item: (-item[1], item[0]))]
        symbol = {c: i for i, c in enumerate(frequent[: TEXT_SYMBOLS - 1])}
        codes = torch.tensor([symbol.get(c, TEXT_SYMBOLS - 1) for c in text])
        split = len(codes) * 19 // 20
        return NextCharacter(codes[:split], codes[split:])

    def training_batch(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        starts = torch.randint(len(self.training) - TEXT_WINDOW - 1, (size,), generator=generator)
        return self._windows(self.training, starts, TEXT_WINDOW)

    def validation_batch(self) -> tuple[Tensor, Tensor]:
        return self._windows(self.validation, self._spread(100, 128), 128)

    def probe_inputs(self) -> Tensor:
        sequences, steps = TEXT_PROBE_SHAPE
        return self._windows(self.validation, self._spread(sequences, steps), steps)[0]

    def _spread(self, count: int, length: int) -> Tensor:
        return torch.linspace(0, len(self.validation) - length - 1, count).long()

    @staticmethod
    def _windows(codes: Tensor, starts: Tensor, length: int) -> tuple[Tensor, Tensor]:
        window = codes[starts[:, None] + torch.arange(length + 1)]
        return one_hot(window[:, :-1], TEXT_SYMBOLS).float(), window[:, 1:]


@dataclass
class ImageRows:
    """Classify a handwritten digit read row by row: 28 steps of 28 pixels in [0, 1]."""

    images: Tensor
    labels: Tensor
    name: str = "smnist-rows"
    input_size: int = 28
    classes: int = 10
    target_at_every_step: bool = False

    @property
    def probe_protocol(self) -> dict:
        return {"state": "full", "warmup": 0, "burn_in": 0, "steps": 28,
                "orthonormalize_every": "auto", "exponents": "all", "sequences": "all",
                "precision": "double", "initial_basis": "random", "seed": 0, "tolerance": 0.01}

    @staticmethod
    def load(folder: Path) -> "ImageRows":
        # The original IDX files: big-endian headers of 16 and 8 bytes, then one byte a value.
        pixels = np.fromfile(folder / "train-images-idx3-ubyte", np.uint8)[16:]
        labels = np.fromfile(folder / "train-labels-idx1-ubyte", np.uint8)[8:]
        images = torch.from_numpy(pixels.reshape(-1, 28, 28))
        return ImageRows(images, torch.from_numpy(labels).long())

    def training_batch(self, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        training = len(self.images) - ROWS_VALIDATION_IMAGES
        return self._pick(torch.randint(training, (size,), generator=generator))

    def validation_batch(self) -> tuple[Tensor, Tensor]:
        return self._pick(torch.arange(len(self.images) - 1000, len(self.images)))

    def probe_inputs(self) -> Tensor:
        first = len(self.images) - ROWS_VALIDATION_IMAGES
        return self._pick(torch.arange(first, first + ROWS_PROBE_IMAGES))[0]

    def _pick(self, index: Tensor) -> tuple[Tensor, Tensor]:
        return self.images[index].float() / 255, self.labels[index]
