"""Reads and writes snapshots and probes as CONTRACTS describe them, with nothing but numpy.

Kept apart from the safetensors library on purpose: the reference check shall run wherever torch and
numpy do, and shall read the bytes on its own.
"""

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WRAPPERS = ("module", "_orig_mod", "_fsdp_wrapped_module")
DTYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16}


@dataclass
class TensorFile:
    """String metadata and tensors, all widened to double."""

    metadata: dict[str, str]
    tensors: dict[str, np.ndarray]


def read(path: Path) -> TensorFile:
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    buffer = raw[8 + length :]
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = _decode(buffer[begin:end], entry["dtype"])
        if values is not None:
            tensors[name] = values.reshape(entry["shape"])
    return TensorFile(metadata, tensors)


def write(path: Path, metadata: dict[str, str], tensors: dict[str, tuple[str, np.ndarray]]) -> None:
    """Writes tensors given as (dtype, values); values are rounded to the dtype."""
    header: dict[str, object] = {"__metadata__": metadata}
    buffer = b""
    for name, (dtype, values) in tensors.items():
        encoded = _encode(values, dtype)
        header[name] = {"dtype": dtype, "shape": list(values.shape),
                        "data_offsets": [len(buffer), len(buffer) + len(encoded)]}
        buffer += encoded
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + buffer)


def _decode(raw: bytes, dtype: str) -> np.ndarray | None:
    if dtype == "BF16":
        return (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32).astype(float)
    if dtype not in DTYPES:
        return None
    return np.frombuffer(raw, np.dtype(DTYPES[dtype]).newbyteorder("<")).astype(float)


def _encode(values: np.ndarray, dtype: str) -> bytes:
    if dtype == "BF16":
        bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
        # Round half to even on the sixteen bits that go.
        rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
        return rounded.astype("<u2").tobytes()
    return np.ascontiguousarray(values, np.dtype(DTYPES[dtype]).newbyteorder("<")).tobytes()


def recurrent_core(file: TensorFile) -> tuple[dict, dict[str, np.ndarray]]:
    """The architecture and the core's tensors under PyTorch's bare names."""
    architecture = json.loads(file.metadata["lyascope.architecture"])
    prefix = architecture.get("prefix") or ""
    core = {}
    for name, values in file.tensors.items():
        bare = _unwrapped(name)
        if bare.startswith(prefix):
            core[bare[len(prefix) :]] = values
    return architecture, core


def _unwrapped(name: str) -> str:
    *modules, own = name.split(".")
    return ".".join([module for module in modules if module not in WRAPPERS] + [own])
