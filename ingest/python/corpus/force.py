"""Target learning: a chaotic rate network learns a sum of four sines by FORCE.

Only the readout w changes, and with it the rank-one term of J + u w^T, by recursive least squares:
D. Sussillo and L. F. Abbott, Neuron 63, 544 (2009). The task is that of Vogt (2023), appendix A.1.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from .plan import STAGES, Group, Plan, Shape
from .training import Stage

DT = 0.1
PERIOD = 60.0
EPOCH_STEPS = 1200
LEARN_EVERY = 2
#: How many starting points the autonomous network is measured from.
PROBE_STARTS = 4


@dataclass
class Network:
    """h' = (1 - dt) h + dt (J tanh h + u z) with z = w . tanh h, and what it should say."""

    weights: dict[str, Tensor]
    h: Tensor
    inverse: Tensor
    target: Tensor

    @staticmethod
    def begin(plan: Plan, units: int) -> Network:
        """`scale` of the plan is g; the target's frequencies and amplitudes are the run's own."""
        draw = torch.Generator().manual_seed(plan.seed)
        weights = {
            "weight_hh": plan.scale * torch.randn(units, units, generator=draw) / units**0.5,
            "u": 2 * torch.rand(units, generator=draw) - 1,
            "w": torch.zeros(units),
        }
        h = torch.randn(units, generator=draw) / 2
        return Network(weights, h, torch.eye(units), _four_sines(plan.data_seed))

    def say(self) -> tuple[Tensor, Tensor]:
        """One step on; returns the rates and the readout."""
        rates = torch.tanh(self.h)
        z = self.weights["w"] @ rates
        drive = torch.addmv(self.weights["u"] * z, self.weights["weight_hh"], rates)
        self.h = self.h.lerp(drive, DT)
        rates = torch.tanh(self.h)
        return rates, self.weights["w"] @ rates

    def learn(self, step: int) -> float:
        """One step on, and every other time a correction; returns the error before it."""
        rates, z = self.say()
        error = float(z - self.target[step % len(self.target)])
        if step % LEARN_EVERY == 0:
            filtered = self.inverse @ rates
            gain = filtered / (1 + float(rates @ filtered))
            self.inverse.addr_(gain, filtered, alpha=-1)
            self.weights["w"] = self.weights["w"] - error * gain
        return error

    def validate(self) -> float:
        """The mean absolute error over one epoch without learning; the state is put back."""
        before = self.h
        errors = [abs(float(self.say()[1] - wanted)) for wanted in self.target]
        self.h = before
        return sum(errors) / len(errors)


def _four_sines(seed: int) -> Tensor:
    draw = random.Random(seed)
    time = torch.arange(EPOCH_STEPS) * DT * 2 * math.pi / PERIOD
    parts = [(draw.randint(1, 6), draw.randint(1, 11)) for _ in range(4)]
    total = sum(amplitude for _, amplitude in parts)
    waves = [amplitude * torch.sin(frequency * time) for frequency, amplitude in parts]
    return torch.stack(waves).sum(0) * (1.5 / total)


def train(group: Group, epochs: int) -> Iterator[Stage]:
    """The stages of the only network of the group."""
    (plan,) = group.plans
    network = Network.begin(plan, group.shape.hidden_size)
    total = epochs * EPOCH_STEPS
    stages = {round(fraction * total): fraction for fraction in STAGES}
    error = math.nan
    for step in range(total + 1):
        if step in stages:
            scalars = {"val_loss": network.validate()}
            if step > 0:
                scalars["train_loss"] = error
            tensors = {name: w.clone()[None] for name, w in network.weights.items()}
            numbers = {name: torch.tensor([value]) for name, value in scalars.items()}
            yield Stage(step, stages[step], tensors, numbers)
        size = abs(network.learn(step))
        error = size if math.isnan(error) else error + (size - error) / EPOCH_STEPS


def groups(networks: int, units: int) -> Iterator[Group]:
    """As many networks of g = 1.1, 1.2, ... 2.0, in turn; a group is one network."""
    for index in range(networks):
        draw = random.Random(f"target-learning {index}")
        seed = draw.randrange(2**31)
        g = 1.1 + 0.1 * (index % 10)
        plan = Plan(f"target-learning-{index:03}", round(g, 1), 1.0, seed, seed + 1)
        yield Group(Shape("rate", units, 1, 1), (plan,))
