"""The words of a letter as one text, each piece of which leads back to its place on the page."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import inf
from typing import Final

from tribureau.reader.document import Document
from tribureau.reader.pages import Line, Word, enclosing
from tribureau.reader.report import Evidence

_PROSE: Final = 8
"""Words from which on a line without gaps is taken for prose."""
_LEAST_WIDTH: Final = 0.7
"""Share of the page's width that a full line reaches."""


@dataclass(eq=False)
class Stream:
    """`text` holds a blank between words and a line break where a line ends of itself; a line that is full goes on in
    the next after a blank. `starts` is where each word begins, `margin` the right edge of the letter's prose."""

    lines: Sequence[Line]
    margin: float
    words: list[Word] = field(init=False)
    starts: list[int] = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.words, self.starts, pieces, at = [], [], list[str](), 0
        for line, below in zip_longest(self.lines, self.lines[1:]):
            for word in line.words:
                self.words.append(word)
                self.starts.append(at)
                at += len(word.text) + 1
            pieces += [line.text, " " if below and _goes_on(line, below, self.margin) else "\n"]
        self.text = "".join(pieces)

    def lines_between(self, start: int, end: int) -> Iterator[Line]:
        """The lines that begin inside the stretch."""
        at = 0
        for line in self.lines:
            if start <= at < end:
                yield line
            at += len(line.text) + 1

    def word_before(self, end: int) -> Word:
        """The word that ends at, or stands right before, the character `end`."""
        return self.words[max(0, bisect_right(self.starts, end - 1) - 1)]

    def evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        """Of the characters from `start` up to `end`; its box is drawn on the page of the first of them."""
        first = max(0, bisect_right(self.starts, start) - 1)
        words = [word for word, at in zip(self.words[first:], self.starts[first:], strict=True) if at < end]
        return evidence_of(words, rule, confidence, printed=self.text[start:end])


def prose_margin(document: Document) -> float:
    """How far to the right prose runs; infinite for a letter without a paragraph."""
    wide = _LEAST_WIDTH * max((page.width for page in document.pages), default=0.0)
    return max((line.box.x1 for line in document.lines if _is_prose(line) and line.box.x1 > wide), default=inf)


def _is_prose(line: Line) -> bool:
    return len(line.words) >= _PROSE and len(line.segments) == 1


def _goes_on(line: Line, below: Line, margin: float) -> bool:
    """Whether the line is full: the next one's first word had no room on it."""
    first = below.words[0]
    alike = abs(line.size - below.size) < 0.12 * line.size and line.words[-1].bold == first.bold
    near = line.page != below.page or below.box.y0 - line.box.y1 < 0.6 * line.size
    full = line.box.x1 + 0.2 * line.size + first.x1 - first.x0 > margin
    return full and alike and near and len(line.segments) == 1


def evidence_of(words: Sequence[Word], rule: str, confidence: float, *, printed: str | None = None) -> Evidence:
    page = words[0].page
    box = enclosing(word for word in words if word.page == page)
    text = " ".join(word.text for word in words) if printed is None else printed
    return Evidence(page, box, re.sub(r"\s+", " ", text).strip(), rule, confidence)
