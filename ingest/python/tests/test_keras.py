"""Keras models: the layers' weights in PyTorch's order, and a real fit."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fakes import FakeMonitor, wait_for

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras
from keras import layers

from lyascope.keras import LyascopeCallback
from lyascope.keras_source import KerasSource
from lyascope.source import Options, UnknownModelError
from lyascope.sources import source_of

INPUTS = np.random.default_rng(1).normal(size=(20, 12, 3)).astype("float32")


def model(layer: Any) -> Any:
    built = keras.Sequential([keras.Input((12, 3)), layer, layers.Dense(1)])
    for variable in layer.trainable_variables:
        variable.assign(np.random.default_rng(2).normal(size=variable.shape) / 2)
    return built


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def run_pytorchs_equations(cell: str, w: dict[str, np.ndarray], inputs: np.ndarray) -> np.ndarray:
    """The state after the last step by the equations in PyTorch's documentation."""
    units = w["weight_hh_l0"].shape[1]
    h, c = np.zeros((len(inputs), units)), np.zeros((len(inputs), units))
    for x in inputs.transpose(1, 0, 2):
        i = x @ w["weight_ih_l0"].T + w["bias_ih_l0"]
        r = h @ w["weight_hh_l0"].T + w["bias_hh_l0"]
        if cell == "rnn":
            h = np.tanh(i + r)
        elif cell == "gru":
            (ir, iz, i_n), (hr, hz, hn) = np.split(i, 3, 1), np.split(r, 3, 1)
            z = sigmoid(iz + hz)
            h = (1 - z) * np.tanh(i_n + sigmoid(ir + hr) * hn) + z * h
        else:
            gi, gf, gg, go = np.split(i + r, 4, 1)
            c = sigmoid(gf) * c + sigmoid(gi) * np.tanh(gg)
            h = sigmoid(go) * np.tanh(c)
    return h


@pytest.mark.parametrize(
    ("layer", "cell"),
    [
        (layers.LSTM(5), "lstm"),
        (layers.GRU(5), "gru"),
        (layers.SimpleRNN(5), "rnn"),
        (layers.LSTM(5, use_bias=False), "lstm"),
    ],
)
def test_weights_are_those_of_the_same_network_in_pytorch(layer: Any, cell: str) -> None:
    network = model(layer)
    source = KerasSource(network, Options(dtype="F64"))
    assert source.architecture.cell == cell and source.architecture.input_size == 3
    prefix = source.architecture.prefix
    weights = {
        name.removeprefix(prefix): np.array(tensor.numbers()).reshape(tensor.shape)
        for name, tensor in source.read().items()
    }
    wanted = keras.ops.convert_to_numpy(keras.Model(network.inputs, layer.output)(INPUTS))
    assert np.allclose(run_pytorchs_equations(cell, weights, INPUTS), wanted, atol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        layers.GRU(5, reset_after=False),
        layers.LSTM(5, activation="relu"),
        layers.LSTM(5, recurrent_activation="hard_sigmoid"),
        layers.Bidirectional(layers.LSTM(5)),
    ],
)
def test_layers_with_other_equations_are_refused(layer: Any) -> None:
    with pytest.raises(UnknownModelError):
        source_of(model(layer), Options())


def test_a_fit_is_published_and_stopped(monitor: FakeMonitor, tmp_path: Path) -> None:
    network = keras.Sequential(
        [
            keras.Input((12, 3)),
            layers.Dense(4, name="before", trainable=False),
            layers.LSTM(5),
            layers.Dense(1),
        ]
    )
    network.compile("adam", "mse")
    ours = LyascopeCallback(project="tests", directory=str(tmp_path), watch={"probe": INPUTS})

    class Commander(keras.callbacks.Callback):
        seen = 0

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.seen += 1
            if self.seen == 3:
                run = ours.run
                assert run is not None
                fields = {"type": "stop", "id": "c1", "run": run.id, "reason": "chaotic"}
                monitor.commands.append(fields)
                wait_for(lambda: monitor.acks(), "the command to be received")

    targets = np.zeros((20, 1))
    network.fit(INPUTS, targets, 5, 200, verbose=0, callbacks=[Commander(), ours])
    assert monitor.acks() == [("c1", "received"), ("c1", "saved"), ("c1", "stopped")]
    last = monitor.of("")[-1].json()
    assert last["state"] == "stopped" and last["total_steps"] == 800
    assert "train_loss" in last["outcome"]
    assert (
        keras.models.load_model(tmp_path / f"lyascope-stop-{last['run']}-0.keras").count_params()
        > 0
    )
    probe = monitor.of("probe")[0].file()
    dense = network.get_layer("before")
    wanted = keras.ops.convert_to_numpy(dense(INPUTS[:16]))
    assert np.allclose(probe.tensors["inputs"].numbers(), wanted.ravel(), atol=1e-6)
    assert json.loads(probe.metadata["lyascope.protocol"]) == {"burn_in": 1}


def test_a_model_that_cannot_be_saved_stops_all_the_same(
    monitor: FakeMonitor, tmp_path: Path
) -> None:
    network = model(layers.LSTM(5))
    network.compile("adam", "mse")
    ours = LyascopeCallback(directory=str(tmp_path / "nowhere"))
    tries = []

    class Saving(keras.callbacks.Callback):
        """The run is told to stop before its second step; of a save it is only counted."""

        def on_train_begin(self, logs: Any = None) -> None:
            network.save = self.save

        def save(self, path: Path) -> None:
            tries.append(path)
            raise OSError("No space left on device")

        def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
            if batch == 1:
                assert ours.run is not None
                fields = {"type": "stop", "id": "c1", "run": ours.run.id, "reason": "chaotic"}
                monitor.commands.append(fields)
                wait_for(lambda: monitor.acks(), "the command to be received")

    network.fit(INPUTS, np.zeros((20, 1)), 5, 3, verbose=0, callbacks=[Saving(), ours])
    assert len(tries) == 1
    assert monitor.acks() == [("c1", "received"), ("c1", "stopped")]


def test_gradients_that_are_wanted_are_said_to_be_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    KerasSource(model(layers.LSTM(5)), Options(gradients=True))
    assert "no gradients" in caplog.text
