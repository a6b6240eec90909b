"""What is to be trained: one `Plan` a network, networks of one shape together in a `Group`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: Where in the training a network is recorded, as fractions of its steps.
STAGES = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)


@dataclass(frozen=True)
class Shape:
    """What networks must have in common to be trained as one batch of networks."""

    cell: str
    hidden_size: int
    num_layers: int
    batch_size: int


@dataclass(frozen=True)
class Plan:
    """One training, complete: it determines the initial weights and the order of the data.

    scale: the core's weights and biases are drawn from U(-scale, scale); clip: the largest norm of
    a gradient, None for no limit; seed: of the weights; data_seed: of the order of the data;
    repeat_of: the run that starts from the same weights.
    """

    run: str
    scale: float
    learning_rate: float
    seed: int
    data_seed: int
    clip: float | None = None
    repeat_of: str | None = None

    def config(self, shape: Shape) -> dict[str, Any]:
        """The run's configuration as it is recorded; `group` keeps repetitions together."""
        settings = {name: value for name, value in asdict(self).items() if name != "run"}
        return {**asdict(shape), **settings, "group": self.repeat_of or self.run}


@dataclass(frozen=True)
class Group:
    """Networks of one shape, trained at once."""

    shape: Shape
    plans: tuple[Plan, ...]
