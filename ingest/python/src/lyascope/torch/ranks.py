"""The ranks of a job of torch.distributed."""

from __future__ import annotations

import torch
from torch import distributed

from ..decision import Decision


class TorchRanks:
    """What the first rank decides is broadcast in three integers, and the reason only on a stop."""

    @property
    def is_first(self) -> bool:
        return distributed.get_rank() == 0

    @property
    def are_many(self) -> bool:
        return distributed.get_world_size() > 1

    def agree(self, decision: Decision) -> Decision:
        if not self.are_many:
            return decision
        message = torch.tensor(
            [int(decision.publish), int(decision.stop is not None), decision.next],
            device=_device(),
        )
        distributed.broadcast(message, src=0)
        publish, stop, pause = (int(value) for value in message.tolist())
        return Decision(bool(publish), self._reason(decision) if stop else None, pause)

    def _reason(self, decision: Decision) -> str:
        text = [decision.stop]
        distributed.broadcast_object_list(text, src=0, device=_device())
        return str(text[0])


def _device() -> torch.device:
    """Where this backend's messages have to lie."""
    if distributed.get_backend() == "nccl":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device("cpu")
