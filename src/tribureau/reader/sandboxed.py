"""The process that opens one file and ends: `python -I -m tribureau.reader.sandboxed MEMORY_BYTES SECONDS`.

It builds its walls, says that it is ready, takes one task and one file from standard input, answers on standard
output, and never sees a second file.
"""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO, Final

import pypdfium2
from pypdfium2 import raw as pdfium

from tribureau.domain.errors import Damaged, NotFound, PasswordRequired, TooComplex, TribureauError, WrongPassword
from tribureau.reader import messages
from tribureau.reader.messages import (
    Answer,
    Content,
    Copy,
    Failed,
    Mark,
    Progress,
    Read,
    Ready,
    Render,
    ReportRead,
    Unlock,
)
from tribureau.reader.ocr.words import Picture, PictureRead
from tribureau.reader.outside.said import PageText, PageTexts, Said
from tribureau.reader.paper import copied, marked
from tribureau.reader.read import read_report
from tribureau.reader.report import Report
from tribureau.reader.scans import Scans
from tribureau.reader.walls import Limits, raise_walls

_WIDEST_PICTURE: Final = 3000
_MOST_PIXELS: Final = 24_000_000
_PICTURES_UNDER_WAY: Final = 2
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG


def main() -> None:
    limits = Limits(memory_bytes=int(sys.argv[1]), seconds=int(sys.argv[2]))
    _die_with_parent()
    answers = _own_output()
    _tell(answers, Ready(raise_walls(limits)))
    try:
        task = messages.task(messages.read_frame(sys.stdin.buffer))
        content = messages.read_frame(sys.stdin.buffer)
    except EOFError:
        return
    _tell(answers, _work(task, content, answers))


def _work(task: messages.Task, content: bytes, answers: BinaryIO) -> Answer:
    try:
        match task:
            case Read(max_pages):
                _refuse_long(content, max_pages)
                return ReportRead(_read(content, task, answers))
            case Render(page, width):
                return Content(_picture(content, page, width))
            case Unlock(password):
                return Content(_unlocked(content, password))
            case Copy(max_pages):
                return Content(copied(content, max_pages))
            case Mark(pages):
                return Content(marked(content, pages))
    except TribureauError as error:
        return Failed(error.code, error.message, error.hint)
    except (MemoryError, RecursionError):
        return Failed(TooComplex.code, TooComplex().message, TooComplex.hint)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return messages.Stumbled(type(error).__name__, f"{last.name}:{last.lineno}")


def _read(content: bytes, task: Read, answers: BinaryIO) -> Report:
    scans = None
    if task.engine:
        scans = Scans(task.engine, lambda pictures: _exchange(pictures, answers), outside=task.outside)
    return read_report(
        content,
        progress=lambda percent, text: _tell(answers, Progress(percent, text)),
        scans=scans,
        ask=(lambda pages: _ask(pages, answers)) if task.asks else None,
    )


def _ask(pages: list[PageText], answers: BinaryIO) -> Said:
    _tell(answers, PageTexts(pages))
    return messages.said(messages.read_frame(sys.stdin.buffer))


def _exchange(pictures: Iterable[Picture], answers: BinaryIO) -> Iterator[PictureRead]:
    """Shows pictures to whoever started this process and takes their words; two are under way at a time."""
    under_way = 0
    for picture in pictures:
        _tell(answers, picture)
        under_way += 1
        if under_way == _PICTURES_UNDER_WAY:
            yield messages.picture_read(messages.read_frame(sys.stdin.buffer))
            under_way -= 1
    for _ in range(under_way):
        yield messages.picture_read(messages.read_frame(sys.stdin.buffer))


def _refuse_long(content: bytes, max_pages: int) -> None:
    try:
        pages = len(pypdfium2.PdfDocument(content))
    except pypdfium2.PdfiumError:
        return  # the reader knows why
    if pages > max_pages:
        raise TooComplex(f"This PDF has {pages} pages; {max_pages} is the most that is read.")


def _picture(content: bytes, number: int, width: int) -> bytes:
    document = _open(content)
    if not 1 <= number <= len(document):
        raise NotFound(f"This report has {len(document)} pages.")
    try:
        page = document[number - 1]
        points_wide, points_high = page.get_size()
        scale = min(width, _WIDEST_PICTURE) / points_wide
        if points_wide * points_high * scale**2 > _MOST_PIXELS:
            raise TooComplex("This page is too large to be drawn.")
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
        raise Damaged(f"Page {number} of this PDF is damaged.") from error
    output = BytesIO()
    picture.save(output, "PNG", compress_level=3)
    return output.getvalue()


def _unlocked(content: bytes, password: str) -> bytes:
    output = BytesIO()
    _open(content, password).save(output, flags=pdfium.FPDF_REMOVE_SECURITY)
    return output.getvalue()


def _open(content: bytes, password: str | None = None) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise (WrongPassword if password else PasswordRequired)() from error
        raise Damaged from error


def _tell(answers: BinaryIO, message: Answer) -> None:
    answers.write(messages.frame(message))
    answers.flush()


def _own_output() -> BinaryIO:
    """Standard output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    main()
