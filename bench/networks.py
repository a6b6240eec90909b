"""Writes the networks of the benchmark: the same weights and inputs for every program.

Weights and biases are uniform in +-1/sqrt(H), as PyTorch begins, times a gain that makes the
network less forgetful (its exponents are in the report); inputs are normal.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file


@dataclass(frozen=True)
class Network:
    """A case: `sequences` x `steps` are those that are measured."""

    name: str
    cell: str
    hidden: int
    sequences: int
    steps: int
    gain: float
    inputs: int = 28

    @property
    def gates(self) -> int:
        return {"rnn": 1, "gru": 3, "lstm": 4}[self.cell]

    @property
    def state(self) -> int:
        return self.hidden * (2 if self.cell == "lstm" else 1)


NETWORKS = {
    network.name: network
    for network in (
        Network("rnn64", "rnn", 64, 128, 28, 1.5),
        Network("lstm128", "lstm", 128, 10, 100, 2.0),
        Network("gru256", "gru", 256, 10, 20, 1.5),
        Network("lstm256", "lstm", 256, 5, 20, 2.0),
        Network("lstm512", "lstm", 512, 2, 20, 2.0),
        Network("lstm512x10", "lstm", 512, 10, 2, 2.0),
    )
}


def write(network: Network, folder: Path) -> None:
    rng = np.random.default_rng(1)
    bound = network.gain / np.sqrt(network.hidden)
    rows = network.gates * network.hidden
    shapes = {
        "weight_ih_l0": (rows, network.inputs),
        "weight_hh_l0": (rows, network.hidden),
        "bias_ih_l0": (rows,),
        "bias_hh_l0": (rows,),
    }
    weights = {name: rng.uniform(-bound, bound, shape) for name, shape in shapes.items()}
    architecture = {
        "cell": network.cell,
        "input_size": network.inputs,
        "hidden_size": network.hidden,
        "num_layers": 1,
        "bias": True,
        "prefix": "",
        "nonlinearity": "tanh",
        "hyper": {},
    }
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {
        "lyascope.format": "snapshot/1",
        "lyascope.run": network.name,
        "lyascope.attempt": "0",
        "lyascope.step": "0",
        "lyascope.architecture": json.dumps(architecture),
        "lyascope.scalars": "{}",
    }
    save_file(weights, folder / "snapshot.safetensors", metadata)
    inputs = rng.standard_normal((network.sequences, network.steps, network.inputs))
    probe = {"lyascope.format": "probe/1", "lyascope.source": "synthetic"}
    save_file({"inputs": inputs}, folder / "probe.safetensors", probe)


if __name__ == "__main__":
    for one in NETWORKS.values():
        write(one, Path(sys.argv[1]) / one.name)
