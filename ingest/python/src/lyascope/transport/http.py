"""HTTP to the monitor, with nothing but the standard library."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..messages import Ack, Message, ProbeFile, RunDocument, Scalars
from . import RefusedError, UnavailableError

JSON = "application/json"
BYTES = "application/octet-stream"
#: Answers after which the same request may well succeed.
PASSING = (408, 425, 429)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Whoever answers from elsewhere would be handed the token."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class HttpTransport:
    """PUT and POST to a monitor; commands by long poll."""

    def __init__(self, url: str, run: str, token: str | None) -> None:
        self._run = f"{url}/api/v1/runs/{quote(run, safe='')}"
        self._token = token
        # The monitor is addressed as it was given: what a proxy would do with weights is unknown.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)

    def send(self, message: Message, timeout: float) -> None:
        if isinstance(message, RunDocument):
            self._request("PUT", "", message.json().encode(), JSON, timeout)
        elif isinstance(message, Scalars):
            self._request("POST", "/scalars", message.json().encode(), JSON, timeout)
        elif isinstance(message, Ack):
            self._request("POST", "/acks", message.json().encode(), JSON, timeout)
        elif isinstance(message, ProbeFile):
            self._request("PUT", "/probe", message.bytes(), BYTES, timeout)
        else:
            self._request("PUT", "/snapshots", message.bytes(), BYTES, timeout)

    def commands(self, wait: float) -> Iterable[Any]:
        text = self._request("GET", f"/commands?wait={wait:.0f}s", None, JSON, wait + 10)
        if not text:
            return []
        answer = json.loads(text)
        found = answer.get("commands", []) if isinstance(answer, dict) else answer
        return found if isinstance(found, list) else []

    def stop_listening(self) -> None:
        """Nothing is held between two requests."""

    def close(self, timeout: float) -> None:
        """Nothing is held between two requests."""

    def _request(
        self, method: str, path: str, body: bytes | None, kind: str, timeout: float
    ) -> bytes:
        headers = {"Accept": JSON}
        if body is not None:
            headers["Content-Type"] = kind
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._run + path, body, headers, method=method)
        try:
            with self._opener.open(request, timeout=timeout) as response:
                read: bytes = response.read()
                return read
        except urllib.error.HTTPError as e:
            with e:
                detail = f"{method} {path or '/'}: {e.code} {_detail(e.read())}".strip()
            if e.code >= 500 or e.code in PASSING:
                raise UnavailableError(detail) from None
            raise RefusedError(detail) from None


def _detail(body: bytes) -> str:
    """The sentence of a problem document (RFC 9457)."""
    try:
        return str(json.loads(body).get("detail", ""))
    except (ValueError, AttributeError):
        return ""
