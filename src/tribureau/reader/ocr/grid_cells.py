"""Cells of month grids as an engine sees them: a tick is read as `v`, a dot as `e`, `30` as `3O`.

Only words that stand in a row of a grid are touched: a row that opens with a year under months, or with a month under
years, or stands under a strip of months. A dash or tick that is read as nothing leaves its cell empty, and its
neighbours stay where they are.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tribureau.reader.months import month_label
from tribureau.reader.ocr.confusions import MONTH_MISREAD
from tribureau.reader.pages import Line, Word
from tribureau.reader.vocabulary import month_code

LOWERED: Final = 0.7
"""What a corrected cell's confidence is multiplied with."""
_LEAST_HEADINGS: Final = 3
_LONGEST_CELL: Final = 4
_TICKS: Final = 3
"""So many ticks on a page, and a lone `V` is one too, not a voluntary surrender."""
_TICK: Final = re.compile(r"[vVwWyYJS4/\\¥√~<>«»%7]{1,3}[,.;:'i]?|[vV][A-Za-z]|[A-Za-z]?[vV¥√]|[a-z]{1,2}")
_DOT: Final = re.compile(r"[@®©eoO°•a6]|[(\[{]?[)\]}]|ee")
_NOTHING: Final = re.compile(r"[-–—_=~.:,;'`’‘“”\"*+|!»«°]{1,3}")
_CODES: Final = {
    "3O": "30", "6O": "60", "9O": "90", "12O": "120", "15O": "150", "18O": "180", "l20": "120", "l50": "150",
    "l80": "180", "I20": "120", "I50": "150", "I80": "180", "i20": "120", "S0": "90", "C0": "CO", "cO": "CO",
    "co": "CO", "Co": "CO", "0K": "OK", "QK": "OK", "DK": "OK", "oK": "OK", "ok": "OK", "Ok": "OK", "OX": "OK",
    "OKK": "OK", "OK.": "OK", "BX": "BK", "8K": "BK", "Cc": "C", "cC": "C", "cc": "C",
    "N0": "ND", "NO": "ND", "NID": "ND",
}  # fmt: skip


def with_cells_named(lines: Sequence[Line]) -> Iterator[tuple[Word, str]]:
    """The words in grid rows whose text is another than was read, and what it is."""
    cells = list(_cells(lines))
    ticked = sum(cell.text != "V" and cell_name(cell.text) == "✓" for cell in cells) >= _TICKS
    for cell in cells:
        name = cell.text if cell.text == "V" and not ticked else cell_name(cell.text)
        if name != cell.text:
            yield cell, name


def _cells(lines: Sequence[Line]) -> Iterator[Word]:
    headings: Line | None = None
    for line in lines:
        if _is_headings(line):
            headings = line
            yield from (word for word in line.words if word.text in MONTH_MISREAD)
        elif headings and _is_row(line, headings):
            yield from line.words[1:] if month_label(line.words[0].text.rstrip(":")) else line.words
        elif headings and len(line.text) > _LONGEST_CELL:
            headings = None


def cell_name(text: str) -> str:
    """What stands in a cell whose reading is `text`."""
    if text in _CODES:
        return _CODES[text]
    if text in MONTH_MISREAD:
        return MONTH_MISREAD[text]
    if month_label(text) or (text.strip(".") not in {"v", "V", "-"} and month_code(text)):
        return text
    if _NOTHING.fullmatch(text):
        return "-"
    if _TICK.fullmatch(text) or _DOT.fullmatch(text):
        return "✓"
    return text


def _is_headings(line: Line) -> bool:
    labels = [word for word in line.words if month_label(MONTH_MISREAD.get(word.text, word.text))]
    return len(labels) >= _LEAST_HEADINGS and len(labels) >= 0.7 * len(line.words)


def _is_row(line: Line, headings: Line) -> bool:
    """A row named by a year or month with nothing but short cells beside, or one that is mostly codes."""
    if len(line.words) > len(headings.words) + 2:
        return False
    if month_label(line.words[0].text.rstrip(":")):
        return all(len(word.text) <= _LONGEST_CELL for word in line.words[1:])
    codes = sum(month_code(cell_name(word.text)) is not None for word in line.words)
    return codes >= _LEAST_HEADINGS and codes >= 0.6 * len(line.words)
