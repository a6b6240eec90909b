"""HTTP goes to the monitor as it was given, and nowhere else."""

from __future__ import annotations

import pytest

from fakes import FakeMonitor, closed_port
from lyascope.jsontext import now
from lyascope.messages import Scalars
from lyascope.transport import RefusedError
from lyascope.transport.http import HttpTransport

NUMBERS = Scalars("r", 0, 1, now(), {"train_loss": 1.0})


def test_no_proxy_sees_weights(monitor: FakeMonitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    HttpTransport(monitor.url, "r", None).send(NUMBERS, 5.0)
    assert len(monitor.of("scalars")) == 1


def test_the_token_is_not_taken_elsewhere(monitor: FakeMonitor) -> None:
    with FakeMonitor(status=302, location=f"{monitor.url}/elsewhere") as redirecting:
        transport = HttpTransport(redirecting.url, "r", "secret")
        with pytest.raises(RefusedError, match="302"):
            transport.send(NUMBERS, 5.0)
    assert len(redirecting.requests) == 1
    assert monitor.requests == [] and not monitor.asked.is_set()
