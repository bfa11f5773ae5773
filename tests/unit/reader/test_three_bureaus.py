"""Three bureaus side by side, in arrangements that no product's sample shows."""

import pytest
from tests.unit.reader.drawn import DrawnLine, document
from tests.unit.reader.three_bureau_page import TITLE, X, account, header, lines_of, read, row

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, AccountType
from tribureau.reader.layouts.smartcredit import SMARTCREDIT


def test_a_bureau_of_dashes_reports_nothing() -> None:
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account()])
    assert [line.bureau for line in found] == [Bureau.TRANSUNION, Bureau.EQUIFAX]
    assert {line.creditor_name for line in found} == {"COPPERLINE CU"}
    assert [line.balance for line in found] == [1250, 1300]


def test_blank_cells_shift_nothing() -> None:
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *account(dash="")])
    assert [(line.bureau, line.balance) for line in found] == [(Bureau.TRANSUNION, 1250), (Bureau.EQUIFAX, 1300)]


@pytest.mark.parametrize("order", [("Experian", "Equifax", "TransUnion"), ("Equifax", "TransUnion", "Experian")])
def test_the_header_decides_the_order(order: tuple[str, ...]) -> None:
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(order), *account()])
    assert [line.bureau for line in found] == [Bureau(order[0]), Bureau(order[2])]


def test_two_bureaus() -> None:
    xs = (200.0, 400.0)
    rows = [
        row("Account #", "4411****", "4411****", xs=xs),
        row("Balance", "$10", "$20", xs=xs),
        row("Date Opened", "1/2/2020", "1/2/2020", xs=xs),
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(("Trans Union", "EXPERIAN"), xs), *rows])
    assert [(line.bureau, line.balance) for line in found] == [(Bureau.TRANSUNION, 10), (Bureau.EXPERIAN, 20)]


def test_names_centred_over_values_that_begin_further_left() -> None:
    centred = (195.0, 340.0, 480.0)
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(xs=centred), *account()])
    assert [line.balance for line in found] == [1250, 1300]


def test_amounts_set_right() -> None:
    rows = [
        row("Account #", "4411****", "4411****", "4411****"),
        *(
            [(40, label), *((x + 100 - 4 * len(v), v) for x, v in zip(X, values, strict=True))]
            for label, values in (
                ("Balance", ("$12,345", "$5", "$99")),
                ("Credit Limit", ("$20,000", "$10", "$100")),
                ("Past Due", ("$0", "$5", "$99")),
                ("Monthly Payment", ("$100", "$15", "$25")),
            )
        ),
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.balance for line in found] == [12345, 5, 99]
    assert [line.past_due for line in found] == [0, 5, 99]


def test_rows_in_another_order_without_colons() -> None:
    shuffled = list(reversed(account()))
    plain: list[DrawnLine] = [[(x, text.rstrip(":").upper()) for x, text in line] for line in shuffled]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *plain, [(44, "TARN BANK")], header(), *plain])
    assert [line.creditor_name for line in found] == ["COPPERLINE CU"] * 2 + ["TARN BANK"] * 2
    assert all(line.account_type is AccountType.CREDIT_CARD for line in found)


def test_bureau_names_only_over_the_first_account() -> None:
    found = lines_of(
        [TITLE, header(), [(44, "COPPERLINE CU")], *account("11****"), [(44, "TARN BANK")], *account("22****")]
    )
    assert [(line.creditor_name, line.account_number) for line in found] == [
        ("COPPERLINE CU", "11****"),
        ("COPPERLINE CU", "11****"),
        ("TARN BANK", "22****"),
        ("TARN BANK", "22****"),
    ]


def test_the_name_in_the_row_of_bureau_names() -> None:
    found = lines_of([TITLE, [(40, "COPPERLINE CU"), *header()], *account()])
    assert [line.creditor_name for line in found] == ["COPPERLINE CU"] * 2


def test_a_table_over_a_page_break_with_and_without_repeated_names() -> None:
    top, rest = account()[:3], account()[3:]
    for second in ([*rest], [header(), *rest]):
        found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *top], second)
        assert len(found) == 2
        assert all(line.date_opened is not None and line.balance is not None for line in found)


def test_a_heading_at_the_foot_of_a_page() -> None:
    first = [TITLE, [(44, "TARN BANK")], header(), *account("99****"), [(44, "COPPERLINE CU")]]
    found = lines_of(first, [header(), *account("11****")])
    assert [line.creditor_name for line in found] == ["TARN BANK"] * 2 + ["COPPERLINE CU"] * 2


def test_two_lines_of_a_name_and_an_original_creditor() -> None:
    heading: list[DrawnLine] = [
        (114.0, [(44, "SUMMIT LEDGER RECOVERY")]),
        (123.0, [(44, "(Original Creditor: TARN BANK)")]),
    ]
    found = lines_of([TITLE, *heading, (140.0, list(header())), *account()])
    assert {(line.creditor_name, line.original_creditor) for line in found} == {("SUMMIT LEDGER RECOVERY", "TARN BANK")}


def test_remarks_one_per_line_and_wrapped() -> None:
    rows: list[DrawnLine] = [
        *account(),
        (226.0, row("Creditor Remarks:", "Charged off as bad debt", "--", "Charged off as bad debt")),  # type: ignore[list-item]
        (235.0, [(160, "Account information disputed"), (440, "Paid charge off")]),
        (244.0, [(160, "by consumer")]),
        (258.0, row("Past Due Amount:", "$0", "--", "$0")),  # type: ignore[list-item]
    ]
    transunion, equifax = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert transunion.remarks == ["Charged off as bad debt", "Account information disputed by consumer"]
    assert equifax.remarks == ["Charged off as bad debt", "Paid charge off"]
    assert transunion.disputed
    assert transunion.account_status is AccountStatus.CHARGE_OFF


def test_a_label_midway_beside_its_values() -> None:
    rows: list[DrawnLine] = [
        *account(),
        (230.0, [(160, "Charged off as"), (440, "Charged off as")]),
        (234.5, [(40, "Creditor Remarks:"), (300, "--")]),
        (239.0, [(160, "bad debt"), (440, "bad debt")]),
        (254.0, row("Past Due Amount:", "$0", "--", "$0")),  # type: ignore[list-item]
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.remarks for line in found] == [["Charged off as bad debt"]] * 2


def test_a_label_over_two_lines() -> None:
    rows: list[DrawnLine] = [
        *account(),
        (226.0, row("Date of Last", "6/7/2024", "--", "6/8/2024")),  # type: ignore[list-item]
        (235.0, [(40, "Payment:")]),
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.date_last_payment.iso() for line in found if line.date_last_payment] == ["2024-06-07", "2024-06-08"]


def test_an_account_number_that_wraps_stays_one_number() -> None:
    rows: list[DrawnLine] = [
        (142.0, row("Account #", "44112233445", "--", "441122")),  # type: ignore[list-item]
        (151.0, [(160, "66****"), (440, "****")]),
        *((165.0 + 14 * at, line) for at, line in enumerate(account()[1:])),  # type: ignore[misc]
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.account_number for line in found] == ["4411223344566****", "441122****"]


@pytest.mark.parametrize(
    ("above", "below"),
    [("441122****", "771199****"), ("771199****", "Experian"), ("771199****", "--")],
    ids=["two numbers", "a bureau's name", "nothing"],
)
def test_what_overlaps_an_account_number_is_never_glued_to_it(above: str, below: str) -> None:
    rows: list[DrawnLine] = [
        (142.0, [(40, "Account #"), (162, above), (300, "5500****")]),
        (146.0, [(160, below)]),
        *((165.0 + 14 * at, line) for at, line in enumerate(account()[1:])),  # type: ignore[misc]
    ]
    for found in read([TITLE, [(44, "COPPERLINE CU")], header(), *rows]):
        assert not {above + below, below + above} & {found.tradeline.account_number}


def test_a_name_that_a_page_break_cuts_is_one_name() -> None:
    found = read([TITLE, [(44, "COPPERLINE COMMUNITY")]], [[(44, "CREDIT UNION")], header(), *account()])
    assert {one.tradeline.creditor_name for one in found} == {"COPPERLINE COMMUNITY CREDIT UNION"}
    assert {one.evidence["creditor_name"].page for one in found} == {1}


def test_what_strays_at_the_foot_of_a_page_is_no_part_of_the_next_name() -> None:
    found = read([TITLE, [(300, "WAYFARER")]], [[(44, "COPPERLINE CU")], header(), *account()])
    assert {one.tradeline.creditor_name for one in found} == {"COPPERLINE CU"}
    assert {one.evidence["creditor_name"].page for one in found} == {2}


def test_days_with_dots() -> None:
    rows = [row("Account #", "44****", "44****", "44****"), row("Date Opened:", "13.5.2019", "1.2.2020", "31.12.2021")]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.date_opened.iso() for line in found if line.date_opened] == ["2019-05-13", "2020-02-01", "2021-12-31"]


def test_public_records_inquiries_and_contacts_are_no_accounts() -> None:
    page: list[DrawnLine] = [
        TITLE,
        [(44, "COPPERLINE CU")],
        header(),
        *account(),
        [(40, "Public Information")],
        header(),
        row("Type:", "Chapter 7 Bankruptcy", "--", "--"),
        row("Status:", "Discharged", "--", "--"),
        row("Closing Date:", "1/2/2020", "--", "--"),
        row("Date Reported:", "1/2/2020", "--", "--"),
        [(40, "Inquiries")],
        [(40, "Creditor Name"), (200, "Date of inquiry"), (400, "Credit Bureau")],
        [(40, "TARN BANK"), (200, "1/2/2024"), (400, "Equifax")],
        [(40, "Creditor Contacts")],
        [(40, "COPPERLINE CU"), (200, "PO BOX 1, TARN HOLLOW, ZX 00018"), (400, "(555) 555-0100")],
    ]
    assert len(lines_of(page)) == 2
    assert SMARTCREDIT.details(document(page)).inquiries_count.hard == 1


def test_a_summary_has_no_accounts() -> None:
    page: list[DrawnLine] = [
        [(40, "Summary")],
        header(),
        row("Total Accounts:", "4", "4", "4"),
        row("Balances:", "$1", "$2", "$3"),
        row("Payments:", "$1", "$2", "$3"),
    ]
    assert lines_of(page) == []


def test_a_group_tells_the_kind_where_nothing_better_is_printed() -> None:
    rows = [row("Account #", "44****", "44****", "44****"), row("Account Type:", "Open", "Open", "Open")]
    found = lines_of([TITLE, [(40, "Collection Accounts")], [(44, "SUMMIT LEDGER")], header(), *rows])
    assert all(line.account_status is AccountStatus.COLLECTION for line in found)


def test_a_cell_that_reads_like_a_title_is_a_cell() -> None:
    rows: list[DrawnLine] = [
        *account(),
        (226.0, row("Creditor Type:", "--", "--", "Medical/Health Care -")),  # type: ignore[list-item]
        (235.0, [(440, "Collection")]),
        (249.0, row("Past Due Amount:", "$5", "--", "$7")),  # type: ignore[list-item]
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.past_due for line in found] == [5, 7]


def test_every_value_shows_where_it_came_from() -> None:
    first, _ = read([TITLE, [(44, "COPPERLINE CU")], header(), *account()])
    balance = first.evidence["balance"]
    assert (balance.page, balance.printed, balance.rule) == (1, "$1,250", "label:Balance Owed")
    assert (balance.box.x0, balance.box.y0) == (160, 170)
    assert first.evidence["creditor_name"].rule == "heading"
    assert first.evidence["payment_status"].printed == "Current"


def test_something_beside_the_name() -> None:
    named: DrawnLine = [(44, "COPPERLINE CU"), (300, "Revolving | Open")]
    other: DrawnLine = [(44, "TARN BANK"), (300, "Revolving | Open")]
    found = lines_of([TITLE, named, header(), *account("11****"), other, header(), *account("22****")])
    assert [(line.creditor_name, line.account_number) for line in found] == [
        ("COPPERLINE CU", "11****"),
        ("COPPERLINE CU", "11****"),
        ("TARN BANK", "22****"),
        ("TARN BANK", "22****"),
    ]


def test_a_number_in_the_heading_is_no_part_of_the_name() -> None:
    rows = [row("Balance", "$1", "$2", "$3"), row("Date Opened", *["1/2/2020"] * 3), row("Past Due", "$0", "$0", "$0")]
    found = read([TITLE, [(44, "COPPERLINE CU 4411960012345678")], header(), *rows])
    assert {f.tradeline.creditor_name for f in found} == {"COPPERLINE CU"}
    assert {f.tradeline.account_number for f in found} == {"****5678"}
    assert not any("44119600" in evidence.printed for f in found for evidence in f.evidence.values())


def test_a_label_cut_in_the_middle_of_a_word() -> None:
    rows: list[DrawnLine] = [
        *account(),
        (226.0, [(40, "Date of Last Payme")]),
        (230.0, row("", "6/7/2024", "--", "6/8/2024")[1:]),
        (234.0, [(40, "nt:")]),
    ]
    found = lines_of([TITLE, [(44, "COPPERLINE CU")], header(), *rows])
    assert [line.date_last_payment.iso() for line in found if line.date_last_payment] == ["2024-06-07", "2024-06-08"]


def test_tall_cells_over_a_page_break_whose_words_make_a_title() -> None:
    first = [TITLE, [(44, "COPPERLINE CU")], header(), *account()]
    remark: list[DrawnLine] = [
        (100.0, [(160, "Placed for collection")]),
        (109.0, [(160, "Account information")]),
        (113.5, [(40, "Comments:"), (300, "--"), (440, "--")]),
        (118.0, [(160, "disputed by consumer")]),
        (133.0, row("Past Due Amount:", "$5", "--", "$7")),
    ]
    transunion, equifax = lines_of(first, remark)
    assert transunion.remarks == ["Placed for collection", "Account information disputed by consumer"]
    assert (transunion.past_due, equifax.past_due) == (5, 7)
