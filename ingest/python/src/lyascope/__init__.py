"""Publishes a training run to Lyascope, which reads networks through their Lyapunov spectra.

run = lyascope.init(project="text", name="lstm-512", total_steps=10_000)
run.watch(model, probe=validation_batch)
for step, batch in enumerate(batches):
    ...
    run.log({"train_loss": loss}, step=step)
    if run.should_stop():
        break
run.finish()
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from .architecture import Architecture, Probe
from .jsontext import plain
from .launcher import attempt
from .run import Run
from .safetensors import Tensor
from .settings import Settings, run_id
from .values import fields
from .version import VERSION
from .warn import log as _log

__version__ = VERSION
__all__ = ["Architecture", "Probe", "Run", "Tensor", "init"]


def init(
    project: str | None = None,
    name: str | None = None,
    config: Mapping[str, Any] | object | None = None,
    total_steps: int | None = None,
    *,
    task: str | None = None,
    kafka: Mapping[str, Any] | None = None,
) -> Run:
    """Begins a run. Returns at once, whether anybody listens or not.

    config: hyper-parameters, as a mapping or as `argparse` returns them; total_steps: the planned
    length, for the progress; task: what is learned; kafka: settings for librdkafka, beside those of
    the environment.
    """
    name = None if name is None else str(plain(name))
    try:
        return Run(
            Settings.read(kafka=kafka),
            run_id(name),
            attempt(),
            {
                "project": plain(project or os.environ.get("LYASCOPE_PROJECT") or None),
                "name": name,
                "config": fields(config),
                "task": plain(task),
                "total_steps": _count(total_steps),
            },
        )
    except Exception as e:
        _log.warning("init went wrong, nothing is published: %s: %s", type(e).__name__, e)
        return Run(Settings(mode="disabled"), "disabled", 0, {})


def _count(steps: Any) -> int | None:
    try:
        return None if steps is None else int(steps)
    except Exception as e:
        _log.warning("total_steps is no integer and is left out: %s: %s", type(e).__name__, e)
        return None
