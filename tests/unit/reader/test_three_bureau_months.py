"""Month strips and tallies of three bureaus, in arrangements that no product's sample shows."""

from collections.abc import Callable

import pytest
from tests.unit.reader.drawn import DrawnLine, document
from tests.unit.reader.three_bureau_page import TITLE, account, header, lines_of, read, row

from tribureau.domain.tradelines import MonthCode
from tribureau.reader.layouts.smartcredit import SMARTCREDIT
from tribureau.reader.pages import Mark
from tribureau.reader.report import Box

MONTHS = ("Sep", "Oct", "Nov", "Dec", "Jan", "Feb")


def months(labels: tuple[str, ...], first: float = 160.0, pitch: float = 24.0) -> DrawnLine:
    return [(first + pitch * at - 2 * len(label), label) for at, label in enumerate(labels)]


def shared_strip() -> list[DrawnLine]:
    return [
        [(40, "Two-Year payment history")],
        [(40, "Month"), *months(MONTHS)],  # type: ignore[misc]
        [(40, "Year"), *months(("23", "23", "23", "23", "24", "24"))],  # type: ignore[misc]
        [(40, "TransUnion"), *months(("OK", "30", "60", "OK", "OK", "OK"))],  # type: ignore[misc]
        [(40, "Experian")],
        [(40, "Equifax"), (160 + 24 * 3 - 4, "CO"), (160 + 24 * 5 - 4, "CO")],
    ]


def own_strips(above: bool) -> list[DrawnLine]:
    labels = ("Oct", "Nov", "Dec", "'24", "Feb", "Mar")
    drawn: list[DrawnLine] = [[(40, "Two-Year Payment History")]]
    for name, codes in (
        ("TransUnion", ("OK", "30", "60", "OK", "OK", "OK")),
        ("Equifax", ("", "", "CO", "", "CO", "")),
    ):
        strip = [months(codes), months(labels)] if above else [months(labels), months(codes)]
        drawn += [[(36, name)], *([p for p in line if p[1]] for line in strip)]  # type: ignore[union-attr]
    return [*drawn, [(36, "Experian")], [(36, "NONE REPORTED")]]


def test_a_strip_of_months_shared_by_the_bureaus() -> None:
    transunion, equifax = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *shared_strip()])
    assert transunion.payment_history["2023-10"] is MonthCode.LATE_30
    assert transunion.payment_history["2024-02"] is MonthCode.OK
    assert equifax.payment_history == {"2023-12": MonthCode.CHARGE_OFF, "2024-02": MonthCode.CHARGE_OFF}
    assert (transunion.late_payments_30, transunion.late_payments_60) == (1, 1)


@pytest.mark.parametrize("above", [True, False])
def test_strips_whose_january_is_printed_as_its_year(above: bool) -> None:
    transunion, equifax = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *own_strips(above)])
    assert [*transunion.payment_history] == ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]
    assert transunion.payment_history["2023-11"] is MonthCode.LATE_30
    assert equifax.payment_history == {"2023-12": MonthCode.CHARGE_OFF, "2024-02": MonthCode.CHARGE_OFF}


def test_strips_side_by_side_that_begin_in_other_months() -> None:
    strips: list[DrawnLine] = [
        [(40, "24-Month Payment History")],
        header(),
        [*months(("Nov", "Dec", "'24"), 162), *months(("Dec", "'24", "Feb"), 442)],  # type: ignore[misc]
        [*months(("OK", "30", "OK"), 162), *months(("60", "OK", "OK"), 442)],  # type: ignore[misc]
    ]
    transunion, equifax = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *strips])
    assert transunion.payment_history == {
        "2023-11": MonthCode.OK,
        "2023-12": MonthCode.LATE_30,
        "2024-01": MonthCode.OK,
    }
    assert equifax.payment_history == {"2023-12": MonthCode.LATE_60, "2024-01": MonthCode.OK, "2024-02": MonthCode.OK}


def test_newest_month_first_and_no_year_at_all() -> None:
    page: list[DrawnLine] = [
        [(40, "Report Date: 03/15/2024")],
        TITLE,
        [(44, "COPPERLINE CU")],
        header(),
        *account(),
        [(40, "Payment History")],
        [(36, "TransUnion")],
        months(("Feb", "Jan", "Dec", "Nov")),
        months(("30", "OK", "OK", "60")),
    ]
    transunion, _ = read(page)
    assert transunion.tradeline.payment_history == {
        "2024-02": MonthCode.LATE_30,
        "2024-01": MonthCode.OK,
        "2023-12": MonthCode.OK,
        "2023-11": MonthCode.LATE_60,
    }
    assert transunion.evidence["payment_history/2024-02"].confidence < 1


def test_months_as_rows() -> None:
    rows = [row("Feb 2024", "OK", "", "30"), row("Jan 2024", "OK", "", "OK")]
    _, equifax = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *rows])
    assert equifax.payment_history == {"2024-02": MonthCode.LATE_30, "2024-01": MonthCode.OK}


def tally_in_cells() -> list[DrawnLine]:
    xs = (40.0, 220.0, 400.0)
    return [header(xs=xs), [(40, "30: 1 60: 0 90: 2"), (220, "--"), (400, "30: 0 60: 0 90: 0")]]


def tally_in_rows() -> list[DrawnLine]:
    return [
        row("30 Days Late:", "1", "--", "0"),
        row("60 Days Late:", "0", "--", "0"),
        row("90 Days Late:", "2", "--", "0"),
    ]


@pytest.mark.parametrize("tally", [tally_in_cells, tally_in_rows])
def test_printed_totals_exceed_the_grid(tally: Callable[[], list[DrawnLine]]) -> None:
    after: list[DrawnLine] = [[(40, "Days Late - 7 Year History")], *tally()]
    page = [TITLE, [(44, "COPPERLINE CU")], header(), *account(), *shared_strip(), *after]
    found = read([*page, [(44, "TARN BANK")], header(), *account("22****")])
    assert [f.tradeline.creditor_name for f in found] == ["COPPERLINE CU"] * 2 + ["TARN BANK"] * 2
    assert found[0].tradeline.late_payments_90 == 2
    assert found[0].tradeline.late_payments_60 == 0
    assert found[1].tradeline.late_payments_90 == 0


def test_months_drawn_as_colours_are_left_open_and_said_so() -> None:
    labels = ("Oct", "Nov", "Dec", "'24", "Feb", "Mar")
    strip: list[DrawnLine] = [[(40, "Two-Year Payment History")], [(36, "TransUnion")], (256.0, months(labels))]
    found = document([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *strip])
    found.pages[0].marks = [Mark(Box(150 + 24 * at, 244, 168 + 24 * at, 254), "OK") for at in range(len(labels))]
    assert SMARTCREDIT.accounts(found)[0].months == {}
    assert len(SMARTCREDIT.details(found).notes) == 1
    bare = document([TITLE, [(44, "COPPERLINE CU")], header(), *account(), *strip])
    assert SMARTCREDIT.details(bare).notes == []
