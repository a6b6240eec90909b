"""The ranks of a job of torch.distributed."""

from __future__ import annotations

import torch
from torch import distributed

from ..decision import Decision
from ..warn import warn_once


class TorchRanks:
    """What the first rank decides is broadcast in three integers, and the reason only on a stop."""

    are_divided = False

    @property
    def is_first(self) -> bool:
        return distributed.get_rank() == 0

    @property
    def are_many(self) -> bool:
        return distributed.get_world_size() > 1

    def agree(self, decision: Decision, can_publish: bool) -> Decision:
        if not self.are_many:
            return decision
        message = torch.tensor(
            [int(decision.publish), int(decision.stop is not None), decision.next],
            device=_device(),
        )
        distributed.broadcast(message, src=0)
        publish, stop, pause = (int(value) for value in message.tolist())
        reason = self._reason(decision) if stop else None
        return Decision(bool(publish) and _all(can_publish), reason, pause)

    def _reason(self, decision: Decision) -> str:
        text = [decision.stop]
        distributed.broadcast_object_list(text, src=0, device=_device())
        return str(text[0])


def _all(can_publish: bool) -> bool:
    """Whether no rank would leave the others waiting for its part of the model."""
    least = torch.tensor([int(can_publish)], device=_device())
    distributed.all_reduce(least, op=distributed.ReduceOp.MIN)
    if not least.item():
        warn_once("ranks", "no snapshots are sent: watch does not know the model on every rank")
    return bool(least.item())


def _device() -> torch.device:
    """Where this backend's messages have to lie."""
    if distributed.get_backend() == "nccl":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device("cpu")
