"""Trouble is said once by logging, and never raised into a training loop."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

log = logging.getLogger("lyascope")

_said: set[str] = set()

P = ParamSpec("P")
R = TypeVar("R")


def warn_once(key: str, message: str, *arguments: object) -> None:
    """Says it the first time; later ones are for those who debug."""
    level = logging.DEBUG if key in _said else logging.WARNING
    _said.add(key)
    log.log(level, message, *arguments)


def forget_warnings() -> None:
    """Lets everything be said again: for tests."""
    _said.clear()


def never_raises(fallback: R) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Turns every exception of a method into one warning and the fallback as its value."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def guarded(*arguments: P.args, **options: P.kwargs) -> R:
            try:
                return function(*arguments, **options)
            except Exception as e:
                name = function.__name__
                warn_once(
                    name, "%s went wrong, training goes on: %s: %s", name, type(e).__name__, e
                )
                log.debug("%s went wrong", name, exc_info=True)
                return fallback

        return guarded

    return decorate
