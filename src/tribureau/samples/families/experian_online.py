"""Experian B, the printed web page: one label and value a line, months by years."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.blocks import CHECK, Block, Cell, Look, caption, heading, line, note, subheading, table, title
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.experian_words import (
    CELLS,
    closing,
    legend,
    mask,
    personal,
    responsibility,
    seen_history,
    shown_inquiries,
    shown_records,
    status_sentence,
    truth_of_person,
    written_off,
)
from tribureau.samples.families.grids import months_by_years
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EXPERIAN, EXPERIAN_TYPES, is_closed, known_type, remarks_of, reported

HAND: Final = Hand(day="{d:%b %d, %Y}")
MONTHS_SHOWN: Final = 36


def lay_out(file: CreditFile) -> Drawn:
    """The report of a signed-in Experian customer, printed from the browser, with a score."""
    score = file.scores[Bureau.EXPERIAN]
    generated = f"{file.today:%b %d, %Y}"
    look = Look(
        title="Experian",
        accent="#1d4f91",
        head="#eef3fa",
        header=(f"Prepared For {file.consumer.name}", ""),
        footer=("https://usa.experian.com/mfe/credit/printable-report/experian/now", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EXPERIAN)]
    blocks = [
        title("Experian"),
        line(f"Prepared For {file.consumer.name}   Date generated: {generated}"),
        caption("FICO® Score 8"),
        subheading(f"{score} Experian data {generated}"),
        *personal(file),
        heading("Accounts"),
        *[block for one in printed for block in _account(one)],
        *closing(file),
    ]
    return Drawn(
        look, blocks, printed, truth_of_person(file), {"Experian": score}, shown_inquiries(file), shown_records(file)
    )


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        mask(account.number),
        status_sentence(line_),
        [*_first_facts(account, line_), *_amounts(line_), written_off(line_)],
        remarks=remarks_of(line_, EXPERIAN),
        history=seen_history(line_, MONTHS_SHOWN),
    )


def _first_facts(account: Account, line_: Tradeline) -> list[Fact]:
    kind = known_type(line_)
    return [
        Fact("Account name", line_.creditor_name),
        Fact("Account number", mask(account.number)),
        HAND.word("Original creditor", line_.original_creditor, "original_creditor"),
        Fact("Company sold", HAND.nothing),
        HAND.when("Date opened", line_, "date_opened"),
        Fact("Open/closed", "Closed" if is_closed(line_) else "Open"),
        Fact("Status updated", f"{reported(line_):%b %Y}"),
        Fact("Account type", EXPERIAN_TYPES[kind], "account_type", kind.value),
        Fact("Status", status_sentence(line_)),
    ]


def _amounts(line_: Tradeline) -> list[Fact]:
    owed = float(line_.past_due) if line_.past_due else None
    revolving = line_.account_type in REVOLVING
    return [
        HAND.money("Balance", line_, "balance"),
        HAND.when("Balance updated", line_, "date_reported"),
        HAND.money(
            *(("Credit limit", line_, "credit_limit") if revolving else ("Original balance", line_, "original_amount"))
        ),
        HAND.money("Monthly payment", line_, "monthly_payment"),
        Fact("Past due amount", HAND.dollars(line_.past_due) if owed else HAND.nothing, "past_due", owed),
        HAND.when("Last Payment Date", line_, "date_last_payment"),
        HAND.money("Highest balance", line_, "high_balance"),
        Fact("Terms", f"{line_.terms} Months" if line_.terms else HAND.nothing, "terms", line_.terms),
        responsibility(line_),
        Fact("Your statement", HAND.nothing),
    ]


def _account(one: PrintedAccount) -> list[Block]:
    rows: list[list[Cell]] = [[fact.label, fact.text] for fact in one.facts if fact.label]
    standing = "Potentially negative" if one.truth()["is_negative"] else "Exceptional payment history"
    blocks = [
        subheading(one.name),
        note(f"{standing}   {HAND.dollars(one.line.balance)}   Balance updated {HAND.date(reported(one.line))}"),
        caption("Account info"),
        table(rows, [130, 330]),
    ]
    if one.history:
        grid, used = months_by_years(
            one.history, lambda code: CHECK if code is MonthCode.OK else CELLS.get(code, code.value)
        )
        blocks += [caption("Payment history"), grid, note(f"{legend(used)} - Data Unavailable")]
    return [
        *blocks,
        caption("Contact info"),
        line(f"{one.account.address} {one.account.phone}"),
        caption("Comments"),
        line(" ".join(one.remarks) or HAND.nothing),
    ]
