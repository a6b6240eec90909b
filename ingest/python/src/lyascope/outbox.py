"""What waits to be sent. Bounded: a training run never grows because nobody listens."""

from __future__ import annotations

import threading
from collections import deque

from .messages import Ack, Message, ProbeFile, RunDocument, Scalars, Snapshot

SNAPSHOTS = 2
SCALARS = 1024
ACKS = 64


class Outbox:
    """Queues of one process. The newest run document and probe wait alone, of the rest the newest.

    The order of sending puts first what makes the rest understood; then numbers and snapshots take
    turns, or numbers that come as fast as they can be sent would let no snapshot out.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._document: RunDocument | None = None
        self._probe: ProbeFile | None = None
        self._acks: deque[Ack] = deque(maxlen=ACKS)
        self._scalars: deque[Scalars] = deque(maxlen=SCALARS)
        self._snapshots: deque[Snapshot] = deque()
        self._scalars_turn = True
        self._closed = False
        self.dropped_snapshots = 0
        self.dropped_scalars = 0

    def put(self, message: Message) -> None:
        """Takes a message, and drops the oldest of its kind where there is no room. Never waits."""
        with self._changed:
            if isinstance(message, RunDocument):
                self._document = message
            elif isinstance(message, ProbeFile):
                self._probe = message
            elif isinstance(message, Ack):
                self._acks.append(message)
            elif isinstance(message, Scalars):
                self.dropped_scalars += len(self._scalars) == SCALARS
                self._scalars.append(message)
            else:
                self._snapshots.append(message)
                while len(self._snapshots) > SNAPSHOTS:
                    self._snapshots.popleft()
                    self.dropped_snapshots += 1
            self._changed.notify()

    def put_back(self, message: Message) -> None:
        """Takes back what could not be sent, unless something newer has taken its place."""
        with self._changed:
            if isinstance(message, RunDocument):
                self._document = self._document or message
            elif isinstance(message, ProbeFile):
                self._probe = self._probe or message
            elif isinstance(message, Ack):
                if len(self._acks) < ACKS:
                    self._acks.appendleft(message)
            elif isinstance(message, Scalars):
                if len(self._scalars) < SCALARS:
                    self._scalars.appendleft(message)
                else:
                    self.dropped_scalars += 1
            elif len(self._snapshots) < SNAPSHOTS:
                self._snapshots.appendleft(message)
            else:
                self.dropped_snapshots += 1

    def take(self, timeout: float) -> Message | None:
        """The next message; None after the timeout (seconds), or at once where closed and empty."""
        with self._changed:
            if self._is_empty() and not self._closed:
                self._changed.wait(timeout)
            return self._next()

    def _next(self) -> Message | None:
        message: Message | None = None
        if self._document is not None:
            message, self._document = self._document, None
        elif self._acks:
            message = self._acks.popleft()
        elif self._probe is not None:
            message, self._probe = self._probe, None
        elif self._scalars and (self._scalars_turn or not self._snapshots):
            message = self._scalars.popleft()
            self._scalars_turn = False
        elif self._snapshots:
            message = self._snapshots.popleft()
            self._scalars_turn = True
        return message

    def pause(self, seconds: float) -> None:
        """Waits between two tries; shorter once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)

    def close(self) -> None:
        """Nobody will put anything any more; what waits can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def is_finished(self) -> bool:
        """Whether it is closed and empty."""
        with self._changed:
            return self._closed and self._is_empty()

    @property
    def is_closed(self) -> bool:
        with self._changed:
            return self._closed

    def _is_empty(self) -> bool:
        return not (self._document or self._probe or self._acks or self._scalars or self._snapshots)
