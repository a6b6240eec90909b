"""Finite-time exponents of feed-forward networks: whole Jacobians and LAPACK's singular values."""

import json

import numpy as np

from cases import Case
from files import TensorFile, recurrent_core, write

NETWORKS = (
    # Case (its `inputs` are the input's width, `sequences` how many inputs), widths of the layers.
    (Case("feedforward-tanh", "feedforward", 0, inputs=2, sequences=7, gain=1.5, seed=91),
     (16, 16, 16, 2)),
    (Case("feedforward-relu-shapes", "feedforward", 0, inputs=5, sequences=4, gain=2.0, seed=92,
          nonlinearity="relu", prefix="net.", wrapper="module."), (7, 3, 9, 4)),
    (Case("feedforward-residual", "feedforward", 0, inputs=6, sequences=5, seed=93,
          hyper={"residual": True}), (6, 6, 8, 8, 1)),
    (Case("feedforward-f16-no-bias", "feedforward", 0, inputs=3, sequences=6, dtype="F16",
          bias=False, seed=94, protocol={"sequences": 4}), (10, 10, 3)),
    (Case("feedforward-one-layer-one-unit", "feedforward", 0, inputs=1, sequences=1, seed=95),
     (1, 1)),
    (Case("feedforward-saturated", "feedforward", 0, inputs=4, sequences=3, gain=60, seed=96),
     (5, 5, 5, 2)),
    (Case("feedforward-relu-dead", "feedforward", 0, inputs=4, sequences=3, seed=97,
          nonlinearity="relu", shift={"layers.1.bias": -100.0}), (5, 5, 2)),
)


def write_layers(case: Case, widths: tuple[int, ...], snapshot_path, probe_path) -> None:
    random = np.random.default_rng(case.seed)
    tensors = {}
    for layer, (columns, rows) in enumerate(zip((case.inputs, *widths), widths)):
        name = f"{case.wrapper}{case.prefix}layers.{layer}"
        weight = case.gain / np.sqrt(columns) * random.standard_normal((rows, columns))
        tensors[f"{name}.weight"] = (case.dtype, weight)
        if case.bias:
            offset = case.shift.get(f"layers.{layer}.bias", 0.0)
            tensors[f"{name}.bias"] = (case.dtype, offset + 0.3 * random.standard_normal(rows))
    architecture = {"cell": "feedforward", "input_size": case.inputs, "bias": case.bias,
                    "prefix": case.prefix, "nonlinearity": case.nonlinearity, "hyper": case.hyper}
    write(snapshot_path, {"lyascope.format": "snapshot/1", "lyascope.run": case.name,
                          "lyascope.attempt": "0", "lyascope.step": "0",
                          "lyascope.architecture": json.dumps(architecture),
                          "lyascope.scalars": "{}"}, tensors)
    write(probe_path, {"lyascope.format": "probe/1", "lyascope.source": "synthetic",
                       "lyascope.protocol": json.dumps(case.protocol)},
          {"inputs": ("F64", random.standard_normal((case.sequences, case.inputs)))})


def measure_layers(snapshot: TensorFile, probe: TensorFile) -> dict:
    """The contract's `finite_time` of every input."""
    architecture, tensors = recurrent_core(snapshot)
    protocol = json.loads(probe.metadata["lyascope.protocol"])
    wanted = protocol.get("sequences", "all")
    inputs = probe.tensors["inputs"][: None if wanted == "all" else wanted]
    depth = sum(name.endswith(".weight") for name in tensors) - 1
    exponents = np.array([_exponent(architecture, tensors, depth, x) for x in inputs])
    with np.errstate(invalid="ignore"):
        return {"layers": depth, "mean": exponents.mean(), "standard_deviation": exponents.std(),
                "min": exponents.min(), "max": exponents.max(), "per_input": exponents.tolist()}


def _exponent(architecture: dict, tensors: dict, depth: int, x: np.ndarray) -> float:
    jacobian = np.eye(len(x))
    for layer in range(depth):
        weight = tensors[f"layers.{layer}.weight"]
        field = weight @ x
        if architecture["bias"]:
            field = field + tensors[f"layers.{layer}.bias"]
        value, slope = _activation(architecture["nonlinearity"], field)
        pushed = slope[:, None] * (weight @ jacobian)
        straight = architecture["hyper"].get("residual") and weight.shape[0] == weight.shape[1]
        x = x + value if straight else value
        jacobian = jacobian + pushed if straight else pushed
    with np.errstate(divide="ignore"):
        return float(np.log(np.linalg.svd(jacobian, compute_uv=False)[0]) / depth)


def _activation(name: str, field: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Value and derivative, the latter without underflow."""
    if name == "relu":
        return np.maximum(field, 0), (field > 0).astype(float)
    decay = np.exp(-2 * np.abs(field))
    return np.tanh(field), 4 * decay / (1 + decay) ** 2
