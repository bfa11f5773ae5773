"""A list as a table: a row of column titles, and rows whose words stand under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tribureau.reader.labels import LabelBook
from tribureau.reader.pages import Line, Word, enclosing
from tribureau.reader.report import Evidence

_SLACK: Final = 3.0
"""Points by which a cell may begin before its title."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Columns by their left edges, in points, and the question that each one answers."""

    edges: tuple[float, ...]
    questions: tuple[str, ...]
    names: tuple[str, ...]

    def of(self, word: Word) -> int:
        """The column that a word stands in; -1 left of the first."""
        return sum(word.x0 >= edge - _SLACK for edge in self.edges) - 1


def titles_of(line: Line, book: LabelBook) -> Titles | None:
    """The line as column titles: two cells or more, and every one of them known."""
    cells = line.segments
    questions = [book.question(cell.text.rstrip(":")) for cell in cells]
    if len(cells) < 2 or any(question is None for question in questions):
        return None
    return Titles(
        tuple(cell.x0 for cell in cells), tuple(q or "" for q in questions), tuple(cell.text for cell in cells)
    )


def cells_of(line: Line, titles: Titles) -> dict[str, list[Word]]:
    """The words of a row by question. Words of one cell stay together where its text runs into the next column."""
    cells: dict[str, list[Word]] = {}
    for segment in line.segments:
        column = titles.of(segment.words[0])
        for before, word in pairwise((segment.words[0], *segment.words)):
            starts_cell = titles.of(word) > column and word.x0 - before.x1 > 0.45 * word.size
            if starts_cell and any(abs(word.x0 - edge) <= _SLACK for edge in titles.edges):
                column = titles.of(word)
            if column >= 0:
                cells.setdefault(titles.questions[column], []).append(word)
    return cells


def evidence_of(words: Sequence[Word], rule: str, confidence: float = 1.0) -> Evidence:
    """The words as printed, with the box of those on the first page."""
    here = [word for word in words if word.page == words[0].page]
    return Evidence(here[0].page, enclosing(here), " ".join(word.text for word in words), rule, confidence)
