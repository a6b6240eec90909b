"""The wire formats, written from the contract alone: nothing here comes from the Java side."""

import hashlib
import json
import struct
import time
import uuid

CHUNK = 512 * 1024
DTYPES = {"float64": "F64", "float32": "F32", "float16": "F16"}


def safetensors(metadata, tensors):
    """A file of numpy arrays: header length, JSON header, raw little-endian buffer."""
    header, buffer = {"__metadata__": metadata}, b""
    for name, array in tensors.items():
        raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
        header[name] = {
            "dtype": DTYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [len(buffer), len(buffer) + len(raw)],
        }
        buffer += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + buffer


def snapshot(run, step, architecture, tensors, attempt=0, scalars=None):
    metadata = {
        "lyascope.format": "snapshot/1",
        "lyascope.run": run,
        "lyascope.attempt": str(attempt),
        "lyascope.step": str(step),
        "lyascope.architecture": json.dumps(architecture),
        "lyascope.scalars": json.dumps(scalars or {}),
    }
    return safetensors(metadata, tensors)


def probe(inputs, protocol):
    metadata = {
        "lyascope.format": "probe/1",
        "lyascope.source": "synthetic",
        "lyascope.protocol": json.dumps(protocol),
    }
    return safetensors(metadata, {"inputs": inputs})


def murmur2_partition(key, partitions):
    """The partition that the Java client computes for this key."""
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = (0x9747B28C ^ len(key)) & mask
    whole = len(key) // 4 * 4
    for (k,) in struct.iter_unpack("<I", key[:whole]):
        k = (k * m) & mask
        k ^= k >> 24
        h = ((h * m) & mask) ^ ((k * m) & mask)
    rest = key[whole:]
    if rest:
        h ^= int.from_bytes(rest, "little")
        h = (h * m) & mask
    h ^= h >> 13
    h = (h * m) & mask
    h ^= h >> 15
    return (h & 0x7FFFFFFF) % partitions


def chunks(kind, run, attempt, step, data, size=CHUNK):
    """(headers, value) of every chunk of a file; kind is 'snapshot' or 'probe'."""
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    digest = hashlib.sha256(data).hexdigest()
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    for i, piece in enumerate(pieces):
        headers = {
            "ce_specversion": "1.0",
            "ce_id": f"{run}/{attempt}/{step}/{i}",
            "ce_source": f"/test/{uuid.uuid4()}",
            "ce_type": f"io.lyascope.{kind}.v1",
            "ce_subject": run,
            "ce_time": now,
            "lyascope-step": str(step),
            "lyascope-attempt": str(attempt),
            "lyascope-chunk": f"{i}/{len(pieces)}",
            "lyascope-digest": digest,
        }
        yield headers, piece
