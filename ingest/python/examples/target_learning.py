"""Teaches a chaotic rate network a signal with FORCE: only a rank-one term J + u w^T changes.

    python target_learning.py [--data signal.txt]

The signal is a text file with one number a line. Without --data it is a sum of four sines, as in
D. Sussillo and L. F. Abbott, Neuron 63, 544 (2009).
"""

import argparse
import math
from pathlib import Path

import torch
from torch import Tensor, nn

import lyascope


class RateNetwork(nn.Module):
    """h' = (1 - dt) h + dt (J phi(h) + u z) with the readout z = w . phi(h), fed back."""

    def __init__(self, units: int, gain: float, dt: float) -> None:
        super().__init__()
        self.dt = dt
        self.weight_hh = nn.Parameter(gain * torch.randn(units, units) / units**0.5)
        self.u = nn.Parameter(2 * torch.rand(units) - 1)
        self.w = nn.Parameter(torch.zeros(units))

    def forward(self, h: Tensor) -> Tensor:
        rates = torch.tanh(h)
        drive = self.weight_hh @ rates + self.u * (self.w @ rates)
        return (1 - self.dt) * h + self.dt * drive


def load(path: Path | None, steps: int, dt: float) -> Tensor:
    if path is None:
        t = torch.arange(steps) * dt / 60 * 2 * math.pi
        return 1.3 / 1.5 * sum(torch.sin(k * t) / k for k in (1, 2, 3, 4))
    if not path.is_file():
        raise SystemExit(f"{path} is not there. {__doc__}")
    signal = torch.tensor([float(line) for line in path.read_text().split()])
    return signal.repeat(steps // len(signal) + 1)[:steps]


def main() -> None:
    parser = argparse.ArgumentParser(description="Teaches a chaotic network a signal.")
    parser.add_argument("--data", type=Path, help="the signal, one number a line")
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--gain", type=float, default=1.5)
    parser.add_argument("--dt", type=float, default=0.1)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--learn-every", type=int, default=2)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between snapshots")
    options = parser.parse_args()

    torch.manual_seed(1)
    torch.set_grad_enabled(False)
    target = load(options.data, options.steps, options.dt)
    network = RateNetwork(options.units, options.gain, options.dt)
    h = torch.randn(options.units) / 2
    inverse = torch.eye(options.units)
    error = 0.0

    run = lyascope.init("target-learning", "force", vars(options), options.steps)
    run.watch(network, probe=torch.randn(8, options.units), every_seconds=options.every)
    for step in range(options.steps):
        h = network(h)
        rates = torch.tanh(h)
        output = network.w @ rates
        error += 0.01 * (abs(float(output - target[step])) - error)
        if step % options.learn_every == 0:
            # Recursive least squares; `inverse` runs after the inverse correlation of the rates.
            gain = inverse @ rates
            gain /= 1 + rates @ gain
            inverse -= torch.outer(gain, rates @ inverse)
            network.w -= (output - target[step]) * gain
        if step % 1000 == 0:
            print(f"step {step}: running error {error:.4f}")
        run.log({"train_loss": error, "weight_norm": network.w.norm()}, step=step)
        if run.should_stop():
            break


if __name__ == "__main__":
    main()
