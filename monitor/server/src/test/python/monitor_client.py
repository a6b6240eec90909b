"""A publisher and reader of the monitor's topics and HTTP interface on librdkafka."""

import json
import re
import time
import urllib.parse
import urllib.request

from confluent_kafka import Consumer, Producer, TopicPartition

import wire

DEADLINE_SECONDS = 60


class Client:
    def __init__(self, bootstrap, url, prefix):
        self.url = url
        self.bootstrap = bootstrap
        self.prefix = prefix
        self.wait("the monitor to be ready", lambda: self.answers("/health/ready"))
        self.producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "enable.idempotence": True,
                "partitioner": "murmur2_random",
                "message.max.bytes": 1000000,
            }
        )
        topics = self.producer.list_topics(timeout=30).topics
        self.partitions = len(topics[f"{prefix}.snapshots.v1"].partitions)

    def send(self, topic, key, value, headers=None, partition=None):
        arguments = {} if partition is None else {"partition": partition}
        headers = list(headers.items()) if isinstance(headers, dict) else headers
        errors = []
        self.producer.produce(
            f"{self.prefix}.{topic}",
            key=key,
            value=value,
            headers=headers,
            on_delivery=lambda error, _: errors.append(error) if error else None,
            **arguments,
        )
        assert self.producer.flush(30) == 0 and not errors, errors

    def send_document(self, topic, document):
        self.send(topic, document["run"].encode(), json.dumps(document).encode())

    def send_snapshot(self, run, step, data, attempt=0, order=lambda chunks: chunks):
        for headers, piece in order(list(wire.chunks("snapshot", run, attempt, step, data))):
            self.send("snapshots.v1", run.encode(), piece, headers)

    def send_probe(self, run, data):
        partition = wire.murmur2_partition(run.encode(), self.partitions)
        for i, (headers, piece) in enumerate(wire.chunks("probe", run, 0, 0, data)):
            self.send("probes.v1", f"{run}/{i}".encode(), piece, headers, partition)

    def read(self, topic, wanted, deadline=DEADLINE_SECONDS):
        """All records of a topic from its beginning, once wanted(records) holds."""
        name = f"{self.prefix}.{topic}"
        consumer = Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": f"contract-{time.time_ns()}",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
            }
        )
        consumer.assign([TopicPartition(name, p, 0) for p in range(self.partitions)])
        records, end = [], time.monotonic() + deadline
        try:
            while not wanted(records):
                left = end - time.monotonic()
                assert left > 0, f"{topic}: gave up waiting, saw {[r.value() for r in records]}"
                record = consumer.poll(min(left, 1.0))
                if record is not None and not record.error():
                    records.append(record)
            return records
        finally:
            consumer.close()

    def readings(self, run, count):
        """The reference readings of a run, once there are at least count of them."""

        def of_run(records):
            documents = [json.loads(r.value()) for r in records if r.key() == run.encode()]
            return [d for d in documents if d["type"] == "reading" and d["kind"] == "reference"]

        return of_run(self.read("results.v1", lambda records: len(of_run(records)) >= count))

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as response:
            return response.read().decode()

    def answers(self, path):
        try:
            self.get(path)
            return True
        except OSError:
            return False

    def run(self, run):
        return json.loads(self.get("/api/v1/runs/" + urllib.parse.quote(run, safe="")))

    def counter(self, name, **labels):
        """A sample of /metrics, 0 where it does not exist."""
        for line in self.get("/metrics").splitlines():
            match = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
            if match and dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', match[1] or "")) == labels:
                return float(match[2])
        return 0.0

    def wait(self, what, condition):
        end = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"gave up waiting for: {what}"
            time.sleep(0.1)
