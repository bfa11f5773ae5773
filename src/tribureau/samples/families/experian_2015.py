"""Experian D, the online report of about 2015: labels over values, the grid only drawn."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import LATE_MONTHS, MonthCode, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.blocks import SQUARE, Block, Cell, Look, caption, heading, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.experian_words import (
    court_records,
    late_sentences,
    mask,
    owed_in_status,
    personal,
    responsibility,
    seen_history,
    shown_inquiries,
    shown_records,
    status_sentence,
    truth_of_person,
    written_off,
)
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EXPERIAN, EXPERIAN_TYPES, known_type, remarks_of, reported

HAND: Final = Hand(day="{d:%m/%Y}", nothing="NA")
HEAD: Final[list[Cell]] = ["Account name", "Account number", "Recent balance", "Date opened", "Status"]
COLUMNS: Final = 4


def lay_out(file: CreditFile) -> Drawn:
    """As a customer of that time printed it from the browser."""
    number = f"{file.random.randint(1000, 9999)}-{file.random.randint(1000, 9999)}-{file.random.randint(10, 99)}"
    generated = f"{file.today:%b %d, %Y}"
    look = Look(
        title="Experian credit report",
        accent="#26478d",
        head="#e8edf7",
        header=(f"Prepared for: {file.consumer.name.upper()}", f"Date: {generated}"),
        footer=(f"Report number: {number}", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EXPERIAN)]
    bad = [one for one in printed if one.truth()["is_negative"]]
    good = [one for one in printed if one not in bad]
    blocks = [
        title("Experian credit report"),
        line(f"Prepared For {file.consumer.name.upper()}   Date Generated {generated}   Report Number {number}"),
        *personal(file),
        heading("Potentially negative items"),
        *[block for one in bad for block in _account(one)],
        heading("Accounts in good standing"),
        *[block for one in good for block in _account(one)],
        *court_records(file),
        *_inquiries(file),
        heading("Important messages"),
        note("If you disagree with something in your report, you may dispute it online, by post or by telephone."),
    ]
    return Drawn(look, blocks, bad + good, truth_of_person(file), {}, shown_inquiries(file), shown_records(file))


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    late = {month: code for month, code in seen_history(line_, 84).items() if code in LATE_MONTHS}
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        mask(account.number),
        status_sentence(line_),
        [*_first_row(line_), *_below(line_), written_off(line_), owed_in_status(line_)],
        remarks=remarks_of(line_, EXPERIAN),
        history=late,
    )


def _first_row(line_: Tradeline) -> list[Fact]:
    return [
        HAND.money("Recent balance", line_, "balance"),
        HAND.when("Date opened", line_, "date_opened"),
    ]


def _below(line_: Tradeline) -> list[Fact]:
    kind = known_type(line_)
    limit = "credit_limit" if line_.account_type in REVOLVING else "original_amount"
    original = HAND.word("Original creditor", line_.original_creditor, "original_creditor")
    return [
        Fact("Type", EXPERIAN_TYPES[kind], "account_type", kind.value),
        Fact("Terms", f"{line_.terms} Months" if line_.terms else HAND.nothing, "terms", line_.terms),
        responsibility(line_),
        HAND.money("Credit limit or original amount", line_, limit),
        HAND.money("High balance", line_, "high_balance"),
        HAND.money("Monthly payment", line_, "monthly_payment"),
        Fact("Recent payment amount", HAND.nothing),
        HAND.when("Date of status", line_, "date_reported"),
        Fact("First reported", HAND.date(line_.date_opened.day if line_.date_opened else reported(line_))),
        *([original] if line_.original_creditor else []),
    ]


def _account(one: PrintedAccount) -> list[Block]:
    said = {fact.label: fact.text for fact in one.facts}
    first: list[Cell] = [one.name, one.number or "", said["Recent balance"], said["Date opened"], one.status_text]
    below = [fact for fact in one.facts if fact.label][2:]
    blocks = [
        table([first], [125, 100, 75, 65, "1fr"], HEAD),
        line("+ Dispute   + Options"),
        *_labels_over_values(below),
    ]
    if one.line.payment_history:
        blocks += [caption("Payment history"), _drawn_months(one.line), note("Payment history guide")]
    blocks += [line(sentence) for sentence in late_sentences(one.history)]
    return blocks + ([line(f"Comment: {' '.join(one.remarks)}")] if one.remarks else [])


def _labels_over_values(facts: list[Fact]) -> list[Block]:
    rows: list[list[Cell]] = []
    for start in range(0, len(facts), COLUMNS):
        part = facts[start : start + COLUMNS]
        blank: list[Cell] = [""] * (COLUMNS - len(part))
        rows += [[*[fact.label for fact in part], *blank], [*[fact.text for fact in part], *blank]]
    return [table(rows, ["1fr"] * COLUMNS, rules=False)]


def _drawn_months(line_: Tradeline) -> Block:
    """Squares without a letter: nothing that text could tell."""
    months = sorted(line_.payment_history)[-24:]
    row: list[Cell] = [SQUARE if line_.payment_history[month] is not MonthCode.NO_DATA else "" for month in months]
    return table([row], [14] * len(months), rules=False, inset=1)


def _inquiries(file: CreditFile) -> list[Block]:
    blocks = [heading("Credit inquiries")]
    for hard, words in ((True, "Inquiries shared with others"), (False, "Inquiries shared only with you")):
        found = file.inquiries_at(Bureau.EXPERIAN, hard=hard)
        rows: list[list[Cell]] = [[i.creditor, i.address, f"{i.day:%m/%d/%Y}"] for i in found]
        blocks += [caption(words), table(rows, [170, 220, 90], ["Account name", "Address", "Date of inquiry"])]
    return blocks
