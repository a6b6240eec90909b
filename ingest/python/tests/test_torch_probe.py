"""The probe is what reaches the recurrent core, and taking it leaves no trace."""

from __future__ import annotations

import json

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence
from torch.utils.data import DataLoader, TensorDataset

import lyascope
from fakes import FakeMonitor
from lyascope.safetensors import Tensor
from lyascope.source import Options
from lyascope.torch.source import TorchSource
from torch_models import CharModel


def numbers(tensor: Tensor) -> torch.Tensor:
    return torch.tensor(tensor.numbers()).reshape(tensor.shape)


def test_embedded_inputs_are_those_that_the_core_sees() -> None:
    model = CharModel()
    tokens = torch.randint(0, 5, (4, 150))
    probe = TorchSource(model, Options()).probe(tokens)
    assert torch.equal(numbers(probe.tensors["inputs"]), model.embedding(tokens[:, :140]).detach())
    assert probe.source == "validation" and probe.protocol is None


def test_short_sequences_get_a_shorter_burn_in() -> None:
    probe = TorchSource(CharModel(), Options()).probe(torch.zeros(2, 28, dtype=torch.long))
    assert probe.tensors["inputs"].shape == (2, 28, 3) and probe.protocol == {"burn_in": 4}


def test_a_protocol_says_how_much_is_kept() -> None:
    options = Options(protocol={"burn_in": 2, "warmup": 1, "steps": 5})
    probe = TorchSource(CharModel(), options).probe(torch.zeros(40, 28, dtype=torch.long))
    assert probe.tensors["inputs"].shape == (16, 8, 3)
    assert probe.protocol == {"burn_in": 2, "warmup": 1, "steps": 5}


@pytest.mark.parametrize("form", ["pair", "loader", "mapping"])
def test_a_batch_may_come_in_any_form(form: str) -> None:
    tokens = torch.randint(0, 5, (4, 10))
    loader = DataLoader(TensorDataset(tokens, tokens), batch_size=4)
    data = {"pair": (tokens, tokens), "loader": loader, "mapping": {"tokens": tokens}}[form]
    model = CharModel()
    probe = TorchSource(model, Options()).probe(data)
    assert torch.equal(numbers(probe.tensors["inputs"]), model.embedding(tokens).detach())


def test_time_first_inputs_are_turned() -> None:
    inputs = torch.randn(30, 4, 3)
    probe = TorchSource(nn.LSTM(3, 6), Options()).probe(inputs)
    assert torch.equal(numbers(probe.tensors["inputs"]), inputs.transpose(0, 1))


def test_packed_sequences_are_cut_to_the_shortest() -> None:
    packed = pack_sequence([torch.ones(9, 3), torch.ones(6, 3)])
    probe = TorchSource(nn.GRU(3, 6), Options()).probe(packed)
    assert probe.tensors["inputs"].shape == (2, 6, 3)


def test_a_state_that_the_model_begins_with_is_sent_in_the_order_of_the_engine() -> None:
    class Started(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn = nn.LSTM(3, 2, num_layers=2, batch_first=True)

        def forward(self, inputs: torch.Tensor) -> torch.Tensor:
            layers = torch.arange(2.0).reshape(2, 1, 1).expand(2, len(inputs), 2).contiguous()
            return self.rnn(inputs, (layers + 1, layers + 3))[0]

    probe = TorchSource(Started(), Options()).probe(torch.randn(2, 10, 3))
    assert numbers(probe.tensors["h0"]).tolist() == [[1, 1, 2, 2, 3, 3, 4, 4]] * 2


def test_taking_a_probe_changes_neither_modes_nor_random_numbers_nor_hooks() -> None:
    model = nn.Sequential(CharModel(), nn.Dropout(0.5), nn.BatchNorm1d(10))
    model.train()
    model[2].eval()
    loader = DataLoader(TensorDataset(torch.randint(0, 5, (8, 10))), batch_size=4, shuffle=True)
    torch.manual_seed(5)
    wanted = torch.rand(3)
    torch.manual_seed(5)
    TorchSource(model, Options()).probe(loader)
    assert torch.equal(torch.rand(3), wanted)
    assert model.training and model[0].rnn.training and not model[2].training
    assert int(model[2].num_batches_tracked) == 0
    assert not [m for m in model.modules() if m._forward_pre_hooks]


def test_a_batch_that_the_model_does_not_take_costs_only_the_probe(
    monitor: FakeMonitor, caplog: pytest.LogCaptureFixture
) -> None:
    model = CharModel()
    run = lyascope.init()
    run.watch(model, probe=torch.randn(2, 2, 2, 2))
    run.log({"train_loss": 1.0}, step=1)
    run.finish()
    assert "probe went wrong" in caplog.text
    assert monitor.of("probe") == [] and len(monitor.of("snapshots")) == 1
    assert model.training


def test_a_probe_may_be_pinned(monitor: FakeMonitor) -> None:
    pinned = lyascope.Probe(
        {"inputs": lyascope.Tensor.of([0.5] * 24, (2, 4, 3))}, "synthetic", {"burn_in": 1}
    )
    run = lyascope.init()
    run.watch(CharModel(), probe=pinned)
    run.finish()
    (sent,) = monitor.of("probe")
    assert sent.file().metadata["lyascope.source"] == "synthetic"
    assert json.loads(sent.file().metadata["lyascope.protocol"]) == {"burn_in": 1}
    assert sent.file().tensors == pinned.tensors
