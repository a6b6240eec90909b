"""Files are written and read byte for byte as the format says."""

import json
import math
import struct

import numpy as np
import pytest

from lyascope.arrays import tensor
from lyascope.safetensors import MalformedError, Tensor, TensorFile, read, write


def test_what_is_written_is_read_again() -> None:
    tensors = {
        "a": Tensor.of([1.0, -2.5, 3.0, 4.0, 5.0, 6.0], (2, 3)),
        "b": Tensor.of([math.pi], (), "F64"),
        "empty": Tensor.of([], (0, 4)),
    }
    file = read(write(TensorFile({"key": "value"}, tensors)))
    assert file.metadata == {"key": "value"}
    assert file.tensors == tensors
    assert file.tensors["b"].numbers() == [math.pi]


def test_nan_and_infinity_are_legal_numbers() -> None:
    values = Tensor.of([math.nan, math.inf, -math.inf], (3,)).numbers()
    assert math.isnan(values[0])
    assert values[1:] == [math.inf, -math.inf]


def test_the_buffer_begins_at_a_multiple_of_eight() -> None:
    for name in ("a", "ab", "abc", "abcd", "äö"):
        data = write(TensorFile({}, {name: Tensor.of([1.0], (1,))}))
        assert int.from_bytes(data[:8], "little") % 8 == 0
        assert list(read(data).tensors) == [name]


@pytest.mark.parametrize(("dtype", "step"), [("F16", 2.0**-11), ("BF16", 2.0**-8)])
def test_narrow_numbers_are_the_nearest(dtype: str, step: float) -> None:
    wide = np.random.default_rng(1).normal(size=500).astype(np.float32)
    narrow = np.array(tensor(wide, dtype).numbers())
    assert np.all(np.abs(narrow - wide) <= step * np.abs(wide))
    assert not np.array_equal(narrow, wide)
    again = np.array(tensor(narrow, dtype).numbers())
    assert np.array_equal(again, narrow)


def test_bfloat16_rounds_ties_to_even_and_keeps_what_is_not_finite() -> None:
    ties = np.array([0x3F808000, 0x3F818000, 0x7F800000, 0xFF800000], "<u4").view("<f4")
    bits = struct.unpack("<4H", tensor(ties, "BF16").data)
    assert bits == (0x3F80, 0x3F82, 0x7F80, 0xFF80)
    quiet_and_odd = np.array([0x7FFFFFFF, 0xFFFFFFFF], "<u4").view("<f4")
    assert all(math.isnan(value) for value in tensor(quiet_and_odd, "BF16").numbers())


def test_too_large_for_half_precision_is_infinite() -> None:
    assert tensor(np.array([1e6, -1e6]), "F16").numbers() == [math.inf, -math.inf]


def malformed(header: object, buffer: bytes = b"") -> bytes:
    text = json.dumps(header).encode() if not isinstance(header, bytes) else header
    return struct.pack("<Q", len(text)) + text + buffer


ENTRY = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"123", "length"),
        (struct.pack("<Q", 1 << 40) + b"{}", "length"),
        (malformed(b"{"), "no JSON"),
        (malformed([]), "no JSON object"),
        (malformed(b'{"a":1,"a":2}'), "twice"),
        (malformed({"a": {"dtype": "F32", "shape": [1]}}), "tensor a"),
        (malformed({"a": {**ENTRY, "data_offsets": [4, 8]}}, b"12345678"), "tensor a"),
        (malformed({"a": ENTRY}, b"12"), "tensor a"),
        (malformed({"a": ENTRY}, b"12345"), "after the last tensor"),
        (malformed({"a": {**ENTRY, "shape": [2]}}, b"1234"), "tensor a"),
        (malformed({"a": ENTRY, "b": ENTRY}, b"1234"), "offsets"),
    ],
)
def test_every_malformation_is_named(data: bytes, says: str) -> None:
    with pytest.raises(MalformedError, match=says):
        read(data)


def test_tensors_of_other_types_are_skipped() -> None:
    data = malformed({"i": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}, bytes(8))
    assert read(data).tensors == {}
