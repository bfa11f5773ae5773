"""Rows of a table of bureau columns: a label, and per bureau a value that may wrap over several lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tribureau.reader.pages import CELL_GAP, Line, Word, enclosing
from tribureau.reader.rejoining import rejoined
from tribureau.reader.report import Evidence
from tribureau.reader.tri_merge.columns import Columns
from tribureau.reader.values import is_absent

_SAME_BAND: Final = 0.75
"""Lines whose middles lie closer than this many text heights belong to one row of cells with unequal alignment."""
_TALLY: Final = frozenset({"30:", "60:", "90:", "120:"})
_REMARKS_BEGIN: Final = """
    Account Affected Charged Claim Closed Collection Consumer Contract Credit Debt Dispute Disputed Fixed Foreclosure
    Included Loan Lost Medical Paid Payment Placed Purchased Redeemed Refinanced Repossession Settled Student
    Transferred Unpaid Variable Voluntary
"""
_OPENERS: Final = frozenset(_REMARKS_BEGIN.split())
_LINKS: Final = frozenset({"of", "by", "the", "in", "to", "a", "an", "and", "or", "for", "-", "/", "&"})
_PART_OF_NUMBER: Final = re.compile(r"(?=.*[\dXx*•.#])[A-Z\dXx*•.#-]+")
_ENDS_MASKED: Final = re.compile(r"[Xx*•.#]$")
_MASKED_AGAIN: Final = re.compile(r"[A-Z\d-]*\d[A-Z\d-]*[Xx*•.#]")
_PADDING: Final = 4.0
"""Points that a cell keeps free at its right edge."""


@dataclass(slots=True)
class Cell:
    """What stands in one column of one row: its printed lines."""

    lines: list[list[Word]] = field(default_factory=list)

    def add(self, words: list[Word]) -> None:
        self.lines.append(words)

    def text(self, *, glued: bool = False) -> str:
        """The printed lines as one text; `glued` without a blank where a number that wraps goes on."""
        lines = [" ".join(word.text for word in line) for line in self.lines]
        if glued and len(lines) > 1 and _number_goes_on(*self.lines[:2]):
            lines[:2] = ["".join(lines[:2])]
        return " ".join(lines) if glued else rejoined(lines)

    def evidence(self, rule: str, *, glued: bool = False) -> Evidence:
        """The cell as evidence. Its box is that of the lines on the first page it stands on."""
        page = self.lines[0][0].page
        words = [word for line in self.lines for word in line if word.page == page]
        return Evidence(page, enclosing(words), self.text(glued=glued), rule)

    def items(self, right_edge: float) -> list["Cell"]:
        """The cell cut into one cell per printed item, where a line that could have been longer ends an item."""
        items: list[Cell] = []
        for line in self.lines:
            if items and _wraps(items[-1].lines[-1], line, right_edge):
                items[-1].add(line)
            else:
                items.append(Cell([line]))
        return items


def _number_goes_on(before: list[Word], line: list[Word]) -> bool:
    """Whether two lines are one account number: both parts of a number, one under the other, and no mask too many.

    A number has its mask once, so what begins with digits and is masked again is another number.
    """
    above, below = before[-1], line[0]
    parts = _PART_OF_NUMBER.fullmatch(above.text) and _PART_OF_NUMBER.fullmatch(below.text)
    beneath = above.page != below.page or above.y0 + above.y1 < 2 * below.y0 < 2 * above.y1 + above.size
    return bool(parts) and beneath and not (_ENDS_MASKED.search(above.text) and _MASKED_AGAIN.match(below.text))


def _wraps(before: list[Word], line: list[Word], right_edge: float) -> bool:
    """Whether a line goes on with the remark of the line before: it begins small, or would not have fitted there."""
    first, last = line[0], before[-1]
    if first.text[:1].islower():
        return True
    if first.text in _OPENERS and last.text not in _LINKS:
        return False
    space = 0.3 * first.size
    return last.x1 + space + (first.x1 - first.x0) > right_edge - _PADDING


@dataclass(slots=True)
class Row:
    """A label and the cells beside it, by column. Lines that wrap are added below."""

    label: str
    cells: list[Cell]
    last: Line
    label_words: list[Word] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        return any(cell.lines for cell in self.cells)


def bands(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines, where those that overlap vertically (a label set midway beside two lines of values) become one."""
    waiting: list[Line] = []
    for line in lines:
        if waiting and not _same_band(waiting[-1], line):
            yield _joined(waiting)
            waiting = []
        waiting.append(line)
    if waiting:
        yield _joined(waiting)


def _same_band(above: Line, line: Line) -> bool:
    if above.page != line.page:
        return False
    distance = (line.box.y0 + line.box.y1 - above.box.y0 - above.box.y1) / 2
    return 0 <= distance < _SAME_BAND * min(above.size, line.size)


def _joined(lines: list[Line]) -> Line:
    return lines[0] if len(lines) == 1 else Line(tuple(word for line in lines for word in line.words))


def is_alone(band: Line) -> bool:
    """Whether a band is one run of words on one line: a title, a heading, a label without values."""
    return all(
        before.x0 <= after.x0 and after.x0 - before.x1 <= CELL_GAP * min(before.size, after.size)
        for before, after in pairwise(band.words)
    )


def is_tally(band: Line) -> bool:
    """Whether a band counts late payments (`30: 1 60: 0 90: 2`)."""
    return any(word.text in _TALLY for word in band.words)


def row_of(band: Line, columns: Columns) -> Row:
    """The words of a band, each in the column it stands in; a tally of late payments stays whole."""
    label: list[Word] = []
    cells = [Cell() for _ in columns.bureaus]
    tallies = is_tally(band)
    for line in _baselines(band):
        for at, words in _by_column(_tallies(line) if tallies else [[word] for word in line], columns).items():
            if at < 0:
                label.extend(words)
            else:
                cells[at].add(words)
    return Row(" ".join(word.text for word in label), cells, band, label)


def _baselines(band: Line) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in band.words:
        if line and word.x0 < line[-1].x0:
            yield line
            line = []
        line.append(word)
    yield line


def _tallies(words: list[Word]) -> list[list[Word]]:
    """The words in runs, each of which begins with a tally's first count or behind a wide gap."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and word.text != "30:" and word.x0 - runs[-1][-1].x1 <= CELL_GAP * word.size:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _by_column(runs: list[list[Word]], columns: Columns) -> dict[int, list[Word]]:
    """Words from left to right by column; -1 is the label's. A tally for each bureau stands in the bureaus' order."""
    if len(runs) == len(columns.bureaus) and all(run[0].text == "30:" or is_absent(run[0].text) for run in runs):
        return dict(enumerate(runs))
    found: dict[int, list[Word]] = {}
    starts, at = columns.starts, -1
    for run in runs:
        middle = (run[0].x0 + run[-1].x1) / 2
        while at + 1 < len(starts) and middle >= starts[at + 1]:
            at += 1
        found.setdefault(at, []).extend(run)
    return found
