"""What the other side wants of this run. Commands come more than once, late, or for others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .jsontext import now, parse_time
from .warn import warn_once

REMEMBERED = 1000


@dataclass(frozen=True)
class Command:
    """`stop` or `veto` (which takes a stop back), with who wants it and why."""

    type: str
    id: str
    run: str
    attempt: int | None
    reason: str
    by: str
    issued: datetime | None
    expires: datetime | None

    def takes_back(self, stop: Command) -> bool:
        """Whether this veto is meant for that stop: not where the stop was issued after it.

        Partitions are read in no order, so the veto may come first or last. Of commands that do not
        say when they were issued the one that comes last holds.
        """
        return self.issued is None or stop.issued is None or stop.issued <= self.issued

    def is_over(self, time: datetime) -> bool:
        """Whether nobody obeys it any more."""
        return self.expires is not None and self.expires <= time

    @staticmethod
    def parse(fields: Mapping[str, Any]) -> Command | None:
        """Reads a document of the control topic; None for acks and for what is no command.

        Raises ValueError or KeyError where a command is broken.
        """
        if fields.get("type") not in ("stop", "veto"):
            return None
        attempt, issued, expires = (fields.get(n) for n in ("attempt", "issued", "expires"))
        return Command(
            type=fields["type"],
            id=str(fields["id"]),
            run=str(fields["run"]),
            attempt=None if attempt is None else int(attempt),
            reason=str(fields.get("reason") or "no reason given"),
            by=str(fields.get("by") or "unknown"),
            issued=parse_time(issued) if issued else None,
            expires=parse_time(expires) if expires else None,
        )


class Inbox:
    """Takes commands in from the listening thread; the training loop asks `stop`.

    answer(command, state, reason) is called for what is to be acknowledged.
    """

    def __init__(
        self,
        run: str,
        attempt: int,
        answer: Callable[[Command, str, str | None], None],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._run = run
        self._attempt = attempt
        self._answer = answer
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, None] = {}
        self._stops: list[Command] = []
        self._last_veto: datetime | None = None
        self._final = False

    def receive(self, document: Any) -> bool:
        """Takes a document in; says whether it was a command that had not come before."""
        try:
            command = Command.parse(document)
        except (AttributeError, KeyError, TypeError, ValueError) as e:
            warn_once("command", "a command that cannot be read is left out: %s", e)
            return False
        if command is None or command.run != self._run or not self._is_new(command.id):
            return False
        # A command for another attempt was never meant for this process: no answer.
        if command.attempt not in (None, self._attempt):
            return True
        if command.is_over(self._clock()):
            self._answer(command, "refused", "expired")
        elif command.type == "stop":
            self._stop_now(command)
        else:
            self._veto(command)
        return True

    def _stop_now(self, command: Command) -> None:
        with self._lock:
            issued, vetoed = command.issued, self._last_veto
            late = issued is not None and vetoed is not None and issued < vetoed
            if not late:
                self._stops.append(command)
        self._answer(command, *(("refused", "a veto took it back") if late else ("received", None)))

    def _veto(self, command: Command) -> None:
        with self._lock:
            late = self._final
            if not late:
                self._stops = [stop for stop in self._stops if not command.takes_back(stop)]
                times = [time for time in (self._last_veto, command.issued) if time is not None]
                self._last_veto = max(times, default=None)
        self._answer(command, *(("refused", "already stopping") if late else ("received", None)))

    def _is_new(self, command_id: str) -> bool:
        with self._lock:
            if command_id in self._seen:
                return False
            self._seen[command_id] = None
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
            return True

    def stop(self) -> Command | None:
        """The first stop that holds now. Once it was handed out no veto takes it back."""
        late: list[Command] = []
        with self._lock:
            if not self._final:
                # A long step may lie between the arrival of a command and this question.
                time = self._clock()
                late = [stop for stop in self._stops if stop.is_over(time)]
                self._stops = [stop for stop in self._stops if not stop.is_over(time)]
            self._final = bool(self._stops)
            first = self._stops[0] if self._stops else None
        for stop in late:
            self._answer(stop, "refused", "expired")
        return first

    def refuse(self, reason: str) -> bool:
        """Takes no stop that has come so far; says whether there was one."""
        with self._lock:
            stops, self._stops = self._stops, []
        for stop in stops:
            self._answer(stop, "refused", reason)
        return bool(stops)

    def acknowledge(self, state: str) -> None:
        """Says what became of the stop: `saved` or `stopped`. Nothing without one."""
        with self._lock:
            stop = self._stops[0] if self._stops else None
        if stop is not None:
            self._answer(stop, state, None)
