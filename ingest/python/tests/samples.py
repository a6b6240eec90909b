"""A small recurrent network without any framework."""

from __future__ import annotations

import numpy as np

ARCHITECTURE = {"cell": "rnn", "input_size": 3, "hidden_size": 6, "nonlinearity": "tanh"}
PROTOCOL = {"burn_in": 5, "steps": 25, "orthonormalize_every": 1, "initial_basis": "identity"}


def weights(seed: int = 7, size: int = 6) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    return {
        "weight_ih_l0": random.normal(size=(size, 3)),
        "weight_hh_l0": random.normal(size=(size, size)) / np.sqrt(size),
        "bias_ih_l0": random.normal(size=size) / 10,
        "bias_hh_l0": random.normal(size=size) / 10,
    }


def probe_inputs(seed: int = 8) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(4, 30, 3))
