"""The threads of one process that send and listen. Training waits for neither."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from .governor import Governor
from .messages import Message, Scalars
from .outbox import Outbox
from .transport import RefusedError, Transport
from .warn import warn_once

SEND_TIMEOUT = 30.0
EXIT_SECONDS = 5.0
HEARTBEAT_SECONDS = 5.0
POLL_SECONDS = 30.0
# Shorter than the ten seconds after which a run counts as silent.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0


class Worker:
    """Sends what lies in the outbox and hands commands to `receive`.

    Made by the process that uses it, never inherited: threads, locks and connections do not survive
    a fork. `heartbeat` makes the message that says the process is alive; the governor is told the
    processor time that the threads take.
    """

    def __init__(
        self,
        open_transport: Callable[[], Transport],
        receive: Callable[[Any], bool],
        heartbeat: Callable[[], Message],
        governor: Governor,
    ) -> None:
        self.pid = os.getpid()
        self.outbox = Outbox()
        self._open_transport = open_transport
        self._receive = receive
        self._heartbeat = heartbeat
        self._governor = governor
        self._transport: Transport | None = None
        self._opened = threading.Event()
        self._sent = threading.Event()
        self._exit_by: float | None = None
        self.refused = 0
        self._sender = self._thread("send", self._send)
        self._listener = self._thread("listen", self._listen)

    def _thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=run, name=f"lyascope-{name}", daemon=True)
        thread.start()
        return thread

    def end(self, by: float) -> None:
        """Nothing more will be put; what waits is sent until then (monotonic time) at most."""
        self._exit_by = by
        self.outbox.close()

    def is_sent(self, by: float) -> bool:
        """Waits for that, and says whether all of it went out."""
        # Not for the thread: what it lets go of afterwards is nothing to wait for.
        return self._sent.wait(max(0.0, by - time.monotonic())) and self.outbox.is_finished

    def _send(self) -> None:
        try:
            self._transport = self._open_transport()
            self._opened.set()
            self._send_all(self._transport)
            self._sent.set()
            self._transport.close(self._left())
        except Exception as e:
            warn_once("sender", "nothing is published: %s: %s", type(e).__name__, e)
        finally:
            self._opened.set()
            self._sent.set()

    def _send_all(self, transport: Transport) -> None:
        pause = FIRST_PAUSE
        while not self._is_over():
            message = self.outbox.take(HEARTBEAT_SECONDS)
            if message is None:
                if self.outbox.is_closed:
                    continue
                message = self._heartbeat()
            if self._try(transport, message):
                pause = FIRST_PAUSE
            else:
                self.outbox.pause(min(pause, self._left()))
                pause = min(2 * pause, LONGEST_PAUSE)

    def _is_over(self) -> bool:
        return self.outbox.is_finished or self._left() <= 0

    def _left(self) -> float:
        """Seconds until the end of the process may wait no longer; the usual timeout before."""
        return SEND_TIMEOUT if self._exit_by is None else self._exit_by - time.monotonic()

    def _try(self, transport: Transport, message: Message) -> bool:
        begun = time.thread_time()
        try:
            transport.send(message, min(SEND_TIMEOUT, max(0.1, self._left())))
        except RefusedError as e:
            self.refused += 1
            warn_once("refused", "the monitor refused what it was sent: %s", e)
        except Exception as e:
            warn_once("unavailable", "not reached, training goes on: %s: %s", type(e).__name__, e)
            self.outbox.put_back(message)
            if self.outbox.is_closed:
                time.sleep(min(0.1, max(0.0, self._left())))
            return False
        finally:
            took = time.thread_time() - begun
            self._governor.sender_worked(took, isinstance(message, Scalars))
        return True

    def _listen(self) -> None:
        self._opened.wait()
        transport = self._transport
        if transport is not None:
            self._hear(transport)
            with contextlib.suppress(Exception):
                transport.stop_listening()

    def _hear(self, transport: Transport) -> None:
        pause = FIRST_PAUSE
        while not self.outbox.is_closed:
            begun, worked = time.monotonic(), time.thread_time()
            try:
                documents = transport.commands(POLL_SECONDS)
                if documents is None:
                    return
                new = self._take(documents)
                # A monitor that says the same, or nothing, at once must not make this a busy loop.
                pause = 0.0 if new or time.monotonic() - begun > FIRST_PAUSE else 2 * FIRST_PAUSE
            except Exception as e:
                warn_once("commands", "no commands are heard: %s: %s", type(e).__name__, e)
                pause = min(max(FIRST_PAUSE, 2 * pause), LONGEST_PAUSE)
            self._governor.listener_worked(time.thread_time() - worked)
            if pause:
                self.outbox.pause(pause)

    def _take(self, documents: Iterable[Any]) -> bool:
        new = [self._receive(document) for document in documents]
        return any(new)
