"""The engine for every family of three-bureau reports; a family is a declaration of its words."""

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.pages import Line
from tribureau.reader.tri_merge.accounts import accounts_in
from tribureau.reader.tri_merge.columns import header_of
from tribureau.reader.tri_merge.details import details_in
from tribureau.reader.tri_merge.walk import blocks_of
from tribureau.reader.tri_merge.wording import Wording


class ThreeBureauLayout:
    """One family of three-bureau reports."""

    def __init__(self, family: str, cues: Mapping[str, float], wording: Wording) -> None:
        self.family = family
        self.cues = cues
        self._wording = wording
        self._read: WeakKeyDictionary[Document, _Read] = WeakKeyDictionary()

    def accounts(self, document: Document) -> list[PrintedAccount]:
        return self._reading(document).accounts

    def details(self, document: Document) -> Details:
        return self._reading(document).details

    def _reading(self, document: Document) -> "_Read":
        """The accounts and what the report says beside them, found once for both."""
        if document not in self._read:
            blocks = blocks_of(_lines(document), self._wording)
            details = details_in(blocks)
            marks = {page.number: page.marks for page in document.pages}
            accounts, unread = accounts_in(blocks, details.report_date, lambda page: marks[page])
            details.notes = _notes_on_colours(unread)
            self._read[document] = _Read(accounts, details)
        return self._read[document]


class _Read(NamedTuple):
    accounts: list[PrintedAccount]
    details: Details


def _notes_on_colours(unread: int) -> list[str]:
    """What a colour means differs from print to print: one that the report's own counts don't tell stays unread."""
    if not unread:
        return []
    accounts = "one account" if unread == 1 else f"{unread} accounts"
    return [
        f"The payment history of {accounts} has months drawn in colours without words. The report's own counts "
        "don't tell what these colours mean, so these months were not read."
    ]


def _lines(document: Document) -> list[Line]:
    """The report's lines. A row of bureau names that opens many pages is no furniture, whatever it looks like."""
    headers = [line for line in document.furniture if header_of(line)]
    if not headers:
        return document.lines
    return sorted([*document.lines, *headers], key=lambda line: (line.page, line.box.y0))
