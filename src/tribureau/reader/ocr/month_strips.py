"""Month strips as an engine sees them, put right: months, their years, and the codes over or under them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from tribureau.reader.ocr.grid_cells import cell_name
from tribureau.reader.ocr.month_runs import MonthRun, run_of, years_under
from tribureau.reader.pages import Line, Word
from tribureau.reader.vocabulary import PAYMENT_PLAN, month_code

_FEWEST_CODES: Final = 3
_CODES: Final = 0.6
"""The share of a row's words that are codes, and that stand over or under a month."""
_LONGEST: Final = 5
_BELOW: Final = 12
"""Rows of codes under months at most: ten years."""
_CHARGED_OFF: Final = re.compile(r"[CcGe(¢][iIl1/|!tj]?[oO0]")
_CUT_OFF: Final = {"12": "120", "15": "150", "18": "180"}
_AROUND: Final = ".,:;'’‘“”\"|_~ "
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_THREE_DIGITS: Final = re.compile(r"0[0-4]\d")
_MOST_CELLS: Final = 14
_LEAST_AGREEING, _SHARE_AGREEING = 2.0, 0.4
_LADDER: Final = ("OK", "30", "60", "90", "120", "150", "180")


def strips_mended(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Word]]]:
    """The lines of a page's strips whose words are not what is printed, and what is."""
    for at, line in enumerate(lines):
        run = run_of(line)
        if run is None:
            continue
        kept = [word for word in line.words if word.middle < run.edge]
        after = [word for word in line.words if word.middle > run.middles[-1] + run.pitch]
        yield line, [*kept, *run.words, *after]
        beneath = list(lines[at + 1 : at + 1 + _BELOW])
        years = years_under(run, beneath[0]) if beneath else None
        if years:
            yield beneath[0], [*(word for word in beneath[0].words if word.middle < run.edge), *years]
            beneath = beneath[1:]
        labels = dict(_years_beside(run, lines[at + 1 :]))
        yield from _code_rows(run, lines[max(0, at - 1) : at], labels)
        rows = list(_code_rows(run, beneath, labels))
        yield from rows or _code_rows(run, beneath[1:], labels)


def _code_rows(run: MonthRun, lines: Sequence[Line], labels: dict[int, Word]) -> Iterator[tuple[Line, list[Word]]]:
    """Rows of codes, under the right year where `labels` has it for the line, up to a line of something else."""
    for line in lines:
        cells = [word for word in line.words if run.edge < word.middle < run.middles[-1] + run.pitch]
        names = _names(cells)
        codes = sum(map(_is_code, names))
        placed = sum(run.place(cell) is not None for cell in cells)
        is_row = len(cells) >= _FEWEST_CODES and min(codes, placed) >= _CODES * len(cells) and not run_of(line)
        named = {id(cell): name for cell, name in zip(cells, names, strict=True) if _is_code(name)} if is_row else {}
        words = [
            _named(word, named.get(id(word), word.text))
            for word in line.words
            if not is_row or word.middle < run.edge or len(word.text) > _LONGEST or _stays(run, word, named)
        ]
        if id(line) in labels:
            words[0] = labels[id(line)]
        if cells and not is_row and id(line) not in labels:
            return
        yield line, words


def _named(word: Word, name: str) -> Word:
    return word if name == word.text else word._replace(text=name)


def _stays(run: MonthRun, cell: Word, named: dict[int, str]) -> bool:
    """Whether a cell says something; one that says nothing would make the whole row say nothing."""
    return id(cell) in named and run.place(cell) is not None


def _names(cells: Sequence[Word]) -> list[str]:
    """What each cell holds; one that says nothing is what its neighbours make likely."""
    names = [_name(cell.text) for cell in cells]
    if names.count("OK") > 1:  # such a row has no ticks: what looks like one is garbled
        names = [cell.text if name == "✓" else name for cell, name in zip(cells, names, strict=True)]
    usual, times = Counter(names).most_common(1)[0] if names else ("", 0)
    for at, name in enumerate(names):
        if not _is_code(name) and 1 < len(usual) <= len(name) and 2 * times > len(names):
            names[at] = usual if set(usual) <= set(name.upper()) else name
    for at in range(1, len(names) - 1):
        if not _is_code(names[at]):
            names[at] = _between(names[at - 1], names[at], names[at + 1])
    return names


def _is_code(name: str) -> bool:
    return month_code(name) is not None or name == PAYMENT_PLAN


def _between(before: str, text: str, after: str) -> str:
    """A garbled code between two that are the same and look like it, or between two steps of lateness."""
    if before == after and set(before) & set(text.upper()):
        return before
    if before in _LADDER and after in _LADDER and abs(_LADDER.index(before) - _LADDER.index(after)) == 2:
        return _LADDER[(_LADDER.index(before) + _LADDER.index(after)) // 2]
    return text


def _name(text: str) -> str:
    if text.endswith(":"):
        return text
    if text in _CUT_OFF:
        return _CUT_OFF[text]
    bare = text.strip(_AROUND) or text
    return "CO" if _CHARGED_OFF.fullmatch(bare) else cell_name(bare)


def _years_beside(run: MonthRun, lines: Sequence[Line]) -> Iterator[tuple[int, Word]]:
    """By row (its id) under Jan to Dec, the year that it begins with, where it was misread: years follow each other."""
    if len(run.months) != 12:
        return
    rows = list(takewhile(lambda line: _is_year_row(run, line), lines))
    labels = [row.words[0] for row in rows]
    read = [_year_read(label.text.strip(_AROUND)) for label in labels]
    like = next((label for label, text in zip(labels, read, strict=True) if _YEAR.fullmatch(text)), None)
    sound = [(int(text) - step * at, step) for step in (-1, 1) for at, text in enumerate(read) if _YEAR.fullmatch(text)]
    if like is None:
        return
    first, step = max(sound, key=lambda guess: _agreement(read, *guess))
    if _agreement(read, first, step) < max(_LEAST_AGREEING, _SHARE_AGREEING * len(rows)):
        return
    for at, row in enumerate(rows):
        label = row.words[0]
        if label.text != str(first + step * at):
            yield id(row), label._replace(text=str(first + step * at), x0=like.x0, x1=like.x1)


def _year_read(text: str) -> str:
    """The label of a row, whose first digit may have been lost in the rule beside it."""
    return f"2{text}" if _THREE_DIGITS.fullmatch(text) else text


def _is_year_row(run: MonthRun, line: Line) -> bool:
    """Whether a row begins left of January, with a year or over cells that are mostly codes."""
    first, cells = line.words[0], line.words[1:]
    if first.x0 > run.edge or len(cells) > _MOST_CELLS:
        return False
    codes = sum(month_code(_name(cell.text)) is not None for cell in cells)
    return 2 * codes >= len(cells) if cells else _YEAR.fullmatch(first.text.strip(_AROUND)) is not None


def _agreement(read: Sequence[str], first: int, step: int) -> float:
    """How many rows' labels say the year that follows from the first one; half for a last digit."""
    years = [str(first + step * at) for at in range(len(read))]
    return sum(1.0 if a == b else 0.5 * (a[-1:] == b[-1]) for a, b in zip(read, years, strict=True))
