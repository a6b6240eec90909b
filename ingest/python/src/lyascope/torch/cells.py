"""Which modules are cells of the wire format, told by type or by the names of their tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from torch import nn

from ..architecture import Architecture, strip_wrappers
from ..source import UnknownModelError
from .layouts import Layout, layouts_of

NONLINEARITIES: Mapping[type[nn.Module], str] = {nn.Tanh: "tanh", nn.ReLU: "relu"}
_SILENT = (nn.Dropout, nn.Identity, nn.Flatten)
_READOUTS = (nn.Softmax, nn.LogSoftmax, nn.Identity, nn.Dropout)


@dataclass(frozen=True)
class Core:
    """The part of a model that is measured.

    names: its own tensors' names to those of the wire format; recurrent: those (of the wire) whose
    gradients say how the dynamics is trained; entry: the module whose input drives it.
    """

    module: nn.Module
    architecture: Architecture
    names: Mapping[str, str]
    recurrent: tuple[str, ...]
    entry: nn.Module

    @property
    def weights(self) -> int:
        return sum(p.numel() for p in self.module.parameters())


def find(model: nn.Module, path: str | None = None) -> Core:
    """The measurable part of a model: at a path, or the one with most weights.

    Raises UnknownModelError, which says what was looked for.
    """
    refused: list[UnknownModelError] = []
    for recognise in (_recurrent, _by_layout, _feedforward):
        # What reads out of a layer that is refused is not what the model is about.
        if refused and recognise is _feedforward:
            raise refused[0]
        found = list(_candidates(model, path, recognise, refused))
        if found:
            return max(found, key=lambda core: core.weights)
    where = "the model" if path is None else f"the module {path!r}"
    raise UnknownModelError(
        f"{where} ({type(model).__name__}) holds no nn.RNN, nn.LSTM, nn.GRU, no known cell and no"
        " nn.Sequential of nn.Linear and one activation"
    )


Recognise = Callable[[nn.Module, str], Core | None]


def _candidates(
    model: nn.Module, path: str | None, recognise: Recognise, refused: list[UnknownModelError]
) -> Iterator[Core]:
    for name, module in model.named_modules():
        own = strip_wrappers(name + ".").rstrip(".")
        if path is None or own == path:
            try:
                core = recognise(module, own + "." if own else "")
            except UnknownModelError as e:
                refused.append(e)
                continue
            if core is not None:
                yield core


def _recurrent(module: nn.Module, prefix: str) -> Core | None:
    """PyTorch's own layers and cells."""
    layers = {nn.RNN: "rnn", nn.LSTM: "lstm", nn.GRU: "gru"}
    steps = {nn.RNNCell: "rnn", nn.LSTMCell: "lstm", nn.GRUCell: "gru"}
    kind = next((c for t, c in {**layers, **steps}.items() if isinstance(module, t)), None)
    if kind is None:
        return None
    if getattr(module, "bidirectional", False) or getattr(module, "proj_size", 0):
        raise UnknownModelError(f"{prefix or 'the model'} is bidirectional or has a projection")
    is_layer = isinstance(module, nn.RNNBase)
    count = int(module.num_layers) if is_layer else 1  # type: ignore[arg-type]
    parts = (
        ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        if module.bias
        else (
            "weight_ih",
            "weight_hh",
        )
    )
    names = {
        (f"{part}_l{k}" if is_layer else part): f"{part}_l{k}"
        for k in range(count)
        for part in parts
    }
    architecture = Architecture(
        cell=kind,
        input_size=int(module.input_size),  # type: ignore[arg-type]
        hidden_size=int(module.hidden_size),  # type: ignore[arg-type]
        num_layers=count,
        bias=bool(module.bias),
        prefix=prefix,
        nonlinearity=str(module.nonlinearity) if kind == "rnn" else None,
    )
    recurrent = tuple(f"weight_hh_l{k}" for k in range(count))
    return Core(module, architecture, names, recurrent, module)


def _by_layout(module: nn.Module, prefix: str) -> Core | None:
    """Cells of the literature."""
    tensors = {**dict(module.named_parameters()), **dict(module.named_buffers())}
    for layout in layouts_of(module):
        if tensors.keys() >= set(layout.tensors):
            hyper = _hyper(module, layout)
            if hyper is not None:
                return _core_of(module, prefix, layout, hyper, tensors)
    return None


def _core_of(
    module: nn.Module,
    prefix: str,
    layout: Layout,
    hyper: dict[str, Any],
    tensors: Mapping[str, Any],
) -> Core:
    present = [*layout.tensors, *(name for name in layout.optional if name in tensors)]
    # The public models call their cell `cell`; whatever it is called here, the wire says `cell.`.
    parent = prefix.rstrip(".").rpartition(".")[0] if layout.wire else prefix.rstrip(".")
    units = int(tensors[layout.rows].shape[0])
    driven = tensors.get(layout.columns)
    architecture = Architecture(
        cell=layout.cell,
        input_size=0 if driven is None else int(driven.shape[1]) - layout.inner * units,
        hidden_size=units,
        prefix=parent + "." if parent else "",
        nonlinearity=str(getattr(module, "nonlinearity", "tanh")) if layout.nonlinear else None,
        hyper=hyper,
    )
    wire = {name: layout.wire + name for name in present}
    return Core(module, architecture, wire, layout.recurrent, module)


def _hyper(module: nn.Module, layout: Layout) -> dict[str, Any] | None:
    """The cell's constants; None where one is not there."""
    found: dict[str, Any] = {}
    for name, attribute in layout.hyper.items():
        value = getattr(module, attribute, None) if isinstance(attribute, str) else attribute
        if value is None:
            return None
        found[name] = float(value)
    for name in layout.extra:
        value = getattr(module, name, None)
        if value is not None:
            found[name] = value if isinstance(value, str) else float(value)
    return found


def _feedforward(module: nn.Module, prefix: str) -> Core | None:
    """Linear layers with one kind of activation between them and none behind the last."""
    if not isinstance(module, nn.Sequential):
        return None
    children = [c for c in module.named_children() if not isinstance(c[1], _SILENT)]
    while children and isinstance(children[-1][1], _READOUTS):
        children.pop()
    linear = children[::2]
    activations = {type(c) for _, c in children[1::2]}
    if len(linear) < 2 or len(children) % 2 == 0 or len(activations) != 1:
        return None
    nonlinearity = NONLINEARITIES.get(activations.pop())
    if nonlinearity is None or not all(isinstance(c, nn.Linear) for _, c in linear):
        return None
    names = {
        f"{name}.{kind}": f"layers.{index}.{kind}"
        for index, (name, layer) in enumerate(linear)
        for kind, _ in layer.named_parameters()
    }
    architecture = Architecture(
        cell="feedforward",
        input_size=int(linear[0][1].in_features),  # type: ignore[arg-type]
        bias=linear[0][1].bias is not None,
        prefix=prefix,
        nonlinearity=nonlinearity,
    )
    recurrent = tuple(f"layers.{index}.weight" for index in range(len(linear) - 1))
    return Core(module, architecture, names, recurrent, linear[0][1])
