"""What every TransUnion style says in the same words: pay status in brackets, ratings, facts, inquiries."""

from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, PaymentStatus, Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import Block, Cell, heading, line, note, table
from tribureau.samples.credit_file import CreditFile, Inquiry
from tribureau.samples.months import month_of, newest
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import (
    DAYS_LATE,
    TRANSUNION,
    TRANSUNION_TYPES,
    known_type,
    remarks_of,
    reported,
    responsibility_of,
)

HAND: Final = Hand(day="{d:%m/%d/%Y}", nothing="")
RATINGS: Final[dict[MonthCode, tuple[str, MonthCode]]] = {
    MonthCode.LATE_150: ("120", MonthCode.LATE_120),
    MonthCode.LATE_180: ("120", MonthCode.LATE_120),
    MonthCode.CHARGE_OFF: ("C/O", MonthCode.CHARGE_OFF),
    MonthCode.BANKRUPTCY: ("X", MonthCode.NO_DATA),
    MonthCode.NO_DATA: ("N/R", MonthCode.NO_DATA),
}
"""The rating as printed, and what it then says; every other code is printed as it is."""

STATUSES: Final[dict[AccountStatus, str]] = {
    AccountStatus.CHARGE_OFF: ">Charged Off<",
    AccountStatus.REPOSSESSION: ">Repossession<",
    AccountStatus.FORECLOSURE: ">Foreclosure<",
    AccountStatus.BANKRUPTCY: ">Account Included in Bankruptcy<",
    AccountStatus.SETTLED: ">Settled; was past due<",
    AccountStatus.CLOSED: "Paid, Closed; was Paid as agreed",
    AccountStatus.TRANSFERRED: "Paid, Closed; was Paid as agreed",
}
RATING_KEY: Final = (
    "Rating key: N/R Not Reported  X Unknown  OK Current  30/60/90/120 Days Late  COL Collection  "
    "VS Voluntary Surrender  RPO Repossession  C/O Charge Off  FC Foreclosure"
)
BRACKETS: Final = (
    "Adverse information may stay on your file for up to seven years from the first delinquency. "
    "We have put >brackets< around what may be adverse."
)


def pay_status(line_: Tradeline) -> str:
    """TransUnion's Pay Status; the brackets mark what is adverse."""
    if line_.account_status is AccountStatus.COLLECTION:
        return ">In Collection<" if line_.balance else ">Paid Collection<"
    if line_.account_status in STATUSES:
        return ">Voluntary Surrender<" if "Voluntary surrender" in line_.remarks else STATUSES[line_.account_status]
    days = DAYS_LATE.get(line_.payment_status or PaymentStatus.CURRENT)
    return f">Account {days} Days Past Due Date<" if days else "Current; Paid or Paying as Agreed"


def print_account(account: Account, line_: Tradeline, months: int) -> PrintedAccount:
    """The account with every row that it has: fields without a value have no row."""
    has_grid = line_.account_type is not AccountType.COLLECTION
    loan = line_.terms is not None and line_.high_balance is not None
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        mask(account.number),
        pay_status(line_),
        [fact for fact in _facts(account, line_) if fact.text or not fact.label],
        remarks=remarks_of(line_, TRANSUNION),
        history={month: rating(code)[1] for month, code in seen(line_, months).items()} if has_grid else {},
        alternatives={"original_amount": [float(line_.high_balance or 0)]} if loan else {},
    )


def mask(number: str) -> str:
    """All but the last four."""
    return number[:-4] + "****"


def rating(code: MonthCode) -> tuple[str, MonthCode]:
    return RATINGS.get(code, (code.value, code))


def seen(line_: Tradeline, months: int) -> dict[str, MonthCode]:
    """What a grid of `months` shows of the history."""
    return newest(line_.payment_history, month_of(reported(line_)), months)


def _facts(account: Account, line_: Tradeline) -> list[Fact]:
    collected = line_.account_type is AccountType.COLLECTION
    kind, loan_type = TRANSUNION_TYPES[known_type(line_)]
    responsibility, meaning = responsibility_of(line_, 1)
    return [
        Fact("Address", account.address),
        Fact("Phone", account.phone),
        HAND.money("Monthly Payment", line_, "monthly_payment"),
        HAND.when("Placed for collection" if collected else "Date Opened", line_, "date_opened"),
        Fact("Responsibility", responsibility, "responsibility", meaning),
        Fact("Account Type", kind),
        Fact("Loan Type", loan_type, "account_type", known_type(line_).value),
        HAND.word("Original Creditor", line_.original_creditor, "original_creditor"),
        HAND.money("Balance", line_, "balance"),
        HAND.when("Date Updated", line_, "date_reported"),
        HAND.when("Last Payment Made", line_, "date_last_payment"),
        *_amounts(line_, collected=collected),
        Fact("Pay Status", pay_status(line_)),
        *_terms(line_),
        HAND.when("Date Closed", line_, "date_closed"),
        *_worst(line_),
        Fact("Remarks", "; ".join(remarks_of(line_, TRANSUNION))),
        Fact("Estimated month and year this item will be removed", _removal(line_)),
    ]


def _amounts(line_: Tradeline, *, collected: bool) -> list[Fact]:
    opened = line_.date_opened.day if line_.date_opened else reported(line_)
    span = f"from {opened:%m/%Y} to {reported(line_):%m/%Y}"
    facts = [_spanned("High Balance", line_, "high_balance", span)] if not collected else []
    facts += [_spanned("Credit Limit", line_, "credit_limit", span)]
    facts += [HAND.money("Original Amount", line_, "original_amount")] if collected else []
    facts += [HAND.money("Original Charge-off", line_, "charge_off_amount")]
    owed = float(line_.past_due) if line_.past_due else None
    return [*facts, Fact("Past Due", f">{HAND.dollars(line_.past_due)}<" if owed else "", "past_due", owed)]


def _spanned(label: str, line_: Tradeline, name: str, span: str) -> Fact:
    plain = HAND.money(label, line_, name)
    text = f"{label.capitalize()} of {plain.text} {span}" if plain.text else ""
    return Fact(label, text, name, plain.value)


def _terms(line_: Tradeline) -> list[Fact]:
    if line_.terms is None:
        return []
    text = f"{HAND.dollars(line_.monthly_payment)} per month, paid Monthly for {line_.terms} months"
    return [Fact("Terms", text, "terms", line_.terms)]


def _worst(line_: Tradeline) -> list[Fact]:
    late = {month: min(int(code.value), 120) for month, code in line_.payment_history.items() if code.value.isdigit()}
    if not late:
        return []
    month = max(late, key=lambda m: (late[m], m))
    return [Fact("Maximum Delinquency", f"of {late[month]} days in {month[5:]}/{month[:4]}")]


def _removal(line_: Tradeline) -> str:
    first = line_.date_of_first_delinquency
    return f"{first.day.month:02d}/{first.day.year + 7}" if first else ""


def person(file: CreditFile) -> list[Block]:
    """Personal Information, each address with its own date."""
    who = file.consumer
    rows: list[list[Cell]] = [
        ["Name", who.name.upper()],
        ["Also Known As", "; ".join(who.other_names(short=bool(who.middle))).upper() or "-"],
        ["Social Security Number", f"XXX-XX-{who.ssn_last4}"],
        ["Date of Birth", f"{who.born:%m/%d/%Y}"],
        ["Current Address", who.address.upper()],
        ["Date Reported", f"{file.today.replace(year=file.today.year - 1, day=5):%m/%d/%Y}"],
    ]
    for years, address in enumerate(who.previous_addresses, 3):
        rows += [
            ["Other Address", address.upper()],
            ["Date Reported", f"{file.today.replace(year=file.today.year - years, day=11):%m/%d/%Y}"],
        ]
    rows.append(["Phone Number", who.phone])
    rows += [["Employer", name.upper()] for name in who.employers]
    return [heading("Personal Information"), table(rows, [130, "1fr"], labels=[0])]


def truth_of_person(file: CreditFile) -> dict[str, Any]:
    who = file.consumer
    return {
        "name": who.name,
        "current_address": who.address,
        "previous_addresses": list(who.previous_addresses),
        "dob": who.born.isoformat(),
        "ssn_last4": who.ssn_last4,
        "also_known_as": who.other_names(short=bool(who.middle)),
        "employers": list(who.employers),
    }


def closing(file: CreditFile) -> list[Block]:
    """Public records, inquiries, rights."""
    return [
        *_public_records(file),
        heading("Regular Inquiries"),
        note("Requests for your file after you applied for credit. They stay for two years."),
        *_inquiries(file, hard=True),
        heading("Account Review Inquiries"),
        note("Only you see these; they do not count towards a score."),
        *_inquiries(file, hard=False),
        heading("Consumer Statement"),
        line("There is no statement on your file."),
        note(
            "You may dispute what you think is wrong, free of charge. "
            "As a rule it has to be looked into within 30 days of receipt."
        ),
    ]


def _public_records(file: CreditFile) -> list[Block]:
    found = file.records_at(Bureau.TRANSUNION)
    blocks = [heading("Public Records")] if found else []
    for record in found:
        rows: list[list[Cell]] = [
            ["Record Type", f"{record.words.upper()}"],
            ["Docket Number", record.reference],
            ["Date Filed", f"{record.filed:%m/%d/%Y}"],
            ["Date Paid", f"{record.resolved:%m/%d/%Y}" if record.resolved else ""],
            ["Disposition", record.outcome],
            ["Amount", HAND.dollars(record.amount)],
        ]
        blocks += [line(record.court), table(rows, [130, 300], labels=[0])]
    return blocks


def shown_records(file: CreditFile) -> list[dict[str, Any]]:
    return [record.truth(Bureau.TRANSUNION) for record in file.records_at(Bureau.TRANSUNION)]


def _inquiries(file: CreditFile, *, hard: bool) -> list[Block]:
    return [block for one in file.inquiries_at(Bureau.TRANSUNION, hard=hard) for block in _inquiry(one)]


def _inquiry(one: Inquiry) -> list[Block]:
    rows: list[list[Cell]] = [
        [one.creditor, ""],
        ["Location", one.address],
        ["Requested On", f"{one.day:%m/%d/%Y}"],
        ["Phone", one.phone],
        ["Inquiry Type", "Individual" if one.hard else "Account review"],
    ]
    return [table(rows, [130, 300])]


def shown_inquiries(file: CreditFile) -> list[Inquiry]:
    return [one for one in file.inquiries if one.bureau is Bureau.TRANSUNION]
