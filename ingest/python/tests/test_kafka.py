"""A run over a real broker, which is also killed, silent, or not there at all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException, Producer

import lyascope
from fakes import BlackHole, FakeMonitor, closed_port, wait_for
from lyascope.architecture import Architecture
from lyascope.arrays import tensor
from lyascope.chunks import CHUNK_BYTES, chunks, murmur2, partition
from lyascope.jsontext import now
from lyascope.messages import Scalars, Snapshot
from lyascope.safetensors import read
from lyascope.settings import Settings
from lyascope.transport import UnavailableError
from lyascope.transport.http import HttpTransport
from lyascope.transport.kafka import KafkaTransport
from lyascope.transport.spool import SpoolTransport
from samples import ARCHITECTURE, PROTOCOL, probe_inputs, weights
from servers import PARTITIONS, Broker
from test_failures import client, exit_seconds, script, train


@pytest.fixture
def kafka(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Broker:
    monkeypatch.setenv("LYASCOPE_BOOTSTRAP_SERVERS", broker.servers)
    return broker


def headers(record: Any) -> dict[str, str]:
    return {name: value.decode() for name, value in record.headers()}


def whole(records: list[Any]) -> bool:
    """Whether every chunk of a file is there."""
    return bool(records) and headers(records[0])["lyascope-chunk"].endswith(f"/{len(records)}")


def ended(documents: list[dict[str, Any]]) -> bool:
    return bool(documents) and documents[-1]["state"] != "running"


def steps(records: list[Any]) -> set[int]:
    return {int(headers(record)["lyascope-step"]) for record in records}


def test_what_is_sent_can_be_put_together_again(kafka: Broker) -> None:
    run = lyascope.init("tests", total_steps=10)
    big = {**ARCHITECTURE, "hidden_size": 400}
    arrays = weights(size=400)
    run.watch(arrays, architecture=big, probe=probe_inputs(), protocol=PROTOCOL, dtype="F64")
    run.log({"train_loss": 1.0}, step=5)
    run.finish({"val_loss": 2.0})

    records = kafka.records("snapshots", run.id, whole)
    records.sort(key=lambda r: int(headers(r)["lyascope-chunk"].split("/")[0]))
    assert [len(r.value()) for r in records[:-1]] == [CHUNK_BYTES] * (len(records) - 1)
    first = headers(records[0])
    assert first["ce_id"] == f"{run.id}/0/5/0" and first["ce_subject"] == run.id
    assert first["ce_type"] == "io.lyascope.snapshot.v1" and first["ce_specversion"] == "1.0"
    assert first["lyascope-step"] == "5" and first["lyascope-attempt"] == "0"
    assert first["lyascope-chunk"] == f"0/{len(records)}"
    assert len({headers(r)["lyascope-digest"] for r in records}) == 1
    file = read(b"".join(r.value() for r in records))
    assert file.tensors["weight_hh_l0"].numbers() == arrays["weight_hh_l0"].ravel().tolist()

    (probe,) = kafka.records("probes", run.id, whole)
    assert probe.key().decode() == f"{run.id}/0"
    documents = kafka.documents("runs", run.id, ended)
    assert documents[-1]["state"] == "finished" and documents[-1]["outcome"]["val_loss"] == 2.0
    (scalars,) = kafka.records("scalars", run.id, bool)
    assert json.loads(scalars.value())["values"] == {"train_loss": 1.0}
    everything = [*records, probe, scalars]
    assert {r.partition() for r in everything} == {partition(run.id, PARTITIONS)}


def test_all_ways_carry_the_same_bytes(kafka: Broker, monitor: FakeMonitor, tmp_path: Path) -> None:
    run = f"bytes-{time.time_ns()}"
    tensors = {name: tensor(array, "F64") for name, array in weights(size=300).items()}
    message = Snapshot(run, 0, 7, Architecture("rnn"), tensors, {"train_loss": 1.0}, 0.5)
    over_kafka = KafkaTransport(Settings(bootstrap_servers=kafka.servers), run)
    for transport in (
        over_kafka,
        HttpTransport(monitor.url, run, None),
        SpoolTransport(tmp_path, run),
    ):
        transport.send(message, 30.0)
        transport.close(1.0)
    records = kafka.records("snapshots", run, whole)
    records.sort(key=lambda r: int(headers(r)["lyascope-chunk"].split("/")[0]))
    assert len(records) > 1
    sent = b"".join(record.value() for record in records)
    assert sent == monitor.of("snapshots")[0].body == message.bytes()
    (file,) = (tmp_path / run / "snapshots").iterdir()
    assert file.read_bytes() == sent


# From the tests of Kafka's own clients (UtilsTest.testMurmur2), as signed numbers.
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("21", -973932308),
        ("foobar", -790332482),
        ("a-little-bit-long-string", -985981536),
        ("a-little-bit-longer-string", -1486304829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        ("abc", 479470107),
    ],
)
def test_partitions_are_those_of_the_java_client(text: str, wanted: int) -> None:
    assert murmur2(text.encode()) == wanted & 0xFFFFFFFF


def test_a_very_long_run_id_leaves_room_in_every_record() -> None:
    run = "x" * 200_000
    now = datetime.now(timezone.utc)
    sent = list(chunks("snapshot", run, 0, 1, now, bytes(1_500_000)))
    assert sum(len(value) for _, value in sent) == 1_500_000
    for fields, value in sent:
        assert len(run) + len(value) + sum(len(n) + len(v) for n, v in fields) < 1_000_000


def command(run: lyascope.Run, **fields: Any) -> dict[str, Any]:
    now = datetime.now(timezone.utc)
    times = {"issued": now.isoformat(), "expires": (now + timedelta(hours=1)).isoformat()}
    stop = {"type": "stop", "id": "c1", "run": run.id, "attempt": 0, "reason": "chaotic"}
    return {**stop, "by": "operator", **times, **fields}


def test_a_stop_comes_by_the_control_topic_from_any_partition(kafka: Broker) -> None:
    """After vetoes in all the others, which may be read after it."""
    run = lyascope.init("tests")
    producer = Producer({"bootstrap.servers": kafka.servers})
    for target in range(PARTITIONS):
        fields = command(run, id=f"c{target}", type="veto" if target < PARTITIONS - 1 else "stop")
        producer.produce(
            "lyascope.control.v1", key=run.id, value=json.dumps(fields), partition=target
        )
    assert producer.flush(30) == 0
    wait_for(run.should_stop, "the stop")
    run.saved()
    run.finish()
    last = f"c{PARTITIONS - 1}"

    def acks(documents: list[dict[str, Any]]) -> list[str]:
        return [d["state"] for d in documents if d["type"] == "ack" and d["id"] == last]

    documents = kafka.documents("control", run.id, lambda found: "stopped" in acks(found))
    assert acks(documents) == ["received", "saved", "stopped"]


def test_a_stop_from_before_the_process_holds_unless_it_was_answered(
    kafka: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LYASCOPE_RUN", f"again-{time.time_ns()}")
    run = lyascope.init("tests")
    run.finish()
    producer = Producer({"bootstrap.servers": kafka.servers})
    minute_ago = int(1000 * (time.time() - 60))
    past = (datetime.now(timezone.utc) - timedelta(seconds=30)).isoformat()
    # The answer lies in another partition than its command.
    before = [
        (0, command(run, id="obeyed", reason="old")),
        (1, {"type": "ack", "id": "obeyed", "run": run.id, "attempt": 0, "state": "stopped"}),
        (2, command(run, id="late", expires=past)),
        (3, command(run, id="open", reason="new")),
    ]
    for target, fields in before:
        value = json.dumps(fields)
        producer.produce(
            "lyascope.control.v1", value, run.id, partition=target, timestamp=minute_ago
        )
    assert producer.flush(30) == 0
    again = lyascope.init("tests")
    wait_for(again.should_stop, "the stop")
    assert again.stop_reason == "new (by operator)"
    again.finish()

    def answers(documents: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return [(d["id"], d["state"]) for d in documents if d["type"] == "ack"]

    # Partitions are read in no order.
    documents = kafka.documents("control", run.id, lambda found: len(answers(found)) >= 3)
    wanted = [("obeyed", "stopped"), ("open", "received"), ("open", "stopped")]
    assert sorted(answers(documents)) == wanted


def test_a_day_of_a_large_fleet_is_read_at_one_go(kafka: Broker) -> None:
    """A batch at a time with the listener's pauses between would take minutes."""
    run = f"fleet-{time.time_ns()}"
    producer = Producer({"bootstrap.servers": kafka.servers})
    stop = {"type": "stop", "id": "c1", "run": run, "reason": "chaotic"}
    for number in range(5000):
        other = json.dumps({**stop, "id": f"c{number}", "run": "another"})
        producer.produce("lyascope.control.v1", other, "another", partition=number % PARTITIONS)
    producer.produce("lyascope.control.v1", json.dumps(stop), run, partition=1)
    producer.produce("lyascope.control.v1", json.dumps({**stop, "id": "c2"}), run, partition=2)
    ack = {"type": "ack", "id": "c2", "run": run, "state": "stopped"}
    producer.produce("lyascope.control.v1", json.dumps(ack), run, partition=3)
    assert producer.flush(30) == 0
    transport = KafkaTransport(Settings(bootstrap_servers=kafka.servers), run)
    assert [document["id"] for document in transport.commands(1.0)] == ["c1"]
    transport.stop_listening()
    transport.close(1.0)


def test_no_broker_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYASCOPE_BOOTSTRAP_SERVERS", f"127.0.0.1:{closed_port()}")
    run = train()
    run.finish()
    assert client(run)["dropped_snapshots"] > 0


def test_a_broker_that_comes_late_gets_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Broker(tmp_path) as late:
        late.create_topics("lyascope")
        late.kill()
        monkeypatch.setenv("LYASCOPE_BOOTSTRAP_SERVERS", late.servers)
        run = train()
        late.start()
        late.records("snapshots", run.id, lambda found: 19 in steps(found))
        late.records("probes", run.id, whole)
        run.finish()


def test_a_broker_is_killed_during_training_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Broker(tmp_path) as dying:
        dying.create_topics("lyascope")
        monkeypatch.setenv("LYASCOPE_BOOTSTRAP_SERVERS", dying.servers)
        run = train(3)
        dying.records("snapshots", run.id, bool)
        dying.kill()
        for step in range(3, 20):
            run.publish(step)
            run.log({"train_loss": 1.0}, step=step)
        dying.start()
        run.publish(99)
        dying.records("snapshots", run.id, lambda found: 99 in steps(found))
        run.finish()
        assert dying.documents("runs", run.id, ended)[-1]["state"] == "finished"


def test_a_process_ends_within_five_seconds_though_the_broker_never_answers() -> None:
    with BlackHole() as hole:
        done = script({"LYASCOPE_BOOTSTRAP_SERVERS": f"127.0.0.1:{hole.port}"})
    # The contract's own promise, with room for a machine that is busy with something else.
    assert exit_seconds(done) < 5 + 2


def test_a_process_whose_broker_is_not_there_ends_without_a_word_on_stderr() -> None:
    done = script({"LYASCOPE_BOOTSTRAP_SERVERS": f"127.0.0.1:{closed_port()}"})
    assert exit_seconds(done) < 5 + 2
    assert "rdkafka" not in done.stderr


def test_a_forked_child_has_a_producer_of_its_own(broker: Broker) -> None:
    run = f"forked-{time.time_ns()}"
    done = script(
        {
            "LYASCOPE_BOOTSTRAP_SERVERS": broker.servers,
            "LYASCOPE_RUN": run,
            "ENDING": "fork",
        }
    )
    assert done.returncode == 0, done.stderr
    broker.records("snapshots", run, lambda found: {1000, 2000} <= steps(found))


def test_without_confluent_kafka_training_goes_on() -> None:
    code = (
        "import sys; sys.modules['confluent_kafka'] = None\n"
        "import lyascope\nrun = lyascope.init()\nrun.log({'a': 1.0})\nrun.finish()\nprint('ok')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"LYASCOPE_BOOTSTRAP_SERVERS": "127.0.0.1:1", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "ok\n" and "nothing is published" in done.stderr


def open_handles() -> list[int]:
    """Threads and file descriptors of this process."""
    return [len(list(Path("/proc/self", kind).iterdir())) for kind in ("task", "fd")]


def are_gone(before: list[int]) -> bool:
    return all(now <= then for now, then in zip(open_handles(), before, strict=True))


def test_no_handle_is_left_by_a_run_nor_by_a_try_that_failed(
    kafka: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_handles()
    for _ in range(3):
        run = lyascope.init("tests")
        run.log({"train_loss": 1.0})
        run.finish()
    wait_for(lambda: are_gone(before), "threads and descriptors to go")

    nowhere = Settings(bootstrap_servers=f"127.0.0.1:{closed_port()}")
    monkeypatch.setattr("lyascope.transport.kafka._METADATA_SECONDS", 0.1)
    transport = KafkaTransport(nowhere, "r")
    counts = []
    for _ in range(3):
        with pytest.raises(KafkaException):
            transport.commands(0.1)
        counts.append(open_handles()[0])
    assert counts[-1] <= counts[0]
    transport.stop_listening()
    transport.close(0.0)
    wait_for(lambda: are_gone(before), "threads and descriptors to go")


class FakeProducer:
    """The first one of them fails for good, as an idempotent producer does after some errors."""

    made: list[FakeProducer]

    def __init__(self, settings: Any) -> None:
        self.made.append(self)
        self.delivered: list[Any] = []

    def produce(self, topic: str, on_delivery: Any, **record: Any) -> None:
        fatal = len(self.made) == 1
        error = KafkaError(KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER, "lost", fatal=True)
        self.delivered.append(record)
        self._answer = lambda: on_delivery(error if fatal else None, None)

    def poll(self, timeout: float) -> None:
        answer, self._answer = self._answer, lambda: None
        answer()

    def flush(self, timeout: float) -> None:
        pass

    def purge(self) -> None:
        pass


def test_a_producer_that_failed_for_good_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeProducer.made = []
    monkeypatch.setattr("lyascope.transport.kafka.Producer", FakeProducer)
    transport = KafkaTransport(Settings(bootstrap_servers="nowhere:1"), "r")
    message = Scalars("r", 0, 1, now(), {})
    with pytest.raises(UnavailableError, match="lost"):
        transport.send(message, 1.0)
    transport.send(message, 1.0)
    assert len(FakeProducer.made) == 2 and len(FakeProducer.made[1].delivered) == 1
