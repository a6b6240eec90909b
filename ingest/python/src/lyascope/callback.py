"""What the callbacks of all frameworks share: begin once, save and say so, end once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import init
from .run import Run
from .transport.spool import folder_name
from .warn import log


class Publisher:
    """A run that a callback begins when training does.

    run: one that the user began; otherwise options of `init`. watch: options of `Run.watch`.
    """

    def __init__(
        self, run: Run | None, options: Mapping[str, Any], watch: Mapping[str, Any]
    ) -> None:
        self.run = run
        self._options = dict(options)
        self._watch = dict(watch)

    @property
    def wants_probe(self) -> bool:
        """Whether the callback has to look for one."""
        return self._watch.get("probe") is None

    def begin(
        self, model: Any, total_steps: int | None = None, config: Mapping[str, Any] | None = None
    ) -> Run:
        """The run, which watches the model from the first call on."""
        if self.run is None:
            self._options.setdefault("config", config)
            self._options.setdefault("total_steps", total_steps)
            self.run = init(**self._options)
        if not self.run.is_watching:
            self.run.watch(model, **self._watch)
        return self.run


def numbers(values: Mapping[str, Any]) -> dict[str, float]:
    """The values that are numbers: frameworks log other things, too."""
    found = {}
    for name, value in values.items():
        try:
            found[str(name)] = float(value)
        except (TypeError, ValueError, RuntimeError):
            continue
    return found


def stop_file(run: Run, directory: str | Path, suffix: str) -> Path:
    """Where a model is saved because of a stop: trials in one folder have files of their own."""
    return Path(directory) / f"lyascope-stop-{folder_name(run.id)}-{run.attempt}{suffix}"


def save(run: Run, path: Path, write: Callable[[Path], object]) -> None:
    """Tries once, and says `saved` only where it was: a full disk must not keep a run going."""
    try:
        write(path)
    except Exception as e:
        log.warning("the model was not saved as %s: %s: %s", path, type(e).__name__, e)
    else:
        log.warning("the model is saved as %s", path)
        run.saved()
