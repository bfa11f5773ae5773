"""Tables of a letter: one row for each item with what came of it, or one for each value that changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.reader.pages import Line, Segment, Word
from tribureau.reader.responses.masked_numbers import masked_number
from tribureau.reader.responses.names import plain
from tribureau.reader.responses.outcomes import outcome_of


class Column(StrEnum):
    NAME = "name"
    NUMBER = "number"
    KIND = "kind"
    OUTCOME = "outcome"
    FIELD = "field"
    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


_ROLES: Final = (
    (Column.BEFORE, r"\b(?:before|was|were|previous(?:ly)?|prior|old|originally|from)\b"),
    (Column.AFTER, r"\b(?:after|now|new|current(?:ly)?|corrected|to)\b"),
    (Column.OUTCOME, r"\b(?:outcomes?|results?|status|findings?|decision|actions?|resolution|conclusion)\b"),
    (
        Column.NUMBER,
        r"\b(?:number|acct|account\s*(?:no|#|number)|docket|no)\b|#|\bdate\b|\bas\s+shown\b|\breference\b|\bdetails?\b",
    ),
    (Column.KIND, r"\b(?:type|kind|category)\b"),
    (Column.FIELD, r"\b(?:fields?|what|values?|information\s+(?:that\s+)?changed)\b"),
    (
        Column.NAME,
        r"\b(?:items?|names?|creditors?|company|companies|sources?|furnishers?|lenders?|reported\s+by|accounts?|who)\b",
    ),
)
_LONGEST_HEAD: Final = 5
_EDGE: Final = 5.0
"""Points by which a cell may begin left of its heading."""
_LOOSE, _TIGHT = 1.25, 1.06
"""How much further apart than the head and the first row two rows may be, and a cell's two lines."""
_LARGER: Final = 1.6


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table, by what they hold and where they begin."""

    columns: tuple[tuple[Column, float], ...]

    @property
    def is_of_items(self) -> bool:
        kinds = {column for column, _ in self.columns}
        return Column.OUTCOME in kinds and Column.NAME in kinds

    @property
    def is_of_changes(self) -> bool:
        return {Column.BEFORE, Column.AFTER} <= {column for column, _ in self.columns}


Cells = dict[Column, list[Word]]


def head_of(line: Line) -> Head | None:
    """The table that the line heads; None for any other line."""
    segments = line.segments
    if len(segments) < 2 or any(len(segment.words) > _LONGEST_HEAD for segment in segments):
        return None
    if any(character in line.text for character in "$:.") or any(
        re.search(r"\d", segment.text) for segment in segments
    ):
        return None
    roles = [_role(segment) for segment in segments]
    if len(set(roles)) < len(roles):
        return None
    changes = {Column.BEFORE, Column.AFTER} <= set(roles)
    columns = [Column.FIELD if changes and at == 0 else role for at, role in enumerate(roles)]
    head = Head(tuple((column, segment.x0) for column, segment in zip(columns, segments, strict=True)))
    return head if head.is_of_items or head.is_of_changes else None


def _role(segment: Segment) -> Column:
    text = segment.text.lower()
    return next((column for column, pattern in _ROLES if re.search(pattern, text)), Column.OTHER)


def rows_under(head: Head, over: Line, lines: Sequence[Line]) -> tuple[list[Cells], int]:
    """The rows under the head, which stands on the line `over`, and how many of the lines they take."""
    rows: list[Cells] = []
    taken = 0
    pitch = _apart(over, lines[0]) if lines else 0.0
    for line, before in zip(lines, [over, *lines], strict=False):
        if head_of(line) or _is_beyond(head, line, before, pitch):
            break
        cells = _cells(head, line)
        if _is_row(head, cells):
            rows.append(cells)
        elif rows and _goes_on(cells, rows[-1], line, before, pitch):
            for column, words in cells.items():
                rows[-1].setdefault(column, []).extend(words)
        else:
            break
        taken += 1
    return rows, taken


def _apart(upper: Line, lower: Line) -> float:
    """Points between the middles of two lines; 0 across pages."""
    if upper.page != lower.page:
        return 0.0
    return (lower.box.y0 + lower.box.y1 - upper.box.y0 - upper.box.y1) / 2


def _is_beyond(head: Head, line: Line, before: Line, pitch: float) -> bool:
    """Whether the line stands outside of the table: left of it, below it, set much larger, or running across it."""
    if line.box.x0 < head.columns[0][1] - 2 * _EDGE:
        return True
    if line.page == before.page and (_apart(before, line) > _LOOSE * pitch or line.size > _LARGER * before.size):
        return True
    first = line.segments[0]
    second = head.columns[1][1]
    return first.x0 < second - _EDGE and first.x1 > second + 6 * _EDGE and not _gap_at(first, second)


def _gap_at(segment: Segment, edge: float) -> bool:
    """Whether a word of the segment begins right where the next column does: a full cell beside another."""
    return any(abs(word.x0 - edge) <= _EDGE for word in segment.words[1:])


def _cells(head: Head, line: Line) -> Cells:
    found: Cells = {}
    for word in line.words:
        column = next((kind for kind, x0 in reversed(head.columns) if word.x0 >= x0 - _EDGE), head.columns[0][0])
        found.setdefault(column, []).append(word)
    return found


def _is_row(head: Head, cells: Cells) -> bool:
    if head.is_of_changes:
        return Column.FIELD in cells and Column.AFTER in cells
    return Column.NAME in cells and Column.OUTCOME in cells and outcome_of(text_of(cells[Column.OUTCOME])) is not None


def _goes_on(cells: Cells, row: Cells, line: Line, before: Line, pitch: float) -> bool:
    """Whether the line only finishes cells of the row above it."""
    numbered = any(masked_number(word.text) for words in cells.values() for word in words)
    return set(cells) <= set(row) and not numbered and _apart(before, line) <= _TIGHT * pitch


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def kind_words(cells: Cells) -> str:
    return " ".join(plain(word.text) for word in cells.get(Column.KIND, ()))
