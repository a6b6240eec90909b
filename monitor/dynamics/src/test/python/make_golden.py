#!/usr/bin/env python3
"""Writes the golden cases of the engine's tests.

A case is NAME.snapshot.safetensors, NAME.probe.safetensors and NAME.expected.json, the values that
the reference measures. One case is a trained network: the last snapshot of a shipped recording.
"""

import argparse
import json
import sys
import zipfile
from pathlib import Path

import torch

from cases import GOLDEN, write_case
from files import read, write
from reference import finite
from spectrum import measure


RECORDING = Path(__file__).parents[5] / "ingest/recordings/smnist-gru-2-layers.zip"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    for case in GOLDEN:
        write_case(case, *_pair(folder, case.name))
    _write_recorded(*_pair(folder, "recorded-gru-2-layers"))
    for snapshot in sorted(folder.glob("*.snapshot.safetensors")):
        name = snapshot.name.removesuffix(".snapshot.safetensors")
        expected = finite(measure(*map(read, _pair(folder, name))))
        (folder / f"{name}.expected.json").write_text(
            json.dumps(expected, indent=1, allow_nan=False) + "\n")
    return 0


def _pair(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.snapshot.safetensors", folder / f"{name}.probe.safetensors"


def _write_recorded(snapshot: Path, probe: Path) -> None:
    """The network as it was trained, under two sequences of its probe and a basis all can build."""
    with zipfile.ZipFile(RECORDING) as archive:
        last = max(name for name in archive.namelist() if name.startswith("snapshots/"))
        snapshot.write_bytes(archive.read(last))
        probe.write_bytes(archive.read("probe.safetensors"))
    recorded = read(probe)
    protocol = {"burn_in": 4, "steps": 24, "orthonormalize_every": 1, "initial_basis": "identity"}
    write(probe, {**recorded.metadata, "lyascope.protocol": json.dumps(protocol)},
          {"inputs": ("F32", recorded.tensors["inputs"][:2])})


if __name__ == "__main__":
    sys.exit(main())
