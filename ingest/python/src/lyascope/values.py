"""The numbers that a training script says, until they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .jsontext import as_float, plain
from .warn import warn_once


class Values:
    """Of each name the newest value. Tensors are read only when they are taken out."""

    def __init__(self) -> None:
        self._waiting: dict[str, Any] = {}
        #: The newest number of each name that was ever taken out.
        self.said: dict[str, float] = {}

    def add(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            try:
                # A loss that still hangs on its graph would keep all of it in memory.
                self._waiting[str(name)] = value.detach() if hasattr(value, "detach") else value
            except Exception as e:
                _leave_out(name, e)

    def take(self) -> dict[str, float]:
        """What waits, as numbers. What is none is left out, and nothing of it stays behind."""
        waiting, self._waiting = self._waiting, {}
        numbers = {}
        for name, value in waiting.items():
            try:
                numbers[name] = as_float(value)
            except Exception as e:
                _leave_out(name, e)
        self.said.update(numbers)
        return numbers

    def __bool__(self) -> bool:
        return bool(self._waiting)


def _leave_out(name: object, error: Exception) -> None:
    warn_once("number", "%r is no number: %s: %s", name, type(error).__name__, error)


def fields(given: Any) -> dict[str, Any]:
    """A mapping, or the attributes of an object such as those of argparse, as JSON can hold it.

    What is neither is left out with a warning.
    """
    if given is None:
        return {}
    try:
        if isinstance(given, Mapping) or hasattr(given, "keys"):
            return dict(plain(dict(given)))
        return dict(plain(vars(given)))
    except Exception as e:
        warn_once("fields", "a %s is no mapping and is left out: %s", type(given).__name__, e)
        return {}
