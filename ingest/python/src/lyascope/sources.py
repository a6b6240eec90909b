"""Where weights are read from. What knows a framework lives in that framework's file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from .source import Options, Source, UnknownModelError


def source_of(model: Any, options: Options) -> Source:
    """The source for a model of any framework.

    Raises UnknownModelError where nothing in it can be measured.
    """
    if isinstance(model, Mapping):
        return _arrays(model, options)
    for framework, make in _FRAMEWORKS.items():
        if framework in sys.modules:
            source = make(model, options)
            if source is not None:
                return source
    # Asked last: a module can be called, too, but returns no weights.
    if callable(model) and options.architecture is not None:
        return _arrays(model, options)
    raise UnknownModelError(f"a {type(model).__name__} is no model that Lyascope knows")


def _arrays(model: Any, options: Options) -> Source:
    from .arrays import ArraySource

    return ArraySource(model, options)


def _torch(model: Any, options: Options) -> Source | None:
    from .torch.source import torch_source

    return torch_source(model, options)


def _keras(model: Any, options: Options) -> Source | None:
    from .keras_source import keras_source

    return keras_source(model, options)


_FRAMEWORKS: Mapping[str, Callable[[Any, Options], Source | None]] = {
    # On its PyTorch backend a model of Keras is a module, too.
    "keras": _keras,
    "torch": _torch,
}
