"""A real fit by Lightning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lightning
import pytest
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from fakes import FakeMonitor, wait_for
from lyascope.lightning import LyascopeCallback
from torch_models import CharModel

TOKENS = torch.randint(0, 5, (64, 31), generator=torch.Generator().manual_seed(1))


class Module(lightning.LightningModule):
    def __init__(self, hidden: int = 6) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.model = CharModel()

    def loss(self, batch: list[Tensor]) -> Tensor:
        (tokens,) = batch
        logits = self.model(tokens[:, :-1])
        return nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())

    def training_step(self, batch: list[Tensor], index: int) -> Tensor:
        loss = self.loss(batch)
        self.log("train_loss", loss)
        return loss

    def validation_step(self, batch: list[Tensor], index: int) -> None:
        self.log("val_loss", self.loss(batch))

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters(), 0.01)


def fit(tmp_path: Path, callback: LyascopeCallback, epochs: int = 2, **options: Any) -> Module:
    trainer = lightning.Trainer(
        accelerator="cpu",
        max_epochs=epochs,
        callbacks=[callback],
        default_root_dir=tmp_path,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **options,
    )
    loader = DataLoader(TensorDataset(TOKENS), batch_size=16)
    module = Module()
    trainer.fit(module, loader, loader)
    return module


def test_a_fit_is_published_with_its_probe(monitor: FakeMonitor, tmp_path: Path) -> None:
    module = fit(tmp_path, LyascopeCallback(project="tests", watch={"dtype": "F64"}))
    last = monitor.of("")[-1].json()
    assert last["state"] == "finished" and last["project"] == "tests"
    assert last["total_steps"] == 8 and last["config"] == {"hidden": 6}
    assert {"train_loss", "val_loss"} <= last["outcome"].keys()
    (probe,) = monitor.of("probe")
    inputs = probe.file().tensors["inputs"]
    assert inputs.shape == (16, 30, 3)
    assert json.loads(probe.file().metadata["lyascope.protocol"]) == {"burn_in": 4}
    first = monitor.of("snapshots")[0].file()
    assert json.loads(first.metadata["lyascope.architecture"])["prefix"] == "model.rnn."
    assert not [m for m in module.modules() if m._forward_pre_hooks]


def stopped_fit(monitor: FakeMonitor, folder: Path, trainer_type: Any = lightning.Trainer) -> Any:
    """A fit whose run is told to stop after its third step; the trainer afterwards."""
    callback = LyascopeCallback()

    class Commander(lightning.Callback):
        def on_train_batch_end(self, trainer: Any, *_: Any) -> None:
            if trainer.global_step == 3:
                run = callback.run
                assert run is not None
                fields = {"type": "stop", "id": "c1", "run": run.id, "reason": "chaotic"}
                monitor.commands.append(fields)
                wait_for(lambda: monitor.acks(), "the command to be received")

    trainer = trainer_type(
        accelerator="cpu",
        max_epochs=1000,
        callbacks=[Commander(), callback],
        default_root_dir=folder,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    loader = DataLoader(TensorDataset(TOKENS), batch_size=16)
    trainer.fit(Module(), loader)
    assert trainer.current_epoch < 3
    assert monitor.of("")[-1].json()["state"] == "stopped"
    return trainer


def test_a_stop_saves_a_checkpoint_and_ends_the_fit(monitor: FakeMonitor, tmp_path: Path) -> None:
    stopped_fit(monitor, tmp_path)
    (file,) = tmp_path.glob("lyascope-stop-*.ckpt")
    assert file.name == f"lyascope-stop-{monitor.of('')[-1].run}-0.ckpt"
    assert torch.load(file, weights_only=False)["global_step"] == 3
    assert monitor.acks() == [("c1", "received"), ("c1", "saved"), ("c1", "stopped")]


def test_a_checkpoint_that_cannot_be_saved_is_tried_once(
    monitor: FakeMonitor, tmp_path: Path
) -> None:
    class Full(lightning.Trainer):
        tries = 0

        def save_checkpoint(self, *_: Any, **__: Any) -> None:
            self.tries += 1
            raise OSError("No space left on device")

    assert stopped_fit(monitor, tmp_path, Full).tries == 1
    assert monitor.acks() == [("c1", "received"), ("c1", "stopped")]


def test_a_fit_that_fails_is_a_failed_run(monitor: FakeMonitor, tmp_path: Path) -> None:
    class Breaker(lightning.Callback):
        def on_train_batch_end(self, trainer: Any, *_: Any) -> None:
            raise ArithmeticError("as the test wants")

    callback = LyascopeCallback()
    trainer = lightning.Trainer(
        accelerator="cpu",
        callbacks=[callback, Breaker()],
        default_root_dir=tmp_path,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
    )
    with pytest.raises(ArithmeticError):
        trainer.fit(Module(), DataLoader(TensorDataset(TOKENS), batch_size=16))
    assert monitor.of("")[-1].json()["state"] == "failed"


def test_a_fit_without_a_monitor_is_a_fit(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("LYASCOPE_URL", "http://127.0.0.1:1")
    with_us = fit(tmp_path, LyascopeCallback(), epochs=1)
    assert all(p.isfinite().all() for p in with_us.parameters())
