"""Pages that are pictures, seen from inside the walls: drawn here, read outside, put back as words with confidence."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import pypdfium2

from tribureau.domain.errors import Damaged, NotACreditReport
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts import LAYOUTS
from tribureau.reader.ocr.confusions import CORRECTIONS
from tribureau.reader.ocr.derogatory_months import doubtful_months
from tribureau.reader.ocr.mending import mended
from tribureau.reader.ocr.turning import on_paper
from tribureau.reader.ocr.words import Picture, PictureRead
from tribureau.reader.pages import Page, Word
from tribureau.reader.recognition import weigh
from tribureau.reader.report import (
    BesideAccounts,
    Box,
    Evidence,
    PersonalValue,
    ReadInquiry,
    ReadPublicRecord,
    ReadScore,
    Response,
)
from tribureau.reader.responses import weigh_response

Exchange = Callable[[Iterable[Picture]], Iterator[PictureRead]]
"""Hands pictures out and takes what was read of each, in any order, a few under way at a time."""

SHORT_SIDE: Final = 1700
"""Pixels: a Letter page at 200 dots per inch. At 150 thin strokes are lost, at 300 a grid's small print merges."""
_MOST_SCALE, _LEAST_SCALE = 300 / 72, 1.0
_MOST_PIXELS: Final = 24_000_000
_TELLING: Final = 3
"""This many scanned pages without a cue of a report, and the file is none."""
_CORRECTED: Final = 0.8
"""What a corrected value's confidence is multiplied with."""
_LIKELY_A_DOLLAR_SIGN: Final = 0.6
"""The same for an amount whose first digit may be its dollar sign."""


class Scans:
    """The scanned pages of one report: what was read of them, how sure, and how far each was turned."""

    def __init__(self, engine: str, exchange: Exchange, *, outside: str | None = None) -> None:
        self._engine = engine
        self._exchange = exchange
        self._outside = outside
        self._sure: dict[int, list[tuple[Word, float]]] = {}
        self._turned: dict[int, tuple[int, float, Page]] = {}
        self._by: dict[int, str] = {}

    def read(
        self, pdf: bytes | Path, pages: list[Page], *, password: str | None, tell: Callable[[int, str], None]
    ) -> None:
        """Puts pages of words in the place of those that are pictures. Raises NotACreditReport, Damaged."""
        scanned = [page for page in pages if page.is_picture]
        with closing(pypdfium2.PdfDocument(pdf, password=password)) as document:

            def pictures(part: range) -> Iterator[Picture]:
                for at in part:
                    number = scanned[at].number
                    tell(1 + 28 * at // len(scanned), self._step(number, len(pages)))
                    yield drawn(document, scanned[at])

            telling = min(_TELLING, len(scanned))
            for part in (range(telling), range(telling, len(scanned))):
                for read in self._exchange(pictures(part)):
                    if read.words is not None:
                        pages[read.page - 1] = self._filled(pages[read.page - 1], read)
                if not _shows_a_cue(pages):
                    raise NotACreditReport

    def _step(self, number: int, pages: int) -> str:
        if self._outside:
            return f"Page {number} of {pages} is being read by {self._outside}"
        return f"Reading page {number} of {pages}, a scan"

    def _filled(self, page: Page, read: PictureRead) -> Page:
        seen = [(Word(w.text, w.x0, w.y0, w.x1, w.y1, page.number), w.confidence) for w in read.words or ()]
        sure = mended(seen)
        sides = (page.height, page.width) if read.quarters % 2 else (page.width, page.height)
        filled = Page(page.number, *sides, [word for word, _ in sure])
        self._sure[page.number] = sure
        self._by[page.number] = read.by or self._engine
        self._turned[page.number] = read.quarters, read.tilt, filled
        return filled

    def judge(self, account: PrintedAccount) -> None:
        """Corrects what the type of a value makes sure, and gives each value the confidence of its least sure word.

        A derogatory month that nothing else about the account bears out is left open.
        """
        for question, answers in account.answers.items():
            account.answers[question] = [self._judged(answer, question) for answer in answers]
        for month, cell in account.months.items():
            account.months[month] = self._judged(cell, "month")
            if cell.printed.strip(".") == "v" and cell.page in self._sure:
                # Bureaus print their letters large: a small one is a tick, though its row stood apart from its months.
                account.months[month].printed = "✓"
        for month in list(doubtful_months(account.answers, account.months)):
            if account.months[month].page in self._sure:
                del account.months[month]
        account.heading = self._judged(account.heading, "creditor_name")

    def judge_response(self, response: Response) -> None:
        """The same for a bureau's answer."""
        response.evidence = {name: self._judged(found, name) for name, found in response.evidence.items()}
        for item in response.items:
            item.evidence = {name: self._judged(found, name) for name, found in item.evidence.items()}
            if "account_number" in item.evidence:
                item.account_number = item.evidence["account_number"].printed
            for change in item.changes:
                change.evidence = self._judged(change.evidence, change.field)
                change.after = change.evidence.printed

    def judge_beside(self, beside: BesideAccounts) -> None:
        """The same for what a report says beside its accounts."""
        values: list[PersonalValue | ReadScore] = [*beside.personal, *beside.printed_scores]
        for value in values:
            value.evidence = self._judged(value.evidence, "")
        items: list[ReadInquiry | ReadPublicRecord] = [*beside.inquiries, *beside.public_records]
        for item in items:
            item.evidence = {name: self._judged(found, "") for name, found in item.evidence.items()}

    def paper_size(self, page: Page) -> tuple[float, float]:
        """Width and height of a page as it lies in the PDF."""
        quarters = self._turned[page.number][0] if page.number in self._turned else 0
        return (page.height, page.width) if quarters % 2 else (page.width, page.height)

    def _judged(self, evidence: Evidence, question: str) -> Evidence:
        if evidence.page not in self._sure:
            return evidence
        sure = evidence.confidence * self._confidence(evidence.page, evidence.box)
        correct = CORRECTIONS.get(question)
        printed = correct(evidence.printed) if correct else evidence.printed
        if printed != evidence.printed.strip():
            sure *= _CORRECTED
        elif correct is CORRECTIONS["balance"] and printed[:1] in {"8", "5"}:
            sure *= _LIKELY_A_DOLLAR_SIGN
        box = self._as_on_paper(evidence.page, evidence.box)
        return replace(evidence, printed=printed, confidence=round(sure, 3), box=box)

    def _confidence(self, page: int, box: Box) -> float:
        inside = [
            confidence
            for word, confidence in self._sure[page]
            if box.x0 <= word.middle <= box.x1 and box.y0 <= (word.y0 + word.y1) / 2 <= box.y1
        ]
        return min(inside, default=0.5)

    def _as_on_paper(self, number: int, box: Box) -> Box:
        """The box on the page as it lies in the PDF, askew or on its side."""
        quarters, tilt, page = self._turned[number]
        across, down = (box.x0 + box.x1) / 2 - page.width / 2, (box.y0 + box.y1) / 2 - page.height / 2
        sine, cosine = math.sin(math.radians(tilt)), math.cos(math.radians(tilt))
        right = across * cosine + down * sine - across
        lower = down * cosine - across * sine - down
        askew = Box(box.x0 + right, box.y0 + lower, box.x1 + right, box.y1 + lower)
        return on_paper(askew, quarters, page.width, page.height)

    @property
    def readers(self) -> list[str]:
        """The engines that read a page."""
        return list(dict.fromkeys(self._by.values()))

    @property
    def pages(self) -> frozenset[int]:
        """The numbers of the pages that were read so."""
        return frozenset(self._sure)

    @property
    def notes(self) -> list[str]:
        """A sentence for the report about each engine that read a page of it."""
        return [
            self._note(engine, [page for page in sorted(self._by) if self._by[page] == engine])
            for engine in self.readers
        ]

    def _note(self, engine: str, pages: list[int]) -> str:
        which = f"Page {pages[0]} is a scan and was" if len(pages) == 1 else f"{len(pages)} pages are scans and were"
        return f"{which} read by {engine}. Please compare what was found with the paper."


def drawn(document: pypdfium2.PdfDocument, page: Page) -> Picture:
    """The page in grey, as large as an engine reads best. Raises Damaged."""
    try:
        with closing(document[page.number - 1]) as opened:
            width, height = opened.get_size()
            scale = min(_MOST_SCALE, max(_LEAST_SCALE, SHORT_SIDE / min(width, height)))
            scale = min(scale, math.sqrt(_MOST_PIXELS / (width * height)))
            bitmap = opened.render(scale=scale, grayscale=True, may_draw_forms=False)
    except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
        raise Damaged(f"Page {page.number} of this PDF is damaged.") from error
    rows, stride = bytes(bitmap.buffer), bitmap.stride
    if stride != bitmap.width:
        rows = b"".join(rows[at : at + bitmap.width] for at in range(0, stride * bitmap.height, stride))
    return Picture(page.number, bitmap.width, bitmap.height, scale, rows)


def _shows_a_cue(pages: list[Page]) -> bool:
    document = Document([page for page in pages if not page.is_picture])
    return weigh_response(document) > 0 or any(weigh(document, layout) > 0 for layout in LAYOUTS)
