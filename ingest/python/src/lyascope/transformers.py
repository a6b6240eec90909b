"""Transformers: `Trainer(..., callbacks=[LyascopeCallback(project=...)])`."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback

from .callback import Publisher, numbers
from .run import Run
from .warn import never_raises


class LyascopeCallback(TrainerCallback):  # type: ignore[misc, unused-ignore]
    """Publishes a training; on a stop it has the trainer save a checkpoint and end.

    run: one begun by the user, or else options of `lyascope.init`; watch: options of `Run.watch`.
    """

    def __init__(
        self, run: Run | None = None, *, watch: dict[str, Any] | None = None, **options: Any
    ) -> None:
        self._publisher = Publisher(run, options, watch or {})
        self._stopping = False

    @property
    def run(self) -> Run | None:
        """The run, once training has begun."""
        return self._publisher.run

    @never_raises(None)
    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        run = self._publisher.begin(kwargs.get("model"), state.max_steps, args.to_sanitized_dict())
        loader = kwargs.get("eval_dataloader")
        if run.source is not None and self._publisher.wants_probe and loader is not None:
            run.pin(run.source.probe(loader))

    @never_raises(None)
    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is not None:
            logs = numbers(kwargs.get("logs") or {})
            self.run.log({_NAMES.get(n, n): v for n, v in logs.items()}, step=state.global_step)

    @never_raises(None)
    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is None:
            return
        self.run.log({}, step=state.global_step)
        if self.run.should_stop():
            self._stopping = True
            control.should_save = True
            control.should_training_stop = True

    @never_raises(None)
    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is not None and self._stopping:
            self.run.saved()

    @never_raises(None)
    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is not None:
            self.run.finish()


#: The names under which the monitor draws them.
_NAMES = {"loss": "train_loss", "eval_loss": "val_loss", "eval_accuracy": "val_accuracy"}
