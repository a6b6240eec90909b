"""Trains a group of networks as one batch: Adam, cross entropy, nothing shared but the shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .cells import CELLS
from .plan import STAGES, Group, Plan, Shape

#: How many sequences of the training data the recorded training loss is over.
TRAIN_LOSS_SEQUENCES = 500
_CHUNK = 250
_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


class Task(Protocol):
    """Sequences with targets; targets [n] are told at the last step, [n, steps] at each."""

    @property
    def inputs(self) -> Tensor: ...
    @property
    def targets(self) -> Tensor: ...
    @property
    def validation_inputs(self) -> Tensor: ...
    @property
    def validation_targets(self) -> Tensor: ...
    @property
    def classes(self) -> int: ...


@dataclass(frozen=True)
class Stage:
    """The group at one moment: tensors [networks, ...] and numbers [networks]."""

    step: int
    progress: float
    tensors: Mapping[str, Tensor]
    scalars: Mapping[str, Tensor]


def initial(plan: Plan, shape: Shape, inputs: int, classes: int) -> dict[str, Tensor]:
    """The weights a run starts from: the core from U(-scale, scale), the readout as PyTorch's."""
    cell, size = CELLS[shape.cell], shape.hidden_size
    random = torch.Generator().manual_seed(plan.seed)

    def uniform(dimensions: tuple[int, ...], width: float) -> Tensor:
        return (2 * torch.rand(dimensions, generator=random) - 1) * width

    weights = {
        f"core.{name}": uniform(dimensions, plan.scale)
        for name, dimensions in cell.shapes(inputs, size, shape.num_layers).items()
    }
    weights["head.weight"] = uniform((classes, size), size**-0.5)
    weights["head.bias"] = uniform((classes,), size**-0.5)
    constants = {f"core.{n}": torch.full((size,), value) for n, value in cell.constants.items()}
    return {**weights, **constants}


class Networks:
    """The weights of a group and how they answer."""

    def __init__(self, group: Group, task: Task) -> None:
        self.shape = group.shape
        self.cell = CELLS[group.shape.cell]
        inputs, device = task.inputs.shape[-1], task.inputs.device
        each = [initial(plan, group.shape, inputs, task.classes) for plan in group.plans]
        self.weights = {
            name: torch.stack([weights[name] for weights in each]).to(device) for name in each[0]
        }
        fixed = {f"core.{name}" for name in self.cell.constants}
        self.trained = [name for name in self.weights if name not in fixed]
        for name in self.trained:
            self.weights[name].requires_grad_()

    def losses(self, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Cross entropy and accuracy [networks] of inputs [networks, batch, steps, size]."""
        core = {name.removeprefix("core."): tensor for name, tensor in self.weights.items()}
        h = self.cell.outputs(core, inputs.transpose(1, 2), self.shape.num_layers)
        # Targets [networks, batch] belong to the last step alone.
        h = h.transpose(1, 2) if targets.dim() == 3 else h[:, -1:].transpose(1, 2)
        networks, size = h.shape[0], h.shape[-1]
        bias, matrix = self.weights["head.bias"][:, None], self.weights["head.weight"].mT
        logits = torch.baddbmm(bias, h.reshape(networks, -1, size), matrix)
        wanted = targets.reshape(networks, -1)
        loss = cross_entropy(logits.mT, wanted, reduction="none").mean(1)
        return loss, (logits.argmax(2) == wanted).float().mean(1)

    def evaluate(self, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """The same for one set of sequences that all networks see."""
        networks = len(self.weights["head.bias"])
        sums = [inputs.new_zeros(networks), inputs.new_zeros(networks)]
        with torch.no_grad():
            for begin in range(0, len(inputs), _CHUNK):
                part = slice(begin, begin + _CHUNK)
                x = inputs[part].expand(networks, *inputs[part].shape)
                y = targets[part].expand(networks, *targets[part].shape)
                for total, value in zip(sums, self.losses(x, y), strict=True):
                    total += value * x.shape[1]
        return sums[0] / len(inputs), sums[1] / len(inputs)


class Adam:
    """Adam with a learning rate and a limit of the gradient's norm for each network."""

    def __init__(self, networks: Networks, plans: tuple[Plan, ...]) -> None:
        self.weights = [networks.weights[name] for name in networks.trained]
        self.first = [torch.zeros_like(w) for w in self.weights]
        self.second = [torch.zeros_like(w) for w in self.weights]
        device = self.weights[0].device
        self.rate = torch.tensor([plan.learning_rate for plan in plans], device=device)
        self.limit = torch.tensor([plan.clip or math.inf for plan in plans], device=device)
        self.step_count = 0

    @torch.no_grad()
    def step(self, gradients: tuple[Tensor, ...]) -> Tensor:
        """Changes the weights and returns the norms of the gradients before the limit."""
        self.step_count += 1
        norm = torch.stack([g.flatten(1).square().sum(1) for g in gradients]).sum(0).sqrt()
        factor = (self.limit / (norm + 1e-6)).clamp(max=1.0)
        unbias = (1 - _BETA2**self.step_count) ** 0.5
        rate = self.rate * unbias / (1 - _BETA1**self.step_count)
        for w, g, m, v in zip(self.weights, gradients, self.first, self.second, strict=True):
            axes = (-1,) + (1,) * (w.dim() - 1)
            g = g * factor.view(axes)
            m.lerp_(g, 1 - _BETA1)
            v.mul_(_BETA2).addcmul_(g, g, value=1 - _BETA2)
            w.sub_(m / (v.sqrt() + _EPSILON * unbias) * rate.view(axes))
        return norm


class Order:
    """Which sequences each network sees at each step: its own shuffling, epoch by epoch."""

    def __init__(self, plans: tuple[Plan, ...], count: int, batch: int) -> None:
        self.random = [torch.Generator().manual_seed(plan.data_seed) for plan in plans]
        self.count, self.batch = count, batch
        self.rest = torch.empty(len(plans), 0, dtype=torch.long)

    def next(self) -> Tensor:
        """Indices [networks, batch]; what does not fill a batch at an epoch's end is left out."""
        if self.rest.shape[1] < self.batch:
            self.rest = torch.stack([torch.randperm(self.count, generator=g) for g in self.random])
        taken, self.rest = self.rest[:, : self.batch], self.rest[:, self.batch :]
        return taken


def train(group: Group, task: Task, epochs: int, seen: Callable[[Stage], None]) -> None:
    """Trains the group; `seen` gets it at every stage, the numbers being those of its weights."""
    torch.manual_seed(group.plans[0].data_seed)
    networks = Networks(group, task)
    optimizer = Adam(networks, group.plans)
    order = Order(group.plans, len(task.inputs), group.shape.batch_size)
    total = epochs * (len(task.inputs) // group.shape.batch_size)
    stages = {round(fraction * total): fraction for fraction in STAGES}
    device = task.inputs.device
    norm = torch.full((len(group.plans),), math.nan)
    for step in range(total + 1):
        if step in stages:
            seen(_stage(networks, task, step, stages[step], optimizer.rate, norm))
        if step < total:
            taken = order.next().to(device)
            loss, _ = networks.losses(task.inputs[taken], task.targets[taken])
            weights = [networks.weights[name] for name in networks.trained]
            norm = optimizer.step(torch.autograd.grad(loss.sum(), weights))


def _stage(
    networks: Networks, task: Task, step: int, progress: float, rate: Tensor, norm: Tensor
) -> Stage:
    few = slice(TRAIN_LOSS_SEQUENCES)
    train_loss, _ = networks.evaluate(task.inputs[few], task.targets[few])
    loss, accuracy = networks.evaluate(task.validation_inputs, task.validation_targets)
    scalars = {"train_loss": train_loss, "val_loss": loss, "val_accuracy": accuracy}
    if step > 0:
        scalars["grad_norm"] = norm
    # Copies: the optimizer goes on in these very tensors.
    tensors = {name: w.detach().cpu().clone() for name, w in networks.weights.items()}
    numbers = {name: value.cpu() for name, value in {**scalars, "learning_rate": rate}.items()}
    return Stage(step, progress, tensors, numbers)
