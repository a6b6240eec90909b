"""Reads a PyTorch model: after the optimizer's step, without hooks, whatever it is wrapped in."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from torch import nn

from ..architecture import Architecture, Probe, strip_wrappers
from ..safetensors import Tensor
from ..source import Options
from ..warn import warn_once
from .cells import Core, find
from .probe import Capture, capture, probe_of
from .tensors import is_shard, whole, wire_tensor


def torch_source(model: Any, options: Options) -> TorchSource | None:
    """The source of a module; None for what is none."""
    return TorchSource(model, options) if isinstance(model, nn.Module) else None


class TorchSource:
    """The recurrent core of a module. The rest of the model is not sent."""

    def __init__(self, model: nn.Module, options: Options) -> None:
        self._model = model
        self._options = options
        self.core = self._core()
        self.architecture: Architecture = self.core.architecture
        self._flat = any(type(m).__name__ == "FullyShardedDataParallel" for m in model.modules())
        self._kept: dict[str, Tensor] | None = None
        self.needs_all_ranks = self._flat or any(is_shard(p) for p in model.parameters())

    def _core(self) -> Core:
        given = self._options.architecture
        if given is None:
            return find(self._model, self._options.core)
        names = [strip_wrappers(name) for name in self._model.state_dict()]
        chosen = {n: n.removeprefix(given.prefix) for n in names if n.startswith(given.prefix)}
        recurrent = tuple(n for n in chosen.values() if "weight_hh" in n)
        entry = dict(self._model.named_modules()).get(given.prefix.rstrip("."), self._model)
        return Core(self._model, given, chosen, recurrent, entry)

    def read(self) -> Mapping[str, Tensor]:
        prefix, dtype = self.architecture.prefix, self._options.dtype
        found = {
            prefix + self.core.names[name]: wire_tensor(tensor, dtype)
            for name, tensor in self._tensors().items()
        }
        if self._options.gradients:
            kept, self._kept = self._kept, None
            found.update(self._gradients() if kept is None else kept)
        return found

    def keep_gradients(self) -> None:
        if self._options.gradients:
            self._kept = self._gradients()

    def _tensors(self) -> dict[str, Any]:
        """The core's tensors by their own names."""
        if self._flat:
            # The parameters lie flattened in their wrapper, which gathers the whole model.
            path = self.architecture.prefix if self.core.module is not self._model else ""
            state = {strip_wrappers(n): t for n, t in self._model.state_dict().items()}
            return {name: state[path + name] for name in self.core.names}
        state = {strip_wrappers(n): t for n, t in self.core.module.state_dict().items()}
        # A parametrized tensor is not in the state, but the module still has it.
        return {
            name: whole(state[name] if name in state else self._attribute(name))
            for name in self.core.names
        }

    def _attribute(self, name: str) -> Any:
        return operator.attrgetter(name)(self.core.module)

    def _gradients(self) -> dict[str, Tensor]:
        parameters = {strip_wrappers(n): p for n, p in self.core.module.named_parameters()}
        found = {}
        for own, name in self.core.names.items():
            if name in self.core.recurrent and own in parameters:
                gradient = parameters[own].grad
                if gradient is not None:
                    wire = f"grad/{self.architecture.prefix}{name}"
                    found[wire] = wire_tensor(whole(gradient), self._options.dtype)
        if not found:
            warn_once("gradient", "no recurrent matrix has a gradient when it is published")
        return found

    def capture(self) -> AbstractContextManager[Capture]:
        """Sees what reaches the core while the model runs inside."""
        return capture(self.core)

    def probe(self, data: Any) -> Probe:
        return probe_of(self._model, self.core, data, self._options.protocol)
