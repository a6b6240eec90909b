"""The part of a run that belongs to one process: threads, queues, commands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from .commands import Command, Inbox
from .governor import Governor
from .jsontext import now
from .messages import Ack, Message, Scalars
from .settings import Settings
from .transport import Transport
from .transport.choose import open_transport, prepare
from .warn import warn_once
from .worker import Worker


@dataclass
class Progress:
    """How far training is."""

    step: int = 0
    phase: str = "train"

    def at(self, step: Any) -> None:
        """Training is at this step, or at the next one where it does not say a number."""
        try:
            self.step = self.step + 1 if step is None else int(step)
        except Exception as e:
            self.step += 1
            warn_once("step", "the step is no integer: %s: %s", type(e).__name__, e)


class Session:
    """What a run holds in one process. A forked child makes its own and never touches this one."""

    def __init__(
        self, settings: Settings, run: str, attempt: int, governor: Governor, progress: Progress
    ) -> None:
        prepare(settings)
        self.pid = os.getpid()
        self._settings = settings
        self._run = run
        self._attempt = attempt
        self._progress = progress
        self.inbox = Inbox(run, attempt, self._acknowledge)
        self.worker = Worker(self._open, self._receive, self._heartbeat, governor)

    def put(self, message: Message) -> None:
        self.worker.outbox.put(message)

    def client(self) -> dict[str, Any]:
        """What was lost, for the run document."""
        return {
            "dropped_snapshots": self.worker.outbox.dropped_snapshots,
            "dropped_scalars": self.worker.outbox.dropped_scalars,
            "refused": self.worker.refused,
        }

    def _open(self) -> Transport:
        return open_transport(self._settings, self._run)

    def _receive(self, document: Any) -> bool:
        return self.inbox.receive(document)

    def _heartbeat(self) -> Message:
        progress = self._progress
        return Scalars(self._run, self._attempt, progress.step, now(), {}, progress.phase)

    def _acknowledge(self, command: Command, state: str, reason: str | None) -> None:
        self.put(Ack(self._run, self._attempt, command.id, state, now(), reason))
