"""Bureaus' names over strips of months, where an engine read a name and the codes under it as one line.

Such a line opens with a meaningless word that is as wide as the name: the names differ in width, and another name on
the page gives the scale.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.months import month_label
from tribureau.reader.ocr.grid_cells import cell_name
from tribureau.reader.pages import Line, Word
from tribureau.reader.vocabulary import month_code

_WIDTHS: Final = {Bureau.TRANSUNION: 5.17, Bureau.EXPERIAN: 3.95, Bureau.EQUIFAX: 3.34}
"""In sizes of the type, in Helvetica and its like."""
_ALIKE: Final = 0.06
_FEWEST: Final = 6
_INDENT: Final = 3.0
"""Points that a name begins left of the first month at least."""


def with_bureaus_named(lines: Sequence[Line]) -> Iterator[tuple[Word, str]]:
    """The words that stand where a strip's bureau is named, and its name."""
    named, scale = None, 0.0
    for line, following in pairwise(lines):
        if len(line.words) == 1 and line.text in _WIDTHS:
            named = Bureau(line.text)
            scale = (line.words[0].x1 - line.words[0].x0) / _WIDTHS[named]
        elif scale and _hides_a_name(line, following):
            bureau = _as_wide(line.words[0], scale)
            if bureau and bureau != named:
                named = bureau
                yield line.words[0], bureau.value


def _hides_a_name(line: Line, months: Line) -> bool:
    """Whether the line is codes but for a word that begins left of the row of months beneath."""
    codes = line.words[1:]
    return (
        len(codes) >= _FEWEST
        and all(month_code(cell_name(word.text)) is not None for word in codes)
        and sum(month_label(word.text) is not None for word in months.words) >= _FEWEST
        and line.words[0].x0 < months.words[0].x0 - _INDENT
        and line.words[0].text not in _WIDTHS
    )


def _as_wide(word: Word, scale: float) -> Bureau | None:
    width = (word.x1 - word.x0) / scale
    return next((bureau for bureau, usual in _WIDTHS.items() if abs(width / usual - 1) < _ALIKE), None)
