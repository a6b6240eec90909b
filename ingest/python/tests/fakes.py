"""A monitor that only remembers, and a server that never answers."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from lyascope.safetensors import TensorFile, read

PATIENCE = 120.0


def wait_for(condition: Callable[[], Any], what: str) -> Any:
    """The condition's value, once it is true."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, f"gave up waiting for {what}"
        time.sleep(0.01)
    return value


@dataclass
class Request:
    method: str
    run: str
    what: str
    body: bytes
    headers: dict[str, str]

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    def file(self) -> TensorFile:
        return read(self.body)


@dataclass
class FakeMonitor(AbstractContextManager["FakeMonitor"]):
    """Answers as the monitor does; `status` is for those who want to see it refuse."""

    status: int = 202
    location: str | None = None
    requests: list[Request] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> FakeMonitor:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *arguments: Any) -> None:
                pass

            def do_GET(self) -> None:
                fake.asked.set()
                wait_for_stop = time.monotonic() + 1
                while not fake.commands and time.monotonic() < wait_for_stop:
                    time.sleep(0.01)
                self.answer(200, {"commands": list(fake.commands)})

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                path = urlsplit(self.path).path.removeprefix("/api/v1/runs/")
                run, _, what = path.partition("/")
                fake.requests.append(
                    Request(self.command, unquote(run), what, body, dict(self.headers))
                )
                self.answer(fake.status, {"detail": "because the test said so"})

            do_POST = do_PUT  # noqa: N815

            def answer(self, status: int, document: dict[str, Any]) -> None:
                body = json.dumps(document).encode()
                self.send_response(status)
                if fake.location:
                    self.send_header("Location", fake.location)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Clients that end while they wait for a command are none of ours to report."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, what: str) -> list[Request]:
        """What was sent to one address: `` for the run document, `snapshots`, `scalars`, ..."""
        return [request for request in self.requests if request.what == what]

    def acks(self) -> list[tuple[str, str]]:
        return [(ack["id"], ack["state"]) for ack in (r.json() for r in self.of("acks"))]


class BlackHole(AbstractContextManager["BlackHole"]):
    """Takes connections and says nothing, for ever."""

    def __enter__(self) -> BlackHole:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
