"""Lightning: `Trainer(callbacks=[LyascopeCallback(project=...)])`."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from lightning.pytorch import Callback

from .callback import Publisher, numbers, save, stop_file
from .run import Run
from .torch.probe import Capture
from .torch.source import TorchSource
from .warn import never_raises


class LyascopeCallback(Callback):
    """Publishes a fit, takes the probe from its first validation batch, saves and stops on demand.

    run: one begun by the user, or else options of `lyascope.init`; watch: options of `Run.watch`.
    """

    def __init__(
        self, run: Run | None = None, *, watch: dict[str, Any] | None = None, **options: Any
    ) -> None:
        self._publisher = Publisher(run, options, watch or {})
        self._protocol = (watch or {}).get("protocol")
        self._pinned = False
        self._capture = ExitStack()
        self._seen: Capture | None = None

    @property
    def run(self) -> Run | None:
        """The run, once training has begun."""
        return self._publisher.run

    def _begin(self, trainer: Any, module: Any) -> Run:
        steps = trainer.estimated_stepping_batches
        finite = steps != float("inf")
        hyper = dict(getattr(module, "hparams", {}) or {})
        return self._publisher.begin(module, int(steps) if finite else None, hyper)

    @never_raises(None)
    def on_sanity_check_start(self, trainer: Any, pl_module: Any) -> None:
        self._begin(trainer, pl_module)

    @never_raises(None)
    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        self._begin(trainer, pl_module)

    @never_raises(None)
    def on_validation_batch_start(
        self, trainer: Any, pl_module: Any, batch: Any, batch_idx: int, dataloader_idx: int = 0
    ) -> None:
        source = self.run.source if self.run is not None else None
        wanted = self._publisher.wants_probe and not self._pinned
        if wanted and isinstance(source, TorchSource):
            self._seen = self._capture.enter_context(source.capture())

    @never_raises(None)
    def on_validation_batch_end(self, trainer: Any, pl_module: Any, *_: Any, **__: Any) -> None:
        seen, self._seen = self._seen, None
        self._capture.close()
        if seen is not None and self.run is not None and not seen.is_empty:
            self._pinned = True
            self.run.pin(seen.probe(self._protocol))

    @never_raises(None)
    def on_train_batch_end(
        self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        run = self.run
        if run is None:
            return
        values = numbers(trainer.callback_metrics) if run.wants_numbers else {}
        run.log(values, step=trainer.global_step)
        if run.should_stop() and not trainer.should_stop:
            save(run, stop_file(run, trainer.default_root_dir, ".ckpt"), trainer.save_checkpoint)
            trainer.should_stop = True

    @never_raises(None)
    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        if self.run is not None and not trainer.sanity_checking:
            values = numbers(trainer.callback_metrics)
            self.run.log(values, step=trainer.global_step, phase="eval")

    @never_raises(None)
    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        if self.run is not None:
            self.run.finish(state="failed")

    @never_raises(None)
    def on_fit_end(self, trainer: Any, pl_module: Any) -> None:
        if self.run is not None:
            self.run.finish(numbers(trainer.callback_metrics))
