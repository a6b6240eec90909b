"""Feed-forward networks: Sequential of linear layers and one activation."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from lyascope.source import Options
from lyascope.torch.source import TorchSource


@pytest.mark.parametrize(("activation", "name"), [(nn.Tanh, "tanh"), (nn.ReLU, "relu")])
def test_layers_are_numbered_and_the_last_is_the_readout(
    activation: type[nn.Module], name: str
) -> None:
    body = nn.Sequential(
        nn.Flatten(),
        nn.Linear(8, 5),
        activation(),
        nn.Dropout(0.5),
        nn.Linear(5, 5),
        activation(),
        nn.Linear(5, 2),
        nn.LogSoftmax(1),
    )
    source = TorchSource(nn.ModuleDict({"body": body}), Options())
    assert source.architecture.cell == "feedforward" and source.architecture.prefix == "body."
    assert source.architecture.nonlinearity == name
    tensors = source.read()
    assert {n: t.shape for n, t in tensors.items()} == {
        "body.layers.0.weight": (5, 8),
        "body.layers.0.bias": (5,),
        "body.layers.1.weight": (5, 5),
        "body.layers.1.bias": (5,),
        "body.layers.2.weight": (2, 5),
        "body.layers.2.bias": (2,),
    }
    assert tensors["body.layers.1.weight"].numbers() == body[4].weight.flatten().tolist()


def test_the_probe_is_what_the_first_layer_sees() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 2))
    inputs = torch.randn(300, 2, 4)
    probe = TorchSource(model, Options()).probe(inputs)
    assert probe.tensors["inputs"].shape == (256, 8) and probe.protocol is None
