"""What must hold of every reading, however strange the file: no error but the user's, no value without its print."""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from tests.unit.reader.spoiled import spoiled_pages, spoiled_pdf

from tribureau.domain.errors import UnreadableReport
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.reader.pages import Page
from tribureau.reader.pdf_text import pages_of
from tribureau.reader.read import read_pages, read_report
from tribureau.reader.report import BesideAccounts, Evidence, ReadTradeline, Report

SECONDS_FOR_A_FILE = 20
_NOT_PRINTED = ("inferred:no heading", "grid:drawn")
"""Rules whose text stands for something that is seen, not read: a missing heading, a month's drawn mark."""
_MASKED_BY_US = re.compile(r"XXX-XX-|\*\*\*")
_FROM_PRINT = ("creditor_name", "account_number", *MONEY_FIELDS, *DATE_FIELDS)


def violation_of_pdf(seed: int) -> str | None:
    """What went wrong with the spoiled PDF of this seed; None where all holds."""
    pdf = spoiled_pdf(seed)

    def read() -> str | None:
        report = read_report(pdf)
        return violation(report, list(pages_of(pdf)))

    return _watched(read)


def violation_of_pages(seed: int) -> str | None:
    """The same for pages of words."""
    pages = spoiled_pages(seed)
    return _watched(lambda: violation(read_pages(pages), pages))


def _watched(read: Callable[[], str | None]) -> str | None:
    try:
        with _clock():
            return read()
    except UnreadableReport:
        return None
    except Exception as error:
        last = error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
        return f"{type(error).__name__}: {error} at {place}"


@contextmanager
def _clock() -> Iterator[None]:
    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"reading took more than {SECONDS_FOR_A_FILE} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS_FOR_A_FILE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def violation(report: Report, pages: list[Page]) -> str | None:
    """The first value that has no source, or whose source is not on its page."""
    printed = {page.number: _Print(page) for page in pages}
    for read in report.tradelines:
        for name in _FROM_PRINT:
            if getattr(read.tradeline, name) is not None and name not in read.evidence:
                return f"{name} of {read.tradeline.creditor_name!r} has no source"
        for name, source in read.evidence.items():
            if source.page not in printed:
                return f"{name} is said to stand on page {source.page} of {len(pages)}"
            following = printed.get(source.page + 1)
            if not _stands_there(source, printed[source.page], following):
                return f"{name}: {source.printed!r} ({source.rule}) is not on page {source.page}"
        if wrong := _money_without_digits(read):
            return wrong
    return _wrong_beside_accounts(report.beside, printed)


def _wrong_beside_accounts(beside: BesideAccounts, printed: "dict[int, _Print]") -> str | None:
    """The first source beside the accounts that is not on its page; what is masked by us is no print."""
    sources = [
        *(one.evidence for one in (*beside.personal, *beside.printed_scores)),
        *(source for one in (*beside.inquiries, *beside.public_records) for source in one.evidence.values()),
    ]
    for source in sources:
        page = printed.get(source.page)
        if page is None:
            return f"{source.rule} is said to stand on page {source.page}"
        shown = replace(source, printed=" ".join(w for w in source.printed.split() if not _MASKED_BY_US.match(w)))
        if not _stands_there(shown, page, printed.get(source.page + 1)):
            return f"{source.rule}: {source.printed!r} is not on page {source.page}"
    return None


class _Print:
    """The letters and digits of a page, in the order of its lines, and its words."""

    def __init__(self, page: Page) -> None:
        self.letters = "".join(_letters(word.text) for line in page.lines for word in line.words)
        self.words = {_letters(word.text) for word in page.words}


def _stands_there(source: Evidence, page: _Print, following: _Print | None) -> bool:
    """Each word of the source is on its page, or on the next where a value goes on; broken words may be rejoined."""
    if source.rule in _NOT_PRINTED:
        return True
    places = [page, following] if following else [page]
    words = set().union(*(place.words for place in places))
    return all(
        any(letters in place.letters for place in places)
        or any(letters[:cut] in words and letters[cut:] in words for cut in range(1, len(letters)))
        for letters in map(_letters, source.printed.split())
    )


def _money_without_digits(read: ReadTradeline) -> str | None:
    for name in MONEY_FIELDS:
        amount = getattr(read.tradeline, name)
        if amount is not None and str(abs(int(amount))) not in _digits(read.evidence[name].printed):
            return f"{name} is {amount}, but {read.evidence[name].printed!r} is printed"
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _digits(text: str) -> str:
    """The decimal digits of any script, as ASCII ones."""
    return "".join(str(int(c)) for c in text if c.isdecimal())
