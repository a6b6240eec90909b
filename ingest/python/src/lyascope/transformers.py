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
        self._pinned = False

    @property
    def run(self) -> Run | None:
        """The run, once training has begun."""
        return self._publisher.run

    @never_raises(None)
    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        run = self._publisher.begin(kwargs.get("model"), state.max_steps, args.to_sanitized_dict())
        # Without evaluations no validation batch will ever be seen.
        if str(getattr(args.eval_strategy, "value", args.eval_strategy)) == "no":
            self._pin(run, kwargs.get("train_dataloader"), "training")

    @never_raises(None)
    def on_prediction_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is not None:
            self._pin(self.run, kwargs.get("eval_dataloader"), "validation")

    def _pin(self, run: Run, loader: Any, source: str) -> None:
        """Takes the probe from the first batch that can be had, and no other afterwards."""
        if run.source is None or loader is None or self._pinned or not self._publisher.wants_probe:
            return
        self._pinned = True
        run.probe(loader, source)

    @never_raises(None)
    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.run is not None:
            logs = numbers(kwargs.get("logs") or {})
            self.run.log({_NAMES.get(n, n): v for n, v in logs.items()}, step=state.global_step)

    @never_raises(None)
    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """The trainer clears the gradients before it says that the step has ended."""
        if self.run is not None:
            self.run.keep_gradients()

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
