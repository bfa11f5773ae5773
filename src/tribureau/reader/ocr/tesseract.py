"""Tesseract as a program of its own: one thread and one picture each, no environment, bounded in time and memory."""

import asyncio
import os
import resource
import shutil
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import Final

from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord

INSTALL_AN_ENGINE: Final = "Install Tesseract (Debian, Ubuntu: apt install tesseract-ocr)."
ONE_BLOCK: Final = "6"
"""Page segmentation: rows across the whole page, as tables need. It reads the same scans with fewer lost cells than
columns (4) and sparse text (11)."""
_POINTS_PER_INCH: Final = 72
_WORD_LEVEL: Final = "5"
_MEMORY: Final = 1024 * 1024 * 1024
_LARGEST_ANSWER: Final = 16 * 1024 * 1024
_PASSED_ON: Final = ("PATH", "TESSDATA_PREFIX")


def tesseract_program() -> str | None:
    """Where Tesseract is installed; None where it is not."""
    return shutil.which("tesseract")


class Tesseract:
    """Reads words with Tesseract. `program` is its path."""

    name = "Tesseract"

    def __init__(self, program: str) -> None:
        self._program = program

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        """The words, in pixels. Raises EngineFailed."""
        process = await self._start(picture)
        try:
            table = await _answer(process, b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.grey)
        finally:
            await _end(process)
        return words_in(table)

    async def close(self) -> None:
        """Nothing of it outlives a picture."""

    async def _start(self, picture: Picture) -> Process:
        dots = str(max(70, round(picture.scale * _POINTS_PER_INCH)))
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            process = await asyncio.create_subprocess_exec(
                self._program, "stdin", "stdout", "--dpi", dots, "--psm", ONE_BLOCK, "-l", "eng", "tsv",
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd="/", start_new_session=True,
                env={**environment, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
        except OSError as error:
            raise EngineFailed from error
        _limit(process.pid)
        return process


def words_in(table: str) -> list[SeenWord]:
    """The words of Tesseract's table: tab-separated level, page, block, paragraph, line, word, box, sureness, text."""
    words: list[SeenWord] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        left, top, width, height = map(int, cells[6:10])
        sure = min(1.0, max(0.0, float(cells[10]) / 100))
        words += [SeenWord(cells[11].strip(), left, top, left + width, top + height, line, sure)]
    return words


def _limit(pid: int) -> None:
    """Set from outside before it sees the picture, as it waits for its input."""
    with suppress(ProcessLookupError, AttributeError):
        resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))


async def _answer(process: Process, picture: bytes) -> str:
    assert process.stdin and process.stdout  # noqa: S101
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(picture)
        await process.stdin.drain()
        process.stdin.close()
    answer = b""
    while piece := await process.stdout.read(65536):
        answer += piece
        if len(answer) > _LARGEST_ANSWER:
            raise EngineFailed
    if await process.wait():
        raise EngineFailed
    return answer.decode("utf-8", "replace")


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    process._transport.close()  # type: ignore[attr-defined]  # its pipes stay open else
