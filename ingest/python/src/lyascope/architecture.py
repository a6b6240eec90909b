"""Which network the tensors of a snapshot make up, and the fixed batch on which it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .safetensors import Tensor

CELLS = tuple(
    "rnn lstm gru asrnn cornn lipschitz noisy lem rate feedforward".split()  # noqa: SIM905
)

#: What torch.compile, DDP and FSDP put in front of a parameter's name.
WRAPPERS = ("module.", "_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.")


@dataclass(frozen=True)
class Architecture:
    """A cell of the wire format.

    cell: one of CELLS; prefix: what comes before the names of the core's tensors; nonlinearity: for
    rnn, rate and feedforward; hyper: the cell's further constants. Sizes that the tensors tell may
    be None.
    """

    cell: str
    input_size: int | None = None
    hidden_size: int | None = None
    num_layers: int | None = None
    bias: bool = True
    prefix: str = ""
    nonlinearity: str | None = None
    hyper: Mapping[str, float | bool | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise ValueError(f"cell is {self.cell!r}, wanted one of {', '.join(CELLS)}")

    def fields(self) -> dict[str, Any]:
        """The fields of the wire format; what is not known is left out."""
        fields: dict[str, Any] = {
            "cell": self.cell,
            "input_size": self.input_size,
            "hidden_size": self.hidden_size,
            "num_layers": self.num_layers,
            "bias": self.bias,
            "prefix": self.prefix,
            "nonlinearity": self.nonlinearity,
            "hyper": dict(self.hyper),
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Probe:
    """The fixed batch.

    tensors: `inputs` [sequences, steps, input size] as the recurrent core sees them ([inputs, size]
    for feedforward), optionally `h0`, `q0` and the others of the wire format. source: `validation`,
    `training` or `synthetic`. protocol: how to measure; None takes the monitor's own.
    """

    tensors: Mapping[str, Tensor]
    source: str = "validation"
    protocol: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.source not in ("validation", "training", "synthetic"):
            raise ValueError(f"source is {self.source!r}, wanted validation, training or synthetic")


def strip_wrappers(name: str) -> str:
    """A parameter's own name, whatever the model is wrapped in, however often."""
    stripped = name
    for wrapper in WRAPPERS:
        if stripped.startswith(wrapper):
            stripped = stripped[len(wrapper) :]
        stripped = stripped.replace("." + wrapper, ".")
    return stripped if stripped == name else strip_wrappers(stripped)
