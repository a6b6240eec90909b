"""The two corpora on images read row by row: one of eight architectures, one as users sweep."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from .plan import Group, Plan, Shape

#: Vogt (2023), appendix A.3: the ranges of p in U(-p, p). Taken literally the cells that are
#: discretised differential equations saturate (W is used times a step, but inside a tanh): there
#: both ends are divided by the last number.
RANGES = {
    "rnn": (0.1, 3.0, 1),
    "lstm": (0.1, 3.0, 1),
    "gru": (0.1, 3.0, 1),
    "asrnn": (0.1, 50.0, 16),
    "cornn": (0.1, 30.0, 8),
    "lipschitz": (0.1, 20.0, 8),
    "noisy": (0.1, 5.0, 4),
    "lem": (0.1, 10.0, 4),
}
LEARNING_RATE = 0.01
LEARNING_RATES = (1e-3, 2e-2)
_HIDDEN = 64


def log_uniform(draw: random.Random, low: float, high: float) -> float:
    return math.exp(draw.uniform(math.log(low), math.log(high)))


def rows(networks: int, repeats: int, size: int, batch: int) -> Iterator[Group]:
    """`networks` of each architecture, `repeats` of them a second time with another order.

    The groups of the architectures take turns, so that a corpus cut short is short everywhere.
    """
    rounds = {
        cell: _rounds(Shape(cell, _HIDDEN, 1, batch), networks, repeats, size) for cell in RANGES
    }
    while rounds:
        for cell in list(rounds):
            group = next(rounds[cell], None)
            if group is None:
                del rounds[cell]
            else:
                yield group


def _rounds(shape: Shape, networks: int, repeats: int, size: int) -> Iterator[Group]:
    # Second trainings lie evenly among the first ones: what is done early has its ceiling, too.
    every = max(1, networks // repeats) if repeats else networks + 1
    plans: list[Plan] = []
    for index in range(networks):
        plans.append(_row(shape.cell, index))
        if index % every == 0 and index // every < repeats:
            plans.append(_again(plans[-1]))
    for begin in range(0, len(plans), size):
        yield Group(shape, tuple(plans[begin : begin + size]))


def _row(cell: str, index: int) -> Plan:
    draw = random.Random(f"smnist-rows {cell} {index}")
    low, high, divisor = RANGES[cell]
    scale = log_uniform(draw, low / divisor, high / divisor)
    varied = log_uniform(draw, *LEARNING_RATES)
    seed = draw.randrange(2**31)
    return Plan(
        f"smnist-rows-{cell}-{index:03}",
        scale,
        varied if index // 4 % 2 else LEARNING_RATE,
        seed,
        data_seed=seed + 1,
    )


def _again(plan: Plan) -> Plan:
    return Plan(
        plan.run + "-again",
        plan.scale,
        plan.learning_rate,
        plan.seed,
        data_seed=plan.data_seed + 1,
        repeat_of=plan.run,
    )


#: Networks of one shape in the sweep; part of the plan, since it decides who has which shape.
SWEEP_GROUP = 6


def sweep(networks: int) -> Iterator[Group]:
    """LSTM and GRU networks in which everything that users tune varies at once."""
    shapes = random.Random("smnist-sweep shapes")
    for number, begin in enumerate(range(0, networks, SWEEP_GROUP)):
        shape = Shape(
            ("lstm", "gru")[number % 2],
            (64, 32, 96, 48, 128)[number // 2 % 5],
            shapes.choice((1, 2)),
            shapes.choice((25, 50, 100)),
        )
        indices = range(begin, min(networks, begin + SWEEP_GROUP))
        yield Group(shape, tuple(_swept(index) for index in indices))


def _swept(index: int) -> Plan:
    draw = random.Random(f"smnist-sweep {index}")
    scale = log_uniform(draw, 0.03, 3.0)
    rate = log_uniform(draw, 3e-4, 3e-2)
    clip = draw.choice((None, 0.1, 1.0, 10.0))
    seed = draw.randrange(2**31)
    return Plan(f"smnist-sweep-{index:03}", scale, rate, seed, data_seed=seed + 1, clip=clip)
