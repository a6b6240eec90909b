"""Against the real monitor: what is published by any way is measured, and measured rightly."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lyascope
from samples import ARCHITECTURE, PROTOCOL, probe_inputs, weights
from servers import Broker, Monitor, clean_environment, java


@pytest.fixture(scope="module")
def live(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    with Monitor(broker.servers, tmp_path_factory.mktemp("monitor")) as started:
        yield started


def exponents(w: dict[str, np.ndarray]) -> np.ndarray:
    """Benettin's algorithm with LAPACK, one sequence after the other."""
    bias = w["bias_ih_l0"] + w["bias_hh_l0"]
    sums = np.zeros(6)
    for sequence in probe_inputs().astype("f4").astype("f8"):
        h, q = np.zeros(6), np.eye(6)
        for t, x in enumerate(sequence):
            h = np.tanh(w["weight_ih_l0"] @ x + w["weight_hh_l0"] @ h + bias)
            q, r = np.linalg.qr((1 - h**2)[:, None] * (w["weight_hh_l0"] @ q))
            if t >= PROTOCOL["burn_in"]:
                sums += np.log(np.abs(np.diag(r)))
    return np.sort(sums / len(probe_inputs()) / PROTOCOL["steps"])[::-1]


def publish(run: lyascope.Run) -> None:
    run.watch(
        weights(), architecture=ARCHITECTURE, probe=probe_inputs(), protocol=PROTOCOL, dtype="F64"
    )
    run.log({"train_loss": 0.5}, step=3)
    run.finish({"val_loss": 0.25})


@pytest.mark.parametrize("way", ["kafka", "http", "recording"])
def test_a_run_is_measured_however_it_comes(
    way: str, live: Monitor, broker: Broker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = {
        "kafka": {"LYASCOPE_BOOTSTRAP_SERVERS": broker.servers},
        "http": {"LYASCOPE_URL": live.url},
        "recording": {"LYASCOPE_MODE": "offline"},
    }[way]
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    run = lyascope.init("tests", f"by {way}", total_steps=4)
    publish(run)
    if way == "recording":
        folder = str(tmp_path / "runs" / run.id)
        replay = ["io.lyascope.server.Main", "replay", folder, "--to", broker.servers]
        subprocess.run([*java(), *replay, "--speed", "1000"], check=True, env=clean_environment())
    reading = live.measured(run.id, 3)
    wanted = exponents(weights())
    assert np.abs(np.array(reading["exponents"]) - wanted).max() < 1e-9
    metric = re.compile(rf'^lyascope_exponent_max{{run="{re.escape(run.id)}"}} (\S+)$', re.M)
    page = live.wait("/metrics", lambda text: metric.search(text.decode())).decode()
    assert abs(float(metric.findall(page)[0]) - wanted[0]) < 1e-9

    def finished(answer: dict[str, Any]) -> bool:
        return "finished" in str(answer)

    live.wait(f"/api/v1/runs/{run.id}", finished)
