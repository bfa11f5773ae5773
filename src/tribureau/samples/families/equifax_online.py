"""Equifax B, myEquifax: numbered sections by kind of account, underscored words, collections apart."""

from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType, Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import (
    SQUARE,
    Block,
    Cell,
    Look,
    caption,
    heading,
    line,
    note,
    side_by_side,
    subheading,
    table,
    title,
)
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
from tribureau.samples.families.grids import years_by_months
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EQUIFAX_TYPES, is_closed

type_ = AccountType
HAND: Final = Hand(day="{d:%b %d, %Y}", nothing="")
LABELS: Final = {
    "date_opened": "Date Opened",
    "date_reported": "Date Reported",
    "date_last_payment": "Date of Last Payment",
    "date_last_activity": "Date of Last Activity",
    "date_closed": "Date Closed",
    "date_of_first_delinquency": "Date of First Delinquency",
    "balance": "Balance",
    "credit_limit": "Credit Limit",
    "high_balance": "High Credit",
    "monthly_payment": "Scheduled Payment Amount",
    "past_due": "Amount Past Due",
    "charge_off_amount": "Charge Off Amount",
    "terms": "Term Duration",
    "responsibility": "Owner",
    "account_type": "Loan Type",
}
SECTIONS: Final[dict[str, tuple[AccountType, ...]]] = {
    "2. Revolving Accounts": (type_.CREDIT_CARD, type_.HOME_EQUITY),
    "3. Mortgage Accounts": (type_.MORTGAGE,),
    "4. Installment Accounts": (type_.AUTO_LOAN, type_.STUDENT_LOAN, type_.PERSONAL_LOAN),
    "5. Other Accounts": (type_.UTILITY,),
}
LEFT: Final = (
    "High Credit",
    "Credit Limit",
    "Terms Frequency",
    "Balance",
    "Amount Past Due",
    "Actual Payment Amount",
    "Date of Last Activity",
    "Months Reviewed",
    "Activity Designator",
    "Deferred Payment Start Date",
    "Balloon Payment Date",
    "Loan Type",
    "Date of First Delinquency",
)
RIGHT: Final = (
    "Owner",
    "Account Type",
    "Term Duration",
    "Date Opened",
    "Date Reported",
    "Date of Last Payment",
    "Scheduled Payment Amount",
    "Delinquency First Reported",
    "Creditor Classification",
    "Charge Off Amount",
    "Balloon Payment Amount",
    "Date Closed",
)


def lay_out(file: CreditFile) -> Drawn:
    """The report of a signed-in customer."""
    look = Look(
        title="Equifax Credit Report",
        accent="#6b2150",
        head="#f5edf2",
        header=(f"Prepared for: {file.consumer.name}", ""),
        footer=("", "Page {page} of {pages}"),
    )
    printed = [_print(account, line_) for account, line_ in file.at(Bureau.EQUIFAX)]
    collected = [one for one in printed if one.line.account_type is type_.COLLECTION]
    confirmation = file.random.randint(10**9, 10**10 - 1)
    blocks = [
        title("Equifax Credit Report"),
        line(f"Prepared for: {file.consumer.name}   Confirmation # {confirmation}   {file.today:%b %d, %Y}"),
        *_summary(printed),
        *[block for name, kinds in SECTIONS.items() for block in _section(name, kinds, printed)],
        heading("6. Consumer Statements"),
        line("You have no consumer statements on file."),
        *person(file, "7. Personal Information"),
        *inquiries(file, HAND, "8. Inquiries"),
        *public_records(file, HAND, "9. Public Records"),
        *_collections(collected),
        heading("11. Dispute File Information"),
        *rights(),
    ]
    ordered = [one for kinds in SECTIONS.values() for one in printed if one.line.account_type in kinds]
    return Drawn(
        look, blocks, ordered + collected, truth_of_person(file), {}, shown_inquiries(file), shown_records(file)
    )


def underscored(words: str) -> str:
    """`Pays As Agreed` as this style writes it."""
    return words.upper().replace(" ", "_").replace("-", "_").replace("/", "_")


def _print(account: Account, line_: Tradeline) -> PrintedAccount:
    number = f"xxxxxxxx {account.number[-4:]}"
    facts = _collection_facts(line_, number) if line_.account_type is type_.COLLECTION else _facts(line_)
    return print_account(account, line_, facts, "B", number)


def _facts(line_: Tradeline) -> list[Fact]:
    facts = facts_of(line_, HAND, LABELS, EQUIFAX_TYPES)
    shouted = {"Owner", "Loan Type"}
    return [Fact(f.label, underscored(f.text), f.field, f.value) if f.label in shouted else f for f in facts]


def _collection_facts(line_: Tradeline, number: str) -> list[Fact]:
    return [
        HAND.when("Date Reported", line_, "date_reported"),
        Fact("Collection Agency", line_.creditor_name),
        HAND.word("Original Creditor Name", line_.original_creditor, "original_creditor"),
        HAND.when("Date Assigned", line_, "date_opened"),
        Fact("Account Designator Code", "INDIVIDUAL_ACCOUNT", "responsibility", "individual"),
        HAND.money("Original Amount Owed", line_, "original_amount"),
        Fact("Account Number", number),
        HAND.money("Amount", line_, "balance"),
        Fact("Creditor Classification", "UNKNOWN"),
        HAND.when("Status Date", line_, "date_reported"),
        HAND.when("Date of First Delinquency", line_, "date_of_first_delinquency"),
        Fact("Status", "D - UNPAID" if line_.balance else "D - PAID"),
        HAND.when("Date of Last Payment", line_, "date_last_payment"),
        HAND.when("Balance Date", line_, "date_reported"),
        Fact("", "", "account_type", type_.COLLECTION.value),
    ]


def _summary(printed: list[PrintedAccount]) -> list[Block]:
    rows: list[list[Cell]] = []
    for name, kinds in SECTIONS.items():
        lines = [one.line for one in printed if one.line.account_type in kinds]
        total = f"${sum(x.balance or 0 for x in lines):,.0f}"
        rows.append(
            [
                name.split(" ")[1],
                str(sum(not is_closed(x) for x in lines)),
                str(sum(bool(x.balance) for x in lines)),
                total,
            ]
        )
    head: list[Cell] = ["Account Type", "Open", "With Balance", "Total Balance"]
    return [heading("1. Summary"), table(rows, [110, 80, 100, 110], head)]


def _section(name: str, kinds: tuple[AccountType, ...], printed: list[PrintedAccount]) -> list[Block]:
    found = [one for one in printed if one.line.account_type in kinds]
    if not found:
        return [heading(name), line("You have no accounts of this kind on file.")]
    return [heading(name), *[b for index, one in enumerate(found, 1) for b in _account(f"{name[0]}.{index}", one)]]


def _account(index: str, one: PrintedAccount) -> list[Block]:
    said = {fact.label: fact.text for fact in one.facts}
    spare = HAND.dollars(one.line.credit_limit - (one.line.balance or 0)) if one.line.credit_limit else ""
    grid, _ = years_by_months(one.history, mark, blank=SQUARE)
    return [
        subheading(f"{index} {one.name}{' (CLOSED)' if is_closed(one.line) else ''}"),
        caption("Summary"),
        table(
            [
                ["Account Number", one.number or "", "Reported Balance", said["Balance"]],
                ["Account Status", underscored(status_words(one.line)), "Available Credit", spare],
            ],
            [110, 150, 110, 110],
        ),
        caption("Payment History"),
        note("Up to five years of payments. A number is how many days a payment was past due."),
        grid,
        note(LEGEND),
        caption("Account Details"),
        table(_details(one, said), [130, 145, 130, "1fr"]),
        caption("Comments"),
        line(" ".join(words.upper() for words in one.remarks) or "-"),
        caption("Contact"),
        line(f"{one.name}, {one.account.address} {one.account.phone}"),
    ]


def _details(one: PrintedAccount, said: dict[str, str]) -> list[list[Cell]]:
    revolving = one.line.account_type in SECTIONS["2. Revolving Accounts"]
    said = said | {
        "Terms Frequency": "MONTHLY",
        "Months Reviewed": months_reviewed(one.line),
        "Activity Designator": underscored(designator(one.line)) or "NONE",
        "Account Type": "REVOLVING" if revolving else "INSTALLMENT",
        "Delinquency First Reported": major_delinquency(one.line, HAND),
        "Creditor Classification": "UNKNOWN",
    }
    left, right = ([(label, said.get(label, "")) for label in side] for side in (LEFT, RIGHT))
    return side_by_side(left, right)


def _collections(found: list[PrintedAccount]) -> list[Block]:
    blocks = [heading("10. Collections")]
    if not found:
        return [*blocks, line("You have no collections on file.")]
    for index, one in enumerate(found, 1):
        pairs = [(fact.label, fact.text) for fact in one.facts if fact.label]
        blocks += [
            subheading(f"10.{index} {one.name}"),
            table(side_by_side(pairs[::2], pairs[1::2]), [130, 145, 130, "1fr"]),
            caption("Comments"),
            line(" ".join(words.upper() for words in one.remarks) or "-"),
            caption("Contact"),
            line(f"{one.name}, {one.account.address} {one.account.phone}"),
        ]
    return blocks
