"""A real training by the Trainer of Transformers, of a model with a recurrent core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import Trainer, TrainerCallback, TrainingArguments

from fakes import FakeMonitor, wait_for
from lyascope.transformers import LyascopeCallback
from torch_models import CharModel


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = CharModel()

    def forward(self, tokens: Tensor, labels: Tensor) -> dict[str, Tensor]:
        logits = self.body(tokens)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
        return {"loss": loss, "logits": logits}


TOKENS = torch.randint(0, 5, (32, 31), generator=torch.Generator().manual_seed(1))
DATA = [{"tokens": row[:-1], "labels": row[1:]} for row in TOKENS]


def trainer(
    tmp_path: Path, callbacks: list[TrainerCallback], steps: int, **options: Any
) -> Trainer:
    arguments = TrainingArguments(
        output_dir=str(tmp_path),
        max_steps=steps,
        per_device_train_batch_size=8,
        logging_steps=1,
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
        save_strategy="no",
        remove_unused_columns=False,
        **options,
    )
    return Trainer(Model(), arguments, train_dataset=DATA, eval_dataset=DATA, callbacks=callbacks)


def test_a_training_is_published_with_its_probe(monitor: FakeMonitor, tmp_path: Path) -> None:
    ours = LyascopeCallback(project="tests")
    trainer(tmp_path, [ours], 4, eval_strategy="steps", eval_steps=2).train()
    last = monitor.of("")[-1].json()
    assert last["state"] == "finished" and last["total_steps"] == 4
    assert last["architecture"]["prefix"] == "body.rnn."
    assert last["outcome"]["train_loss"] > 0
    (probe,) = monitor.of("probe")
    assert probe.file().tensors["inputs"].shape == (8, 30, 3)
    assert probe.file().metadata["lyascope.source"] == "validation"
    assert monitor.of("snapshots")


def test_a_stop_saves_a_checkpoint_and_ends_the_training(
    monitor: FakeMonitor, tmp_path: Path
) -> None:
    ours = LyascopeCallback()

    class Commander(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if state.global_step == 3:
                run = ours.run
                assert run is not None
                fields = {"type": "stop", "id": "c1", "run": run.id, "reason": "chaotic"}
                monitor.commands.append(fields)
                wait_for(lambda: monitor.acks(), "the command to be received")

    training = trainer(tmp_path, [Commander(), ours], 1000)
    training.train()
    assert training.state.global_step == 3
    assert (tmp_path / "checkpoint-3").is_dir()
    assert monitor.acks() == [("c1", "received"), ("c1", "saved"), ("c1", "stopped")]
    assert monitor.of("probe")[0].file().metadata["lyascope.source"] == "training"


def test_gradients_are_those_of_the_step_that_the_snapshot_follows(
    monitor: FakeMonitor, tmp_path: Path
) -> None:
    ours = LyascopeCallback(watch={"gradients": True, "every_seconds": 0})
    seen = []

    class Observer(TrainerCallback):
        def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **all: Any) -> None:
            gradient = all["model"].body.rnn.weight_hh_l0.grad
            seen.append(gradient.flatten().tolist())

    trainer(tmp_path, [Observer(), ours], 3).train()
    first = monitor.of("snapshots")[0].file()
    step = int(first.metadata["lyascope.step"])
    assert first.tensors["grad/body.rnn.weight_hh_l0"].numbers() == seen[step - 1]
