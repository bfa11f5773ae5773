"""Payment histories as SmartCredit's PDF draws them: coloured rectangles without a word or a legend.

Three strips side by side, a bureau each, in two rows of twelve months; each begins in the month that is its own.
"""

from collections import Counter
from collections.abc import Callable
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import LATE_MONTHS, MonthCode
from tribureau.samples.blocks import Block, Cell, note, table
from tribureau.samples.months import month_start
from tribureau.samples.printing import PrintedAccount

LATE: Final = (MonthCode.LATE_30, MonthCode.LATE_60, MonthCode.LATE_90)
PALETTE: Final[dict[MonthCode, str]] = {
    MonthCode.OK: "#5fae6a",
    MonthCode.LATE_30: "#f4d35e",
    MonthCode.LATE_60: "#ee964b",
    MonthCode.LATE_90: "#d1495b",
    MonthCode.NO_DATA: "#d5d5d5",
}
DEROGATORY: Final = "#6d2e46"
"""One colour for whatever is worse than late."""
IN_A_ROW: Final = 12
MONTH: Final = 13.0
BETWEEN: Final = 14.0
"""Points between two strips."""


def shade(code: MonthCode) -> str:
    """The colour of a month."""
    return PALETTE.get(drawn_code(code), DEROGATORY)


def drawn_code(code: MonthCode) -> MonthCode:
    """All that is 90 days late or more has one colour."""
    return MonthCode.LATE_90 if code in LATE_MONTHS and int(code) > 90 else code


def drawn_strips(at: dict[Bureau, PrintedAccount], months: dict[Bureau, list[str]]) -> list[Block]:
    """`months` by bureau, oldest first; none where the bureau has no history."""
    if not any(months.values()):
        return [note("NONE REPORTED")]
    names: list[Cell] = [bureau.value for bureau in months]
    apart: list[float | str] = [*[IN_A_ROW * MONTH + BETWEEN] * (len(names) - 1), IN_A_ROW * MONTH]
    widths: list[float | str] = [width for _ in names for width in (*[MONTH] * IN_A_ROW, BETWEEN)]
    rows = [
        [_row(at, months, start, cell) for cell in (_rectangle, _label)]
        for start in range(0, max(map(len, months.values())), IN_A_ROW)
    ]
    return [
        table([names], apart, size=6.4, inset=0, rules=False),
        *[table(two, widths[:-1], size=4.9, tight=1.1, inset=0.6, rules=False) for two in rows],
    ]


def _row(
    at: dict[Bureau, PrintedAccount],
    months: dict[Bureau, list[str]],
    start: int,
    cell: Callable[[PrintedAccount, str], Cell],
) -> list[Cell]:
    row: list[Cell] = []
    for bureau, own in months.items():
        shown = own[start : start + IN_A_ROW]
        row += [*[cell(at[bureau], month) for month in shown], *[""] * (IN_A_ROW - len(shown)), ""]
    return row[:-1]


def _rectangle(one: PrintedAccount, month: str) -> Cell:
    code = one.line.payment_history.get(month)
    return {"area": shade(code)} if code else ""


def _label(_one: PrintedAccount, month: str) -> Cell:
    return f"’{month[2:4]}" if month.endswith("-01") else f"{month_start(month):%b}"


def what_the_page_tells(printed: list[PrintedAccount]) -> None:
    """Leave in the truth the months on time, and the late months of each colour that a tally explains: those of a
    strip that shows just as many late months of each kind as its tally counts."""
    told = {MonthCode.OK}
    for one in printed:
        shown = Counter(code for code in one.history.values() if code in LATE)
        if all(shown[code] == (one.late_totals or {}).get(f"late_payments_{code}", 0) for code in LATE):
            told |= set(shown)
    for one in printed:
        one.history = {month: code for month, code in one.history.items() if code in told}
