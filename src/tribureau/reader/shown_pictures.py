"""Pictures of pages that the walled reader holds out, and the words that it is told in return."""

import asyncio
from asyncio.subprocess import Process
from contextlib import suppress
from typing import Final

from tribureau.domain.errors import Damaged
from tribureau.reader import messages
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.words import Picture

_UNDER_WAY: Final = 2
"""So many pictures of one file are held in memory."""


class ShownPictures:
    """The pictures of one file. Its clock stands still for as long as a page may take, up to the limit of all pages."""

    def __init__(self, process: Process, reader: ScanReader | None, clock: asyncio.Timeout, seconds: int) -> None:
        self._process = process
        self._reader = reader
        self._clock = clock
        self._seconds = seconds
        self._room = asyncio.Semaphore(_UNDER_WAY)
        self._readings: set[asyncio.Task[None]] = set()
        self._end = asyncio.get_running_loop().time() + seconds + (reader.seconds if reader else 0)

    async def take(self, picture: Picture) -> None:
        """Has the picture read, as soon as there is room. Raises Damaged for a picture that nobody asked for."""
        if self._reader is None:
            raise Damaged
        self._clock.reschedule(self._end)
        await self._room.acquire()
        reading = asyncio.create_task(self._read(self._reader, picture))
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)

    async def _read(self, reader: ScanReader, picture: Picture) -> None:
        assert self._process.stdin  # noqa: S101
        try:
            read = await reader.read(picture)
            left = self._seconds + reader.seconds_a_page * len(self._readings)
            self._clock.reschedule(min(self._end, asyncio.get_running_loop().time() + left))
            with suppress(BrokenPipeError, ConnectionResetError):
                self._process.stdin.write(messages.frame(read))
                await self._process.stdin.drain()
        finally:
            self._room.release()

    async def drop(self) -> None:
        """Ends what is still being read."""
        for reading in self._readings:
            reading.cancel()
        await asyncio.gather(*self._readings, return_exceptions=True)
