"""What every Equifax style says in the same words: facts, codes of the grid, narratives, the person, the rights."""

from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, PaymentStatus, Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import CHECK, Block, Cell, heading, line, note, table
from tribureau.samples.credit_file import CreditFile, Inquiry
from tribureau.samples.months import month_of, newest
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import EQUIFAX, is_closed, known_type, remarks_of, reported, responsibility_of

MONTHS_SHOWN: Final = {"A": 84, "B": 60, "C": 84}
CELLS: Final[dict[MonthCode, str]] = {
    MonthCode.COLLECTION: "C",
    MonthCode.REPOSSESSION: "R",
    MonthCode.VOLUNTARY_SURRENDER: "V",
    MonthCode.FORECLOSURE: "F",
    MonthCode.BANKRUPTCY: "B",
}
LEGEND: Final = (
    "Paid on Time  30 30 Days Past Due  60 60 Days Past Due  90 90 Days Past Due  120 120 Days Past Due  "
    "150 150 Days Past Due  180 180 Days Past Due  V Voluntary Surrender  F Foreclosure  C Collection Account  "
    "CO Charge-Off  B Included in Bankruptcy  R Repossession  TN Too New to Rate  No Data Available"
)
STATUSES: Final[dict[AccountStatus, str]] = {
    AccountStatus.CHARGE_OFF: "Charge Off",
    AccountStatus.COLLECTION: "Collection",
    AccountStatus.REPOSSESSION: "Repossession",
    AccountStatus.FORECLOSURE: "Foreclosure",
    AccountStatus.SETTLED: "Paid For Less Than Full Balance",
}
LATE_WORDS: Final[dict[PaymentStatus, str]] = {
    PaymentStatus.LATE_30: "30-59 Days Past Due",
    PaymentStatus.LATE_60: "60-89 Days Past Due",
    PaymentStatus.LATE_90: "90-119 Days Past Due",
    PaymentStatus.LATE_120: "Over 120 Days Past Due",
}


def status_words(line_: Tradeline) -> str:
    """Equifax's Status in style A's spelling."""
    if line_.account_status is AccountStatus.BANKRUPTCY:
        return f"Included In Chapter {'13' if '13' in line_.remarks[0] else '7'}"
    if "Voluntary surrender" in line_.remarks:
        return "Voluntary Surrender"
    status = line_.account_status or AccountStatus.OPEN
    return STATUSES.get(status) or LATE_WORDS.get(line_.payment_status or PaymentStatus.CURRENT, "Pays As Agreed")


def designator(line_: Tradeline) -> str:
    """What became of it, for an account that is no longer open."""
    if line_.account_status is AccountStatus.TRANSFERRED or "Purchased by another lender" in line_.remarks:
        return "Transferred/Sold"
    if line_.account_status is AccountStatus.CLOSED:
        return "Paid and Closed"
    return "Closed" if is_closed(line_) else ""


def mark(code: MonthCode) -> Cell:
    if code is MonthCode.NO_DATA:
        return ""
    return CHECK if code is MonthCode.OK else CELLS.get(code, code.value)


def print_account(account: Account, line_: Tradeline, facts: list[Fact], style: str, number: str) -> PrintedAccount:
    """With the last four digits, which only Equifax prints; blank months have no place in its truth."""
    shown = newest(line_.payment_history, month_of(reported(line_)), MONTHS_SHOWN[style])
    instalment = line_.terms is not None or line_.account_type is AccountType.COLLECTION
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        number,
        status_words(line_),
        facts,
        remarks=remarks_of(line_, EQUIFAX),
        history={month: code for month, code in shown.items() if code is not MonthCode.NO_DATA},
        last4=account.number[-4:],
        alternatives={"original_amount": [float(line_.high_balance)]} if instalment and line_.high_balance else {},
    )


def facts_of(line_: Tradeline, hand: Hand, labels: dict[str, str], types: dict[AccountType, str]) -> list[Fact]:
    """The facts that every style has, under that style's labels; owed and written off only where there is any."""
    owed = float(line_.past_due) if line_.past_due else None
    who, whom = responsibility_of(line_)
    kind = known_type(line_)
    return [
        *[hand.when(label, line_, name) for name, label in labels.items() if name.startswith("date_")],
        hand.money(labels["balance"], line_, "balance"),
        hand.money(labels["credit_limit"], line_, "credit_limit"),
        hand.money(labels["high_balance"], line_, "high_balance"),
        hand.money(labels["monthly_payment"], line_, "monthly_payment"),
        Fact(labels["past_due"], hand.dollars(line_.past_due) if owed else hand.nothing, "past_due", owed),
        hand.money(labels["charge_off_amount"], line_, "charge_off_amount"),
        Fact(labels["terms"], f"{line_.terms} Months" if line_.terms else hand.nothing, "terms", line_.terms),
        Fact(labels["responsibility"], who, "responsibility", whom),
        Fact(labels["account_type"], types[kind], "account_type", kind.value),
    ]


def months_reviewed(line_: Tradeline) -> str:
    return str(min(len(line_.payment_history), 99)) if line_.payment_history else ""


def major_delinquency(line_: Tradeline, hand: Hand) -> str:
    """When it was first reported as grave: never the date of first delinquency."""
    grave = line_.account_status not in (AccountStatus.OPEN, AccountStatus.CLOSED, AccountStatus.TRANSFERRED)
    return hand.date(line_.date_closed.day) if grave and line_.date_closed else hand.nothing


def person(file: CreditFile, name: str = "Personal Information") -> list[Block]:
    who = file.consumer
    former = "; ".join(address.upper() for address in who.previous_addresses) or "-"
    rows: list[list[Cell]] = [
        ["Name", who.name],
        ["Social Security Number", f"XXX-XX-{who.ssn_last4}"],
        ["Date of Birth", f"{who.born:%B} {who.born.day}, {who.born.year}"],
        ["Current Address", who.address.upper()],
        ["Former Address(es)", former],
        ["Former Name(s)", who.former_name or "-"],
        ["Employment Information", "; ".join(who.employers) or "-"],
        ["Phone", who.phone],
    ]
    return [heading(name), table(rows, [140, "1fr"], labels=[0])]


def truth_of_person(file: CreditFile) -> dict[str, Any]:
    who = file.consumer
    return {
        "name": who.name,
        "current_address": who.address,
        "previous_addresses": list(who.previous_addresses),
        "dob": who.born.isoformat(),
        "ssn_last4": who.ssn_last4,
        "also_known_as": who.other_names(short=False),
        "employers": list(who.employers),
    }


def inquiries(file: CreditFile, hand: Hand, name: str = "Inquiries") -> list[Block]:
    """Hard, then soft, each a table."""
    blocks = [heading(name)]
    for hard, title in ((True, "Hard Inquiries"), (False, "Soft Inquiries")):
        rows: list[list[Cell]] = [
            [hand.date(i.day), i.creditor, "Individual" if hard else "Account review", f"{i.address} {i.phone}"]
            for i in file.inquiries_at(Bureau.EQUIFAX, hard=hard)
        ]
        head: list[Cell] = ["Date", "Company", "Request Originator", "Contact"]
        blocks += [line(title), table(rows, [70, 170, 90, "1fr"], head) if rows else line("You have none on file.")]
    return blocks


def public_records(file: CreditFile, hand: Hand, name: str = "Public Records") -> list[Block]:
    """Each a table; its title is its kind."""
    found = file.records_at(Bureau.EQUIFAX)
    blocks = [heading(name)]
    for record in found:
        rows: list[list[Cell]] = [
            ["Type", record.words],
            ["Status", record.outcome],
            ["Date Filed", hand.date(record.filed)],
            ["Date Satisfied", hand.date(record.resolved) if record.resolved else "-"],
            ["Court", record.court],
            ["Case Number", record.reference],
            ["Amount", hand.dollars(record.amount) or "-"],
        ]
        blocks.append(table(rows, [140, 240], labels=[0]))
    return blocks if found else [*blocks, line("You have no public records on file.")]


def shown_records(file: CreditFile) -> list[dict[str, Any]]:
    return [record.truth(Bureau.EQUIFAX) for record in file.records_at(Bureau.EQUIFAX)]


def rights() -> list[Block]:
    return [
        heading("Your rights"),
        note(
            "You may see what your file holds, ask for a score, and dispute what is incomplete or wrong. "
            "What turns out to be inaccurate or can't be verified has to be corrected or removed, as a rule "
            "within 30 days."
        ),
    ]


def shown_inquiries(file: CreditFile) -> list[Inquiry]:
    return [one for one in file.inquiries if one.bureau is Bureau.EQUIFAX]
