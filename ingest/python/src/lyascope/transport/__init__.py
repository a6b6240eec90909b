"""Ways out of the process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from ..messages import Message


class UnavailableError(Exception):
    """Nobody took it just now; it may be sent again."""


class RefusedError(Exception):
    """It was looked at and not wanted: sending it again is of no use."""


class Transport(Protocol):
    """Used by one sending and one listening thread of one process, after the fork that made it."""

    def send(self, message: Message, timeout: float) -> None:
        """Delivers, within about `timeout` seconds.

        Raises UnavailableError or RefusedError, and whatever the network raises (as unavailable).
        """

    def commands(self, wait: float) -> Iterable[Any] | None:
        """Documents that came within `wait` seconds; None where none can ever come."""

    def stop_listening(self) -> None:
        """Lets go of what `commands` holds; called by the listening thread, as its last."""

    def close(self, timeout: float) -> None:
        """Lets go of connections, within `timeout` seconds."""
