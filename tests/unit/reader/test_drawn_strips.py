"""Months drawn as coloured rectangles: read where the report's own counts tell the colours, else left open."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reader.drawn import DrawnLine, document
from tests.unit.reader.three_bureau_page import NAMES, TITLE, X, account, header, row

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode
from tribureau.reader import read_report
from tribureau.reader.assembly import assemble
from tribureau.reader.document import Document
from tribureau.reader.layouts.smartcredit import SMARTCREDIT
from tribureau.reader.pages import Colour, Mark
from tribureau.reader.report import Box, ReadTradeline
from tribureau.reader.tri_merge.colours import told_by_tallies
from tribureau.samples import make_report

FINE: Colour = (90, 170, 110)
YELLOW: Colour = (240, 210, 90)
ORANGE: Colour = (240, 150, 70)
RED: Colour = (210, 70, 90)
BLUE: Colour = (90, 130, 210)
GREY: Colour = (213, 213, 213)
GOOD = [FINE] * 6
LATE_30, LATE_60, LATE_90 = MonthCode.LATE_30, MonthCode.LATE_60, MonthCode.LATE_90
LATE = (LATE_30, LATE_60, LATE_90)

MONTHS = ("Oct", "Nov", "Dec", "'24", "Feb", "Mar")
STRIPS = (40.0, 220.0, 400.0)
"""Where the bureaus' strips begin, which is not where their columns do."""
PITCH = 24.0


def counts(late_30: int = 0, late_60: int = 0, late_90: int = 0) -> dict[MonthCode, int]:
    return dict(zip(LATE, (late_30, late_60, late_90), strict=True))


@pytest.mark.parametrize(
    ("strips", "told"),
    [
        ([([*GOOD, YELLOW, FINE], counts(1))], {YELLOW: LATE_30}),
        ([([*GOOD, YELLOW, ORANGE], counts(1, 1))], {YELLOW: LATE_30, ORANGE: LATE_60}),
        ([([*GOOD, YELLOW, ORANGE, RED, RED], counts(1, 1, 2))], {YELLOW: LATE_30, ORANGE: LATE_60, RED: LATE_90}),
        ([(GOOD, counts())], {}),
        ([([*GOOD, YELLOW], counts(2))], {}),
        ([([BLUE, BLUE, YELLOW], counts(2))], {}),
        ([([*GOOD, GREY, FINE], counts(1))], {}),
        ([([*GOOD, YELLOW, FINE, ORANGE], counts(1))], {}),
        ([([*GOOD, YELLOW, FINE, ORANGE], counts(1)), ([*GOOD, ORANGE], counts())], {YELLOW: LATE_30}),
        ([([*GOOD, YELLOW], counts(1)), ([*GOOD, YELLOW], counts(0, 1))], {}),
    ],
    ids=[
        "one late month",
        "later month by month",
        "up to ninety days",
        "nobody was late",
        "the strip shows less than the tally",
        "as many months on time as the tally counts late ones",
        "a month without data for a late one of long ago",
        "two colours for one count",
        "another account rules one out",
        "counts that contradict each other",
    ],
)
def test_a_colour_is_told_by_counts(
    strips: list[tuple[list[Colour], dict[MonthCode, int]]], told: dict[Colour, MonthCode]
) -> None:
    assert told_by_tallies(strips) == told


_AGEING = (LATE_30, LATE_60, LATE_90, LATE_90)
late_runs = st.integers(1, 4).map(lambda months: [*_AGEING[:months], MonthCode.OK])
quiet = st.lists(st.sampled_from([MonthCode.OK, MonthCode.NO_DATA]), min_size=1, max_size=6)
histories = st.lists(st.one_of(quiet, late_runs), min_size=1, max_size=5).map(lambda parts: sum(parts, [MonthCode.OK]))


@given(st.lists(histories, min_size=1, max_size=5), st.permutations([BLUE, YELLOW, ORANGE, RED]), st.data())
def test_no_colour_is_ever_told_wrongly(
    reports: list[list[MonthCode]], paints: list[Colour], data: st.DataObject
) -> None:
    """Whatever the palette, and with late months before the strip that only the tally knows."""
    paint = dict(zip((MonthCode.OK, *LATE), paints, strict=True)) | {MonthCode.NO_DATA: GREY}
    strips = []
    for history in reports:
        shown = Counter(history)
        earlier = {code: data.draw(st.sampled_from([0, 0, 1, 2])) for code in LATE}
        strips.append(([paint[code] for code in history], {code: shown[code] + earlier[code] for code in LATE}))
    truth = {colour: code for code, colour in paint.items()}
    told = told_by_tallies(strips)
    assert told == {colour: truth[colour] for colour in told}


def strips_of(histories: dict[int, list[Colour]], y: float, months: tuple[str, ...] = MONTHS) -> list[DrawnLine]:
    """Names over strips side by side; the months stand at `y`, their rectangles above them."""
    labels = [(STRIPS[at] + PITCH * i, months[(i + at) % len(months)]) for at in histories for i in range(len(months))]
    return [
        [(40, "Two-Year Payment History")],
        (y - 24, [(STRIPS[at], NAMES[at]) for at in range(3)]),
        (y, labels),
    ]


def rectangles(histories: dict[int, list[Colour]], y: float) -> list[Mark]:
    return [
        Mark(Box(STRIPS[at] + PITCH * i, y - 10, STRIPS[at] + PITCH * i + 10, y - 4), None, colour)
        for at, colours in histories.items()
        for i, colour in enumerate(colours)
    ]


def read(found: Document) -> list[ReadTradeline]:
    return [assemble(one) for one in SMARTCREDIT.accounts(found)]


def late_months(read: ReadTradeline) -> dict[str, str]:
    return {month: code.value for month, code in read.tradeline.payment_history.items() if code in LATE}


def rows_of(number: str = "441122****") -> list[DrawnLine]:
    return [
        *account(number, dash=number)[:-2],
        row("Account Status:", "Open", "Open", "Open"),
        row("Payment Status:", "Current", "Current", "Current"),
        row("Date Reported:", "3/8/2024", "3/8/2024", "3/8/2024"),
    ]


def test_three_grids_of_one_account_each_begin_in_their_own_month() -> None:
    late = [FINE, FINE, YELLOW, FINE, FINE, FINE]
    histories = {0: late, 1: late, 2: late}
    y = 290.0
    lines: list[DrawnLine] = [
        TITLE,
        [(44, "COPPERLINE CU")],
        header(),
        *rows_of(),
        *strips_of(histories, y),
        (y + 14, [(40, "Days Late - 7 Year History")]),
        (y + 26, [(x, "30: 1 60: 0 90: 0") for x in X]),
    ]
    found = document(lines)
    found.pages[0].marks = rectangles(histories, y)
    months = [list(late_months(one)) for one in read(found)]
    assert months == [["2023-12"], ["2024-01"], ["2024-02"]]


def test_without_a_tally_no_colour_has_a_meaning() -> None:
    histories = {0: [FINE, FINE, YELLOW, FINE, FINE, FINE]}
    found = document([TITLE, [(44, "COPPERLINE CU")], header(), *rows_of(), *strips_of(histories, 290.0)])
    found.pages[0].marks = rectangles(histories, 290.0)
    assert all(one.tradeline.payment_history == {} for one in read(found))
    (said,) = SMARTCREDIT.details(found).notes
    assert "don't tell what these colours mean" in said


@pytest.mark.parametrize("counted", [True, False], ids=["counts over the names", "names without counts"])
def test_the_tally_names_above_the_next_heading_head_no_account(counted: bool) -> None:
    totals: list[DrawnLine] = [[(x, "30: 0 60: 2 90: 1") for x in X]] if counted else []
    names: DrawnLine = list(zip(X, NAMES, strict=True))
    lines: list[DrawnLine] = [
        TITLE,
        [(44, "COPPERLINE CU")],
        header(),
        *rows_of(),
        [(40, "Days Late - 7 Year History")],
        *totals,
        names,
        [(44, "TARN BANK")],
        header(),
        *rows_of("550011****"),
    ]
    found = read(document(lines))
    named = [(one.tradeline.creditor_name, one.tradeline.account_number) for one in found]
    assert named == [("COPPERLINE CU", "441122****")] * 3 + [("TARN BANK", "550011****")] * 3
    assert [one.tradeline.late_payments_60 for one in found] == [2 * counted] * 3 + [0] * 3


def test_a_tally_under_the_strips_belongs_to_the_columns_it_stands_in() -> None:
    histories = {at: [FINE] * 6 for at in range(3)}
    y = 290.0
    lines: list[DrawnLine] = [
        TITLE,
        [(44, "COPPERLINE CU")],
        header(),
        *rows_of(),
        *strips_of(histories, y),
        (y + 14, [(40, "Days Late - 7 Year History")]),
        (y + 26, [(x, f"30: {n} 60: 0 90: {n}") for n, x in enumerate((196.0, 330.0, 440.0), 1)]),
    ]
    found = read(document(lines))
    assert [(one.tradeline.late_payments_30, one.tradeline.late_payments_90) for one in found] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]


def test_names_centred_over_values_set_left() -> None:
    centred = [(x + 45, name) for x, name in zip(X, NAMES, strict=True)]
    found = read(document([TITLE, [(44, "COPPERLINE CU")], centred, *account()]))
    assert [(one.tradeline.bureau, one.tradeline.balance) for one in found] == [
        (Bureau.TRANSUNION, 1250),
        (Bureau.EQUIFAX, 1300),
    ]


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_drawn_report_gives_no_month_that_is_not_so(seed: int) -> None:
    sample = make_report("smartcredit", style="D", seed=seed)
    found = {
        (one.tradeline.creditor_name, one.tradeline.bureau, one.tradeline.account_number): one
        for one in read_report(sample.pdf).tradelines
    }
    for line in sample.truth["tradelines"]:
        months = found[line["creditor_name"], line["bureau"], line["account_number"]].tradeline.payment_history
        printed = line["payment_history"]
        assert set(months.items()) <= set(printed.items())
        assert {m: c for m, c in printed.items() if c != "OK"}.items() <= months.items()
