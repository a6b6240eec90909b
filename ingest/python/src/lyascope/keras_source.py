"""The recurrent layers of Keras 3, on any of its backends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from .architecture import Architecture, Probe
from .arrays import tensor
from .safetensors import Tensor
from .source import Options, UnknownModelError
from .warn import warn_once

_LAYERS = {keras.layers.LSTM: "lstm", keras.layers.GRU: "gru", keras.layers.SimpleRNN: "rnn"}
#: Keras orders an LSTM's gates i, f, c, o as PyTorch does, but a GRU's z, r, h.
_GATES = {"lstm": (0, 1, 2, 3), "gru": (1, 0, 2), "rnn": (0,)}
SEQUENCES = 16


def keras_source(model: Any, options: Options) -> KerasSource | None:
    """The source of a Keras model; None for what is none."""
    return KerasSource(model, options) if isinstance(model, keras.Model) else None


class KerasSource:
    """The recurrent layer with most weights, or the one that `core` names."""

    needs_all_ranks = False

    def __init__(self, model: Any, options: Options) -> None:
        self._model = model
        self._options = options
        if options.gradients:
            warn_once("gradients", "Keras keeps no gradients: none are sent")
        found = [layer for layer in model.layers if type(layer) in _LAYERS]
        if options.core is not None:
            found = [layer for layer in found if layer.name == options.core]
        if not found:
            raise UnknownModelError("the Keras model holds no LSTM, GRU or SimpleRNN layer")
        self._layer = max(found, key=lambda layer: layer.count_params() if layer.built else 0)
        self._cell = _LAYERS[type(self._layer)]
        self.architecture = self._architecture()

    def _architecture(self) -> Architecture:
        cell, layer = self._cell, self._layer
        activation = layer.activation.__name__
        if activation not in (("tanh", "relu") if cell == "rnn" else ("tanh",)):
            raise UnknownModelError(f"layer {layer.name} has the activation {activation}")
        if cell != "rnn" and layer.recurrent_activation.__name__ != "sigmoid":
            raise UnknownModelError(f"layer {layer.name} has gates that are no sigmoids")
        if cell == "gru" and not layer.reset_after:
            raise UnknownModelError(f"layer {layer.name} resets before its matrix, not after")
        return Architecture(
            cell,
            hidden_size=int(layer.units),
            input_size=int(layer.cell.kernel.shape[0]),
            num_layers=1,
            prefix=f"{layer.name}.",
            nonlinearity=activation if cell == "rnn" else None,
        )

    def read(self) -> Mapping[str, Tensor]:
        """Keras keeps [in, gates out]; PyTorch, and so the wire, [gates out, in]."""
        cell = self._layer.cell
        units = int(self._layer.units)
        kernel, recurrent = _array(cell.kernel), _array(cell.recurrent_kernel)
        bias = np.zeros((2, kernel.shape[1]), kernel.dtype)
        if self._layer.use_bias:
            given = _array(cell.bias)
            # Only a GRU has two: the second is inside the reset.
            bias[: given.ndim if given.ndim == 2 else 1] = given
        arrays = {
            "weight_ih_l0": self._gates(kernel.T, units),
            "weight_hh_l0": self._gates(recurrent.T, units),
            "bias_ih_l0": self._gates(bias[0], units),
            "bias_hh_l0": self._gates(bias[1], units),
        }
        prefix, dtype = self.architecture.prefix, self._options.dtype
        return {prefix + name: tensor(array, dtype) for name, array in arrays.items()}

    def _gates(self, rows: Any, units: int) -> Any:
        gates = _GATES[self._cell]
        return np.concatenate([rows[gate * units : (gate + 1) * units] for gate in gates])

    def keep_gradients(self) -> None:
        """Keras keeps none after a step."""

    def probe(self, data: Any) -> Probe:
        """Runs the part of the model before the layer on a batch of inputs."""
        batch = data[0] if isinstance(data, (tuple, list)) else data
        before = keras.Model(self._model.inputs, self._layer.input)
        inputs = _array(before(batch[:SEQUENCES], training=False))
        protocol = self._options.protocol
        if protocol is None and inputs.shape[1] < 140:
            protocol = {"burn_in": inputs.shape[1] // 7}
        return Probe({"inputs": tensor(inputs)}, protocol=protocol)


def _array(variable: Any) -> Any:
    return np.array(keras.ops.convert_to_numpy(variable))
