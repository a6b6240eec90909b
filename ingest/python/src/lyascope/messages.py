"""What a run says: documents, a probe, snapshots. They are queued as they are and written later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .architecture import Architecture, Probe
from .jsontext import compact, plain, rfc3339
from .safetensors import Tensor, TensorFile, write


@dataclass(frozen=True)
class RunDocument:
    """Everything that is said of a run, whole each time."""

    run: str
    fields: Mapping[str, Any]

    def json(self) -> str:
        return compact({"type": "run", "run": self.run, **self.fields})


@dataclass(frozen=True)
class Scalars:
    """Numbers of one step; without any it only says that the process is alive."""

    run: str
    attempt: int
    step: int
    time: datetime
    values: Mapping[str, float]
    phase: str = "train"

    def json(self) -> str:
        return compact(
            {
                "type": "scalars",
                "run": self.run,
                "attempt": self.attempt,
                "step": self.step,
                "time": rfc3339(self.time),
                "values": plain(self.values),
                "phase": self.phase,
            }
        )


@dataclass(frozen=True)
class Ack:
    """What became of a command: `received`, `saved`, `stopped` or `refused`."""

    run: str
    attempt: int
    id: str
    state: str
    time: datetime
    reason: str | None = None

    def json(self) -> str:
        return compact(
            {
                "type": "ack",
                "id": self.id,
                "run": self.run,
                "attempt": self.attempt,
                "state": self.state,
                "reason": self.reason,
                "issued": rfc3339(self.time),
            }
        )


@dataclass(frozen=True)
class ProbeFile:
    """The probe of a run, sent once."""

    run: str
    probe: Probe

    def bytes(self) -> bytes:
        metadata = {"lyascope.format": "probe/1", "lyascope.source": self.probe.source}
        if self.probe.protocol is not None:
            metadata["lyascope.protocol"] = compact(self.probe.protocol)
        return write(TensorFile(metadata, self.probe.tensors))


@dataclass(frozen=True)
class Snapshot:
    """The weights of a run after one step; progress is 0 to 1 of the planned training."""

    run: str
    attempt: int
    step: int
    architecture: Architecture
    tensors: Mapping[str, Tensor]
    scalars: Mapping[str, float]
    progress: float | None = None

    def bytes(self) -> bytes:
        metadata = {
            "lyascope.format": "snapshot/1",
            "lyascope.run": self.run,
            "lyascope.attempt": str(self.attempt),
            "lyascope.step": str(self.step),
            "lyascope.architecture": compact(self.architecture.fields()),
            "lyascope.scalars": compact(self.scalars),
        }
        if self.progress is not None:
            metadata["lyascope.progress"] = f"{self.progress:.6g}"
        return write(TensorFile(metadata, self.tensors))


Message = RunDocument | Scalars | Ack | ProbeFile | Snapshot
