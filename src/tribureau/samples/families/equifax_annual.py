"""Equifax A, the yearly disclosure: runs of facts with bars between, three columns, a grid, balances. D: of 2026."""

from collections.abc import Callable
from random import Random
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType, Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import SQUARE, Block, Cell, Look, caption, heading, line, note, subheading, table, title
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.equifax_words import (
    LEGEND,
    designator,
    facts_of,
    inquiries,
    major_delinquency,
    mark,
    months_reviewed,
    person,
    print_account,
    public_records,
    rights,
    shown_inquiries,
    shown_records,
    status_words,
    truth_of_person,
)
from tribureau.samples.families.grids import balance_rows, years_by_months
from tribureau.samples.printing import Hand, PrintedAccount
from tribureau.samples.wording import EQUIFAX_TYPES, is_closed

HAND: Final = Hand(day="{d:%m/%d/%Y}", nothing="")
Draw = Callable[[PrintedAccount, Random], list[Block]]
LABELS: Final = {
    "date_reported": "Date Reported",
    "date_opened": "Date Opened",
    "date_of_first_delinquency": "Date of 1st Delinquency",
    "date_last_activity": "Date of Last Activity",
    "date_last_payment": "Date of Last Payment",
    "date_closed": "Date Closed",
    "balance": "Balance",
    "credit_limit": "Credit Limit",
    "high_balance": "High Credit",
    "monthly_payment": "Scheduled Payment Amount",
    "past_due": "Amount Past Due",
    "charge_off_amount": "Charge Off Amount",
    "terms": "Term Duration",
    "responsibility": "Owner",
    "account_type": "Loan/Account Type",
}
NARRATIVES: Final = {
    "Account Closed By Credit Grantor": "065",
    "Charged Off Account": "067",
    "Consumer Disputes After Resolution": "167",
}


def lay_out(file: CreditFile) -> Drawn:
    """Style A, the report from annualcreditreport.com."""
    return _lay_out(file, [], _account, apart=False)


def lay_out_2026(file: CreditFile) -> Drawn:
    """Style D: notices first, the date before the contact, collections in a section of their own."""
    notices = [heading("Consumer File Notices"), line("There are no notices on your file.")]
    return _lay_out(file, notices, _account_2026, apart=True)


def _lay_out(file: CreditFile, notices: list[Block], draw: Draw, *, apart: bool) -> Drawn:
    dated = f"{file.today:%B} {file.today.day}, {file.today.year}"
    look = Look(
        title="Equifax credit report",
        accent="#8f1d2c",
        head="#f8ecee",
        header=(f"Prepared for: {file.consumer.name}", ""),
        footer=("EFX-ACR", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EQUIFAX)]
    collected = [one for one in printed if apart and one.line.account_type is AccountType.COLLECTION]
    accounts = [one for one in printed if one not in collected]
    blocks = [
        title("EQUIFAX"),
        subheading("CREDIT REPORT"),
        caption(file.consumer.name),
        line(f"Report Confirmation {file.random.randint(10**9, 10**10 - 1)}"),
        line(f"Date: {dated}"),
        *_summary(dated, printed),
        *person(file),
        *notices,
        heading("Credit Accounts"),
        *[block for one in accounts for block in draw(one, file.random)],
        *([heading("Collections")] if collected else []),
        *[block for one in collected for block in draw(one, file.random)],
        *inquiries(file, HAND),
        *public_records(file, HAND),
        *rights(),
    ]
    return Drawn(
        look, blocks, accounts + collected, truth_of_person(file), {}, shown_inquiries(file), shown_records(file)
    )


def _summary(dated: str, printed: list[PrintedAccount]) -> list[Block]:
    negative = sum(one.truth()["is_negative"] for one in printed)
    rows: list[list[Cell]] = [
        ["Report Date", dated],
        ["Credit File Status", "No fraud indicator on file"],
        ["Alert Contacts", "0 Records Found"],
        ["Accounts with Negative Information", str(negative)],
        ["Accounts on File", str(len(printed))],
    ]
    return [heading("Summary"), table(rows, [200, 260])]


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    facts = facts_of(line_, HAND, LABELS, EQUIFAX_TYPES)
    return print_account(account, line_, facts, "A", f"*{account.number[-4:]}")


def _account(one: PrintedAccount, random: Random) -> list[Block]:
    said = {fact.label: fact.text for fact in one.facts}
    first = (
        f"{one.account.address} | {one.account.phone}  "
        f"Date Reported: {said['Date Reported']} | Balance: {said['Balance']}"
    )
    return [*_opening(one, first, said), *_history(one, random), *_narratives(one)]


def _account_2026(one: PrintedAccount, random: Random) -> list[Block]:
    said = {fact.label: fact.text for fact in one.facts}
    first = f"Date Reported: {said['Date Reported']} | Balance: {said['Balance']}"
    contact = line(f"Contact: {one.account.address} | {one.account.phone}")
    return [*_opening(one, first, said), *_history(one, random), *_narratives(one), contact]


def _opening(one: PrintedAccount, first: str, said: dict[str, str]) -> list[Block]:
    return [
        subheading(f"{one.name}{' - Closed' if is_closed(one.line) else ''}"),
        line(first),
        line(
            f"Account Number: {one.number} | Owner: {said['Owner']} Account Credit Limit: {said['Credit Limit']} | "
            f"High Credit: {said['High Credit']}"
        ),
        line(f"Loan/Account Type: {said['Loan/Account Type']} | Status: {status_words(one.line)}"),
        table(_three_columns(one, said), ["1fr", "1fr", "1fr"], rules=False),
    ]


def _history(one: PrintedAccount, random: Random) -> list[Block]:
    if not one.history:
        return []
    grid, _ = years_by_months(one.history, mark, blank=SQUARE)
    balances = balance_rows(one.line, random, 12, "Actual Payment")
    return [caption("Payment History"), grid, note(LEGEND), caption("24 Month History"), balances]


def _three_columns(one: PrintedAccount, said: dict[str, str]) -> list[list[Cell]]:
    said = said | {
        "Terms Frequency": "Monthly",
        "Date Major Delinquency 1st Reported": major_delinquency(one.line, HAND),
        "Months Reviewed": months_reviewed(one.line),
        "Activity Designator": designator(one.line),
        "Narrative Code(s)": " ".join(_code(words) for words in one.remarks),
    }
    rows = (
        ("Date Opened", "Date of 1st Delinquency", "Terms Frequency"),
        ("Date of Last Activity", "Date Major Delinquency 1st Reported", "Months Reviewed"),
        ("Scheduled Payment Amount", "Amount Past Due", "Deferred Payment Start Date"),
        ("Actual Payment Amount", "Charge Off Amount", "Balloon Payment Amount"),
        ("Date of Last Payment", "Date Closed", "Balloon Payment Date"),
        ("Term Duration", "Activity Designator", "Narrative Code(s)"),
    )
    return [[f"{label}: {said.get(label, '')}" for label in row] for row in rows]


def _narratives(one: PrintedAccount) -> list[Block]:
    if not one.remarks:
        return []
    rows: list[list[Cell]] = [[_code(words), words] for words in one.remarks]
    return [table(rows, [90, 300], ["Narrative Code", "Narrative Code Description"])]


def _code(words: str) -> str:
    """A number that means the description; those without evidence are drawn from the words themselves."""
    return NARRATIVES.get(words) or f"{300 + sum(words.encode()) % 600}"
