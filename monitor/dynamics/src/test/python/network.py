"""One step of a recurrent network in double, and its Jacobian by autograd."""

import math

import numpy as np
import torch
from torch import Tensor, nn

from equations import Equations

MODULES = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class _Tanh(torch.autograd.Function):
    """tanh whose derivative does not underflow where tanh rounds to one."""

    @staticmethod
    def forward(context, a: Tensor) -> Tensor:
        context.save_for_backward(a)
        return torch.tanh(a)

    @staticmethod
    def backward(context, gradient: Tensor) -> Tensor:
        (a,) = context.saved_tensors
        decay = torch.exp(-2 * a.abs())
        return gradient * 4 * decay / (1 + decay) ** 2


class _Sigmoid(torch.autograd.Function):
    """The logistic function, likewise."""

    @staticmethod
    def forward(context, a: Tensor) -> Tensor:
        context.save_for_backward(a)
        return torch.sigmoid(a)

    @staticmethod
    def backward(context, gradient: Tensor) -> Tensor:
        (a,) = context.saved_tensors
        decay = torch.exp(-a.abs())
        return gradient * decay / (1 + decay) ** 2


class TorchOps:
    """What the equations need, in torch."""

    tanh = staticmethod(_Tanh.apply)
    sigmoid = staticmethod(_Sigmoid.apply)
    relu = staticmethod(torch.relu)
    hardtanh = staticmethod(nn.functional.hardtanh)
    sqrt = staticmethod(math.sqrt)


class Network:
    """A recurrent core whose whole state is one flat vector.

    The order is [h^1 .. h^L] and after it, where there is more, [c^1 .. c^L] or z. Every step of a
    cell that PyTorch has as a module is checked against that module.
    """

    def __init__(self, architecture: dict, tensors: dict[str, np.ndarray]) -> None:
        weights = {name: torch.from_numpy(values.copy()) for name, values in tensors.items()}
        self.equations = Equations(architecture, weights, TorchOps)
        self.hidden = architecture["hidden_size"]
        self.time_step = self.equations.time_step
        self.module = _module(architecture, weights)

    @property
    def h_size(self) -> int:
        return self.equations.h_parts * self.hidden

    @property
    def state_size(self) -> int:
        return self.equations.parts * self.hidden

    def activity(self, h: np.ndarray) -> np.ndarray | None:
        """phi(h), of rate networks only."""
        if self.equations.cell != "rate":
            return None
        return self.equations.phi(torch.from_numpy(h)).numpy()

    def step(self, state: Tensor, drive: dict[str, Tensor]) -> Tensor:
        """The next flat state [S] for one row of everything that drives it."""
        new = torch.cat(self.equations.step(list(state.split(self.hidden)), drive))
        if self.module is not None:
            _require_close(new.detach(), self._by_module(state.detach(), drive["inputs"]))
        return new

    def _by_module(self, state: Tensor, x: Tensor) -> Tensor:
        lstm = isinstance(self.module, nn.LSTM)
        parts = [part.reshape(-1, 1, self.hidden) for part in state.split(self.h_size)]
        _, new = self.module(x.reshape(1, 1, -1), tuple(parts) if lstm else parts[0])
        return torch.cat([part.reshape(-1) for part in (new if lstm else (new,))])

    def step_and_jacobian(
        self, state: Tensor, drive: dict[str, Tensor], measured: int
    ) -> tuple[Tensor, Tensor]:
        """The next state and the derivative of its first `measured` entries.

        The derivative is taken by the first `measured` entries of the old state, at the old state
        and with the current input. With only h measured, the old c of an LSTM is thus a constant,
        while the new c is differentiated through.
        """
        free = state[:measured].clone().requires_grad_(True)
        new = self.step(torch.cat([free, state[measured:]]), drive)
        rows = [torch.autograd.grad(new[i], free, retain_graph=True)[0] for i in range(measured)]
        return new.detach(), torch.stack(rows)


def _module(architecture: dict, weights: dict[str, Tensor]) -> nn.Module | None:
    if architecture["cell"] not in MODULES:
        return None
    options = {}
    if architecture["cell"] == "rnn":
        options["nonlinearity"] = architecture.get("nonlinearity") or "tanh"
    module = MODULES[architecture["cell"]](
        architecture["input_size"], architecture["hidden_size"],
        architecture.get("num_layers") or 1, bias=architecture.get("bias", True),
        **options).double().requires_grad_(False)
    module.load_state_dict({name: weights[name] for name in module.state_dict()}, strict=True)
    return module


def _require_close(ours: Tensor, theirs: Tensor) -> None:
    if not torch.allclose(ours, theirs, rtol=1e-12, atol=1e-13):
        raise AssertionError(f"the equations give {ours}, PyTorch's module {theirs}")
