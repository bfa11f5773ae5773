"""Ctrl-C, SIGTERM or a closed terminal, noticed rather than thrown, so that everything stops in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequest:
    """`made` once asked, `urgent` once asked again."""

    def __init__(self) -> None:
        self._times = 0

    @property
    def made(self) -> bool:
        return self._times > 0

    @property
    def urgent(self) -> bool:
        return self._times > 1

    @contextmanager
    def noticed(self) -> Iterator["StopRequest"]:
        before = {number: signal.signal(number, self._notice) for number in _SIGNALS}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _notice(self, _number: int, _frame: FrameType | None) -> None:
        self._times += 1
