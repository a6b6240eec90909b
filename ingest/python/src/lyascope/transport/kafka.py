"""Kafka through librdkafka. Made and used after the fork, by the threads of one process."""

from __future__ import annotations

import ctypes
import json
import os
import time
import uuid
from collections.abc import Mapping
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from ..chunks import chunks, partition
from ..jsontext import now
from ..messages import Ack, Message, ProbeFile, RunDocument, Scalars, Snapshot
from ..settings import Settings
from . import RefusedError, UnavailableError
from .history import History

# Commands may be issued before the process begins, and hold for a day at most.
_LOOK_BACK = 24 * 3600.0
_METADATA_SECONDS = 5.0
_COMMANDS = 100
_HISTORY_SECONDS = 5.0
_TOPICS = {RunDocument: "runs", Scalars: "scalars", Ack: "control"}


class KafkaTransport:
    """A producer, and a consumer of the control topic, with what still holds of its last day."""

    def __init__(self, settings: Settings, run: str) -> None:
        self._settings = settings
        self._run = run
        self._since = time.time() - _LOOK_BACK
        self._producer = _Handle(Producer(producer_settings(settings)))
        self._consumer: _Handle | None = None
        self._subscribed = False
        self._history: History | None = None

    def send(self, message: Message, timeout: float) -> None:
        try:
            self._send(message, timeout)
        except KafkaException as e:
            if e.args[0].fatal():
                # An idempotent producer that lost its place takes nothing any more.
                self._free_producer(0.0)
                self._producer = _Handle(Producer(producer_settings(self._settings)))
            raise UnavailableError(e.args[0].str()) from None

    def _send(self, message: Message, timeout: float) -> None:
        delivery = _Delivery(self._producer.client, time.monotonic() + timeout)
        if isinstance(message, ProbeFile):
            self._send_probe(message, delivery)
        elif isinstance(message, Snapshot):
            data = message.bytes()
            at = (message.run, message.attempt, message.step)
            for headers, value in chunks("snapshot", *at, now(), data):
                delivery.produce(self._topic("snapshots"), message.run, value, headers)
        else:
            topic = self._topic(_TOPICS[type(message)])
            delivery.produce(topic, message.run, message.json().encode())
        delivery.wait()

    def _send_probe(self, message: ProbeFile, delivery: _Delivery) -> None:
        """A probe's keys are longer than the run's id, so its partition is told."""
        topic = self._topic("probes")
        client = self._producer.client
        known = client.list_topics(topic, timeout=_METADATA_SECONDS).topics[topic]
        if not known.partitions:
            raise UnavailableError(f"topic {topic} does not exist")
        target = partition(message.run, len(known.partitions))
        pieces = chunks("probe", message.run, 0, 0, now(), message.bytes())
        for index, (headers, value) in enumerate(pieces):
            delivery.produce(topic, f"{message.run}/{index}", value, headers, target)

    def commands(self, wait: float) -> list[Any]:
        if self._consumer is None:
            # Kept before it is asked anything: each try with one of its own would leave threads.
            self._consumer = _Handle(Consumer(consumer_settings(self._settings)))
        consumer = self._consumer.client
        if not self._subscribed:
            self._history = History(self._subscribe(consumer))
            self._subscribed = True
        if self._history is not None:
            return self._read_history(consumer, self._history)
        # Short, so that the end of the process never finds this thread inside librdkafka for long.
        return self._read(consumer.consume(_COMMANDS, min(wait, 1.0)))[0]

    def _read_history(self, consumer: Any, history: History) -> list[Any]:
        """At one go, with no pause between batches: a large fleet's day is many of them."""
        until = time.monotonic() + _HISTORY_SECONDS
        while not history.is_read and time.monotonic() < until:
            records = consumer.consume(10 * _COMMANDS, 1.0)
            history.read(len(records), *self._read(records))
        if not history.is_read:
            return []
        self._history = None
        return history.open()

    def _read(self, records: list[Any]) -> tuple[list[Any], list[int]]:
        """The documents for this run, and the partitions that have ended."""
        ends = [r.partition() for r in records if _is_end(r)]
        troubles = [r.error() for r in records if r.error() and not _is_end(r)]
        found = [own for r in records if not r.error() and (own := self._own(r)) is not None]
        if troubles and not found:
            raise UnavailableError(str(troubles[0]))
        return found, ends

    def _own(self, record: Any) -> Any:
        """The document, where it is for this run and can be read."""
        try:
            return json.loads(record.value()) if record.key() == self._run.encode() else None
        except (TypeError, ValueError):
            return None

    def _subscribe(self, consumer: Any) -> list[int]:
        """Every partition: a reader does not rely on where a command was put."""
        topic = self._topic("control")
        known = consumer.list_topics(topic, timeout=_METADATA_SECONDS).topics[topic]
        if not known.partitions:
            raise UnavailableError(f"topic {topic} does not exist")
        # Asked first: what comes between the two questions is behind these ends, and not lost.
        ends = {number: _end(consumer, topic, number) for number in known.partitions}
        since = int(self._since * 1000)
        wanted = [TopicPartition(topic, number, since) for number in known.partitions]
        found = consumer.offsets_for_times(wanted, timeout=_METADATA_SECONDS)
        for place in found:
            if place.offset < 0:
                place.offset = ends[place.partition]
        consumer.assign(found)
        return list(known.partitions)

    def stop_listening(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None and consumer.is_ours:
            consumer.client.close()
            consumer.release()

    def close(self, timeout: float) -> None:
        """Every send has waited for its delivery: nothing is left but what nobody waits for."""
        self._free_producer(timeout)

    def _free_producer(self, timeout: float) -> None:
        producer = self._producer
        if producer.is_ours:
            producer.client.flush(max(0.0, timeout))
            producer.client.purge()
            producer.client.poll(0)
            producer.release()

    def _topic(self, name: str) -> str:
        return f"{self._settings.topic_prefix}.{name}.v1"


class _Handle:
    """A client of librdkafka, which only the process that made it may free.

    Freeing one in a forked child waits for threads that the child does not have: therefore it is
    never freed by the way, but only by `release`.
    """

    def __init__(self, client: Any) -> None:
        self.client = client
        self._pid = os.getpid()
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(client))

    @property
    def is_ours(self) -> bool:
        return self._pid == os.getpid()

    def release(self) -> None:
        """Lets go of threads and connections."""
        client, self.client = self.client, None
        ctypes.pythonapi.Py_DecRef(ctypes.py_object(client))


def _is_end(record: Any) -> bool:
    return bool(record.error() and record.error().code() == KafkaError._PARTITION_EOF)


def _end(consumer: Any, topic: str, number: int) -> int:
    place = TopicPartition(topic, number)
    return int(consumer.get_watermark_offsets(place, timeout=_METADATA_SECONDS)[1])


class _Delivery:
    """The records of one message, until all of them are delivered or one has failed."""

    def __init__(self, producer: Any, deadline: float) -> None:
        self._producer = producer
        self._deadline = deadline
        self._open = 0
        self._failed: Any = None

    def produce(
        self,
        topic: str,
        key: str,
        value: bytes,
        headers: list[tuple[str, bytes]] | None = None,
        target: int | None = None,
    ) -> None:
        where = {} if target is None else {"partition": target}
        while True:
            try:
                self._producer.produce(
                    topic,
                    key=key.encode(),
                    value=value,
                    headers=headers or [],
                    on_delivery=self._done,
                    **where,
                )
                self._open += 1
                return
            except BufferError:
                self._poll()

    def wait(self) -> None:
        """Returns once the brokers have everything.

        Raises KafkaException, or RefusedError where trying again is of no use.
        """
        while self._open and self._failed is None:
            self._poll()
        if self._failed is not None:
            if self._failed.code() in _HOPELESS:
                raise RefusedError(self._failed.str())
            raise KafkaException(self._failed)

    def _poll(self) -> None:
        if time.monotonic() > self._deadline:
            # What is queued must not go out beside the next try.
            self._producer.purge()
            self._producer.poll(0)
            raise UnavailableError("no answer from the brokers in time")
        self._producer.poll(0.05)

    def _done(self, error: Any, record: Any) -> None:
        self._open -= 1
        self._failed = self._failed or error


_HOPELESS = (
    KafkaError.MSG_SIZE_TOO_LARGE,
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.INVALID_RECORD,
)


def producer_settings(settings: Settings) -> dict[str, object]:
    """Idempotent, acknowledged by all replicas, placed as the Java client does."""
    return {
        **_common(settings),
        "enable.idempotence": True,
        "acks": "all",
        "delivery.timeout.ms": 30_000,
        "partitioner": "murmur2_random",
        "message.max.bytes": 1_000_000,
        "queue.buffering.max.kbytes": 64 * 1024,
        **_passed(settings, "producer.", "consumer."),
    }


def consumer_settings(settings: Settings) -> dict[str, object]:
    return {
        **_common(settings),
        "group.id": f"lyascope-python-{uuid.uuid4()}",
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
        **_passed(settings, "consumer.", "producer."),
    }


def _common(settings: Settings) -> dict[str, object]:
    return {
        "bootstrap.servers": settings.bootstrap_servers,
        "client.id": "lyascope-python",
        # Trouble is said by us, once: librdkafka would write to stderr again and again.
        "log_level": 0,
        "error_cb": lambda error: None,
    }


def _passed(settings: Settings, own: str, other: str) -> Mapping[str, object]:
    """The user's settings: for both clients, or for one where the name begins like that."""
    return {
        name.removeprefix(own): value
        for name, value in settings.kafka.items()
        if not name.startswith(other)
    }
