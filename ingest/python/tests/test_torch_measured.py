"""What the Java side measures of PyTorch models is what automatic differentiation says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

import lyascope
from test_torch import analyze
from torch_models import CharModel

STEPS, BURN_IN = 24, 4
PROTOCOL = {"burn_in": BURN_IN, "orthonormalize_every": 1, "initial_basis": "identity"}


@pytest.fixture
def recording(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("LYASCOPE_MODE", "offline")
    monkeypatch.setenv("LYASCOPE_RUN", "run")
    return tmp_path / "runs/run"


def measured(recording: Path, model: nn.Module, **options: Any) -> dict[str, Any]:
    run = lyascope.init()
    run.watch(model, dtype="F64", **options)
    run.publish(1)
    run.finish()
    result = analyze(recording)
    assert "error" not in result, result
    return result


def test_gradients_reach_the_measurement(recording: Path) -> None:
    torch.manual_seed(1)
    model = CharModel(nn.RNN).double()
    model(torch.randint(0, 5, (4, 20))).square().sum().backward()
    gradient = model.rnn.weight_hh_l0.grad
    found = measured(recording, model, probe=torch.randint(0, 5, (4, 20)), gradients=True)
    s = torch.linalg.svdvals(gradient)
    wanted = float(s.square().sum() / s.sum().square())
    assert abs(found["gradient"]["participation_ratio"] - wanted) < 1e-9
    assert [block["block"] for block in found["gradient"]["alignment"]] == [0]


def test_a_feedforward_network_is_measured(recording: Path) -> None:
    torch.manual_seed(1)
    layers = [nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 3)]
    model = nn.Sequential(*layers).double()
    inputs = torch.randn(5, 2)
    found = measured(recording, model, probe=inputs.double())
    hidden = model[:-1]
    wanted = [
        torch.linalg.svdvals(torch.autograd.functional.jacobian(hidden, x))[0].log().item() / 2
        for x in inputs.double()
    ]
    assert torch.allclose(torch.tensor(found["finite_time"]["per_input"]), torch.tensor(wanted))


class Rate(nn.Module):
    """Sompolinsky's network in steps of Euler's method."""

    dt = 0.1

    def __init__(self) -> None:
        super().__init__()
        self.weight_hh = nn.Parameter(1.5 * torch.randn(6, 6) / 6**0.5)

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        return h + self.dt * (-h + self.weight_hh @ torch.tanh(h))


def test_a_rate_network_is_measured(recording: Path) -> None:
    torch.manual_seed(1)
    model = Rate().double()
    starts = torch.randn(3, 6)
    protocol = {**PROTOCOL, "steps": STEPS}
    found = measured(recording, model, probe=starts, protocol=protocol)
    sums = torch.zeros(6).double()
    for h in starts.double():
        q = torch.eye(6).double()
        for t in range(BURN_IN + STEPS):
            q, r = torch.linalg.qr(torch.autograd.functional.jacobian(model, h) @ q)
            h = model(h).detach()
            if t >= BURN_IN:
                sums += r.diagonal().abs().log()
    wanted = (sums / len(starts) / STEPS / Rate.dt).sort(descending=True)[0]
    assert torch.allclose(torch.tensor(found["exponents"]).double(), wanted, atol=1e-6)


def test_a_compiled_model_that_has_run_is_read_and_probed(recording: Path) -> None:
    torch.manual_seed(1)
    model = CharModel(nn.RNN).double()
    tokens = torch.randint(0, 5, (4, 28))
    compiled = torch.compile(model, backend="eager")
    optimizer = torch.optim.SGD(compiled.parameters(), 0.1)
    compiled(tokens).square().sum().backward()
    optimizer.step()
    ours = measured(recording, compiled, probe=tokens, protocol=PROTOCOL)
    assert ours["cell"] == "rnn" and len(ours["exponents"]) == 6
    after = compiled(tokens)
    assert torch.equal(after, model(tokens)) and not model.rnn._forward_pre_hooks
