"""Keras 3, on any of its backends: `model.fit(..., callbacks=[LyascopeCallback(project=...)])`."""

from __future__ import annotations

from typing import Any

import keras

from .callback import Publisher, numbers, save, stop_file
from .run import Run
from .warn import never_raises


class LyascopeCallback(keras.callbacks.Callback):  # type: ignore[misc, unused-ignore]
    """Publishes a fit; on a stop it saves the model as `directory`/lyascope-stop-*.keras.

    run: one begun by the user, or else options of `lyascope.init`; watch: options of `Run.watch`.
    """

    def __init__(
        self,
        run: Run | None = None,
        *,
        directory: str = ".",
        watch: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self._publisher = Publisher(run, options, watch or {})
        self._directory = directory
        self._step = 0

    @property
    def run(self) -> Run | None:
        """The run, once training has begun."""
        return self._publisher.run

    @never_raises(None)
    def on_train_begin(self, logs: Any = None) -> None:
        epochs, steps = self.params.get("epochs"), self.params.get("steps")
        self._publisher.begin(self.model, epochs * steps if epochs and steps else None)

    @never_raises(None)
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if self.run is None:
            return
        self._step += 1
        self.run.log(self._named(logs) if self.run.wants_numbers else {}, step=self._step)
        if self.run.should_stop() and not self.model.stop_training:
            save(self.run, stop_file(self.run, self._directory, ".keras"), self.model.save)
            self.model.stop_training = True

    @never_raises(None)
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if self.run is not None:
            self.run.log(self._named(logs), step=self._step, phase="eval")

    @never_raises(None)
    def on_train_end(self, logs: Any = None) -> None:
        if self.run is not None:
            self.run.finish(self._named(logs))

    @staticmethod
    def _named(logs: Any) -> dict[str, float]:
        """Keras calls the training's loss `loss`; the monitor draws `train_loss`."""
        values = numbers(logs or {})
        return {"train_loss" if n == "loss" else n: v for n, v in values.items()}
