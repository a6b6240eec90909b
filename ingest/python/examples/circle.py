"""Separates the inside of a circle from the outside with a deep network of narrow layers.

    python circle.py [--data points.csv]

The problem of L. Storm et al., Phys. Rev. Lett. 132, 057301 (2024): the network's finite-time
exponents form ridges along the circle. points.csv has lines of x,y,label with labels 0 and 1;
without --data points are drawn evenly from the square [-1, 1]^2.
"""

import argparse
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

import lyascope


def network(width: int, depth: int) -> nn.Sequential:
    layers: list[nn.Module] = [nn.Linear(2, width), nn.Tanh()]
    for _ in range(depth - 1):
        layers += [nn.Linear(width, width), nn.Tanh()]
    return nn.Sequential(*layers, nn.Linear(width, 1))


def load(path: Path | None, count: int) -> tuple[Tensor, Tensor]:
    """Points [n, 2] and their labels [n]."""
    if path is None:
        points = 2 * torch.rand(count, 2) - 1
        # Half of the square lies inside: no class is the more likely one.
        return points, (points.norm(dim=1) < math.sqrt(2 / math.pi)).float()
    if not path.is_file():
        raise SystemExit(f"{path} is not there. {__doc__}")
    rows = torch.tensor([[float(v) for v in row.split(",")] for row in path.read_text().split()])
    return rows[:, :2], rows[:, 2]


def main() -> None:
    parser = argparse.ArgumentParser(description="Separates a circle from its outside.")
    parser.add_argument("--data", type=Path, help="lines of x,y,label")
    parser.add_argument("--width", type=int, default=20)
    parser.add_argument("--depth", type=int, default=8)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between snapshots")
    options = parser.parse_args()

    torch.manual_seed(1)
    points, labels = load(options.data, 10_000)
    split = len(points) * 9 // 10
    model = network(options.width, options.depth)
    optimizer = torch.optim.Adam(model.parameters(), options.learning_rate)

    run = lyascope.init("circle", f"{options.width}x{options.depth}", vars(options), options.steps)
    run.watch(model, probe=points[split:], every_seconds=options.every)
    for step in range(options.steps):
        chosen = torch.randint(split, (options.batch,))
        loss = binary_cross_entropy_with_logits(model(points[chosen])[:, 0], labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        values = {"train_loss": loss}
        if step % 250 == 0:
            with torch.no_grad():
                logits = model(points[split:])[:, 0]
            values["val_loss"] = binary_cross_entropy_with_logits(logits, labels[split:])
            values["val_accuracy"] = ((logits > 0) == (labels[split:] > 0.5)).float().mean()
            print(f"step {step}: " + ", ".join(f"{n} {v.item():.3f}" for n, v in values.items()))
        run.log(values, step=step)
        if run.should_stop():
            break


if __name__ == "__main__":
    main()
