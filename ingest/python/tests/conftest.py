"""Servers that tests talk to, and which tests need what."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import FakeMonitor
from lyascope.warn import forget_warnings
from servers import Broker

#: What a test file needs beyond pytest and NumPy.
NEEDS = {
    "test_kafka.py": ["confluent_kafka"],
    "test_monitor.py": ["confluent_kafka"],
    "test_torch.py": ["torch"],
    "test_torch_probe.py": ["torch"],
    "test_torch_ranks.py": ["torch"],
    "test_torch_feedforward.py": ["torch"],
    "test_torch_measured.py": ["torch"],
    "test_torch_safetensors.py": ["torch", "safetensors"],
    "test_examples.py": ["torch", "lightning"],
    "test_lightning.py": ["torch", "lightning"],
    "test_transformers.py": ["torch", "transformers", "accelerate"],
    "test_keras.py": ["keras"],
    "test_jax.py": ["jax"],
    "test_optuna.py": ["optuna"],
    "test_ray.py": ["ray"],
    "test_safetensors_library.py": ["safetensors"],
}


def missing(needs: list[str]) -> list[str]:
    return [name for name in needs if importlib.util.find_spec(name) is None]


LEFT_OUT = {file: missing(needs) for file, needs in NEEDS.items() if missing(needs)}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--missing",
        choices=["leave-out", "fail"],
        default="leave-out",
        help="what becomes of tests whose framework is not installed",
    )


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if collection_path.name in LEFT_OUT else None


def pytest_configure(config: pytest.Config) -> None:
    if LEFT_OUT and config.getoption("--missing") == "fail":
        raise pytest.UsageError(f"not installed: {LEFT_OUT}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for file, names in LEFT_OUT.items():
        terminalreporter.write_line(f"LEFT OUT {file}: not installed: {', '.join(names)}")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of whoever runs it, and none writes where it stands."""
    for name in ("RUN", "URL", "BOOTSTRAP_SERVERS", "PROJECT", "TOKEN", "MODE", "ATTEMPT"):
        monkeypatch.delenv(f"LYASCOPE_{name}", raising=False)
    monkeypatch.setenv("LYASCOPE_DIR", str(tmp_path / "runs"))
    forget_warnings()


@pytest.fixture
def monitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMonitor]:
    """A monitor that remembers what it was sent; runs find it by the environment."""
    with FakeMonitor() as fake:
        monkeypatch.setenv("LYASCOPE_URL", fake.url)
        yield fake


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """The broker that the Java side starts."""
    with Broker(tmp_path_factory.mktemp("broker")) as started:
        started.create_topics("lyascope")
        yield started
