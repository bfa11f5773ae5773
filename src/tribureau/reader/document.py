"""A report as one run of lines: what every page repeats at its edges is set apart from what the report says."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from math import ceil
from typing import Final

from tribureau.reader.pages import Line, Page

_EDGE: Final = 0.09
"""Share of the page's height, above and below, in which headers and footers stand."""
_MOST_FURNITURE: Final = 4
"""Lines that a header or a footer has at most."""
_WORD: Final = re.compile(r"[A-Za-z]{4}")
_NUMBERED: Final = re.compile(r"\d{4}")
"""A year or a report's number: no row of headings has one."""
_PAGE_NUMBER: Final = re.compile(
    r"\d{1,3}|(?:p(?:age|\.)?\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|page\s*\d{1,4}\b.*", re.IGNORECASE
)
_PAGE_IN_TEXT: Final = re.compile(r"(?:page\s*)?\d+\s*(?:/|of)\s*\d+|page\s*\d+", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+(?:\s+(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?)?", re.IGNORECASE
)
_PRINTED_AT: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?\b.*", re.IGNORECASE)


@dataclass(eq=False)
class Document:
    """The pages of a report; `lines` in reading order without page furniture, `furniture` what was set apart."""

    pages: list[Page]

    def __post_init__(self) -> None:
        edges = [list(_at_edges(page)) for page in self.pages]
        repeated = _repeated(edges)
        self.lines: list[Line] = []
        self.furniture: list[Line] = []
        for page, at_edges in zip(self.pages, edges, strict=True):
            apart = {id(line) for line in at_edges if _is_print_mark(line) or _key(line) in repeated}
            apart |= {id(line) for line in (page.lines[:1] + page.lines[-1:]) if _is_full_print_mark(line)}
            for line in page.lines:
                (self.furniture if id(line) in apart else self.lines).append(line)

    @cached_property
    def text(self) -> str:
        """All words, furniture too, in lower case with single blanks and one line per line: for cues."""
        return "\n".join(line.text for page in self.pages for line in page.lines).lower()


def _at_edges(page: Page) -> Iterator[Line]:
    """The outermost lines of a page that stand apart from what follows, as headers and footers do."""
    for lines, at_edge in (
        (page.lines, lambda line: line.box.y1 < _EDGE * page.height),
        (page.lines[::-1], lambda line: line.box.y0 > (1 - _EDGE) * page.height),
    ):
        outer = list(takewhile(at_edge, lines[:_MOST_FURNITURE]))
        apart = [i for i, line in enumerate(outer) if i + 1 >= len(lines) or _apart(line, lines[i + 1])]
        yield from outer[: apart[-1] + 1 if apart else 0]


def _apart(line: Line, inner: Line) -> bool:
    gap = max(inner.box.y0 - line.box.y1, line.box.y0 - inner.box.y1)
    return gap > 0.4 * line.size


def _is_print_mark(line: Line) -> bool:
    text = line.text
    return any(shape.fullmatch(text) for shape in (_PAGE_NUMBER, _ADDRESS, _PRINTED_AT))


def _is_full_print_mark(line: Line) -> bool:
    """A print mark that can be nothing else, wherever the page's text ends."""
    return _is_print_mark(line) and not line.text.isdigit()


def _key(line: Line) -> tuple[int, str]:
    """What makes two furniture lines the same: height on the page to 3 points, words but for the page's number."""
    return round(line.box.y0 / 3), _PAGE_IN_TEXT.sub("#", line.text)


def _is_prose(line: Line) -> bool:
    return _WORD.search(line.text) is not None and (len(line.segments) < 3 or _NUMBERED.search(line.text) is not None)


def _repeated(edges: list[list[Line]]) -> set[tuple[int, str]]:
    """Lines of words that stand outermost at the same height on most pages, but no rows of tables."""
    if len(edges) < 2:
        return set()
    seen: Counter[tuple[int, str]] = Counter()
    for at_edges in edges:
        seen.update({_key(line) for line in at_edges if _is_prose(line)})
    least = len(edges) if len(edges) <= 3 else max(3, ceil(0.6 * len(edges)))
    return {key for key, times in seen.items() if times >= least}
