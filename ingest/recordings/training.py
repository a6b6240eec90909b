"""Trains one run with PyTorch and records it on the way."""

import math
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_, get_total_norm

from data import Task
from recording import Recording, now, number, numbers
from runs import Run

STORED = {"F32": torch.float32, "BF16": torch.bfloat16}
SCALARS_PER_SNAPSHOT = 5


class Model(nn.Module):
    """A recurrent core and a linear readout."""

    def __init__(self, run: Run, task: Task) -> None:
        super().__init__()
        core = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[run.cell]
        options = {"nonlinearity": run.nonlinearity} if run.cell == "rnn" else {}
        self.rnn = core(task.input_size, run.hidden_size, run.num_layers, batch_first=True,
                        **options)
        self.head = nn.Linear(run.hidden_size, task.classes)
        self.last_step_only = not task.target_at_every_step
        if run.recurrent_gain is not None:
            scale = run.recurrent_gain / math.sqrt(run.hidden_size)
            for layer in range(run.num_layers):
                nn.init.normal_(getattr(self.rnn, f"weight_hh_l{layer}"), std=scale)

    def forward(self, inputs: Tensor) -> Tensor:
        states, _ = self.rnn(inputs)
        return self.head(states[:, -1:] if self.last_step_only else states)


def train(run: Run, task: Task, out: Path, progress: Callable[[str], None]) -> Path:
    """Trains the run to its end and returns the recording it wrote."""
    torch.manual_seed(run.seed)
    batches = torch.Generator().manual_seed(run.seed)
    model = Model(run, task)
    optimizer = _optimizer(run, model)
    recording = Recording(out / f"{run.name}.zip", run.name, 0, _architecture(run, task))
    recording.probe(task.probe_inputs(), task.probe_protocol)
    started = now()
    interval = run.total_steps // run.snapshots
    evaluation: dict[str, float] = {}
    snapshots_after_nan = 0
    state = "finished"
    for step in range(run.total_steps + 1):
        # Everything said of a step is said of the weights before its update, so that the
        # losses of a snapshot are those of the very weights in it.
        learning_rate = run.learning_rate * run.learning_rate_factor ** (step / run.total_steps)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate
        optimizer.zero_grad()
        loss = _loss(model, *task.training_batch(run.batch_size, batches))
        loss.backward()
        values = {"train_loss": loss.item(), "grad_norm": _clip(run, model),
                  "learning_rate": learning_rate}
        if step % interval == 0:
            evaluation = _evaluate(model, task)
            recording.scalars(step, {**values, **evaluation}, "eval")
            recording.snapshot(step, step / run.total_steps, _weights(model, run),
                               {**values, **evaluation})
            progress(f"{run.name} step {step}: " + _summary({**values, **evaluation}))
            snapshots_after_nan += not all(p.isfinite().all() for p in model.parameters())
            if snapshots_after_nan == run.patience_after_nan:
                state = "failed"
                break
        elif step % (interval // SCALARS_PER_SNAPSHOT) == 0:
            recording.scalars(step, values, "train")
        optimizer.step()
    size = recording.close(_document(run, task, state, started, evaluation))
    progress(f"{run.name} {state}: {recording.path.name}, {size / 1e6:.2f} MB")
    return recording.path


def _loss(model: Model, inputs: Tensor, targets: Tensor) -> Tensor:
    return cross_entropy(model(inputs).flatten(0, 1), targets.flatten())


def _evaluate(model: Model, task: Task) -> dict[str, float]:
    inputs, targets = task.validation_batch()
    with torch.no_grad():
        logits = model(inputs).flatten(0, 1)
    right = (logits.argmax(1) == targets.flatten()).float().mean()
    return {"val_loss": cross_entropy(logits, targets.flatten()).item(),
            "val_accuracy": right.item()}


def _clip(run: Run, model: Model) -> float:
    """Clips the gradient where the run does, and returns its norm before that."""
    parameters = list(model.parameters())
    if run.clip_grad_norm is None:
        return get_total_norm([parameter.grad for parameter in parameters]).item()
    return clip_grad_norm_(parameters, run.clip_grad_norm).item()


def _optimizer(run: Run, model: Model) -> torch.optim.Optimizer:
    kind = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[run.optimizer]
    return kind(model.parameters(), lr=run.learning_rate, weight_decay=run.weight_decay)


def _weights(model: Model, run: Run) -> dict[str, Tensor]:
    return {name: tensor.detach().to(STORED[run.stored_as]).contiguous().clone()
            for name, tensor in model.state_dict().items()}


def _architecture(run: Run, task: Task) -> dict:
    architecture = {"cell": run.cell, "input_size": task.input_size,
                    "hidden_size": run.hidden_size, "num_layers": run.num_layers, "bias": True,
                    "prefix": "rnn.", "hyper": {}}
    if run.cell == "rnn":
        architecture["nonlinearity"] = run.nonlinearity
    return architecture


def _document(run: Run, task: Task, state: str, started: str, outcome: dict[str, float]) -> dict:
    config = {key: value for key, value in asdict(run).items() if key not in ("name", "task")}
    return {"type": "run", "run": run.name, "project": run.task, "name": run.name, "attempt": 0,
            "state": state, "config": config, "architecture": _architecture(run, task),
            "task": task.name, "total_steps": run.total_steps, "started": started,
            "finished": now(), "outcome": numbers(outcome),
            "client": {"name": "record.py", "torch": torch.__version__.split("+")[0],
                       "python": platform.python_version()}}


def _summary(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {number(value)}" for name, value in values.items())
