"""The eight recurrent cells of Vogt's dissertation, each a step from (input, state) to state."""

import torch
from torch import Tensor, nn


class AsRnn(nn.Module):
    """Antisymmetric: h' = h + eps tanh((U - U^T - gamma I) h + W x + b)."""

    eps, gamma = 0.1, 0.01

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.weight_ih = nn.Parameter(torch.randn(hidden, inputs) / inputs**0.5)
        self.weight_hh = nn.Parameter(torch.randn(hidden, hidden) / hidden**0.5)
        self.bias = nn.Parameter(torch.zeros(hidden))

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        skew = self.weight_hh - self.weight_hh.T - self.gamma * torch.eye(h.shape[1])
        return h + self.eps * torch.tanh(h @ skew.T + x @ self.weight_ih.T + self.bias)


class CoRnn(nn.Module):
    """Coupled oscillators; the state is y and their velocity z."""

    dt, gamma, epsilon, states = 0.1, 2.7, 4.7, 2

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.i2h = nn.Linear(inputs + 2 * hidden, hidden)

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        y, z = state
        drive = torch.tanh(self.i2h(torch.cat((x, z, y), 1)))
        z = z + self.dt * (drive - self.gamma * y - self.epsilon * z)
        return y + self.dt * z, z


class Lem(nn.Module):
    """Long expressive memory; the state is y and z."""

    dt, states = 0.5, 2

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.inp2hid = nn.Linear(inputs, 4 * hidden)
        self.hid2hid = nn.Linear(hidden, 3 * hidden)
        self.transform_z = nn.Linear(hidden, hidden)

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        y, z = state
        i1, i2, iz, iy = self.inp2hid(x).chunk(4, 1)
        h1, h2, hy = self.hid2hid(y).chunk(3, 1)
        t1, t2 = self.dt * torch.sigmoid(i1 + h1), self.dt * torch.sigmoid(i2 + h2)
        z = (1 - t2) * z + t2 * torch.tanh(iy + hy)
        return (1 - t1) * y + t1 * torch.tanh(self.transform_z(z) + iz), z


class Lipschitz(nn.Module):
    """h' = h + eps (A h + tanh(W h + U x + b)), A and W mostly antisymmetric."""

    beta, gamma_a, gamma_w, eps = 0.75, 0.001, 0.001, 0.1

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.B = nn.Parameter(torch.randn(hidden, hidden) / hidden)
        self.C = nn.Parameter(torch.randn(hidden, hidden) / hidden)
        self.E = nn.Linear(inputs, hidden)

    def mixed(self, m: Tensor, gamma: float) -> Tensor:
        skew, even = self.beta * (m - m.T), (1 - self.beta) * (m + m.T)
        return skew + even - gamma * torch.eye(len(m))

    def change(self, x: Tensor, h: Tensor) -> Tensor:
        a, w = self.mixed(self.B, self.gamma_a), self.mixed(self.C, self.gamma_w)
        return h @ a + torch.tanh(h @ w + self.E(x))

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        return h + self.eps * self.change(x, h)


class Noisy(Lipschitz):
    """The same with a step per unit and noise while it trains."""

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__(inputs, hidden)
        self.d = nn.Parameter(torch.full((hidden,), 0.1), requires_grad=False)

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        noise = 0.01 * torch.randn_like(h) if self.training else 0.0
        return h + self.d * self.change(x, h) + noise


CELLS = {
    "rnn": nn.RNNCell,
    "lstm": nn.LSTMCell,
    "gru": nn.GRUCell,
    "asrnn": AsRnn,
    "cornn": CoRnn,
    "lem": Lem,
    "lipschitz": Lipschitz,
    "noisy": Noisy,
}
