"""MNIST read row by row: 28 steps of 28 pixels, the digit is told from the last state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

PROBE_IMAGES = 10


@dataclass(frozen=True)
class Rows:
    """Sequences [n, 28, 28] in [0, 1] and their digits; the probe is of no other part."""

    inputs: Tensor
    targets: Tensor
    validation_inputs: Tensor
    validation_targets: Tensor
    probe: Tensor
    classes: int = 10

    @staticmethod
    def load(folder: Path, training: int, validation: int) -> Rows:
        """The first images of the training files, and of the test files after the probe's.

        Raises SystemExit naming the file that is missing or too short.
        """
        inputs, targets = _part(folder, "train", training)
        held, digits = _part(folder, "t10k", validation + PROBE_IMAGES)
        rest = slice(PROBE_IMAGES, None)
        return Rows(inputs, targets, held[rest], digits[rest], held[:PROBE_IMAGES])


def _part(folder: Path, part: str, count: int) -> tuple[Tensor, Tensor]:
    # The original IDX files: big-endian headers of 16 and 8 bytes, then one byte a value.
    pixels, digits = folder / f"{part}-images-idx3-ubyte", folder / f"{part}-labels-idx1-ubyte"
    for path in (pixels, digits):
        if not path.is_file():
            raise SystemExit(f"{path} is not there; --data wants the folder of the IDX files")
    labels = np.fromfile(digits, np.uint8)[8:]
    if len(labels) < count:
        raise SystemExit(f"{digits} has {len(labels)} digits, wanted at least {count}")
    images = np.fromfile(pixels, np.uint8)[16:].reshape(-1, 28, 28)[:count]
    return torch.from_numpy(images).float() / 255, torch.from_numpy(labels[:count]).long()
