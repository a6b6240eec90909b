"""Writes what the Java side has to be able to read."""

from datetime import datetime, timezone
from pathlib import Path

import numpy as np

from lyascope import Architecture, Probe
from lyascope.arrays import tensor
from lyascope.messages import ProbeFile, RunDocument, Scalars, Snapshot

FOLDER = Path(__file__).parent / "python"
RUN = 'golden "ä" 1'
TIME = datetime(2026, 11, 23, 1, 2, 3, 456000, timezone.utc)
SHAPES = {
    "rnn.weight_ih_l0": (8, 3),
    "rnn.weight_hh_l0": (8, 2),
    "rnn.bias_ih_l0": (8,),
    "rnn.bias_hh_l0": (8,),
    "grad/rnn.weight_hh_l0": (8, 2),
}
ARCHITECTURE = Architecture("lstm", 3, 2, 1, prefix="rnn.")
PROTOCOL = {"burn_in": 3, "steps": 7, "initial_basis": "identity"}


def numbers(shape: tuple[int, ...]) -> np.ndarray:
    """Numbers that every element type holds exactly."""
    return ((np.arange(np.prod(shape)) % 97 - 48) / 64).reshape(shape)


def files() -> dict[str, bytes]:
    snapshots = {
        f"snapshot-{dtype.lower()}.safetensors": Snapshot(
            run=RUN,
            attempt=2,
            step=12345678901,
            architecture=ARCHITECTURE,
            tensors={name: tensor(numbers(shape), dtype) for name, shape in SHAPES.items()},
            scalars={"train_loss": 0.125, "val_loss": float("nan")},
            progress=0.25,
        ).bytes()
        for dtype in ("F64", "F32", "F16", "BF16")
    }
    inputs = {"inputs": tensor(numbers((2, 10, 3)), "F32"), "h0": tensor(numbers((2, 4)), "F64")}
    probe = ProbeFile(RUN, Probe(inputs, "training", PROTOCOL)).bytes()
    document = RunDocument(
        RUN,
        {
            "project": "golden",
            "attempt": 2,
            "state": "finished",
            "architecture": ARCHITECTURE.fields(),
            "config": {"lr": 0.5, "layers": [1, 2]},
            "total_steps": 10,
            "started": "2026-11-23T01:02:03.456Z",
            "outcome": {"val_loss": float("-inf")},
        },
    ).json()
    scalars = Scalars(RUN, 2, 7, TIME, {"train_loss": 0.5, "worse": float("inf")}, "eval").json()
    return {
        **snapshots,
        "probe.safetensors": probe,
        "run.json": document.encode(),
        "scalars.json": scalars.encode(),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
