"""Small models of every kind that is recognised."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class CharModel(nn.Module):
    """Embeds, runs, reads out."""

    def __init__(self, core: type[nn.RNNBase] = nn.LSTM, **options: object) -> None:
        super().__init__()
        self.embedding = nn.Embedding(5, 3)
        self.rnn = core(3, 6, batch_first=True, **options)  # type: ignore[arg-type]
        self.head = nn.Linear(6, 5)

    def forward(self, tokens: Tensor) -> Tensor:
        states, _ = self.rnn(self.embedding(tokens))
        return self.head(states)


class Stepped(nn.Module):
    """Calls a cell step by step, as the public codes do."""

    def __init__(self, cell: nn.Module, classes: int = 4) -> None:
        super().__init__()
        self.cell = cell
        self.readout = nn.Linear(6, classes)

    def forward(self, inputs: Tensor) -> Tensor:
        state = None
        for step in inputs.transpose(0, 1):
            state = self.cell(step, state)
        return self.readout(state[0] if isinstance(state, tuple) else state)


class AsRnn(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.eps, self.gamma = 0.1, 0.02
        self.weight_ih = nn.Parameter(torch.randn(6, 3))
        self.weight_hh = nn.Parameter(torch.randn(6, 6) / 3)
        self.bias = nn.Parameter(torch.zeros(6))

    def forward(self, x: Tensor, h: Tensor | None) -> Tensor:
        h = x.new_zeros(len(x), 6) if h is None else h
        a = self.weight_hh - self.weight_hh.T - self.gamma * torch.eye(6).to(h)
        return h + self.eps * torch.tanh(h @ a.T + x @ self.weight_ih.T + self.bias)


class CoRnn(nn.Module):
    """The layout of the public code: columns x, z, y."""

    def __init__(self) -> None:
        super().__init__()
        self.dt, self.gamma, self.epsilon = 0.1, 2.7, 4.7
        self.i2h = nn.Linear(3 + 12, 6)

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor]:
        y, z = state or (x.new_zeros(len(x), 6), x.new_zeros(len(x), 6))
        drive = torch.tanh(self.i2h(torch.cat((x, z, y), 1)))
        z = z + self.dt * (drive - self.gamma * y - self.epsilon * z)
        return y + self.dt * z, z


class Lem(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.dt = 0.5
        self.inp2hid = nn.Linear(3, 24)
        self.hid2hid = nn.Linear(6, 18)
        self.transform_z = nn.Linear(6, 6)

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor]:
        y, z = state or (x.new_zeros(len(x), 6), x.new_zeros(len(x), 6))
        i1, i2, iz, iy = self.inp2hid(x).chunk(4, 1)
        h1, h2, hy = self.hid2hid(y).chunk(3, 1)
        t1, t2 = self.dt * torch.sigmoid(i1 + h1), self.dt * torch.sigmoid(i2 + h2)
        z = (1 - t2) * z + t2 * torch.tanh(iy + hy)
        return (1 - t1) * y + t1 * torch.tanh(self.transform_z(z) + iz), z


class Lipschitz(nn.Module):
    def __init__(self, noisy: bool = False) -> None:
        super().__init__()
        self.beta, self.gamma_a, self.gamma_w, self.eps = 0.75, 0.001, 0.001, 0.1
        self.B = nn.Parameter(torch.randn(6, 6) / 6)
        self.C = nn.Parameter(torch.randn(6, 6) / 6)
        self.E = nn.Linear(3, 6)
        if noisy:
            self.register_buffer("d", torch.full((6,), 0.1))

    def mixed(self, m: Tensor, gamma: float) -> Tensor:
        eye = torch.eye(6).to(m)
        return self.beta * (m - m.T) + (1 - self.beta) * (m + m.T) - gamma * eye

    def forward(self, x: Tensor, h: Tensor | None) -> Tensor:
        h = x.new_zeros(len(x), 6) if h is None else h
        a, w = self.mixed(self.B, self.gamma_a), self.mixed(self.C, self.gamma_w)
        step = self.d if hasattr(self, "d") else self.eps
        return h + step * (h @ a + torch.tanh(h @ w + self.E(x)))


CELLS = {
    "asrnn": AsRnn,
    "cornn": CoRnn,
    "lem": Lem,
    "lipschitz": Lipschitz,
    "noisy": lambda: Lipschitz(noisy=True),
    "lstm": lambda: nn.LSTMCell(3, 6),
    "gru": lambda: nn.GRUCell(3, 6),
    "rnn": lambda: nn.RNNCell(3, 6),
}
