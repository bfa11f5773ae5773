"""Variants of the families that parsers' authors tell of (FORMATS section 9), and files that only look like reports."""

import pytest
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.errors import NotACreditReport
from tribureau.domain.tradelines import AccountStatus, MonthCode, Tradeline
from tribureau.reader.read import read_pages
from tribureau.reader.report import Report

TRANSUNION: list[DrawnLine] = [
    [(40, "TransUnion Personal Credit Report for:")],
    [(40, "File Number: 330011882")],
    [(40, "Accounts with Adverse Information")],
]
EXPERIAN: list[DrawnLine] = [
    [(40, "Experian credit report")],
    [(40, "Prepared for: Dana Rowe"), (300, "Report number 4411-20")],
    [(40, "Date generated: Mar 3, 2015")],
    [(40, "Potentially negative items")],
]
EQUIFAX: list[DrawnLine] = [
    [(40, "Equifax Credit Report"), (400, "EFX-ACR")],
    [(40, "Prepared for: Dana Rowe"), (300, "Confirmation # 7712")],
    [(40, "Consumer File Notices")],
    [(40, "You have none on file.")],
]


def report_of(*pages: list[DrawnLine]) -> Report:
    return read_pages(document(*pages).pages)


def only(*pages: list[DrawnLine]) -> Tradeline:
    (found,) = report_of(*pages).tradelines
    return found.tradeline


def disclosed(number: str = "43119622001***") -> list[DrawnLine]:
    """An account of TransUnion's disclosure: label, label, value, value; then a pair a line."""
    return [
        [(40, "Account Name"), (300, "Account Number")],
        [(40, "NORTHGATE BANK"), (300, number)],
        [(40, "Account Information")],
        [(40, "Address"), (210, "PO BOX 7, WEXLEY FALLS, QJ 00011")],
        [(40, "Monthly Payment"), (210, "$45")],
        [(40, "Date Opened"), (210, "01/28/2014")],
        [(40, "Responsibility"), (210, "Individual Account")],
        [(40, "Loan Type"), (210, "CREDIT CARD")],
        [(40, "Balance"), (210, "$1,240")],
        [(40, "Payment Received"), (210, "$0")],
        [(40, "High Balance (Hist.)"), (210, "High balance of $9,600 from 01/2014 to 12/2024")],
    ]


def test_transunion_values_wrap_within_a_word() -> None:
    line = only(
        [
            *TRANSUNION,
            *disclosed(),
            [(40, "Pay Status"), (210, ">Charge-of")],
            (100 + 14 * 14 + 9.5, [(210, "f<")]),
            (100 + 14 * 15 + 14, [(40, "Maximum Delinquency Note"), (210, "of 120 days in 05/2022")]),
            [(40, "Estimated month and year this item will be"), (210, "02/2029")],
            (100 + 14 * 16 + 23.5, [(40, "removed")]),
            (100 + 14 * 18 + 14, [(40, "Regular Inquiries")]),
        ]
    )
    assert (line.creditor_name, line.account_number) == ("NORTHGATE BANK", "43119622001***")
    assert line.account_status is AccountStatus.CHARGE_OFF
    assert (line.balance, line.monthly_payment, line.high_balance) == (1240, 45, 9600)


def test_a_remark_under_the_name_does_not_hide_the_account() -> None:
    remarked: list[DrawnLine] = []
    for name, number in (("NORTHGATE BANK", "43119622001***"), ("MIDVALE RECOVERY", "87858****")):
        remarked += [
            [(40, f"{name} {number}")],
            [(40, "Remark: dispute resolved by the furnisher.")],
            *disclosed()[2:],
        ]
    found = report_of([*TRANSUNION, *remarked]).tradelines
    assert [(line.tradeline.creditor_name, line.tradeline.account_number) for line in found] == [
        ("NORTHGATE BANK", "43119622001***"),
        ("MIDVALE RECOVERY", "87858****"),
    ]


def test_transunion_ratings_by_full_month_with_empty_ones() -> None:
    line = only(
        [
            *TRANSUNION,
            *disclosed(),
            [(40, "Pay Status"), (210, "Current; Paid or Paying as Agreed")],
            [(40, "Payment History")],
            [(100, "December 2024"), (200, "November 2024"), (300, "October 2024")],
            [(40, "Rating"), (100, "OK"), (200, "---"), (300, "30")],
            [(40, "Total Months"), (100, "3")],
            [(300, "1 / 9")],
            [(40, "Regular Inquiries")],
        ]
    )
    assert line.payment_history == {
        "2024-12": MonthCode.OK,
        "2024-11": MonthCode.NO_DATA,
        "2024-10": MonthCode.LATE_30,
    }
    assert line.terms is None


def test_experian_rows_of_five_with_a_rental_account() -> None:
    rows: list[DrawnLine] = [
        *EXPERIAN,
        [(40, "Account name"), (170, "Account number"), (270, "Recent balance"), (370, "Date opened"), (450, "Status")],
        [(40, "NORTHGATE BANK"), (170, "431196XXXX"), (270, "$12"), (370, "02/2011"), (450, "Open/Never late.")],
        [(40, "+ Dispute + Options")],
        [(40, "Type"), (170, "Terms"), (300, "Responsibility"), (430, "Credit limit or original amount")],
        [(40, "Credit card"), (170, "NA"), (300, "Individual"), (430, "$4,200")],
        [(40, "High balance"), (170, "Monthly payment"), (300, "Recent payment amount"), (430, "Past due amount")],
        [(40, "$2,100"), (170, "$39"), (300, "NA"), (430, "$0")],
        [(40, "Account name"), (170, "Account number"), (270, "Recent balance"), (370, "Date opened"), (450, "Status")],
        [(40, "QUARRY LANE FLATS"), (170, "7711XXXX"), (270, "$0"), (370, "05/2012"), (450, "Open/Never late.")],
        [(40, "+ Dispute + Options")],
        [(40, "Type"), (170, "Terms"), (300, "Responsibility"), (430, "Credit limit or original amount")],
        [(40, "Rental"), (170, "12 Months"), (300, "Joint"), (430, "NA")],
        [(40, "Credit inquiries")],
    ]
    card, rental = (found.tradeline for found in report_of(rows).tradelines)
    assert (card.creditor_name, card.credit_limit, card.past_due) == ("NORTHGATE BANK", 4200, 0)
    assert (rental.creditor_name, rental.account_type, rental.terms) == ("QUARRY LANE FLATS", None, "12 months")


def test_equifax_with_the_date_under_the_name_and_a_contact_of_its_own() -> None:
    line = only(
        [
            *EQUIFAX,
            [(40, "Credit Accounts")],
            [(40, "NORTHGATE BANK - Closed")],
            [(40, "Date Reported: 01/04/2026 | Balance: $310")],
            [(40, "Account Number: *3107 | Owner: Individual Account Credit Limit: $2,000 | High Credit: $900")],
            [(40, "Loan/Account Type: Credit Card | Status: Charge Off")],
            [(40, "Date Opened: 10/23/2020"), (220, "Date of 1st Delinquency: 03/01/2025"), (400, "Terms Frequency:")],
            [(40, "Narrative Code(s): 093, 156, 214")],
            [(40, "Contact: PO BOX 7, WEXLEY FALLS, QJ 00011 (202) 555-0100")],
            [(40, "Collections")],
            [(40, "You have none on file.")],
        ]
    )
    assert (line.creditor_name, line.account_number, line.account_number_last4) == ("NORTHGATE BANK", "*3107", "3107")
    assert (line.balance, line.credit_limit, line.high_balance) == (310, 2000, 900)
    assert line.account_status is AccountStatus.CHARGE_OFF


def test_a_summary_carries_no_account_and_is_a_report() -> None:
    rows: list[DrawnLine] = [
        *EQUIFAX,
        [(40, "Accounts Summary")],
        [(40, "Account Type"), (200, "Open"), (280, "With Balance"), (400, "Total Balance")],
        [(40, "Revolving"), (200, "3"), (280, "2"), (400, "$4,100")],
        [(40, "Mortgage"), (200, "1"), (280, "1"), (400, "$210,000")],
        [(40, "3rd Party Collections"), (200, "0")],
    ]
    report = report_of(rows)
    assert report.layout == "equifax"
    assert report.tradelines == []


def test_one_creditor_of_several_accounts() -> None:
    """The same name over account after account is a heading, however often it comes."""
    block: list[DrawnLine] = [
        [(40, "NORTHGATE BANK")],
        [(40, "Acct ID"), (210, "431196XXXX")],
        [(40, "Kind of account"), (210, "Credit card")],
        [(40, "Opened on"), (210, "02/03/2011")],
        [(40, "Amount owed"), (210, "$12")],
        [(40, "Acct status"), (210, "Open/Never late.")],
    ]
    found = report_of([*EXPERIAN, *block, *block], [*block, *block]).tradelines
    assert [read.tradeline.creditor_name for read in found] == ["NORTHGATE BANK"] * 4
    assert {read.tradeline.balance for read in found} == {12}


STATEMENT: list[DrawnLine] = [
    [(40, "NORTHGATE BANK card statement")],
    [(40, "Account Number"), (210, "4311 XXXX XXXX 1234")],
    [(40, "Credit Limit"), (210, "$4,000")],
    [(40, "New Balance"), (210, "$310")],
    [(40, "Minimum Payment"), (210, "$25")],
    [(40, "Past Due Amount"), (210, "$0")],
    [(40, "Account Type"), (210, "Credit card")],
    [(40, "Status"), (210, "Current")],
    [(40, "Your FICO score of 712 is from Experian data and may differ from what Equifax holds.")],
]
LOAN: list[DrawnLine] = [
    [(40, "Confirmation of your loan with WEXLEY LENDING")],
    [(40, "Loan Number"), (210, "771100XXXX")],
    [(40, "Loan Type"), (210, "Auto loan")],
    [(40, "Date Opened"), (210, "02/03/2021")],
    [(40, "Original Amount"), (210, "$18,000")],
    [(40, "Balance"), (210, "$9,100")],
    [(40, "Monthly Payment"), (210, "$310")],
    [(40, "Payment Status"), (210, "Current")],
    [(40, "Responsibility"), (210, "Individual")],
    [(40, "We report this loan to Equifax, Experian and TransUnion each month.")],
]


@pytest.mark.parametrize("lines", [STATEMENT, LOAN], ids=["card statement", "lender's letter"])
def test_a_lenders_letter_that_names_the_bureaus_is_no_report(lines: list[DrawnLine]) -> None:
    with pytest.raises(NotACreditReport):
        report_of(lines)
