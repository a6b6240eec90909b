"""Commands that stop holding between their arrival and the loop's question."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from lyascope.commands import Command, Inbox

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)


class Box:
    """An inbox whose clock stands still, and what it answered."""

    def __init__(self) -> None:
        self.time = NOON
        self.answers: list[tuple[str, str, str | None]] = []
        self.inbox = Inbox("r", 0, self._answer, lambda: self.time)

    def _answer(self, command: Command, state: str, reason: str | None) -> None:
        self.answers.append((command.id, state, reason))

    def stop(self, name: str, minutes: int) -> None:
        expires = (NOON + timedelta(minutes=minutes)).isoformat()
        self.inbox.receive({"type": "stop", "id": name, "run": "r", "expires": expires})


def test_a_stop_is_not_obeyed_after_it_expired() -> None:
    box = Box()
    box.stop("short", 10)
    box.stop("long", 30)
    box.time += timedelta(minutes=20)
    stop = box.inbox.stop()
    assert stop is not None and stop.id == "long"
    assert box.answers == [
        ("short", "received", None),
        ("long", "received", None),
        ("short", "refused", "expired"),
    ]


def test_a_stop_that_was_obeyed_in_time_does_not_expire() -> None:
    box = Box()
    box.stop("c1", 10)
    assert box.inbox.stop() is not None
    box.time += timedelta(minutes=20)
    assert box.inbox.stop() is not None
    box.inbox.acknowledge("stopped")
    assert box.answers[-1] == ("c1", "stopped", None)
