"""What reaches the recurrent core when the model sees a batch: embedded, one-hot, as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from ..architecture import Probe
from .cells import Core
from .tensors import wire_tensor

#: A probe of the first sequences is enough: the error bars of the exponents are over them.
SEQUENCES = 16
INPUTS = 256
STEPS, BURN_IN = 120, 20


class Capture:
    """What the core was driven with during one forward pass."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._steps: list[torch.Tensor] = []
        self._inputs: torch.Tensor | None = None
        self._h0: torch.Tensor | None = None

    def __call__(
        self, module: nn.Module, arguments: tuple[Any, ...], named: Mapping[str, Any] | None = None
    ) -> None:
        values = [*arguments, *(named or {}).values()]
        if self._inputs is not None or not values:
            return
        if not self._steps:
            self._h0 = self._start(values[1] if len(values) > 1 else None)
        inputs = values[0]
        if isinstance(inputs, PackedSequence):
            padded, lengths = pad_packed_sequence(inputs, batch_first=True)
            self._inputs = padded[:SEQUENCES, : int(lengths[:SEQUENCES].min())].detach().clone()
        elif self._core.architecture.cell == "feedforward":
            self._inputs = inputs.detach().flatten(0, -2)[:INPUTS].clone()
        elif self._is_step(inputs):
            # A cell that is called step by step: its calls are the sequence.
            if len(self._steps) < 10 * STEPS:
                self._steps.append(
                    inputs.detach().reshape(-1, inputs.shape[-1])[:SEQUENCES].clone()
                )
        else:
            self._inputs = self._batch_first(inputs.detach())[:SEQUENCES].clone()

    def _is_step(self, inputs: torch.Tensor) -> bool:
        return inputs.dim() < 3 and not isinstance(self._core.module, nn.RNNBase)

    def _batch_first(self, inputs: torch.Tensor) -> torch.Tensor:
        if inputs.dim() == 2:
            return inputs.unsqueeze(0)
        return inputs if getattr(self._core.module, "batch_first", True) else inputs.transpose(0, 1)

    def _start(self, state: Any) -> torch.Tensor | None:
        """The state a model begins with, where it is not zero: [h of all layers, then c]."""
        if state is None or not isinstance(self._core.module, (nn.RNNBase, nn.RNNCellBase)):
            return None
        parts = state if isinstance(state, tuple) else (state,)
        rows = []
        for part in parts:
            layers = part if part.dim() == 3 else part.unsqueeze(0)
            rows.append(layers.detach().transpose(0, 1).flatten(1))
        h0 = torch.cat(rows, dim=1)[:SEQUENCES]
        return h0.clone() if bool(h0.any()) else None

    def probe(self, protocol: Mapping[str, Any] | None, source: str = "validation") -> Probe:
        """The probe of what was seen.

        Raises ValueError where the core was never called.
        """
        inputs = torch.stack(self._steps, dim=1) if self._steps else self._inputs
        if inputs is None:
            raise ValueError("the model never called its recurrent core on this batch")
        if self._core.architecture.cell != "feedforward":
            protocol = protocol or _protocol(inputs.shape[1])
            inputs = inputs[:, : _length(protocol)]
        tensors = {"inputs": wire_tensor(inputs)}
        if self._h0 is not None and self._h0.shape[0] == inputs.shape[0]:
            tensors["h0"] = wire_tensor(self._h0)
        return Probe(tensors, source, protocol)

    @property
    def is_empty(self) -> bool:
        return self._inputs is None and not self._steps


def _protocol(steps: int) -> Mapping[str, Any] | None:
    """The default, or for shorter sequences the same share of it as burn-in."""
    return None if steps >= BURN_IN + STEPS else {"burn_in": steps * BURN_IN // (BURN_IN + STEPS)}


def _length(protocol: Mapping[str, Any] | None) -> int:
    fields = protocol or {}
    if fields.get("name") and "steps" not in fields:
        return 10 * STEPS
    defaults = {"warmup": 0, "burn_in": BURN_IN, "steps": STEPS}
    return sum(int(fields.get(name, default)) for name, default in defaults.items())


@contextmanager
def capture(core: Core) -> Iterator[Capture]:
    """Sees the inputs of the core while the model runs inside; nothing stays behind."""
    seen = Capture(core)
    try:
        handle = core.entry.register_forward_pre_hook(seen, with_kwargs=True)
    except TypeError:  # PyTorch 1 has no keywords for hooks.
        handle = core.entry.register_forward_pre_hook(seen)
    try:
        yield seen
    finally:
        handle.remove()


def probe_of(model: nn.Module, core: Core, data: Any, protocol: Mapping[str, Any] | None) -> Probe:
    """Runs the model once on a batch and leaves it, and the random numbers, as they were.

    Of a rate network without inputs the batch is what it starts from: [sequences, units].
    """
    if core.architecture.cell == "rate" and core.architecture.input_size == 0:
        return Probe({"h0": wire_tensor(data)}, "synthetic", protocol)
    modes = [(module, module.training) for module in model.modules()]
    devices = [torch.cuda.current_device()] if torch.cuda.is_available() else []
    with torch.random.fork_rng(devices), torch.no_grad(), capture(core) as seen:
        try:
            model.eval()
            _forward(model, _batch(data))
        finally:
            for module, training in modes:
                module.training = training
    return seen.probe(protocol)


def _batch(data: Any) -> Any:
    """The inputs of the first batch of whatever holds batches."""
    if isinstance(data, (torch.Tensor, Mapping, PackedSequence)):
        return data
    if isinstance(data, (tuple, list)):
        return data[0]
    return _batch(next(iter(data)))


def _forward(model: nn.Module, batch: Any) -> None:
    model = getattr(model, "_orig_mod", model)
    # What a wrapper for data-parallel training adds is between processes, and not wanted here.
    if isinstance(model, nn.parallel.DistributedDataParallel):
        model = model.module
    device = next(model.parameters()).device

    def there(value: Any) -> Any:
        return value.to(device) if hasattr(value, "to") else value

    if isinstance(batch, Mapping):
        model(**{name: there(value) for name, value in batch.items()})
    else:
        model(there(batch))
