"""Opens strangers' PDFs in a process of their own: no environment, no network, bounded memory, time and answer.

One process serves one file. The next one is started ahead, so that nobody waits for its imports.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import ClassVar, Final, NoReturn

import msgspec
import structlog

from tribureau.domain.errors import (
    Damaged,
    NotFound,
    ReaderKilled,
    TooComplex,
    TribureauError,
    Unavailable,
    UnreadableReport,
)
from tribureau.reader import messages
from tribureau.reader.messages import Answer, Content, Failed, Progress, Read, Ready, Render, ReportRead, Stumbled
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.words import Picture
from tribureau.reader.outside.readers import Outside
from tribureau.reader.outside.said import PageTexts
from tribureau.reader.outside.shown_texts import ShownTexts
from tribureau.reader.report import Report
from tribureau.reader.shown_pictures import ShownPictures
from tribureau.reader.walls import Limits

_START_SECONDS: Final = 30.0
_LARGEST_REPORT: Final = 32 * 1024 * 1024
_LARGEST_CONTENT: Final = 64 * 1024 * 1024
_MOST_ANSWERS: Final = 4000
"""What lies in the buffer is read without giving way to anybody, the clock included."""
_LONGEST_TEXT: Final = 300
_OUT_OF_BOUNDS: Final = (signal.SIGXCPU, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL)
"""How a process ends that wanted more time or memory; the last three are the PDF library refused memory."""
_log = structlog.get_logger(__name__)


class Sandbox:
    """Reads, draws and unlocks PDFs. Every method raises UnreadableReport where the file is at fault."""

    _program: ClassVar = ("-I", "-m", "tribureau.reader.sandboxed")

    def __init__(
        self, limits: Limits, *, max_pages: int, at_once: int = 4, scan_reader: ScanReader | None = None
    ) -> None:
        self._limits = limits
        self._scan_reader = scan_reader
        self._room = asyncio.Semaphore(at_once)
        self._max_pages = max_pages
        self._next: asyncio.Task[Process] | None = None
        self.missing_walls: list[str] | None = None
        """What this system lacks to shut a reader in; None until the first one has started."""

    async def read(
        self, pdf: bytes, *, progress: Callable[[int, str], None] | None = None, outside: Outside | None = None
    ) -> Report:
        """The report; `progress` hears percent and words. Scanned pages take `scan_reader`, or are ScannedPages.

        `outside` may be asked about pages too.
        """
        scan_reader = outside.sharpened(self._scan_reader) if outside else self._scan_reader
        engine, better = (scan_reader.name, scan_reader.outside) if scan_reader else (None, None)
        task = Read(self._max_pages, engine, better, asks=bool(outside and outside.asks))
        answer = await self._ask(task, pdf, progress, scan_reader, outside)
        return answer.report if isinstance(answer, ReportRead) else _refuse(answer)

    async def render_page(self, pdf: bytes, page: int, width: int) -> bytes:
        """Page `page` (from 1) as a PNG of `width` pixels. NotFound where there is no such page."""
        answer = await self._ask(Render(page, width), pdf)
        return answer.content if isinstance(answer, Content) else _refuse(answer)

    async def unlock(self, pdf: bytes, password: str) -> bytes:
        """The same document without its password. Raises WrongPassword."""
        answer = await self._ask(messages.Unlock(password), pdf)
        return answer.content if isinstance(answer, Content) else _refuse(answer)

    async def copy(self, file: bytes, max_pages: int) -> bytes:
        """A PDF or a picture as a PDF that holds pictures of its pages and nothing else of it."""
        answer = await self._ask(messages.Copy(max_pages), file)
        return answer.content if isinstance(answer, Content) else _refuse(answer)

    async def mark(self, pdf: bytes, pages: dict[int, list[tuple[float, float, float, float]]]) -> bytes:
        """These pages (from 1) as a PDF of pictures, each box (left, top, right, bottom) of theirs framed."""
        answer = await self._ask(messages.Mark(pages), pdf)
        return answer.content if isinstance(answer, Content) else _refuse(answer)

    def warm_up(self) -> None:
        """Starts the process that will take the next file."""
        if self._next is None:
            self._next = asyncio.create_task(self._start())

    async def close(self) -> None:
        """Ends the process that waits, and one that is still starting. Those at work end with their callers."""
        waiting, self._next = self._next, None
        if waiting:
            waiting.cancel()
            await asyncio.wait((waiting,))
            if not waiting.cancelled() and not waiting.exception():
                await _end(waiting.result())
        if self._scan_reader:
            await self._scan_reader.close()

    async def _ask(
        self,
        task: messages.Task,
        pdf: bytes,
        progress: Callable[[int, str], None] | None = None,
        scan_reader: ScanReader | None = None,
        outside: Outside | None = None,
    ) -> Answer:
        async with self._room:
            process = await self._take()
            handing_over = asyncio.create_task(_hand_over(process, task, pdf))
            try:
                async with (
                    asyncio.timeout(self._limits.seconds) as clock,
                    self._pictures(process, scan_reader, clock) as show,
                ):
                    largest = _LARGEST_REPORT if isinstance(task, Read) else _LARGEST_CONTENT
                    texts = ShownTexts(process, outside, clock, self._limits.seconds)
                    return await _final_answer(process, largest, progress, show, texts)
            except TimeoutError:
                raise TooComplex from None
            finally:
                handing_over.cancel()
                await _end(process)

    @asynccontextmanager
    async def _pictures(
        self, process: Process, scan_reader: ScanReader | None, clock: asyncio.Timeout
    ) -> AsyncIterator[ShownPictures]:
        shown = ShownPictures(process, scan_reader, clock, self._limits.seconds)
        try:
            yield shown
        finally:
            await shown.drop()

    async def _take(self) -> Process:
        waiting, self._next = self._next, None
        process = await waiting if waiting else await self._start()
        if process.returncode is not None:
            process = await self._start()
        self.warm_up()
        return process

    async def _start(self) -> Process:
        starting = asyncio.create_task(asyncio.create_subprocess_exec(
            sys.executable, *self._program, str(self._limits.memory_bytes), str(self._limits.seconds),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/", start_new_session=True,
        ))  # fmt: skip
        try:
            process = await asyncio.shield(starting)
            async with asyncio.timeout(_START_SECONDS):
                ready = await _next_answer(process, _LARGEST_REPORT)
        except (TimeoutError, asyncio.IncompleteReadError, Damaged):
            ready = None
        except asyncio.CancelledError:
            await _end(await starting)
            raise
        if not isinstance(ready, Ready):
            await _end(process)
            raise Unavailable("The reader could not be started.")
        self._note_walls(ready.missing)
        return process

    def _note_walls(self, missing: list[str]) -> None:
        if self.missing_walls is None and missing:
            _log.warning("reader_walls_missing", walls=missing)
        self.missing_walls = missing


async def _hand_over(process: Process, task: messages.Task, pdf: bytes) -> None:
    """Beside listening: a process that does not listen may still answer."""
    assert process.stdin  # noqa: S101
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(messages.frame(task))
        process.stdin.write(messages.frame_bytes(pdf))
        await process.stdin.drain()


async def _final_answer(
    process: Process,
    largest: int,
    progress: Callable[[int, str], None] | None,
    shown: ShownPictures,
    texts: ShownTexts,
) -> Answer:
    try:
        for _ in range(_MOST_ANSWERS):
            answer = await _next_answer(process, largest)
            if isinstance(answer, Picture):
                await shown.take(answer)
                continue
            if isinstance(answer, PageTexts):
                await texts.take(answer)
                continue
            if not isinstance(answer, Progress):
                return answer
            if progress:
                progress(max(0, min(99, answer.percent)), answer.message[:_LONGEST_TEXT])
    except asyncio.IncompleteReadError:
        await _die_of(process)
    raise Damaged


async def _next_answer(process: Process, largest: int) -> Answer:
    assert process.stdout  # noqa: S101
    (length,) = messages.LENGTH.unpack(await process.stdout.readexactly(messages.LENGTH.size))
    if length > largest:
        raise Damaged
    try:
        return messages.answer(await process.stdout.readexactly(length))
    except msgspec.MsgspecError:
        raise Damaged from None


async def _die_of(process: Process) -> NoReturn:
    """The process ended without an answer: killed by somebody, stopped for what it took, or crashed by the file."""
    status = await process.wait()
    _log.warning("reader_died", status=status)
    if -status == signal.SIGKILL:
        raise ReaderKilled
    raise TooComplex if -status in _OUT_OF_BOUNDS else Damaged


async def _end(process: Process) -> None:
    """Its answers are shut first: asyncio waits for their end, which it does not see where it had stopped to read."""
    transport: asyncio.SubprocessTransport = process._transport  # type: ignore[attr-defined]
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if answers := transport.get_pipe_transport(1):
        answers.close()
    await process.wait()
    transport.close()


_FAULTS: Final[tuple[type[TribureauError], ...]] = (*UnreadableReport.__subclasses__(), UnreadableReport, NotFound)
_FAULT_OF: Final = {fault.code: fault for fault in _FAULTS}


def _refuse(answer: Answer) -> NoReturn:
    match answer:
        case Failed(code, message, hint) if code in _FAULT_OF:
            raise _FAULT_OF[code](message[:_LONGEST_TEXT], hint=hint[:_LONGEST_TEXT])
        case Stumbled(kind, place):
            _log.error("reader_stumbled", kind=kind[:60], place=place[:60])
            raise UnreadableReport(
                hint="Something in it is new to us. The PDF is kept, so a later version may read it."
            )
        case _:
            raise Damaged
