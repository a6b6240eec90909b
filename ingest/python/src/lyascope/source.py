"""What is asked of a model that is watched, whatever it is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .architecture import Architecture, Probe
from .safetensors import WIDTHS, Tensor


class UnknownModelError(ValueError):
    """Nothing in the model is a network that Lyascope can measure."""


@dataclass(frozen=True)
class Options:
    """How a model is read.

    dtype: of the wire; gradients: whether those of the recurrent matrices go along; core: the path
    of the recurrent module where a model has several; architecture: where it cannot be recognised;
    protocol: for the probe.
    """

    dtype: str = "F32"
    gradients: bool = False
    core: str | None = None
    architecture: Architecture | None = None
    protocol: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.dtype not in WIDTHS:
            raise ValueError(f"dtype is {self.dtype!r}, wanted one of {', '.join(WIDTHS)}")


class Source(Protocol):
    """A model that is watched."""

    @property
    def architecture(self) -> Architecture:
        """What is sent with every snapshot."""

    @property
    def needs_all_ranks(self) -> bool:
        """Whether reading gathers from other processes."""

    def read(self) -> Mapping[str, Tensor]:
        """Copies the weights as they are now: later steps do not change what is returned."""

    def keep_gradients(self) -> None:
        """Copies the gradients, if they are wanted, for the next `read`."""

    def probe(self, data: Any) -> Probe:
        """Makes a probe of what the user gave: a batch, a loader, or the core's inputs."""
