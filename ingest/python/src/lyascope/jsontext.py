"""JSON as the contract has it: times in RFC 3339, numbers that are not finite as strings."""

from __future__ import annotations

import contextlib
import json
import math
import operator
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any


def number(value: float) -> float | str:
    """JSON has no NaN and no infinity: they are written as strings."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def as_float(value: Any) -> float:
    """The number that a value is: of Python, NumPy or a tensor, wherever it lies.

    Raises what the value raises where it is none.
    """
    return float(value.detach() if hasattr(value, "detach") else value)


def plain(value: Any) -> Any:
    """What JSON can hold of a user's value: what it does not know becomes text."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(entry) for entry in value]
    return _foreign(value)


def _foreign(value: Any) -> Any:
    """Numbers of NumPy and of tensors are numbers, too; of what raises only the type is said."""
    for convert in (operator.index, lambda v: number(as_float(v)), str):
        with contextlib.suppress(Exception):
            return convert(value)
    return type(value).__name__


def compact(document: Mapping[str, Any]) -> str:
    """One line of JSON; fields that are None are left out."""
    present = {key: plain(value) for key, value in document.items() if value is not None}
    return json.dumps(present, separators=(",", ":"), allow_nan=False)


def now() -> datetime:
    return datetime.now(timezone.utc)


def rfc3339(time: datetime) -> str:
    text = time.astimezone(timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def parse_time(text: str) -> datetime:
    """Reads RFC 3339 with any number of fractional digits (before 3.11 Python knows only 3 and 6).

    Raises ValueError for what is no time.
    """
    head, point, tail = text.strip().upper().replace("Z", "+00:00").partition(".")
    if point:
        digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
        head += "." + digits[:6].ljust(6, "0") + tail[len(digits) :]
    time = datetime.fromisoformat(head)
    if time.tzinfo is None:
        raise ValueError(f"the time {text} has no zone")
    return time
