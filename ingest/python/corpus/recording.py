"""Writes the networks of a group as recordings, one zip a run."""

from __future__ import annotations

import os
import platform
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import torch

from lyascope.architecture import Architecture, Probe
from lyascope.arrays import tensor
from lyascope.jsontext import now, plain, rfc3339
from lyascope.messages import ProbeFile, RunDocument, Scalars, Snapshot

from .plan import Plan, Shape
from .training import Stage

# Recordings of the same weights shall not differ by the clock of the archive's entries.
_ENTRY_TIME = (2026, 1, 1, 0, 0, 0)


def path_of(folder: Path, plan: Plan) -> Path:
    return folder / f"{plan.run}.zip"


class Recorder:
    """Collects the stages of a group; `close` writes every network's archive."""

    def __init__(self, task: str, architecture: Architecture, probe: Probe) -> None:
        self.task = task
        self.architecture = architecture
        self.probe = probe
        self.started = now()
        self.stages: list[tuple[datetime, Stage]] = []

    def seen(self, stage: Stage) -> None:
        self.stages.append((now(), stage))

    def close(self, folder: Path, plans: tuple[Plan, ...], shape: Shape) -> None:
        """Whole files or none: a run whose zip is there is done."""
        folder.mkdir(parents=True, exist_ok=True)
        for index, plan in enumerate(plans):
            path = path_of(folder, plan)
            draft = path.with_name(path.name + ".part")
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
                for name, content in self._entries(index, plan, shape).items():
                    archive.writestr(zipfile.ZipInfo(name, _ENTRY_TIME), content)
            os.replace(draft, path)  # noqa: PTH105

    def _entries(self, index: int, plan: Plan, shape: Shape) -> Mapping[str, bytes]:
        lines, files = [], {}
        for time, stage in self.stages:
            scalars = {name: float(values[index]) for name, values in stage.scalars.items()}
            lines.append(Scalars(plan.run, 0, stage.step, time, scalars, "eval").json())
            tensors = {name: tensor(values[index]) for name, values in stage.tensors.items()}
            snapshot = Snapshot(
                plan.run, 0, stage.step, self.architecture, tensors, scalars, stage.progress
            )
            files[f"snapshots/0-{stage.step:012}.safetensors"] = snapshot.bytes()
        document = RunDocument(plan.run, self._fields(plan, shape, scalars))
        return {
            "run.json": document.json().encode() + b"\n",
            "probe.safetensors": ProbeFile(plan.run, self.probe).bytes(),
            **files,
            "scalars.jsonl": ("\n".join(lines) + "\n").encode(),
        }

    def _fields(self, plan: Plan, shape: Shape, last: Mapping[str, float]) -> dict[str, Any]:
        outcome = {name: value for name, value in last.items() if name.startswith("val_")}
        return {
            "project": self.task,
            "name": plan.run,
            "attempt": 0,
            "state": "finished",
            "config": plan.config(shape),
            "architecture": self.architecture.fields(),
            "task": self.task,
            "total_steps": self.stages[-1][1].step,
            "started": rfc3339(self.started),
            "finished": rfc3339(now()),
            "outcome": plain(outcome),
            "client": {
                "name": "corpus",
                "torch": torch.__version__.split("+")[0],
                "python": platform.python_version(),
            },
        }
