"""Recurrent cores for many networks at once: every tensor has the network as its first axis.

The equations and tensor names are those of the wire format; `tests/test_corpus.py` compares each
cell with its single-network counterpart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from .scans import GruScan, LemScan, LstmScan, scan

Weights = Mapping[str, Tensor]
Shapes = dict[str, tuple[int, ...]]
State = tuple[Tensor, ...]


@dataclass(frozen=True)
class Cell:
    """A recurrent core.

    shapes: of its tensors, from the sizes of input and hidden state and the number of layers;
    layer: the outputs [networks, steps, batch, hidden] of layer k; hyper: the constants it is
    published with; constants: tensors that are no weights, with the value they keep.
    """

    shapes: Callable[[int, int, int], Shapes]
    layer: Callable[[Weights, Tensor, int], Tensor]
    hyper: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, float] = field(default_factory=dict)

    def outputs(self, weights: Weights, x: Tensor, layers: int) -> Tensor:
        """The last layer's h (or y) at every step of x [networks, steps, batch, inputs]."""
        for k in range(layers):
            x = self.layer(weights, x, k)
        return x


def affine(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """W x + b at every step of x."""
    networks, steps, batch, inputs = x.shape
    flat = torch.baddbmm(bias[:, None], x.reshape(networks, -1, inputs), weight.mT)
    return flat.view(networks, steps, batch, -1)


def unroll(
    drive: Tensor, step: Callable[[Tensor, State], State], size: int, states: int = 1
) -> Tensor:
    """The first state vector after every step, beginning with zeros."""
    state: State = (drive.new_zeros(drive.shape[0], drive.shape[2], size),) * states
    outputs = []
    for now in drive.unbind(1):
        state = step(now, state)
        outputs.append(state[0])
    return torch.stack(outputs, 1)


def _identity(like: Tensor) -> Tensor:
    return torch.eye(like.shape[-1], device=like.device)


def _gated(gates: int) -> Callable[[int, int, int], Shapes]:
    def shapes(inputs: int, hidden: int, layers: int) -> Shapes:
        tensors: Shapes = {}
        for k in range(layers):
            tensors[f"weight_ih_l{k}"] = (gates * hidden, hidden if k else inputs)
            tensors[f"weight_hh_l{k}"] = (gates * hidden, hidden)
            tensors[f"bias_ih_l{k}"] = (gates * hidden,)
            tensors[f"bias_hh_l{k}"] = (gates * hidden,)
        return tensors

    return shapes


def _rnn(w: Weights, x: Tensor, k: int) -> Tensor:
    matrix = w[f"weight_hh_l{k}"].mT
    drive = affine(x, w[f"weight_ih_l{k}"], w[f"bias_ih_l{k}"] + w[f"bias_hh_l{k}"])
    return unroll(drive, lambda a, h: (torch.tanh(torch.bmm(h[0], matrix) + a),), matrix.shape[1])


def _lstm(w: Weights, x: Tensor, k: int) -> Tensor:
    drive = affine(x, w[f"weight_ih_l{k}"], w[f"bias_ih_l{k}"] + w[f"bias_hh_l{k}"])
    return scan(LstmScan, drive, w[f"weight_hh_l{k}"].mT)


def _gru(w: Weights, x: Tensor, k: int) -> Tensor:
    drive = affine(x, w[f"weight_ih_l{k}"], w[f"bias_ih_l{k}"])
    return scan(GruScan, drive, w[f"weight_hh_l{k}"].mT, w[f"bias_hh_l{k}"][:, None])


ASRNN = {"eps": 0.1, "gamma": 0.01}


def _asrnn(w: Weights, x: Tensor, _: int) -> Tensor:
    u = w["weight_hh"]
    matrix = (u - u.mT - ASRNN["gamma"] * _identity(u)).mT

    def step(drive: Tensor, state: State) -> State:
        (h,) = state
        return (h + ASRNN["eps"] * torch.tanh(torch.bmm(h, matrix) + drive),)

    return unroll(affine(x, w["weight_ih"], w["bias"]), step, u.shape[1])


CORNN = {"dt": 0.1, "gamma": 2.7, "epsilon": 4.7}


def _cornn(w: Weights, x: Tensor, _: int) -> Tensor:
    inputs = x.shape[-1]
    weight = w["cell.i2h.weight"]
    matrix = weight[..., inputs:].mT

    def step(drive: Tensor, state: State) -> State:
        y, z = state
        change = torch.tanh(torch.bmm(torch.cat((z, y), 2), matrix) + drive)
        z = z + CORNN["dt"] * (change - CORNN["gamma"] * y - CORNN["epsilon"] * z)
        return y + CORNN["dt"] * z, z

    drive = affine(x, weight[..., :inputs], w["cell.i2h.bias"])
    return unroll(drive, step, weight.shape[1], states=2)


LIPSCHITZ = {"beta": 0.75, "gamma_a": 0.001, "gamma_w": 0.001, "alpha": 1.0}
STEP = 0.1
NOISE = 0.01


def _mixed(m: Tensor, gamma: float) -> Tensor:
    beta = LIPSCHITZ["beta"]
    return beta * (m - m.mT) + (1 - beta) * (m + m.mT) - gamma * _identity(m)


def _change(w: Weights) -> Callable[[Tensor, Tensor], Tensor]:
    """h A + tanh(h W + drive), both products as one (`order` row)."""
    parts = (_mixed(w["B"], LIPSCHITZ["gamma_a"]), _mixed(w["C"], LIPSCHITZ["gamma_w"]))
    matrix = torch.cat(parts, 2)

    def change(h: Tensor, drive: Tensor) -> Tensor:
        linear, inner = torch.bmm(h, matrix).chunk(2, 2)
        return linear + torch.tanh(inner + drive)

    return change


def _lipschitz(w: Weights, x: Tensor, _: int) -> Tensor:
    change = _change(w)
    drive = affine(x, w["E.weight"], w["E.bias"])
    return unroll(drive, lambda a, h: (h[0] + STEP * change(h[0], a),), w["B"].shape[1])


def _noisy(w: Weights, x: Tensor, _: int) -> Tensor:
    change, step = _change(w), w["d"][:, None]

    def noisy(drive: Tensor, state: State) -> State:
        (h,) = state
        h = h + step * change(h, drive)
        # Noise belongs to training alone.
        return (h + NOISE * torch.randn_like(h) if torch.is_grad_enabled() else h,)

    return unroll(affine(x, w["E.weight"], w["E.bias"]), noisy, w["B"].shape[1])


LEM = {"dt": 0.5}


def _lem(w: Weights, x: Tensor, _: int) -> Tensor:
    size = w["cell.transform_z.bias"].shape[1]
    # Every product's bias is a constant of its rows of the drive (dt1, dt2, z, y).
    own, inner = w["cell.hid2hid.bias"], w["cell.transform_z.bias"]
    bias = w["cell.inp2hid.bias"] + torch.cat((own[:, : 2 * size], inner, own[:, 2 * size :]), 1)
    drive = affine(x, w["cell.inp2hid.weight"], bias)
    matrices = w["cell.hid2hid.weight"].mT, w["cell.transform_z.weight"].mT
    return scan(LemScan, drive, *matrices, LEM["dt"])


def _lem_shapes(inputs: int, hidden: int, _: int) -> Shapes:
    return {
        "cell.inp2hid.weight": (4 * hidden, inputs),
        "cell.inp2hid.bias": (4 * hidden,),
        "cell.hid2hid.weight": (3 * hidden, hidden),
        "cell.hid2hid.bias": (3 * hidden,),
        "cell.transform_z.weight": (hidden, hidden),
        "cell.transform_z.bias": (hidden,),
    }


def _asrnn_shapes(inputs: int, hidden: int, _: int) -> Shapes:
    return {"weight_ih": (hidden, inputs), "weight_hh": (hidden, hidden), "bias": (hidden,)}


def _cornn_shapes(inputs: int, hidden: int, _: int) -> Shapes:
    return {"cell.i2h.weight": (hidden, inputs + 2 * hidden), "cell.i2h.bias": (hidden,)}


def _lipschitz_shapes(inputs: int, hidden: int, _: int) -> Shapes:
    square = (hidden, hidden)
    return {"B": square, "C": square, "E.weight": (hidden, inputs), "E.bias": (hidden,)}


CELLS: Mapping[str, Cell] = {
    "rnn": Cell(_gated(1), _rnn),
    "lstm": Cell(_gated(4), _lstm),
    "gru": Cell(_gated(3), _gru),
    "asrnn": Cell(_asrnn_shapes, _asrnn, ASRNN),
    "cornn": Cell(_cornn_shapes, _cornn, CORNN),
    "lipschitz": Cell(_lipschitz_shapes, _lipschitz, {**LIPSCHITZ, "eps": STEP}),
    "noisy": Cell(_lipschitz_shapes, _noisy, LIPSCHITZ, {"d": STEP}),
    "lem": Cell(_lem_shapes, _lem, LEM),
}
