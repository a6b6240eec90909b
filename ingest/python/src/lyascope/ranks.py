"""The processes of one training job: the first sends, and all of them stop at the same step."""

from __future__ import annotations

import sys
from typing import Protocol

from .decision import Decision
from .launcher import is_sender, job_size


class Ranks(Protocol):
    """The ranks of this job as this process sees them."""

    @property
    def is_first(self) -> bool:
        """Whether this process sends."""

    @property
    def are_many(self) -> bool:
        """Whether others have to learn what the first one decides."""

    @property
    def are_divided(self) -> bool:
        """Whether there are others that cannot learn it."""

    def agree(self, decision: Decision, can_publish: bool) -> Decision:
        """The first rank's decision. All ranks call it at the same steps.

        can_publish: whether this rank could take part in gathering the model.
        """


class OneRank:
    """A process alone, or one of a job that has not met yet: then its launcher knows the rank."""

    are_many = False

    @property
    def is_first(self) -> bool:
        return is_sender()

    @property
    def are_divided(self) -> bool:
        return job_size() > 1

    def agree(self, decision: Decision, can_publish: bool) -> Decision:
        return decision


def ranks() -> Ranks:
    """The ranks as they are now: process groups come into being after `init`."""
    torch = sys.modules.get("torch")
    if torch is not None:
        distributed = torch.distributed
        if distributed.is_available() and distributed.is_initialized():
            from .torch.ranks import TorchRanks

            return TorchRanks()
    return OneRank()
