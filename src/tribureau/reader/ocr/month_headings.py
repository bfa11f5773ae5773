"""Rows of months as an engine sees them: `May_~—`, `=` and `25` among `Apr`, `Jun` and `'25`.

A thin rule under the row is read as dashes, two neighbours as one word, and the apostrophe of a year is lost. One such
word and the row would be no row of months, and all codes over or under it would be lost.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tribureau.reader.dates import month_number
from tribureau.reader.months import MonthLabel, month_label
from tribureau.reader.ocr.confusions import MONTH_MISREAD
from tribureau.reader.pages import Line, Word

_FEWEST: Final = 6
"""Months that a row names before anything in it is mended."""
_MOST_DIRT: Final = 2
"""Letters or digits in a word that says nothing."""
_PART: Final = re.compile(r"[A-Za-z0|]{3,9}|\d{2}(?:\d{2})?")
_DECEMBER, _FEBRUARY = 12, 2
_AROUND_A_JANUARY: Final = frozenset({(_DECEMBER, _FEBRUARY), (_FEBRUARY, _DECEMBER)})


def with_months_parted(lines: Sequence[Line]) -> Iterator[tuple[Word, list[Word]]]:
    """The words in rows of months that are not what they say, and what stands there instead: none, one or two."""
    for line in lines:
        parts = [(word, _parts(word)) for word in line.words]
        flat = [part for _, found in parts for part in found]
        if not _are_months(flat):
            continue
        years = _years(flat)
        for word, found in parts:
            mended = [years.get(id(part), part) for part in found]
            if [part.text for part in mended] != [word.text]:
                yield word, mended


def _parts(word: Word) -> list[Word]:
    """The months and numbers in a word, each with its share of the word's width; a sound label is left as it is."""
    if _label(word):
        return [word]
    width = (word.x1 - word.x0) / len(word.text)
    return [
        word._replace(text=part.group(), x0=word.x0 + part.start() * width, x1=word.x0 + part.end() * width)
        for part in _PART.finditer(word.text)
    ] or [word] * (sum(c.isalnum() for c in word.text) > _MOST_DIRT)


def _are_months(parts: Sequence[Word]) -> bool:
    named = sum(_month(part) is not None for part in parts)
    return (
        named >= _FEWEST and all(_label(part) or part.text.isdigit() for part in parts) and 3 * named > 2 * len(parts)
    )


def _years(parts: Sequence[Word]) -> dict[int, Word]:
    """The bare numbers that stand in a January's stead, with the apostrophe that makes them years."""
    found: dict[int, Word] = {}
    for before, part, after in zip(parts, parts[1:], [*parts[2:], None], strict=False):
        follows = after is None and _month(before) == _DECEMBER
        between = after is not None and (_month(before), _month(after)) in _AROUND_A_JANUARY
        if len(part.text) == 2 and part.text.isdigit() and (follows or between):
            found[id(part)] = part._replace(text=f"'{part.text}")
    return found


def _label(word: Word) -> MonthLabel | None:
    return month_label(MONTH_MISREAD.get(word.text, word.text))


def _month(word: Word) -> int | None:
    return month_number(MONTH_MISREAD.get(word.text, word.text).strip(" .,"))
