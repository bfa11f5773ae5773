"""The walk through the lines of a three-bureau report, which finds its blocks.

A block opens where a heading stands over a row of bureau names, or where a heading is followed by an account number and
no such row was repeated. A row of bureau names without a heading (after a page break, say) continues the block.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from tribureau.reader.labels import Likeness
from tribureau.reader.pages import Line, Word
from tribureau.reader.rejoining import rejoined
from tribureau.reader.tri_merge.blocks import Block, Field
from tribureau.reader.tri_merge.columns import Columns, Header, header_of, learn_columns
from tribureau.reader.tri_merge.headings import goes_above, is_large, name_in, usual_size
from tribureau.reader.tri_merge.rows import Row, bands, is_alone, is_tally, row_of
from tribureau.reader.tri_merge.spacing import are_close, white_space
from tribureau.reader.tri_merge.strips import Strips, is_month_row, stand_beside
from tribureau.reader.tri_merge.unknown_rows import ask_likely
from tribureau.reader.tri_merge.wording import Announced, Title, Wording
from tribureau.reader.values import is_absent

ACCOUNTS: Final = "accounts"
ACCOUNT_NUMBER: Final = "account_number"
LATE_TOTALS: Final = "late_totals"


def blocks_of(lines: Iterable[Line], wording: Wording) -> list[Block]:
    """The blocks in the order of the report; the first one holds what stands before any section."""
    found = _Walk(list(bands(lines)), wording).blocks()
    for entry in (entry for block in found for entry in block.fields if entry.question):
        entry.likeness = Likeness.DECLARED if entry.question == LATE_TOTALS else wording.likeness(entry.row.label)
    ask_likely(found)
    return found


class _Walk:
    def __init__(self, found: list[Line], wording: Wording) -> None:
        self._bands = found
        self._at = 0
        self._wording = wording
        self._size = usual_size(found)
        self._headers = {id(band): header for band in found if (header := header_of(band))}
        self._announced = {id(band): self._title(band) for band in found if id(band) not in self._headers}
        self._columns_by_key = self._learn()
        self._columns: Columns | None = None
        self._block = Block("front")
        self._done: list[Block] = []
        self._waiting: list[Line] = []
        self._above: list[Line] = []
        self._row: Row | None = None
        self._in_history = False
        self._row_gap = 0.0

    def blocks(self) -> list[Block]:
        for at, band in enumerate(self._bands):
            self._at = at
            self._take(band, self._bands[at + 1] if at + 1 < len(self._bands) else None)
        self._keep_waiting()
        return [*self._done, self._block]

    def _learn(self) -> dict[tuple[object, ...], Columns]:
        """The columns of every kind of header, learnt from all rows under headers of that kind."""
        headers: dict[tuple[object, ...], Header] = {}
        below: dict[tuple[object, ...], list[Line]] = {}
        key: tuple[object, ...] | None = None
        for band in self._bands:
            header = self._headers.get(id(band))
            if header:
                key = header.key
                headers.setdefault(key, header)
            elif self._announced[id(band)]:
                key = None
            elif key is not None:
                below.setdefault(key, []).append(band)
        return {key: learn_columns(header, below.get(key, [])) for key, header in headers.items()}

    def _take(self, band: Line, following: Line | None) -> None:
        header = self._headers.get(id(band))
        if header:
            return self._take_header(header, following)
        announced = self._announced[id(band)]
        if announced and not self._goes_on(band):
            return self._take_title(announced, band)
        if (self._in_history or is_month_row(band)) and self._block.strips.take(band, following):
            self._in_history, self._row = True, None
            return None
        if self._columns and self._take_row(band, self._columns):
            return None
        if not is_absent(band.text):
            self._waiting.append(band)
        return None

    def _title(self, band: Line) -> Announced | None:
        if not is_alone(band):
            return None
        return self._wording.title(band.text, large=is_large(band, self._size))

    def _goes_on(self, band: Line) -> bool:
        """Whether a line continues a heading or a cell, although its words make a title (`Collection`)."""
        if self._waiting and goes_above(self._waiting[-1], band):
            return True
        row, columns = self._row, self._columns
        in_columns = columns is not None and band.words[0].x0 >= columns.starts[0]
        return row is not None and bool(row.label_words) and in_columns and are_close(self._bands[self._at - 1], band)

    def _take_title(self, announced: Announced, band: Line) -> None:
        self._keep_waiting()
        self._row = None
        self._in_history = announced.kind is Title.HISTORY
        if announced.kind is Title.GROUP:
            self._open(Block(ACCOUNTS, band))
        elif announced.kind is Title.SECTION:
            self._open(Block(announced.name))
            self._columns = None

    def _take_header(self, header: Header, following: Line | None) -> None:
        columns = self._columns_by_key[header.key]
        heading = list(header.lead) or self._heading() or self._heading_beside_values(following, columns)
        if heading:
            self._keep_waiting()
            self._open(Block(self._block.section, self._block.group, heading))
        elif self._in_history and following and stand_beside(following):
            self._block.strips = Strips(columns)
        self._columns = columns

    def _open(self, block: Block) -> None:
        self._done.append(self._block)
        self._block = block
        self._row, self._in_history, self._above = None, False, []

    def _heading(self) -> list[Word]:
        """The waiting lines that stand together just above; they are no longer waiting."""
        taken: list[Line] = []
        while self._waiting and goes_above(self._waiting[-1], taken[0] if taken else None):
            if taken and taken[-1].page - self._waiting[-1].page > 1:
                break
            taken.insert(0, self._waiting.pop())
        return [word for line in taken for word in name_in(line)]

    def _heading_beside_values(self, following: Line | None, columns: Columns) -> list[Word]:
        """The name of a row above, taken for a label because something stands beside it, if another account begins."""
        above = self._block.fields[-1] if self._block.fields else None
        if (
            above is None
            or above.question is not None
            or following is None
            or above.row.last is not self._bands[self._at - 1]
        ):
            return []
        asked = self._wording.question(row_of(following, columns).label)
        if asked is None or asked not in self._block.questions:
            return []
        self._block.fields.pop()
        return above.row.label_words

    def _keep_waiting(self) -> None:
        self._block.lines.extend(self._waiting)
        self._waiting = []

    def _take_row(self, band: Line, columns: Columns) -> bool:
        row = row_of(band, columns)
        question = self._wording.question(row.label)
        if not row.label_words:
            return self._take_cells(row, band, columns)
        if is_alone(band) and (question is None or self._makes_label(row)):
            return self._take_more_label(row)
        if question is None:
            question = self._question_begun_above(row)
        elif self._starts_block(question):
            heading = self._heading()
            self._keep_waiting()
            self._open(Block(self._block.section, self._block.group, heading))
        self._keep_waiting()
        self._add(row, question, columns)
        return True

    def _starts_block(self, question: str) -> bool:
        """Whether a row belongs to a new account, whose row of bureau names was not repeated."""
        repeats = question in self._block.questions
        headed = bool(self._waiting) and goes_above(self._waiting[-1], None)
        return (repeats and (headed or question == ACCOUNT_NUMBER)) or (headed and not self._block.fields)

    def _question_begun_above(self, row: Row) -> str | None:
        """The question of a label whose first line stands alone above its row."""
        if not self._waiting or not are_close(self._waiting[-1], row.last):
            return None
        return self._wording.question(rejoined([self._waiting[-1].text, row.label]))

    def _add(self, row: Row, question: str | None, columns: Columns) -> None:
        for line in reversed(self._above):
            for cell, more in zip(row.cells, row_of(line, columns).cells, strict=True):
                cell.lines[:0] = more.lines
        self._above = []
        if self._row and self._row.last.page == row.last.page and self._row.last is self._bands[self._at - 1]:
            self._row_gap = white_space(self._row.last, row.last)
        self._block.fields.append(Field(question, row, columns))
        self._row = row
        if question:
            self._in_history = False

    def _take_more_label(self, row: Row) -> bool:
        """A label that wraps below its row, if the row's label and this one make a known label."""
        if not self._makes_label(row):
            return False
        before = self._block.fields[-1]
        before.row.label, before.row.last = rejoined([before.row.label, row.label]), row.last
        before.question = self._wording.question(before.row.label)
        return True

    def _makes_label(self, row: Row) -> bool:
        before = self._block.fields[-1] if self._row and self._block.fields else None
        if before is None or not are_close(before.row.last, row.last):
            return False
        return self._wording.question(rejoined([before.row.label, row.label])) is not None

    def _take_cells(self, row: Row, band: Line, columns: Columns) -> bool:
        """A line of values without a label: more of the row above, of the row below, or a tally of late payments."""
        totals = is_tally(band)
        if totals and not (self._row and self._is_tally_row()):
            self._add(row, LATE_TOTALS, columns)
            return True
        if self._in_history or (self._is_tally_row() and not totals):
            return False
        if self._row is None or band.page > self._row.last.page + 1:
            return self._take_unlabelled(row, band, columns)
        if self._belongs_below(self._row, columns):
            self._above.append(band)
            return True
        for cell, more in zip(self._row.cells, row.cells, strict=False):
            cell.lines.extend(more.lines)
        self._row.last = band
        return True

    def _take_unlabelled(self, row: Row, band: Line, columns: Columns) -> bool:
        """Values under the bureaus' names before any label: the first row's, set midway, or a table without labels."""
        if is_alone(band):
            return False
        below = self._bands[self._at + 1] if self._at + 1 < len(self._bands) else None
        if (
            below
            and below.page == band.page
            and below.box.x0 < columns.starts[0]
            and white_space(band, below) < 0.3 * band.size
        ):
            self._above.append(band)
        else:
            self._block.fields.append(Field(None, row, columns))
        return True

    def _is_tally_row(self) -> bool:
        return bool(self._block.fields) and self._block.fields[-1].question == LATE_TOTALS

    def _belongs_below(self, row: Row, columns: Columns) -> bool:
        """Whether the values at hand belong to the next label, which may stand midway beside its values.

        Of the lines without a label between two rows, those above the widest gap belong to the upper row.
        """
        lines = [row.last]
        for line in self._bands[self._at :]:
            if line.page != self._bands[self._at].page or id(line) in self._headers:
                return False
            lines.append(line)
            if line.box.x0 < columns.starts[0]:
                break
        else:
            return False
        if len(lines) == 2 or self._wording.title(lines[-1].text):
            return False
        gaps = [white_space(above, below) for above, below in pairwise(lines)]
        if row.last.page != lines[1].page:
            gaps[0] = self._row_gap
        return gaps[0] > max(gaps[1:]) + 0.5
