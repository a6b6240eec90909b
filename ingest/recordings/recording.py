"""Writes a recording: run.json, the probe, the snapshots and the scalars of one training run, zipped."""

import json
import math
import zipfile
from datetime import datetime, timezone
from pathlib import Path

from safetensors.torch import save
from torch import Tensor

# Recordings of the same weights shall not differ by the clock of the archive's entries.
ENTRY_TIME = (2026, 1, 1, 0, 0, 0)


def now() -> str:
    """The time as RFC 3339 in UTC."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def number(value: float) -> float | str:
    """JSON has no NaN and no infinity: they are written as strings."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.7g}")


def numbers(values: dict[str, float]) -> dict[str, float | str]:
    return {name: number(value) for name, value in values.items()}


def compact(document: dict) -> str:
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


class Recording:
    """A recording that grows while its run trains; `close` writes the archive."""

    def __init__(self, path: Path, run: str, attempt: int, architecture: dict) -> None:
        self.path = path
        self.run = run
        self.attempt = attempt
        self.architecture = architecture
        self.entries: dict[str, bytes] = {}
        self.scalar_lines: list[str] = []

    def probe(self, inputs: Tensor, protocol: dict | None) -> None:
        metadata = {"lyascope.format": "probe/1", "lyascope.source": "validation"}
        if protocol is not None:
            metadata["lyascope.protocol"] = compact(protocol)
        self.entries["probe.safetensors"] = save({"inputs": inputs.contiguous()}, metadata)

    def snapshot(self, step: int, progress: float, tensors: dict[str, Tensor],
                 scalars: dict[str, float]) -> None:
        metadata = {
            "lyascope.format": "snapshot/1",
            "lyascope.run": self.run,
            "lyascope.attempt": str(self.attempt),
            "lyascope.step": str(step),
            "lyascope.progress": f"{progress:.6g}",
            "lyascope.architecture": compact(self.architecture),
            "lyascope.scalars": compact(numbers(scalars)),
        }
        name = f"snapshots/{self.attempt}-{step:012}.safetensors"
        self.entries[name] = save(tensors, metadata)

    def scalars(self, step: int, values: dict[str, float], phase: str) -> None:
        self.scalar_lines.append(compact({
            "type": "scalars", "run": self.run, "attempt": self.attempt, "step": step,
            "time": now(), "values": numbers(values), "phase": phase}))

    def close(self, run_document: dict) -> int:
        """Writes the archive and returns its size in bytes."""
        entries = {"run.json": (json.dumps(run_document, indent=2, allow_nan=False) + "\n").encode(),
                   **self.entries,
                   "scalars.jsonl": ("\n".join(self.scalar_lines) + "\n").encode()}
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, content in entries.items():
                archive.writestr(zipfile.ZipInfo(name, ENTRY_TIME), content,
                                 zipfile.ZIP_DEFLATED, 9)
        return self.path.stat().st_size
