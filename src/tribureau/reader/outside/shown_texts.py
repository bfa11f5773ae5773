"""Pages of text that the walled reader holds out, and what it is told of them in return."""

import asyncio
from asyncio.subprocess import Process
from contextlib import suppress

from tribureau.domain.errors import Damaged
from tribureau.domain.redaction import redacted
from tribureau.reader import messages
from tribureau.reader.outside.readers import Outside
from tribureau.reader.outside.said import PageText, PageTexts


class ShownTexts:
    """The texts of one file, shown once. Its clock stands still meanwhile; who is asked has limits of their own."""

    def __init__(self, process: Process, outside: Outside | None, clock: asyncio.Timeout, seconds: int) -> None:
        self._process = process
        self._outside = outside
        self._clock = clock
        self._seconds = seconds

    async def take(self, texts: PageTexts) -> None:
        """Has the texts read. Raises Damaged for texts that nobody asked for. The walled reader hid what is secret; it
        is hidden here once more, since a file may have taken that reader over."""
        outside, self._outside = self._outside, None
        if outside is None or not outside.asks or not self._process.stdin:
            raise Damaged
        loop = asyncio.get_running_loop()
        self._clock.reschedule(loop.time() + outside.seconds + self._seconds)
        said = await outside.said_of([PageText(text.page, redacted(text.lines)) for text in texts.pages])
        self._clock.reschedule(loop.time() + self._seconds)
        with suppress(BrokenPipeError, ConnectionResetError):
            self._process.stdin.write(messages.frame(said))
            await self._process.stdin.drain()
