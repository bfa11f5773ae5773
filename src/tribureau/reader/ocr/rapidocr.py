"""RapidOCR, the engine that comes with its models in a wheel: a process of its own, without environment or network.

It finds pieces of lines and reads each as a whole; where its words end, it tells by the columns of each character.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import ClassVar, Final

import msgspec

from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord

LENGTH: Final = 4
_LARGEST_ANSWER: Final = 16 * 1024 * 1024
_words: Final = msgspec.msgpack.Decoder(list[SeenWord])
_picture: Final = msgspec.msgpack.Encoder()


class RapidOcr:
    """Reads words with RapidOCR. Its process starts with the first picture, loads its models once, and reads one
    picture at a time."""

    name = "RapidOCR"
    _program: ClassVar = ("-I", "-m", "tribureau.reader.ocr.rapidocr_process")

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        """The words, in pixels. Raises EngineFailed."""
        async with self._turn:
            try:
                return await self._ask(self._process or await self._start(), picture)
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        """Ends its process; the next picture starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        process._transport.close()  # type: ignore[attr-defined]  # its pipes stay open else

    async def _start(self) -> Process:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *self._program,
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={"OMP_NUM_THREADS": "2"}, cwd="/", start_new_session=True,
        )  # fmt: skip
        return self._process

    async def _ask(self, process: Process, picture: Picture) -> list[SeenWord]:
        assert process.stdin and process.stdout  # noqa: S101
        body = _picture.encode(picture)
        try:
            process.stdin.write(len(body).to_bytes(LENGTH) + body)
            await process.stdin.drain()
            length = int.from_bytes(await process.stdout.readexactly(LENGTH))
            if length > _LARGEST_ANSWER:
                raise EngineFailed
            return _words.decode(await process.stdout.readexactly(length))
        except (OSError, asyncio.IncompleteReadError, msgspec.MsgspecError) as error:
            raise EngineFailed from error
