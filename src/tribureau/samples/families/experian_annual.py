"""Experian A, the yearly disclosure: two label and value pairs a line, years by months."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.blocks import (
    CHECK,
    Block,
    Cell,
    Look,
    bar,
    caption,
    heading,
    line,
    note,
    side_by_side,
    table,
    title,
)
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.experian_words import (
    CELLS,
    closing,
    legend,
    mask,
    owed_in_status,
    personal,
    record_until,
    responsibility,
    seen_history,
    shown_inquiries,
    shown_records,
    status_sentence,
    truth_of_person,
    written_off,
)
from tribureau.samples.families.grids import balance_rows, years_by_months
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EXPERIAN, EXPERIAN_TYPES, known_type, remarks_of, reported

HAND: Final = Hand(day="{d:%m/%d/%Y}")
MONTHS_SHOWN: Final = 84


def lay_out(file: CreditFile) -> Drawn:
    """The report from annualcreditreport.com."""
    generated = f"{file.today:%b %d, %Y}"
    number = f"{file.random.randint(1000, 9999)}-{file.random.randint(1000, 9999)}-{file.random.randint(10, 99)}"
    look = Look(
        title="Annual Credit Report - Experian",
        accent="#5b2a73",
        bar="#5b2a73",
        bar_ink="#ffffff",
        head="#f1ebf4",
        header=(f"Prepared For {file.consumer.name.upper()}   Date Generated {generated}   Report Number {number}", ""),
        footer=("", "Page {page} of {pages}"),
    )
    printed = [_print_annual(account, line_) for account, line_ in file.at(Bureau.EXPERIAN)]
    blocks = [
        title("Annual Credit Report - Experian"),
        line("experian"),
        table(
            [["Prepared For", file.consumer.name.upper()], ["Date Generated", generated], ["Report Number", number]],
            [110, 240],
        ),
        *_at_a_glance(file, len(printed)),
        *personal(file),
        heading("Accounts"),
        note(
            "Accounts in good standing may stay on your report for up to ten years. Late payments may stay for "
            "seven years from the date on which the account was first late."
        ),
        *[
            block
            for one in printed
            if one.line.account_type is not AccountType.COLLECTION
            for block in _annual_account(one, file)
        ],
    ]
    collections = [one for one in printed if one.line.account_type is AccountType.COLLECTION]
    if collections:
        blocks += [heading("Collection Accounts"), *[b for one in collections for b in _annual_account(one, file)]]
    return Drawn(
        look, blocks + closing(file), printed, truth_of_person(file), {}, shown_inquiries(file), shown_records(file)
    )


def _print_annual(account: Account, line_: Tradeline) -> PrintedAccount:
    revolving = line_.account_type in REVOLVING or line_.account_type is AccountType.UTILITY
    limit = (
        HAND.money("Credit Limit", line_, "credit_limit")
        if revolving
        else HAND.money("Original Balance", line_, "original_amount")
    )
    facts = [
        *_identity(account, line_),
        HAND.money("Balance", line_, "balance"),
        HAND.when("Balance Updated", line_, "date_reported"),
        Fact("Recent Payment", HAND.nothing),
        HAND.money("Monthly Payment", line_, "monthly_payment"),
        limit,
        HAND.money("Highest Balance", line_, "high_balance"),
        Fact("Terms", f"{line_.terms} Months" if line_.terms else HAND.nothing, "terms", line_.terms),
        *(
            [Fact("Original Creditor", line_.original_creditor, "original_creditor", line_.original_creditor)]
            if line_.original_creditor
            else []
        ),
        *([Fact("On Record Until", record_until(line_))] if line_.date_of_first_delinquency else []),
        written_off(line_),
        owed_in_status(line_),
    ]
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        mask(account.number),
        status_sentence(line_),
        facts,
        remarks=remarks_of(line_, EXPERIAN),
        history=seen_history(line_, MONTHS_SHOWN),
    )


def _identity(account: Account, line_: Tradeline) -> list[Fact]:
    kind = known_type(line_)
    return [
        Fact("Account Name", line_.creditor_name),
        Fact("Account Number", mask(account.number)),
        Fact("Account Type", EXPERIAN_TYPES[kind], "account_type", kind.value),
        responsibility(line_),
        HAND.when("Date Opened", line_, "date_opened"),
        Fact("Status", status_sentence(line_)),
        Fact("Status Updated", f"{reported(line_):%b %Y}"),
    ]


def _annual_account(one: PrintedAccount, file: CreditFile) -> list[Block]:
    pairs = [(fact.label, fact.text) for fact in one.facts if fact.label]
    rows = side_by_side(pairs[:7], pairs[7:])
    negative = one.truth()["is_negative"]
    blocks = [
        bar(one.name, "POTENTIALLY NEGATIVE" if negative else ""),
        caption("Account Info"),
        table(rows, [82, 176, 82, "1fr"]),
    ]
    if one.history:
        grid, used = years_by_months(
            one.history, lambda code: CHECK if code is MonthCode.OK else CELLS.get(code, code.value)
        )
        blocks += [caption("Payment History"), grid, note(legend(used))]
    if one.line.account_type is not AccountType.COLLECTION and one.line.account_status is AccountStatus.OPEN:
        blocks += [caption("Balance Histories"), balance_rows(one.line, file.random)]
    return [
        *blocks,
        caption("Contact Info"),
        table([["Address", one.account.address], ["Phone Number", one.account.phone]], [82, 300]),
        caption("Comment"),
        line("Current: " + (" ".join(one.remarks) or "-")),
    ]


def _at_a_glance(file: CreditFile, accounts: int) -> list[Block]:
    hard = len(file.inquiries_at(Bureau.EXPERIAN, hard=True))
    records = len(file.records_at(Bureau.EXPERIAN))
    head: list[Cell] = ["Accounts", "Public Records", "Hard Inquiries"]
    return [heading("At a Glance"), table([[str(accounts), str(records), str(hard)]], [120, 120, 120], head)]
