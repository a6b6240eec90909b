"""Where weights are read from. What knows a framework lives in that framework's file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
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

    def probe(self, data: Any) -> Probe:
        """Makes a probe of what the user gave: a batch, a loader, or the core's inputs."""


def source_of(model: Any, options: Options) -> Source:
    """The source for a model of any framework.

    Raises UnknownModelError where nothing in it can be measured.
    """
    if isinstance(model, Mapping) or (callable(model) and options.architecture is not None):
        from .arrays import ArraySource

        return ArraySource(model, options)
    for framework, make in _FRAMEWORKS.items():
        if framework in sys.modules:
            source = make(model, options)
            if source is not None:
                return source
    raise UnknownModelError(f"a {type(model).__name__} is no model that Lyascope knows")


def _torch(model: Any, options: Options) -> Source | None:
    from .torch.source import torch_source

    return torch_source(model, options)


def _keras(model: Any, options: Options) -> Source | None:
    from .keras import keras_source

    return keras_source(model, options)


_FRAMEWORKS: Mapping[str, Callable[[Any, Options], Source | None]] = {
    # On its PyTorch backend a model of Keras is a module, too.
    "keras": _keras,
    "torch": _torch,
}
