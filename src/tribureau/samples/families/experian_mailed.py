"""Experian C, the older mailed report: «Label: value» in three columns, and sentences in place of a grid."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import LATE_MONTHS, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.blocks import Block, Cell, Look, caption, heading, in_columns, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn
from tribureau.samples.families.experian_words import (
    court_records,
    late_sentences,
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
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EXPERIAN, EXPERIAN_TYPES, known_type, remarks_of, reported

HAND: Final = Hand(day="{d:%m/%Y}", nothing="")


def lay_out(file: CreditFile) -> Drawn:
    """The report that came by post, set in a serif."""
    generated = f"{file.today:%b %d, %Y}"
    number = f"{file.random.randint(1000, 9999)}-{file.random.randint(1000, 9999)}-{file.random.randint(10, 99)}"
    look = Look(
        title="Experian credit report",
        font="Libertinus Serif",
        size=8.4,
        header=(f"Prepared for: {file.consumer.name.upper()}", f"Date: {generated}"),
        footer=(f"Report Number {number}", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EXPERIAN)]
    bad = [one for one in printed if one.truth()["is_negative"]]
    good = [one for one in printed if one not in bad]
    blocks = [
        title("Experian credit report"),
        line(f"Prepared For {file.consumer.name.upper()}"),
        line(f"Date Generated {generated}   Report Number {number}"),
        heading("Potentially Negative Items or items for further review"),
        note("This information generally stays on your report for seven years from the first missed payment."),
        *[block for one in bad for block in _account(one)],
        heading("Accounts in Good Standing"),
        *[block for one in good for block in _account(one)],
        *court_records(file),
        *_requests(file),
        *personal(file),
    ]
    return Drawn(look, blocks, bad + good, truth_of_person(file), {}, shown_inquiries(file), shown_records(file))


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    late = {month: code for month, code in seen_history(line_, 84).items() if code in LATE_MONTHS}
    facts = [fact for fact in _facts(account, line_) if fact.text or not fact.label]
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        account.number[:6] + "....",
        status_sentence(line_),
        facts,
        remarks=remarks_of(line_, EXPERIAN),
        history=late,
    )


def _facts(account: Account, line_: Tradeline) -> list[Fact]:
    kind = known_type(line_)
    limit = "credit_limit" if line_.account_type in REVOLVING else "original_amount"
    as_of = f"as of {HAND.date(reported(line_))}"
    return [
        Fact("Account Number", account.number[:6] + "...."),
        Fact("Type", EXPERIAN_TYPES[kind], "account_type", kind.value),
        Fact("Terms", f"{line_.terms} Months" if line_.terms else "", "terms", line_.terms),
        HAND.when("Date Opened", line_, "date_opened"),
        responsibility(line_),
        HAND.money("Credit Limit/Original Amount", line_, limit),
        HAND.money("High Balance", line_, "high_balance"),
        HAND.money("Monthly Payment", line_, "monthly_payment"),
        Fact("Recent Balance", f"{HAND.dollars(line_.balance)} {as_of}", "balance", float(line_.balance or 0)),
        HAND.when("Date of Status", line_, "date_reported"),
        HAND.word("Original Creditor", line_.original_creditor, "original_creditor"),
        Fact("Status", status_sentence(line_)),
        written_off(line_),
        owed_in_status(line_),
    ]


def _account(one: PrintedAccount) -> list[Block]:
    cells = [f"{fact.label}: {fact.text}" for fact in one.facts if fact.label and fact.label != "Status"]
    status = next(fact.text for fact in one.facts if fact.label == "Status")
    blocks = [
        caption(one.name),
        line(one.account.address),
        table(in_columns(cells, 3), ["1fr", "1fr", "1fr"], rules=False),
        line(f"Status: {status}"),
        *[line(sentence) for sentence in late_sentences(one.history)],
    ]
    if one.remarks:
        blocks.append(line(f"Comment: {' '.join(one.remarks)}"))
    if one.line.date_of_first_delinquency:
        blocks.append(line(f"This account is scheduled to continue on record until {record_until(one.line)}."))
    return blocks


def _requests(file: CreditFile) -> list[Block]:
    blocks = [heading("Record of Requests for Your Credit History")]
    for hard, words in ((True, "Requests viewed by others"), (False, "Requests viewed only by you")):
        rows: list[list[Cell]] = [
            [i.creditor, i.address, f"{i.day:%m/%d/%Y}"] for i in file.inquiries_at(Bureau.EXPERIAN, hard=hard)
        ]
        blocks += [caption(words), table(rows, [170, 220, 90], ["Account name", "Address", "Date of request"])]
    return blocks
