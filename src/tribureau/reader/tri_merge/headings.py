"""Headings: the lines over a row of bureau names that name the creditor."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from tribureau.reader.pages import Line, Word
from tribureau.reader.tri_merge.spacing import white_space

_CLOSE: Final = 0.45
"""Lines of one heading stand closer than this many text heights."""
_SAME_SIZE: Final = 0.08
_SAME_EDGE: Final = 3.0
_LONGEST: Final = 100
_LARGE: Final = 1.2
_FEWEST_SMALL_WORDS: Final = 3


def usual_size(lines: Iterable[Line]) -> float:
    """The height of most lines."""
    sizes = Counter(round(line.size, 1) for line in lines)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_large(line: Line, usual: float) -> bool:
    """Whether a line is so much higher than most that it must be a title."""
    return line.size > _LARGE * usual


def goes_above(line: Line, below: Line | None) -> bool:
    """Whether a line is (part of) a heading: short, no sentence, of one kind with the heading's line below it."""
    if len(line.text) > _LONGEST or line.text.endswith(":") or _is_sentence(line):
        return False
    if below is None:
        return True
    same_kind = abs(line.size - below.size) < 0.1 * line.size and line.bold == below.bold
    if line.page != below.page:
        return same_kind and _goes_over(line, below)
    return same_kind and white_space(line, below) < _CLOSE * line.size


def _goes_over(line: Line, below: Line) -> bool:
    """Whether a page ends between two lines of one column: what is stray on the page before stands elsewhere."""
    return below.page == line.page + 1 and abs(below.box.x0 - line.box.x0) < _SAME_EDGE


def _is_sentence(line: Line) -> bool:
    """A full stop ends a sentence, or a name such as `BANK USA, N.A.`: sentences have small words."""
    return line.text.endswith(".") and sum(word.text[0].islower() for word in line.words) >= _FEWEST_SMALL_WORDS


def name_in(line: Line) -> list[Word]:
    """The words of a heading's line, without what stands apart at its right unless it is in brackets."""
    first, *others = line.segments
    return [*first.words, *(word for segment in others if segment.text.startswith("(") for word in segment.words)]
