"""Month strips as an engine sees them, put right: months, their years, and the codes over or under them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tribureau.reader.ocr.grid_cells import cell_name
from tribureau.reader.ocr.month_runs import MonthRun, run_of, years_under
from tribureau.reader.pages import Line, Word
from tribureau.reader.vocabulary import month_code

_FEWEST_CODES: Final = 3
_CODES: Final = 0.6
"""The share of a row's words that are codes, and that stand over or under a month."""
_LONGEST: Final = 5
_BELOW: Final = 12
"""Rows of codes under months at most: ten years."""
_CHARGED_OFF: Final = re.compile(r"[CcGe(¢][iIl1/|!tj]?[oO0]")
_CUT_OFF: Final = {"12": "120", "15": "150", "18": "180"}
_YEAR_LABEL: Final = re.compile(r"\W*([\dOoSsIl]{3,5})\W*")
_LATEST, _EARLIEST = 2099, 1990


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
        yield from _code_rows(run, [*lines[max(0, at - 1) : at], *beneath], labels)


def _code_rows(run: MonthRun, lines: Sequence[Line], labels: dict[int, Word]) -> Iterator[tuple[Line, list[Word]]]:
    """Rows of codes, under the right year where `labels` has it for the line."""
    for line in lines:
        cells = [word for word in line.words if run.edge < word.middle < run.middles[-1] + run.pitch]
        names = _names(cells)
        codes = sum(month_code(name) is not None for name in names)
        placed = sum(run.place(cell) is not None for cell in cells)
        is_row = len(cells) >= _FEWEST_CODES and min(codes, placed) >= _CODES * len(cells) and not run_of(line)
        named = {id(cell): name for cell, name in zip(cells, names, strict=True) if month_code(name)} if is_row else {}
        words = [
            word._replace(text=named.get(id(word), word.text))
            for word in line.words
            if not is_row or word.middle < run.edge or len(word.text) > _LONGEST or _stays(run, word, named)
        ]
        if id(line) in labels:
            words[0] = labels[id(line)]
        if is_row or id(line) in labels:
            yield line, words


def _stays(run: MonthRun, cell: Word, named: dict[int, str]) -> bool:
    """Whether a cell says something; one that says nothing would make the whole row say nothing."""
    return id(cell) in named and run.place(cell) is not None


def _names(cells: Sequence[Word]) -> list[str]:
    """What each cell holds; one that says nothing, but looks like both its neighbours, is as they are."""
    names = [_name(cell.text) for cell in cells]
    for at in range(1, len(names) - 1):
        before, after = names[at - 1], names[at + 1]
        if month_code(names[at]) is None and before == after and set(before) & set(names[at].upper()):
            names[at] = before
    return names


def _name(text: str) -> str:
    if text in _CUT_OFF:
        return _CUT_OFF[text]
    bare = text.strip(".,:;'’‘“”\"|_~ ") or text
    return "CO" if _CHARGED_OFF.fullmatch(bare) else cell_name(bare)


def _years_beside(run: MonthRun, lines: Sequence[Line]) -> Iterator[tuple[int, Word]]:
    """By row (its id) under Jan to Dec, the year that it begins with, where it was misread: years follow each other."""
    if len(run.months) != 12:
        return
    rows: list[tuple[Line, str]] = []
    for line in lines:
        label = _YEAR_LABEL.fullmatch(line.words[0].text) if line.words[0].middle < run.edge else None
        if label is None:
            break
        rows.append((line, label[1]))
    for step in (-1, 1):
        read = [int(text) - step * at if text.isdigit() else 0 for at, (_, text) in enumerate(rows)]
        first = max(set(read), key=read.count, default=0)
        if read.count(first) < max(2, len(read) / 2 + 0.5) or not _EARLIEST <= first <= _LATEST:
            continue
        for at, (line, text) in enumerate(rows):
            if text != str(first + step * at):
                yield id(line), line.words[0]._replace(text=str(first + step * at))
        return
