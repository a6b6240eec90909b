"""PyTorch models: what is recognised in them, and what is sent of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import torch
from torch import nn

import lyascope
from fakes import FakeMonitor
from lyascope.safetensors import read
from lyascope.source import Options, UnknownModelError
from lyascope.torch.cells import find
from lyascope.torch.layouts import register
from lyascope.torch.source import TorchSource
from servers import java
from torch_models import CELLS, CharModel, Stepped


@pytest.mark.parametrize(
    ("model", "cell", "prefix", "layers"),
    [
        (CharModel(nn.LSTM), "lstm", "rnn.", 1),
        (CharModel(nn.GRU, num_layers=2), "gru", "rnn.", 2),
        (CharModel(nn.RNN, nonlinearity="relu"), "rnn", "rnn.", 1),
        (CharModel(nn.LSTM, bias=False), "lstm", "rnn.", 1),
        (nn.GRU(3, 6), "gru", "", 1),
    ],
)
def test_layers_of_pytorch_are_recognised(
    model: nn.Module, cell: str, prefix: str, layers: int
) -> None:
    source = TorchSource(model, Options())
    found = source.architecture
    assert (found.cell, found.prefix, found.num_layers) == (cell, prefix, layers)
    assert (found.input_size, found.hidden_size) == (3, 6)
    assert found.nonlinearity == ("relu" if cell == "rnn" else None)
    state = {n: t for n, t in model.state_dict().items() if n.startswith(prefix)}
    assert set(source.read()) == {n for n in state if "head" not in n and "embed" not in n}
    for name, tensor in source.read().items():
        assert tensor.shape == tuple(state[name].shape)
        assert tensor.numbers() == state[name].flatten().tolist()


PROTOCOL = {"burn_in": 4, "orthonormalize_every": 1, "initial_basis": "identity"}


@pytest.mark.parametrize("cell", CELLS)
def test_cells_are_recognised_and_measured(cell: str, tmp_path: Path, monkeypatch) -> None:
    """What the Java side measures of a file is what automatic differentiation says of the model."""
    torch.manual_seed(1)
    monkeypatch.setenv("LYASCOPE_MODE", "offline")
    monkeypatch.setenv("LYASCOPE_RUN", cell)
    model = Stepped(CELLS[cell]()).double()
    inputs = torch.randn(5, 28, 3).double()
    run = lyascope.init()
    run.watch(model, probe=inputs, protocol=PROTOCOL, dtype="F64")
    run.publish(1)
    run.finish()
    folder = tmp_path / "runs" / cell
    assert json.loads((folder / "run.json").read_text())["architecture"]["cell"] == cell
    probe = read((folder / "probe.safetensors").read_bytes())
    assert probe.tensors["inputs"].shape == (5, 28, 3)
    result = analyze(folder)
    assert "error" not in result, result
    wanted = exponents(
        model.cell, torch.tensor(probe.tensors["inputs"].numbers()).reshape(5, 28, 3).double()
    )
    measured = torch.tensor(result["exponents"], dtype=torch.float64)
    assert torch.allclose(measured, wanted, atol=1e-6)


def exponents(cell: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """Benettin's algorithm with autograd's Jacobians, one sequence after the other."""
    parts = 1 if torch.is_tensor(cell(inputs[:1, 0], None)) else 2

    def step(state: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        rows = tuple(state.reshape(parts, 1, 6))
        new = cell(x[None], rows if parts == 2 else rows[0])
        return torch.cat(new if parts == 2 else (new,), 1)[0]

    sums = torch.zeros(6 * parts).double()
    for sequence in inputs:
        state, q = torch.zeros(6 * parts).double(), torch.eye(6 * parts).double()
        for t, x in enumerate(sequence):
            jacobian = torch.autograd.functional.jacobian(lambda h: step(h, x), state)  # noqa: B023
            q, r = torch.linalg.qr(jacobian @ q)
            state = step(state, x).detach()
            if t >= PROTOCOL["burn_in"]:
                sums += r.diagonal().abs().log()
    return (sums / len(inputs) / (inputs.shape[1] - PROTOCOL["burn_in"])).sort(descending=True)[0]


def analyze(folder: Path) -> dict:
    """The measurement of a recording's only snapshot, by the Java side."""
    (snapshot,) = (folder / "snapshots").iterdir()
    probe = str(folder / "probe.safetensors")
    arguments = ["analyze", str(snapshot), "--probe", probe, "--json"]
    done = subprocess.run(
        [*java(), "io.lyascope.server.Main", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


def test_wrappers_do_not_show_in_names() -> None:
    model = CharModel()
    plain = TorchSource(model, Options()).read()

    class Wrapped(nn.Module):
        def __init__(self, inner: nn.Module) -> None:
            super().__init__()
            self.module = inner

    for wrapped in (torch.compile(model), Wrapped(model), torch.compile(Wrapped(Wrapped(model)))):
        source = TorchSource(wrapped, Options())
        assert source.architecture.prefix == "rnn."
        assert source.read() == plain


def test_the_core_with_most_weights_is_taken_unless_one_is_named() -> None:
    model = nn.ModuleDict({"small": nn.GRU(3, 4), "large": nn.LSTM(3, 40)})
    assert find(model).architecture.prefix == "large."
    assert find(model, "small").architecture.cell == "gru"
    with pytest.raises(UnknownModelError, match="'middle'"):
        find(model, "middle")


@pytest.mark.parametrize(
    "model",
    [
        nn.LSTM(3, 6, bidirectional=True),
        nn.LSTM(3, 6, proj_size=2),
        nn.Linear(3, 3),
        nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 3)),
        nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.BatchNorm1d(3), nn.Linear(3, 3)),
        nn.TransformerEncoderLayer(8, 2),
    ],
)
def test_what_cannot_be_measured_is_said_and_only_numbers_are_sent(
    model: nn.Module, monitor: FakeMonitor, caplog: pytest.LogCaptureFixture
) -> None:
    run = lyascope.init()
    run.watch(model)
    run.log({"train_loss": torch.tensor(1.0, requires_grad=True)}, step=1)
    run.finish()
    assert "only scalars are published" in caplog.text
    assert monitor.of("scalars")[0].json()["values"] == {"train_loss": 1.0}
    assert monitor.of("snapshots") == []


def test_a_class_may_be_registered_as_a_cell() -> None:
    class Rate(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight_hh = nn.Parameter(torch.eye(4))
            self.u = nn.Parameter(torch.ones(4))
            self.w = nn.Parameter(torch.ones(4))
            self.time_step = 0.25

    with pytest.raises(UnknownModelError):
        find(Rate())
    register(Rate, "rate", {"dt": "time_step", "sigma": 0.5})
    core = find(nn.ModuleDict({"net": Rate()}))
    assert core.architecture.fields()["hyper"] == {"dt": 0.25, "sigma": 0.5}
    assert core.architecture.prefix == "net." and core.architecture.nonlinearity == "tanh"
    assert set(core.names.values()) == {"weight_hh", "u", "w"}
    with pytest.raises(ValueError, match="wanted one of"):
        register(Rate, "perceptron")


def test_an_architecture_given_by_the_user_is_taken_as_it_is() -> None:
    given = lyascope.Architecture("lstm", 3, 6, 1, prefix="rnn.")
    source = TorchSource(CharModel(), Options(architecture=given))
    assert set(source.read()) == set(TorchSource(CharModel(), Options()).read())


@pytest.mark.parametrize(("dtype", "width"), [("F64", 8), ("F32", 4), ("F16", 2), ("BF16", 2)])
def test_numbers_are_those_of_the_type_asked_for(dtype: str, width: int) -> None:
    model = CharModel()
    types = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16}
    wanted = model.rnn.weight_hh_l0.to(types.get(dtype, torch.bfloat16))
    sent = TorchSource(model, Options(dtype=dtype)).read()["rnn.weight_hh_l0"]
    assert len(sent.data) == width * wanted.numel()
    assert sent.numbers() == wanted.flatten().tolist()


def test_gradients_of_the_recurrent_matrices_go_along_if_asked_for(monitor: FakeMonitor) -> None:
    model = CharModel(nn.GRU, num_layers=2)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    run = lyascope.init()
    run.watch(model, gradients=True)
    model(torch.zeros(2, 7, dtype=torch.long)).sum().backward()
    wanted = model.rnn.weight_hh_l1.grad.flatten().tolist()
    optimizer.step()
    run.log({"train_loss": 1.0}, step=1)
    optimizer.zero_grad()
    run.finish()
    tensors = monitor.of("snapshots")[0].file().tensors
    gradients = {name for name in tensors if name.startswith("grad/")}
    assert gradients == {"grad/rnn.weight_hh_l0", "grad/rnn.weight_hh_l1"}
    assert tensors["grad/rnn.weight_hh_l1"].numbers() == wanted


def test_a_parametrized_weight_is_sent_as_the_network_uses_it() -> None:
    model = CharModel(nn.RNN)
    nn.utils.parametrizations.orthogonal(model.rnn, "weight_hh_l0")
    sent = TorchSource(model, Options()).read()["rnn.weight_hh_l0"]
    matrix = torch.tensor(sent.numbers()).reshape(6, 6)
    assert torch.allclose(matrix @ matrix.T, torch.eye(6), atol=1e-5)


def test_a_training_sends_the_weights_of_its_steps(monitor: FakeMonitor) -> None:
    """A real training: what is sent at a step is what the model was after it."""
    torch.manual_seed(3)
    model = CharModel()
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    tokens = torch.randint(0, 5, (8, 21))
    run = lyascope.init("tests", "training", total_steps=6)
    run.watch(model, probe=tokens)
    after: dict[int, list[float]] = {}
    for step in range(6):
        logits = model(tokens[:, :-1])
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        run.log({"train_loss": loss}, step=step)
        run.publish(step)
        after[step] = model.rnn.weight_hh_l0.flatten().tolist()
    run.finish()
    sent = {int(r.file().metadata["lyascope.step"]): r.file() for r in monitor.of("snapshots")}
    assert 5 in sent
    for step, file in sent.items():
        assert file.tensors["rnn.weight_hh_l0"].numbers() == after[step]


def test_a_module_whose_architecture_is_given_is_read_as_a_module(monitor: FakeMonitor) -> None:
    """It can be called, too, as a function that returns arrays can."""
    model = CharModel()
    tokens = torch.randint(0, 5, (4, 20))
    run = lyascope.init("tests")
    given = {"cell": "lstm", "input_size": 3, "hidden_size": 6, "num_layers": 1, "prefix": "rnn."}
    run.watch(model, architecture=given, probe=tokens)
    run.publish(1)
    run.finish()
    sent = monitor.of("snapshots")[0].file().tensors
    assert sent["rnn.weight_hh_l0"].numbers() == model.rnn.weight_hh_l0.flatten().tolist()
    assert {name for name in sent if not name.startswith("rnn.")} == set()
    assert monitor.of("probe")[0].file().tensors["inputs"].shape == (4, 20, 3)


class TwoLayers(nn.Module):
    """Of which the bigger one runs in both directions."""

    def __init__(self, core: nn.Module) -> None:
        super().__init__()
        self.encoder = nn.LSTM(3, 8, bidirectional=True, batch_first=True)
        self.core = core


def test_a_bidirectional_layer_does_not_hide_another() -> None:
    assert find(TwoLayers(nn.GRU(16, 6))).architecture.prefix == "core."
    head = nn.Sequential(nn.Linear(16, 5), nn.ReLU(), nn.Linear(5, 2))
    for model, path in ((TwoLayers(nn.GRU(16, 6)), "encoder"), (TwoLayers(head), None)):
        with pytest.raises(UnknownModelError, match="bidirectional"):
            find(model, path)


def test_gradients_that_are_not_there_are_said_to_be_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As with parameters that a wrapper has flattened or computes anew."""
    model = nn.RNN(3, 6)
    nn.utils.parametrizations.weight_norm(model, "weight_hh_l0")
    model(torch.randn(5, 2, 3))[0].sum().backward()
    sent = TorchSource(model, Options(gradients=True)).read()
    assert "weight_hh_l0" in sent and "grad/weight_hh_l0" not in sent
    assert "gradient" in caplog.text
