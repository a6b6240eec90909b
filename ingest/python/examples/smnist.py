"""Reads handwritten digits row by row with one of eight recurrent architectures.

    python smnist.py --data MNIST --cell lem

MNIST is a folder with the four original files of the MNIST database, as they are or gzipped:
train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.
Y. LeCun's page and its mirrors have them. Nothing is downloaded by itself.
"""

import argparse
import gzip
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

import lyascope
from cells import CELLS


class Classifier(nn.Module):
    """A cell that sees one row a step, and a readout of its last state."""

    def __init__(self, cell: str, hidden: int) -> None:
        super().__init__()
        self.cell = CELLS[cell](28, hidden)
        self.pair = cell == "lstm" or getattr(self.cell, "states", 1) == 2
        self.readout = nn.Linear(hidden, 10)

    def forward(self, images: Tensor) -> Tensor:
        zero = images.new_zeros(len(images), self.readout.in_features)
        state = (zero, zero) if self.pair else zero
        for row in images.unbind(1):
            state = self.cell(row, state)
        return self.readout(state[0] if self.pair else state)


def idx(folder: Path, name: str) -> Tensor:
    """One of the original files: a magic number, the extents, then bytes."""
    for path, opened in ((folder / name, open), (folder / f"{name}.gz", gzip.open)):
        if path.is_file():
            with opened(path, "rb") as file:
                data = file.read()
            shape = [int.from_bytes(data[4 * i : 4 * i + 4], "big") for i in range(1, data[3] + 1)]
            values = torch.frombuffer(bytearray(data[4 + 4 * data[3] :]), dtype=torch.uint8)
            return values.reshape(shape)
    raise SystemExit(f"{folder / name} is not there. {__doc__}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Reads handwritten digits row by row.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the MNIST files")
    parser.add_argument("--cell", choices=CELLS, default="lstm")
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between snapshots")
    options = parser.parse_args()

    torch.manual_seed(1)
    images = idx(options.data, "train-images-idx3-ubyte") / 255.0
    labels = idx(options.data, "train-labels-idx1-ubyte").long()
    test_images = idx(options.data, "t10k-images-idx3-ubyte")[:1000] / 255.0
    test_labels = idx(options.data, "t10k-labels-idx1-ubyte")[:1000].long()
    model = Classifier(options.cell, options.hidden)
    optimizer = torch.optim.Adam(model.parameters(), options.learning_rate)

    run = lyascope.init("smnist", options.cell, vars(options), options.steps)
    run.watch(model, probe=test_images, every_seconds=options.every)
    for step in range(options.steps):
        chosen = torch.randint(len(images), (options.batch,))
        model.train()
        loss = cross_entropy(model(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        values = {"train_loss": loss}
        if step % 100 == 0:
            model.eval()
            with torch.no_grad():
                logits = model(test_images)
            values["val_loss"] = cross_entropy(logits, test_labels)
            values["val_accuracy"] = (logits.argmax(1) == test_labels).float().mean()
            print(f"step {step}: " + ", ".join(f"{n} {v.item():.3f}" for n, v in values.items()))
        run.log(values, step=step)
        if run.should_stop():
            break


if __name__ == "__main__":
    main()
