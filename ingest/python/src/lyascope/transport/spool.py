"""Writes a recording: what `lyascope replay` reads, once there is a monitor."""

from __future__ import annotations

import errno
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
            self._append("scalars.jsonl", message.json().encode() + b"\n")
        elif isinstance(message, Ack):
            pass  # Nobody commands a run that nobody sees.
        else:
            name = f"snapshots/{message.attempt}-{message.step:012}.safetensors"
            self._replace(name, message.bytes())

    def _append(self, name: str, line: bytes) -> None:
        """The whole line or, where the disk is full, nothing of it: it is tried again later."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("ab", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            if file.write(line) != len(line):
                file.truncate(end)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    def _replace(self, name: str, content: bytes) -> None:
        """Whole or not at all: whoever copies the folder meanwhile finds no half files."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".part")
        draft.write_bytes(content)
        os.replace(draft, path)  # noqa: PTH105

    def commands(self, wait: float) -> Any:
        return None

    def stop_listening(self) -> None:
        """Nobody is listened to."""

    def close(self, timeout: float) -> None:
        """Every file is closed where it was written."""


def folder_name(run: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", run).strip(".")[:120] or "run"
