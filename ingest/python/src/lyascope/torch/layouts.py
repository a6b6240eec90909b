"""The cells of the literature, known by the names of their tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from torch import nn


@dataclass(frozen=True)
class Layout:
    """A cell known by its tensors.

    tensors, optional: names in the module. recurrent: as in `Core`. rows: the tensor with a row per
    unit. columns: the one with a column per input, behind which come `inner` columns per unit.
    hyper: constants of the cell, each the name of an attribute or the value itself. extra: those
    that may be absent. wire: what goes before the names on the wire.
    """

    cell: str
    tensors: tuple[str, ...]
    recurrent: tuple[str, ...]
    rows: str
    columns: str
    hyper: Mapping[str, Any] = field(default_factory=dict)
    inner: int = 0
    optional: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    wire: str = ""
    nonlinear: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_LIPSCHITZ = ("B", "C", "E.weight", "E.bias")
_OPTIONAL = ("alpha", "order")

#: More than one may fit; the first does. The attributes are those of the authors' public code.
LAYOUTS = [
    Layout(
        "noisy",
        (*_LIPSCHITZ, "d"),
        ("B", "C"),
        "B",
        "E.weight",
        _same("beta", "gamma_a", "gamma_w"),
        extra=_OPTIONAL,
    ),
    Layout(
        "lipschitz",
        _LIPSCHITZ,
        ("B", "C"),
        "B",
        "E.weight",
        _same("beta", "gamma_a", "gamma_w", "eps"),
        extra=_OPTIONAL,
    ),
    Layout(
        "cornn",
        ("wy.weight", "wz.weight", "V.weight", "V.bias"),
        ("wy.weight", "wz.weight"),
        "V.weight",
        "V.weight",
        _same("dt", "gamma", "epsilon"),
    ),
    Layout(
        "cornn",
        ("i2h.weight", "i2h.bias"),
        ("cell.i2h.weight",),
        "i2h.weight",
        "i2h.weight",
        _same("dt", "gamma", "epsilon"),
        inner=2,
        wire="cell.",
    ),
    Layout(
        "lem",
        tuple(
            f"{part}.{kind}"
            for part in ("inp2hid", "hid2hid", "transform_z")
            for kind in ("weight", "bias")
        ),
        ("cell.hid2hid.weight", "cell.transform_z.weight"),
        "transform_z.weight",
        "inp2hid.weight",
        _same("dt"),
        wire="cell.",
    ),
    Layout(
        "asrnn",
        ("weight_ih", "weight_hh", "bias"),
        ("weight_hh",),
        "weight_hh",
        "weight_ih",
        _same("eps", "gamma"),
    ),
    Layout(
        "rate",
        ("weight_hh",),
        ("weight_hh",),
        "weight_hh",
        "weight_ih",
        _same("dt"),
        optional=("weight_ih", "bias", "u", "w"),
        extra=("sigma",),
        nonlinear=True,
    ),
]

_registered: dict[type[nn.Module], list[Layout]] = {}


def register(module: type[nn.Module], cell: str, hyper: Mapping[str, Any] | None = None) -> None:
    """Says that modules of this class are a cell of the wire format.

    Their tensors must have the names of docs/wire-format.md. hyper: the cell's constants, each the
    name of an attribute or a number. Raises ValueError for a cell that has no layout.
    """
    layouts = [layout for layout in LAYOUTS if layout.cell == cell]
    if not layouts:
        known = ", ".join(sorted({layout.cell for layout in LAYOUTS}))
        raise ValueError(f"cell is {cell!r}, wanted one of {known}")
    constants = dict(hyper or {})
    _registered[module] = [
        replace(layout, hyper={**layout.hyper, **constants}) for layout in layouts
    ]


def layouts_of(module: nn.Module) -> list[Layout]:
    """What a module may be: as its class was registered, or else any."""
    return _registered.get(type(module), LAYOUTS)
