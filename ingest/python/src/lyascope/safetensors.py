"""safetensors files: 8 bytes header length, a JSON header, little-endian tensors without holes."""

from __future__ import annotations

import array
import json
import math
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Bytes of one number, by the types that the monitor reads.
WIDTHS: Mapping[str, int] = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}
HEADER_LIMIT = 1 << 20
_METADATA = "__metadata__"


class MalformedError(ValueError):
    """The bytes are no safetensors file; the message names the tensor."""


@dataclass(frozen=True)
class Tensor:
    """Numbers as they travel: row-major, little-endian.

    dtype: one of WIDTHS; shape: as PyTorch counts it; data: exactly the bytes of that shape.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes

    def __post_init__(self) -> None:
        wanted = math.prod(self.shape) * WIDTHS[self.dtype]
        if len(self.data) != wanted:
            raise MalformedError(
                f"{len(self.data)} bytes for {self.dtype} {list(self.shape)}, wanted {wanted}"
            )

    def numbers(self) -> list[float]:
        """The values in row-major order."""
        if self.dtype == "F16":
            return list(struct.unpack(f"<{len(self.data) // 2}e", self.data))
        if self.dtype == "BF16":
            wide = b"".join(b"\0\0" + self.data[i : i + 2] for i in range(0, len(self.data), 2))
            return Tensor("F32", self.shape, wide).numbers()
        return list(
            struct.unpack(f"<{len(self.data) // WIDTHS[self.dtype]}" + _code(self), self.data)
        )

    @staticmethod
    def of(values: list[float], shape: tuple[int, ...], dtype: str = "F32") -> Tensor:
        """A tensor of plain numbers; dtype F32 or F64."""
        packed = array.array("d" if dtype == "F64" else "f", values)
        if sys.byteorder == "big":
            packed.byteswap()
        return Tensor(dtype, shape, packed.tobytes())


def _code(tensor: Tensor) -> str:
    return "d" if tensor.dtype == "F64" else "f"


@dataclass(frozen=True)
class TensorFile:
    """What a file holds."""

    metadata: Mapping[str, str]
    tensors: Mapping[str, Tensor]


def write(file: TensorFile) -> bytes:
    """The bytes of the file; tensors lie in the order of their mapping."""
    header: dict[str, Any] = {_METADATA: dict(file.metadata)} if file.metadata else {}
    offset = 0
    for name, tensor in file.tensors.items():
        end = offset + len(tensor.data)
        header[name] = {
            "dtype": tensor.dtype,
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    # Padded to eight bytes, as the reference implementation does: numbers then lie aligned.
    text += b" " * (-len(text) % 8)
    parts = [struct.pack("<Q", len(text)), text]
    parts.extend(tensor.data for tensor in file.tensors.values())
    return b"".join(parts)


def read(data: bytes) -> TensorFile:
    """Reads a file; tensors of types that are not in WIDTHS are skipped.

    Raises MalformedError where the bytes break the format.
    """
    header, buffer = _header(data)
    metadata = header.pop(_METADATA, {})
    tensors: dict[str, Tensor] = {}
    used = 0
    for name, entry in sorted(header.items(), key=lambda item: _offsets(*item)):
        begin, end = _offsets(name, entry)
        if begin != used or end < begin or end > len(buffer):
            raise MalformedError(f"tensor {name}: offsets {begin} to {end}, wanted them at {used}")
        used = end
        if entry.get("dtype") in WIDTHS:
            try:
                tensors[name] = Tensor(entry["dtype"], tuple(entry["shape"]), buffer[begin:end])
            except (MalformedError, KeyError, TypeError) as e:
                raise MalformedError(f"tensor {name}: {e}") from e
    if used != len(buffer):
        raise MalformedError(f"{len(buffer) - used} bytes after the last tensor")
    return TensorFile(metadata, tensors)


def _header(data: bytes) -> tuple[dict[str, Any], bytes]:
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(HEADER_LIMIT, len(data) - 8):
        raise MalformedError("the header's length does not fit the file")
    try:
        header = json.loads(data[8 : 8 + length], object_pairs_hook=_unique)
    except ValueError as e:
        raise MalformedError(f"the header is no JSON: {e}") from e
    if not isinstance(header, dict):
        raise MalformedError("the header is no JSON object")
    return header, data[8 + length :]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise MalformedError("the header names something twice")
    return fields


def _offsets(name: str, entry: Any) -> tuple[int, int]:
    try:
        begin, end = entry["data_offsets"]
        return int(begin), int(end)
    except (KeyError, TypeError, ValueError) as e:
        raise MalformedError(f"tensor {name}: no data_offsets") from e
