"""A part of a printed value with the place of just that part: one address of several under one label."""

from collections.abc import Sequence
from dataclasses import replace

from tribureau.reader.pages import Page, Word, enclosing
from tribureau.reader.report import Box, Evidence


def words_in(page: Page, box: Box) -> list[Word]:
    """The words of a page inside a box, line by line."""
    return [
        word
        for line in page.lines
        for word in line.words
        if box.x0 - 0.5 <= word.x0 and word.x1 <= box.x1 + 0.5 and box.y0 - 0.5 <= word.y0 and word.y1 <= box.y1 + 0.5
    ]


def piece_of(whole: Evidence, piece: str, words: Sequence[Word]) -> Evidence:
    """The evidence of `piece`, which stands somewhere among the `words` of `whole`; the box of the whole where not.

    A piece that goes over a page break has the box of its first page.
    """
    wanted = piece.split()
    stripped = [word.text.strip(";,") for word in words]
    bare = [text.strip(";,") for text in wanted]
    for start in range(len(words) - len(wanted) + 1):
        if stripped[start : start + len(bare)] == bare:
            found = words[start : start + len(wanted)]
            here = [word for word in found if word.page == found[0].page]
            return replace(whole, page=found[0].page, box=enclosing(here), printed=piece)
    return replace(whole, printed=piece)
