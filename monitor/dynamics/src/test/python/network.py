"""One step of a recurrent network, PyTorch's own modules in double, and its Jacobian by autograd."""

import numpy as np
import torch
from torch import Tensor, nn

CORES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Network:
    """A recurrent core whose whole state is one flat vector.

    The order is [h^1 .. h^L] and, for an LSTM, [h^1 .. h^L, c^1 .. c^L].
    """

    def __init__(self, architecture: dict, tensors: dict[str, np.ndarray]) -> None:
        self.cell = architecture["cell"]
        self.hidden = architecture["hidden_size"]
        self.layers = architecture.get("num_layers", 1)
        options = {}
        if self.cell == "rnn":
            options["nonlinearity"] = architecture.get("nonlinearity") or "tanh"
        self.module = CORES[self.cell](
            architecture["input_size"], self.hidden, self.layers,
            bias=any(name.startswith("bias") for name in tensors), **options).double()
        weights = {name: torch.from_numpy(values.copy()) for name, values in tensors.items()}
        self.module.load_state_dict(
            {name: weights[name] for name in self.module.state_dict()}, strict=True)
        for parameter in self.module.parameters():
            parameter.requires_grad_(False)

    @property
    def h_size(self) -> int:
        return self.layers * self.hidden

    @property
    def state_size(self) -> int:
        return self.h_size * (2 if self.cell == "lstm" else 1)

    def step(self, state: Tensor, x: Tensor) -> Tensor:
        """The next flat state [S] for one input [D]."""
        parts = [part.reshape(self.layers, 1, self.hidden) for part in state.split(self.h_size)]
        carried = tuple(parts) if self.cell == "lstm" else parts[0]
        _, new = self.module(x.reshape(1, 1, -1), carried)
        return torch.cat([part.reshape(-1) for part in (new if self.cell == "lstm" else (new,))])

    def step_and_jacobian(self, state: Tensor, x: Tensor, measured: int) -> tuple[Tensor, Tensor]:
        """The next state and the derivative of its first `measured` entries.

        The derivative is taken by the first `measured` entries of the old state, at the old state
        and with the current input. With only h measured, the old c of an LSTM is thus a constant,
        while the new c is differentiated through.
        """
        free = state[:measured].clone().requires_grad_(True)
        new = self.step(torch.cat([free, state[measured:]]), x)
        rows = [torch.autograd.grad(new[i], free, retain_graph=True)[0] for i in range(measured)]
        return new.detach(), torch.stack(rows)
