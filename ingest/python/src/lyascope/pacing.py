"""How often the ranks of a job talk about stopping: about once a second, at the same steps."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Calls may become slower at any time: so many slow ones a stop waits at most.
LONGEST = 200


class Pacing:
    """Counts calls until the next talk. All ranks count the same, as the first one proposed."""

    def __init__(
        self, every_seconds: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._every = every_seconds
        self._clock = clock
        self._left = 0
        self._calls = 0
        self._since = clock()

    def is_due(self) -> bool:
        """Counts one call; true where all ranks have to talk now."""
        self._left -= 1
        self._calls += 1
        return self._left <= 0

    def propose(self) -> int:
        """How many calls the next interval takes if steps stay as long as they were."""
        elapsed = max(1e-6, self._clock() - self._since)
        return max(1, min(LONGEST, round(self._every * max(1, self._calls) / elapsed)))

    def set(self, calls: int) -> None:
        """Begins an interval of so many calls."""
        self._left = calls
        self._calls = 0
        self._since = self._clock()
