"""What the processes of one training job agree on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """What all ranks do at this step boundary.

    stop: the reason, where they stop; next: after how many calls they talk again.
    """

    publish: bool = False
    stop: str | None = None
    next: int = 1
