"""What a run says, by the first process of its job only."""

from __future__ import annotations

import os
import time
from typing import Any

from .governor import Governor
from .jsontext import now, rfc3339
from .messages import Message, RunDocument
from .ranks import ranks
from .session import Progress, Session
from .settings import Settings
from .version import client
from .worker import EXIT_SECONDS


class Channel:
    """Sends for a run, from whatever process it is used in.

    fields: those of the run document, which is sent whole each time one of them changes.
    """

    def __init__(
        self, settings: Settings, run: str, fields: dict[str, Any], governor: Governor
    ) -> None:
        self.fields = fields
        self.progress = Progress()
        self.session: Session | None = None
        self._settings = settings
        self._run = run
        self._governor = governor
        self._is_closed = settings.mode == "disabled"
        self.is_silent = False

    @property
    def sends(self) -> bool:
        """Whether this process is the one that sends."""
        if not (self._is_closed or self.is_silent or ranks().is_first):
            self._fall_silent()
        return not (self._is_closed or self.is_silent)

    @property
    def here(self) -> Session:
        """The session of this process: a forked child gets its own."""
        if self.session is None or self.session.pid != os.getpid():
            attempt = int(self.fields["attempt"])
            self.session = Session(
                self._settings, self._run, attempt, self._governor, self.progress
            )
        return self.session

    def put(self, message: Message) -> None:
        self.here.put(message)

    def say(self, **changes: Any) -> None:
        """Sends the run document, as changed."""
        self.fields.update(changes)
        about = {**client(), **self.here.client(), "overhead": round(self._governor.overhead, 6)}
        self.put(RunDocument(self._run, {**self.fields, "client": about}))

    def close(self, by: float) -> None:
        """Nothing more is said; what was is sent until then (monotonic time) at most."""
        self._is_closed = True
        if self.session is not None and self.session.pid == os.getpid():
            self.session.worker.end(by)

    def flush(self, by: float) -> bool:
        """Waits for that, and says whether all of it went out."""
        here = self.session
        return here is None or here.pid != os.getpid() or here.worker.is_sent(by)

    def _fall_silent(self) -> None:
        """Before there was a process group a rank may have taken itself for the first one."""
        self.is_silent = True
        if self.session is not None and self.session.pid == os.getpid():
            self.say(state="finished", finished=rfc3339(now()))
            self.session.worker.end(time.monotonic() + EXIT_SECONDS)
