"""Writes a recording: what `lyascope replay` reads, once there is a monitor."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from ..messages import Ack, Message, ProbeFile, RunDocument, Scalars


class SpoolTransport:
    """A folder per run: run.json, probe.safetensors, snapshots/, scalars.jsonl."""

    def __init__(self, directory: Path, run: str) -> None:
        self.folder = directory / folder_name(run)

    def send(self, message: Message, timeout: float) -> None:
        if isinstance(message, RunDocument):
            self._replace("run.json", message.json().encode() + b"\n")
        elif isinstance(message, ProbeFile):
            self._replace("probe.safetensors", message.bytes())
        elif isinstance(message, Scalars):
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "scalars.jsonl").open("a", encoding="utf-8") as file:
                file.write(message.json() + "\n")
        elif isinstance(message, Ack):
            pass  # Nobody commands a run that nobody sees.
        else:
            name = f"snapshots/{message.attempt}-{message.step:012}.safetensors"
            self._replace(name, message.bytes())

    def _replace(self, name: str, content: bytes) -> None:
        """Whole or not at all: whoever copies the folder meanwhile finds no half files."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".part")
        draft.write_bytes(content)
        os.replace(draft, path)  # noqa: PTH105

    def commands(self, wait: float) -> Any:
        return None

    def close(self, timeout: float) -> None:
        """Every file is closed where it was written."""


def folder_name(run: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", run).strip(".")[:120] or "run"
