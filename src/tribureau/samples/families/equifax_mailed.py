"""Equifax C, the older mailed file: one list, «Label: value» runs, a grid and ADDITIONAL INFORMATION."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import Block, Look, caption, heading, in_columns, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.equifax_words import (
    LEGEND,
    facts_of,
    inquiries,
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
from tribureau.samples.families.grids import years_by_months
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EQUIFAX_TYPES, is_closed

HAND: Final = Hand(day="{d:%m/%d/%Y}", nothing="")
LABELS: Final = {
    "date_opened": "Date Opened",
    "date_reported": "Date Reported",
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
    "responsibility": "Whose Account",
    "account_type": "Type of Loan",
}


def lay_out(file: CreditFile) -> Drawn:
    """The file that came by post, set in a typewriter face."""
    confirmation = file.random.randint(10**9, 10**10 - 1)
    dated = f"{file.today:%B} {file.today.day}, {file.today.year}"
    look = Look(
        title="Equifax credit file",
        font="DejaVu Sans Mono",
        size=6.2,
        header=(f"CREDIT FILE : {dated}", f"Confirmation # {confirmation}"),
        footer=(f"Prepared for: {file.consumer.name}", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EQUIFAX)]
    blocks = [
        title("EQUIFAX"),
        line(f"CREDIT FILE : {dated}"),
        line(f"Confirmation # {confirmation}"),
        *person(file, "Personal Identification Information"),
        heading("Credit Account Information"),
        note(LEGEND),
        *[block for one in printed for block in _account(one)],
        *inquiries(file, HAND, "Inquiries"),
        *public_records(file, HAND),
        *rights(),
    ]
    return Drawn(look, blocks, printed, truth_of_person(file), {}, shown_inquiries(file), shown_records(file))


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    number = f"XXXXXXXX{account.number[-4:]}"
    return print_account(account, line_, facts_of(line_, HAND, LABELS, EQUIFAX_TYPES), "C", number)


def _account(one: PrintedAccount) -> list[Block]:
    facts = [
        Fact("Account Number", one.number or ""),
        *one.facts,
        Fact("Months Reviewed", months_reviewed(one.line)),
        Fact("Current Status", status_words(one.line)),
    ]
    cells = [f"{fact.label}: {fact.text}" for fact in facts]
    blocks = [
        caption(f"{one.name}{' - Closed' if is_closed(one.line) else ''}"),
        line(f"{one.account.address}  {one.account.phone}"),
        table(in_columns(cells, 3), ["1fr", "1fr", "1fr"], rules=False, tight=1.2),
    ]
    if one.history:
        grid, _ = years_by_months(one.history, mark)
        blocks += [caption("Account History"), grid]
    return blocks + ([line(f"ADDITIONAL INFORMATION: {'; '.join(one.remarks)}")] if one.remarks else [])
