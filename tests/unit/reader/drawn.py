"""Documents drawn from rows of positioned text, for layouts that no sample prints."""

from collections.abc import Iterable

from tribureau.reader.document import Document
from tribureau.reader.pages import Page, Word

WIDTH, HEIGHT = 612.0, 792.0
SIZE = 8.0
LETTER = 4.0
"""Width of every letter, and of a blank half of it."""

Piece = tuple[float, str]
DrawnLine = list[Piece] | tuple[float, list[Piece]]


def words(x: float, y: float, text: str, page: int, size: float = SIZE, bold: bool = False) -> list[Word]:
    """The words of a text that begins at x, y."""
    found: list[Word] = []
    for word in text.split():
        end = x + LETTER * len(word)
        found.append(Word(word, x, y, end, y + size, page, bold))
        x = end + LETTER / 2
    return found


def document(*pages: Iterable[DrawnLine], pitch: float = 14.0, top: float = 100.0) -> Document:
    """Pages of lines, each a list of (x, text). A line given as (y, pieces) stands at that height."""
    drawn: list[Page] = []
    for number, lines in enumerate(pages, 1):
        page = Page(number, WIDTH, HEIGHT)
        y = top
        for line in lines:
            pieces = line
            if isinstance(line, tuple):
                y, pieces = line
            for x, text in pieces:
                page.words.extend(words(x, y, text, number))
            y += pitch
        drawn.append(page)
    return Document(drawn)
