"""Arrangements of one account's labels and values, headings over it, and payment histories under it."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.unit.reader.unseen.accounts import CELLS
from tests.unit.reader.unseen.press import Press

from tribureau.samples.months import month_start
from tribureau.samples.printing import Fact, PrintedAccount


def _rows(items: Sequence[Any], count: int) -> Iterator[Sequence[Any]]:
    return (items[at : at + count] for at in range(0, len(items), count))


def run(press: Press, facts: list[Fact], columns: int) -> None:
    """`Label: value`, so many side by side."""
    wide = 540 / columns
    for row in _rows(facts, columns):
        press.row([(40 + at * wide, f"{f.label}: {f.text}") for at, f in enumerate(row)])


def pairs(press: Press, facts: list[Fact], columns: int, *, right: bool = False, strong: bool = False) -> None:
    """A column of labels beside a column of values, so many times; `right` sets the values flush right."""
    wide = 540 / columns
    for row in _rows(facts, columns):
        cells = [
            c for at, f in enumerate(row) for c in ((40 + at * wide, f.label), (_value_x(at, wide, right), f.text))
        ]
        odd = range(1, len(cells), 2)
        press.row(cells, right=odd if right else (), strong=range(0, len(cells), 2) if strong else ())


def _value_x(at: int, wide: float, right: bool) -> float:
    return 40 + (at + 1) * wide - 22 if right else 40 + at * wide + 0.52 * wide


def stacked(press: Press, facts: list[Fact], columns: int, *, strong: bool = False) -> None:
    """A row of labels over a row of values."""
    wide = 540 / columns
    for row in _rows(facts, columns):
        press.keep(30)
        press.row([(40 + at * wide, f.label) for at, f in enumerate(row)], bold=strong)
        press.row([(40 + at * wide, f.text) for at, f in enumerate(row)])


def dotted(press: Press, facts: list[Fact]) -> None:
    """Label and value joined by a row of dots."""
    for fact in facts:
        press.row([(40, f"{fact.label} ......................"), (240, fact.text)])


def years(press: Press, one: PrintedAccount) -> None:
    """A row a year under twelve months."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    press.row([(80 + 32 * at, name) for at, name in enumerate(names)])
    for year in sorted({month[:4] for month in one.history}, reverse=True):
        cells = [(80 + 32 * (n - 1), _cell(one, f"{year}-{n:02d}")) for n in range(1, 13)]
        press.row([(40, year), *[cell for cell in cells if cell[1]]])


def strip(press: Press, one: PrintedAccount, form: str = "%b-%y") -> None:
    """Dated months over their codes, twelve in a row, newest first."""
    for months in _rows(sorted(one.history, reverse=True), 12):
        press.keep(30)
        press.row([(40 + 44 * at, month_start(month).strftime(form)) for at, month in enumerate(months)], size=7.0)
        press.row([(40 + 44 * at, _cell(one, month)) for at, month in enumerate(months)], size=7.0)
        press.space(4)


def _cell(one: PrintedAccount, month: str) -> str:
    code = one.history.get(month)
    return "" if code is None else CELLS.get(code, code.value)
