"""The corpus generator: its batched cells are the known ones, its runs are what was planned."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

import cells as single
from corpus.cells import CELLS

NETWORKS, BATCH, STEPS, INPUTS, HIDDEN = 2, 3, 5, 4, 6


def core(cell: str, layers: int) -> nn.Module:
    """One network of torch, or of the example that wraps its cell as `cell`."""
    if cell in ("rnn", "lstm", "gru"):
        kind = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell]
        return kind(INPUTS, HIDDEN, layers, batch_first=True)
    return single.CELLS[cell](INPUTS, HIDDEN)


def outputs(module: nn.Module, x: Tensor) -> Tensor:
    if isinstance(module, nn.RNNBase):
        return module(x)[0]
    states = getattr(module, "states", 1)
    state = [torch.zeros(BATCH, HIDDEN) for _ in range(states)]
    seen = []
    for t in range(STEPS):
        answer = module(x[:, t], tuple(state) if states > 1 else state[0])
        state = list(answer) if states > 1 else [answer]
        seen.append(state[0])
    return torch.stack(seen, 1)


@pytest.mark.parametrize(
    ("cell", "layers"), [(cell, 1) for cell in CELLS] + [("lstm", 2), ("gru", 2), ("rnn", 2)]
)
def test_batched_cells_compute_what_single_ones_do(cell: str, layers: int) -> None:
    torch.manual_seed(3)
    modules = [core(cell, layers).eval() for _ in range(NETWORKS)]
    x = torch.randn(NETWORKS, BATCH, STEPS, INPUTS)
    shapes = CELLS[cell].shapes(INPUTS, HIDDEN, layers)
    wrapper = "cell." if cell in ("cornn", "lem") else ""
    with torch.no_grad():
        for module in modules:
            for parameter in module.parameters():
                if parameter.requires_grad:
                    parameter.uniform_(-0.8, 0.8)
        weights = {
            wrapper + name: torch.stack([dict(m.named_parameters())[name] for m in modules])
            for name in dict(modules[0].named_parameters())
        }
        batched = CELLS[cell].outputs(weights, x.transpose(1, 2), layers)
        wanted = torch.stack([outputs(m, s) for m, s in zip(modules, x, strict=True)])
    trained = {name for name in weights if name not in CELLS[cell].constants}
    assert trained == set(shapes)
    assert all(weights[name].shape[1:] == shape for name, shape in shapes.items())
    torch.testing.assert_close(batched.transpose(1, 2), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cell", ["lstm", "gru", "lem"])
def test_written_out_gradients_are_those_of_central_differences(cell: str) -> None:
    torch.manual_seed(4)
    shapes = CELLS[cell].shapes(2, 3, 1)
    weights = {n: torch.randn(1, *shape, dtype=torch.float64) for n, shape in shapes.items()}
    x = torch.randn(1, 4, 2, 2, dtype=torch.float64)
    goal = torch.randn(1, 4, 2, 3, dtype=torch.float64)

    def value(*tensors: Tensor) -> Tensor:
        named = dict(zip(weights, tensors, strict=True))
        return (CELLS[cell].outputs(named, x, 1) * goal).sum()

    inputs = [tensor.requires_grad_() for tensor in weights.values()]
    assert torch.autograd.gradcheck(value, inputs)
