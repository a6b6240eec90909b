"""Commands from before this process: those that nobody has answered still hold."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from ..jsontext import now, parse_time

# So long a partition of which nothing can be read keeps the commands in the others waiting.
_PATIENCE = 30.0


class History:
    """The control topic from a day ago to where every partition ended.

    An answer may lie in another partition than its command: nothing is obeyed before all are read,
    or a run that is started again would obey what an earlier process has obeyed.
    """

    def __init__(self, partitions: Iterable[int]) -> None:
        self._unread = set(partitions)
        self._documents: list[Any] = []
        self._until = time.monotonic() + _PATIENCE

    def read(self, records: int, documents: Iterable[Any], ends: Iterable[int]) -> None:
        """So many records more, those for this run, and the partitions that have ended."""
        if records:
            self._until = time.monotonic() + _PATIENCE
        self._documents.extend(documents)
        self._unread.difference_update(ends)

    @property
    def is_read(self) -> bool:
        return not self._unread or time.monotonic() >= self._until

    def open(self) -> list[Any]:
        """The commands that are neither answered nor expired."""
        known = [document for document in self._documents if isinstance(document, dict)]
        answered = {document.get("id") for document in known if document.get("type") == "ack"}
        return [d for d in known if d.get("id") not in answered and not _is_expired(d)]


def _is_expired(document: dict[str, Any]) -> bool:
    try:
        return parse_time(document["expires"]) <= now()
    except (AttributeError, KeyError, ValueError):
        return False
