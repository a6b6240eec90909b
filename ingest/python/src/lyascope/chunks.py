"""How a file travels over Kafka: in pieces that a broker with default settings takes."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from datetime import datetime

from .jsontext import rfc3339

CHUNK_BYTES = 512 * 1024
# What a broker takes by default, less a margin for the framing.
_RECORD_BYTES = 1_000_000
Headers = list[tuple[str, bytes]]


def chunks(
    kind: str, run: str, attempt: int, step: int, time: datetime, data: bytes
) -> Iterator[tuple[Headers, bytes]]:
    """Headers and value of every record of a file; kind is `snapshot` or `probe`.

    Raises ValueError where the run's id, which is in every header, leaves no room.
    """
    size = _chunk_bytes(run)
    count = max(1, -(-len(data) // size))
    digest = hashlib.sha256(data).hexdigest()
    for index in range(count):
        fields = {
            "ce_specversion": "1.0",
            "ce_id": f"{run}/{attempt}/{step}/{index}",
            "ce_source": "/lyascope/python",
            "ce_type": f"io.lyascope.{kind}.v1",
            "ce_subject": run,
            "ce_time": rfc3339(time),
            "lyascope-step": str(step),
            "lyascope-attempt": str(attempt),
            "lyascope-chunk": f"{index}/{count}",
            "lyascope-digest": digest,
        }
        headers = [(name, value.encode()) for name, value in fields.items()]
        yield headers, data[index * size : (index + 1) * size]


def _chunk_bytes(run: str) -> int:
    room = _RECORD_BYTES - 3 * len(run.encode()) - 1024
    if room < 1024:
        raise ValueError("the run id is too long for a record")
    return min(CHUNK_BYTES, room)


def partition(run: str, partitions: int) -> int:
    """Where the Java client puts a record whose key is the run's id."""
    return (murmur2(run.encode()) & 0x7FFFFFFF) % partitions


def murmur2(data: bytes) -> int:
    """Kafka's variant of MurmurHash 2 (A. Appleby), 32 bits unsigned."""
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = (0x9747B28C ^ len(data)) & mask
    whole = len(data) // 4 * 4
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        k = (word * m) & mask
        k = ((k ^ (k >> 24)) * m) & mask
        h = ((h * m) & mask) ^ k
    rest = data[whole:]
    if rest:
        h = ((h ^ int.from_bytes(rest, "little")) * m) & mask
    h = ((h ^ (h >> 13)) * m) & mask
    return h ^ (h >> 15)
