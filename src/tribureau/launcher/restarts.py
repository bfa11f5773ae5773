"""How patient the launcher is with a process that keeps ending."""

from collections import deque
from typing import Final

ENDS_FORGIVEN: Final = 6
WITHIN_SECONDS: Final = 120.0
_FIRST_PAUSE: Final = 0.25


class Restarts:
    """When a process may start again after it ended."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque()

    def pause_after_end(self, now: float) -> float | None:
        """Seconds to wait, twice as long each time; None once it ended too often in a short time."""
        self._ends.append(now)
        while now - self._ends[0] > WITHIN_SECONDS:
            self._ends.popleft()
        if len(self._ends) > ENDS_FORGIVEN:
            return None
        return _FIRST_PAUSE * 2.0 ** (len(self._ends) - 1)
