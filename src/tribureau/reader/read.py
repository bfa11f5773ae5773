"""The whole way from a PDF's bytes to a report."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tribureau.domain.errors import NotACreditReport, ScannedPages
from tribureau.reader.assembly import assemble
from tribureau.reader.confidence import calibrate
from tribureau.reader.document import Document
from tribureau.reader.layouts import LAYOUTS
from tribureau.reader.outside.opinion import Ask, second_opinion
from tribureau.reader.outside.strange import STRANGE
from tribureau.reader.pages import Page
from tribureau.reader.pdf_text import pages_of
from tribureau.reader.recognition import heaviest, recognise, shows_a_cue
from tribureau.reader.report import HERE, BesideAccounts, Report
from tribureau.reader.responses import is_response, read_response
from tribureau.reader.scans import Scans

Progress = Callable[[int, str], None]


def read_report(
    source: bytes | Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    scans: Scans | None = None,
    ask: Ask | None = None,
) -> Report:
    """Read a credit report; `scans` reads its pages that are pictures, `ask` gets what somebody else reads of its text.

    `progress` is told a percentage and what was done: 30 when the text is there, 60 after the accounts, 90 after their
    classification. Raises an `UnreadableReport`: EmptyFile, NotAPdf, PasswordRequired, WrongPassword, Damaged,
    TooComplex, ScannedPages, NotACreditReport.
    """
    with _collection_paused():
        pages = list(pages_of(source, password=password))
        if scans and any(page.is_picture for page in pages):
            scans.read(source, pages, password=password, tell=progress or _keep_quiet)
        return read_pages(pages, progress=progress, scans=scans, ask=ask)


def read_pages(
    pages: list[Page], *, progress: Progress | None = None, scans: Scans | None = None, ask: Ask | None = None
) -> Report:
    """Read a credit report from its pages of words, wherever the words come from. Raises like `read_report`."""
    tell = progress or _keep_quiet
    notes = _notes_on_pictures(pages)
    document = Document(pages)
    tell(30, "Read the text")
    if is_response(document, heaviest(document, LAYOUTS)):
        return _answer(document, notes, scans)
    layout = recognise(document, LAYOUTS) or (STRANGE if ask and shows_a_cue(document, LAYOUTS) else None)
    if layout is None:
        raise NotACreditReport
    accounts = layout.accounts(document)
    details = layout.details(document)
    opinion = second_opinion(pages, accounts, details, ask) if ask else None
    if layout is STRANGE and not accounts:
        raise NotACreditReport
    if scans:
        for account in accounts:
            scans.judge(account)
        scans.judge_beside(details)
    tell(60, f"Found {len(accounts)} accounts")
    tradelines = [assemble(account) for account in accounts]
    calibrate(tradelines, scans.pages if scans else ())
    if opinion:
        tradelines = [opinion.weigh(*pair) for pair in zip(accounts, tradelines, strict=True)]
    tell(90, f"Found {sum(t.negative.is_negative for t in tradelines)} negative items")
    return Report(
        layout=layout.family or None,
        bureaus=details.bureaus,
        report_date=details.report_date,
        page_sizes=_paper_sizes(pages, scans),
        tradelines=tradelines,
        beside=BesideAccounts(details.personal, details.printed_scores, details.inquiries, details.public_records),
        notes=[*notes, *(scans.notes if scans else ()), *(opinion.notes if opinion else ()), *details.notes],
        read_by=[HERE, *(scans.readers if scans else ()), *(opinion.readers if opinion else ())],
        values_dropped=opinion.dropped if opinion else 0,
    )


def _answer(document: Document, notes: list[str], scans: Scans | None) -> Report:
    """A bureau's answer to a dispute, which lists no account of its own."""
    response = read_response(document)
    if scans:
        scans.judge_response(response)
    return Report(
        layout=None,
        bureaus=[response.bureau] if response.bureau else [],
        report_date=response.letter_date,
        page_sizes=_paper_sizes(document.pages, scans),
        tradelines=[],
        notes=[*notes, *(scans.notes if scans else ())],
        read_by=[HERE, *(scans.readers if scans else ())],
        response=response,
    )


def _paper_sizes(pages: list[Page], scans: Scans | None) -> list[tuple[float, float]]:
    return [scans.paper_size(page) if scans else (page.width, page.height) for page in pages]


def _keep_quiet(_percent: int, _message: str) -> None:
    """Nobody waits to hear how far the reading is."""


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Reading makes many small objects and hardly a cycle: looking for cycles meanwhile costs a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _notes_on_pictures(pages: list[Page]) -> list[str]:
    pictures = [page.number for page in pages if page.is_picture]
    if 2 * len(pictures) >= len(pages):
        raise ScannedPages
    return [f"Page {number} is a picture and was not read." for number in pictures]
