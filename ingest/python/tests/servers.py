"""The Java side's own servers, started as child processes."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[3]
FLAGS = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
FLAGS += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
TOPICS = ["runs", "probes", "snapshots", "scalars", "results", "control"]
PARTITIONS = 4


def clean_environment() -> dict[str, str]:
    """Without our own variables, some of which the monitor would take as its configuration."""
    return {n: v for n, v in os.environ.items() if not n.startswith("LYASCOPE_")}


def java() -> list[str]:
    """The command that starts a Java of the launcher's choice on the application's jars.

    The jars are those of LYASCOPE_APP, or of this tree, which the launcher builds where needed.
    """
    launcher = str(ROOT / "lyascope")
    home = subprocess.check_output([launcher, "--print-java-home"], text=True).strip()
    app = Path(os.environ.get("LYASCOPE_APP") or ROOT / "monitor/server/target/app")
    if not (app / "built").exists() and not (app / "lib").is_dir():
        subprocess.run([launcher, "version"], check=True, stdout=subprocess.DEVNULL)
    return [f"{home}/bin/java", *FLAGS, "-cp", f"{app}/lib/*"]


class Broker(AbstractContextManager["Broker"]):
    """The single-node broker of ingest/broker, which may be killed and started again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._ports: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Broker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def servers(self) -> str:
        return f"127.0.0.1:{self._ports[0]}"

    def start(self) -> None:
        """Returns when clients can connect; after a kill on the same ports."""
        command = [*java(), "io.lyascope.broker.BrokerMain", str(self._directory), *self._ports]
        with (self._directory / "broker.log").open("a") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("READY"):
                self._ports = line.split()[1:]
                return
        raise AssertionError((self._directory / "broker.log").read_text()[-2000:])

    def kill(self) -> None:
        """As kill -9: without a chance to say goodbye."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    def create_topics(self, prefix: str) -> None:
        from confluent_kafka.admin import AdminClient, NewTopic

        admin = AdminClient({"bootstrap.servers": self.servers})
        wanted = [NewTopic(f"{prefix}.{name}.v1", PARTITIONS, 1) for name in TOPICS]
        for future in admin.create_topics(wanted).values():
            future.result(30)

    def records(self, topic: str, run: str, until: Callable[[list[Any]], Any]) -> list[Any]:
        """The records of a run, its probe's included, once `until` of them is true."""
        from confluent_kafka import Consumer, TopicPartition

        settings = {"bootstrap.servers": self.servers, "group.id": f"test-{time.time_ns()}"}
        consumer = Consumer({**settings, "enable.auto.commit": False})
        name = f"lyascope.{topic}.v1"
        consumer.assign([TopicPartition(name, number, 0) for number in range(PARTITIONS)])
        found: list[Any] = []
        end = time.monotonic() + 60
        try:
            while not until(found):
                assert time.monotonic() < end, f"only {[r.value()[:200] for r in found]} in {name}"
                record = consumer.poll(1.0)
                if record is not None and not record.error():
                    key = record.key().decode()
                    if key == run or key.startswith(run + "/"):
                        found.append(record)
            return found
        finally:
            consumer.close()

    def documents(
        self, topic: str, run: str, until: Callable[[list[dict[str, Any]]], Any]
    ) -> list[dict[str, Any]]:
        """The JSON documents of a run, once `until` of them is true."""
        records = self.records(topic, run, lambda found: until(parsed(found)))
        return parsed(records)


class Monitor(AbstractContextManager["Monitor"]):
    """`lyascope serve` against a broker."""

    def __init__(self, servers: str, directory: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self._log = directory / "monitor.log"
        self._command = [*java(), "io.lyascope.server.Main", "serve"]
        self._command += ["--kafka.bootstrap.servers", servers]
        self._command += ["--http.port", self.url.rpartition(":")[2]]

    def __enter__(self) -> Monitor:
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, env=clean_environment()
            )
        self.wait("/health/ready", lambda answer: True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def wait(self, path: str, until: Callable[[Any], Any]) -> Any:
        """What a GET answers, once `until` of it is true."""
        end = time.monotonic() + 120
        while True:
            with contextlib.suppress(OSError), urlopen(self.url + path, timeout=10) as response:
                body = response.read()
                answer = json.loads(body) if body[:1] in b"[{" else body
                if until(answer):
                    return answer
            assert self._process.poll() is None, self._log.read_text()[-2000:]
            assert time.monotonic() < end, f"gave up waiting for {path}"
            time.sleep(0.1)

    def measured(self, run: str, step: int) -> dict[str, Any]:
        """The reading of a step, and what the run says of itself."""
        path = f"/api/v1/runs/{quote(run, safe='')}"
        readings = self.wait(
            f"{path}/readings", lambda found: any(r["step"] == step for r in rows(found))
        )
        reading: dict[str, Any] = next(r for r in rows(readings) if r["step"] == step)
        return reading


def rows(answer: Any) -> list[dict[str, Any]]:
    return answer if isinstance(answer, list) else answer["readings"]


def parsed(records: list[Any]) -> list[dict[str, Any]]:
    return [json.loads(record.value()) for record in records]
