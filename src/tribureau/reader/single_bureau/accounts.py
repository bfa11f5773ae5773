"""The accounts of a report that prints a block per account."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.grids import MonthGrid, find_grids
from tribureau.reader.labels import IGNORED, LabelBook, token, tokens
from tribureau.reader.month_columns import Marks
from tribureau.reader.months import month_label
from tribureau.reader.pages import Line, enclosing
from tribureau.reader.report import Evidence
from tribureau.reader.single_bureau.blocks import Block, find_blocks, number_at_end
from tribureau.reader.single_bureau.bureau_labels import COMMON_LABELS
from tribureau.reader.single_bureau.declaration import Declaration, Section
from tribureau.reader.single_bureau.late_sentences import is_sentence, late_months
from tribureau.reader.single_bureau.outline import Outline
from tribureau.reader.single_bureau.pairs import find_pairs
from tribureau.reader.single_bureau.shape import shape_of
from tribureau.reader.thesaurus import WORDINGS

_MONTH_AND_YEAR: Final = re.compile(r"\d{1,2}/\d{4}")
_LEAST_OF_A_SHAPE: Final = 5
"""Questions that a block must ask for the accounts' common shape to be learnt from it."""
_TELLING: Final = frozenset({"account_number", "date_opened", "balance", "type_words"})


def read_accounts(document: Document, plan: Outline, declaration: Declaration) -> list[PrintedAccount]:
    """Every account of the report in its order.

    A block of labels outside the parts that hold accounts counts too where it answers as much as only accounts do:
    a heading that is not known must not hide what stands under it.
    """
    reader = _Reader(document.lines, plan, declaration)
    marks = {page.number: page.marks for page in document.pages}
    return reader.read(lambda page: marks[page])


class _Reader:
    def __init__(self, lines: list[Line], plan: Outline, declaration: Declaration) -> None:
        self.lines, self.plan, self.declaration = lines, plan, declaration
        self.book = LabelBook(COMMON_LABELS, declaration.labels, similar=WORDINGS)
        self.rating_rows = {tokens(row) for row in declaration.rating_rows.split("|")}

    def read(self, marks: Marks) -> list[PrintedAccount]:
        grids = find_grids(self.lines, marks)
        closed = {at for grid in grids for at in range(grid.first, grid.last + 1)} | set(_tables(self.lines))
        numbered = {
            at
            for at in range(len(self.lines))
            if at not in closed and self._is_numbered_heading(at) and not self._is_row_of_labels(at - 1)
        }
        told = {at for at, line in enumerate(self.lines) if is_sentence(line)}
        blocks = self._blocks(closed, self.plan.headings | self.plan.subheadings | numbered | told)
        return [account for block in blocks if (account := self._account(block, grids))]

    def _blocks(self, closed: set[int], stops: set[int]) -> list[Block]:
        """The accounts' blocks: found by their labels first, then again by what they have in common."""
        headings, subheadings = self.plan.headings, self.plan.subheadings
        pairs = find_pairs(self.lines, self.book, closed, stops)
        blocks = find_blocks(self.lines, pairs, closed, headings, subheadings, None)
        starts = [block.labels for block in blocks if len({p.question for p in block.pairs}) >= _LEAST_OF_A_SHAPE]
        shape = shape_of(self.lines, starts, pairs.label_lines | closed, headings)
        if shape.stops - stops:
            pairs = find_pairs(self.lines, self.book, closed, stops | shape.stops)
        return find_blocks(self.lines, pairs, closed, headings, subheadings | shape.subheadings, shape.heading)

    def _is_numbered_heading(self, at: int) -> bool:
        segment = self.lines[at].segments[0]
        found = number_at_end(segment.text)
        named = found is not None and bool(found["name"]) and not found["name"].endswith(":")
        return named and self.book.match(segment.words, 0, len(segment.words)) is None

    def _is_row_of_labels(self, at: int) -> bool:
        """Labels side by side and nothing else: what stands under it are their values."""
        cells = self.lines[at].segments if at >= 0 else ()
        return len(cells) > 1 and all(self.book.match(c.words, 0, len(c.words)) for c in cells)

    def _account(self, block: Block, grids: Sequence[MonthGrid]) -> PrintedAccount | None:
        place = self.plan.places[block.first]
        heading = self._heading(block)
        if heading is None or place.bureau is None:
            return None
        account = PrintedAccount(heading, place.bureau)
        self._split_number(account)
        if block.number is not None:
            account.add("account_number", _evidence(self.lines[block.number], "heading"))
        for pair in sorted(block.pairs, key=lambda p: (p.likeness, self.book.rank(p.label))):
            if pair.value and pair.question not in (IGNORED, "creditor_name"):
                account.add(pair.question, pair.value)
        answered = [question for question in account.answers if account.all(question)]
        if len(answered) < _least_answers(place.section) or not _TELLING.intersection(answered):
            return None
        if place.group:
            account.add("type_words", _evidence(place.group, "heading"))
        for grid in grids:
            if block.first <= grid.first <= block.last:
                self._add_months(account, grid, place.bureau)
        if not account.months:
            account.months.update(late_months(self.lines[block.first : block.last + 1]))
        return account

    def _heading(self, block: Block) -> Evidence | None:
        labelled = next((p.value for p in block.pairs if p.question == "creditor_name" and p.value), None)
        if labelled:
            return labelled
        if not block.headings:
            return None
        segments = [self.lines[at].segments[0] for at in block.headings]
        words = [word for segment in segments for word in segment.words]
        return Evidence(segments[0].page, enclosing(words), " ".join(s.text for s in segments), "heading", 0.95)

    def _split_number(self, account: PrintedAccount) -> None:
        """A masked number at the end of the heading, or alone on the heading's second line, is the account's number."""
        found = number_at_end(account.heading.printed)
        if found and found["name"]:
            account.add("account_number", replace(account.heading, printed=found["number"], rule="heading"))
            account.heading = replace(account.heading, printed=found["name"].rstrip(" #-"))

    def _add_months(self, account: PrintedAccount, grid: MonthGrid, bureau: Bureau) -> None:
        rows, rule = grid.rows, f"grid:{bureau.value}"
        if any(row.label for row in rows):
            rows = [
                row
                for row in rows
                if tokens(row.label) in self.rating_rows or bureau.value.lower() in row.label.lower()
            ]
        for row in rows:
            for month, cell in row.cells.items():
                cell.rule = rule
                account.months.setdefault(month, cell)


def _least_answers(section: Section | None) -> int:
    """How many questions a block must answer to be an account in this part of the report."""
    if section in (Section.ACCOUNTS, Section.COLLECTIONS):
        return 3
    return 4 if section is None else 6


def _tables(lines: Sequence[Line]) -> set[int]:
    """Lines of tables of dated amounts (balances month by month), and their heading lines."""
    rows = {at for at, line in enumerate(lines) if _is_dated_row(line)}
    return rows | {at - 1 for at in rows if at and token(lines[at - 1].words[0].text) in {"date", "month"}}


def _is_dated_row(line: Line) -> bool:
    if "$" not in line.text:
        return False
    first = line.segments[0].text
    dated = _MONTH_AND_YEAR.fullmatch(line.words[0].text) is not None
    label = month_label(first)
    amounts = any("$" in segment.text for segment in line.segments[1:])
    return amounts and (dated or bool(label and label.month and label.year))


def _evidence(line: Line, rule: str) -> Evidence:
    return Evidence(line.page, line.box, line.text, rule, 0.9)
