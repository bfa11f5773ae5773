"""Month grids: years by months, months by years; and the balance histories that look like them and are not."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Final

from tribureau.domain.tradelines import MonthCode, Tradeline
from tribureau.samples.blocks import Block, Cell, table
from tribureau.samples.months import earlier, month_of
from tribureau.samples.wording import reported

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Mark = Callable[[MonthCode], Cell]


def years_by_months(
    history: dict[str, MonthCode], mark: Mark, *, blank: Cell = "", column: float = 27
) -> tuple[Block, set[str]]:
    """A row a year, newest first; and the codes printed as text."""
    cells = {month: mark(code) for month, code in history.items()}
    rows = [[year, *[cells.get(f"{year}-{number:02d}", blank) for number in range(1, 13)]] for year in _years(history)]
    return table(rows, [32, *[column] * 12], ["Year", *MONTHS], centred=True, tight=1.9, inset=1.5), _texts(cells)


def months_by_years(history: dict[str, MonthCode], mark: Mark, *, blank: Cell = "-") -> tuple[Block, set[str]]:
    """A row a month, a column a year, newest left; and the codes printed as text."""
    cells = {month: mark(code) for month, code in history.items()}
    years = _years(history)
    rows: list[list[Cell]] = [
        [name, *[cells.get(f"{year}-{number:02d}", blank) for year in years]] for number, name in enumerate(MONTHS, 1)
    ]
    return table(rows, [36, *[42] * len(years)], ["", *years], centred=True, tight=1.7, inset=1.5), _texts(cells)


def balance_rows(line: Tradeline, random: Random, months: int = 9, paid: str = "Paid") -> Block:
    """Balances of the months before, which are no payment history."""
    last, owed = month_of(reported(line)), line.balance or Decimal(0)
    rows: list[list[Cell]] = []
    for back in range(1, months + 1):
        month = earlier(last, back)
        owed += random.randint(-20, 60)
        due, day = max(owed // 40, Decimal(5)), random.randint(1, 27)
        when = f"{month[5:]}/{day:02d}/{month[:4]}"
        rows.append([f"{month[5:]}/{month[:4]}", f"${max(owed, 0):,.0f}", f"${due:,.0f}", f"${due:,.0f} on {when}"])
    return table(rows, [70, 80, 100, 110], ["Date", "Balance", "Scheduled Payment", paid], tight=1.4)


def _years(history: dict[str, MonthCode]) -> list[str]:
    return sorted({month[:4] for month in history}, reverse=True)


def _texts(cells: dict[str, Cell]) -> set[str]:
    return {cell for cell in cells.values() if isinstance(cell, str)}
