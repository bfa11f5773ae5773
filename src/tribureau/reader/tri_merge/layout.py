"""The engine for every family of three-bureau reports; a family is a declaration of its words."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.pages import Line
from tribureau.reader.tri_merge.accounts import accounts_in
from tribureau.reader.tri_merge.blocks import Block
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
        self._read: WeakKeyDictionary[Document, tuple[list[Block], Details]] = WeakKeyDictionary()

    def accounts(self, document: Document) -> list[PrintedAccount]:
        blocks, details = self._blocks_and_details(document)
        return accounts_in(blocks, details.report_date)

    def details(self, document: Document) -> Details:
        blocks, details = self._blocks_and_details(document)
        details.notes = notes_on_drawings(blocks, document)
        return details

    def _blocks_and_details(self, document: Document) -> tuple[list[Block], Details]:
        """The document's blocks and what they say beside accounts, found once for both."""
        if document not in self._read:
            blocks = blocks_of(_lines(document), self._wording)
            self._read[document] = blocks, details_in(blocks)
        return self._read[document]


def notes_on_drawings(blocks: list[Block], document: Document) -> list[str]:
    """Months drawn as colours: what a colour means differs from print to print, so none is taken for «on time»."""
    marks = {page.number: page.marks for page in document.pages}
    drawn = sum(block.strips.are_drawn(lambda page: marks[page]) for block in blocks)
    if not drawn:
        return []
    accounts = "one account" if drawn == 1 else f"{drawn} accounts"
    return [f"The payment history of {accounts} is drawn in colours without words, so its months were not read."]


def _lines(document: Document) -> list[Line]:
    """The report's lines. A row of bureau names that opens many pages is no furniture, whatever it looks like."""
    headers = [line for line in document.furniture if header_of(line)]
    if not headers:
        return document.lines
    return sorted([*document.lines, *headers], key=lambda line: (line.page, line.box.y0))
