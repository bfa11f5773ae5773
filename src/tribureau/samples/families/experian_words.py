"""What every Experian style says in the same words: the status sentence, the mask, the person, the closing sections."""

from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, MonthCode, PaymentStatus, Tradeline
from tribureau.samples.blocks import Block, Cell, bar, heading, line, note, table
from tribureau.samples.credit_file import CreditFile, Inquiry
from tribureau.samples.months import month_of, month_start, newest
from tribureau.samples.printing import Fact
from tribureau.samples.wording import DAYS_LATE, reported, responsibility_of, was_late

CELLS: Final[dict[MonthCode, str]] = {
    MonthCode.CHARGE_OFF: "CO",
    MonthCode.COLLECTION: "C",
    MonthCode.REPOSSESSION: "R",
    MonthCode.VOLUNTARY_SURRENDER: "VS",
    MonthCode.FORECLOSURE: "F",
}
LEGEND: Final[dict[str, str]] = {
    "CO": "Charge off",
    "C": "Collection",
    "R": "Repossession",
    "VS": "Voluntarily surrendered",
    "F": "Foreclosed",
    "ND": "No data for this period",
}


def status_sentence(line_: Tradeline) -> str:
    """Experian's Status: what it is, with the amounts that stand nowhere else."""
    as_of = f"as of {reported(line_):%b %Y}."
    owed = f" ${line_.past_due:,.0f} past due {as_of}" if line_.past_due else ""
    match line_.account_status:
        case AccountStatus.CHARGE_OFF:
            said = f"Account charged off. ${line_.charge_off_amount:,.0f} written off.{owed}"
        case AccountStatus.COLLECTION:
            said = f"Collection account.{owed}" if owed else "Paid, was a collection account."
        case AccountStatus.REPOSSESSION:
            said = f"{'Voluntary surrender' if 'Voluntary surrender' in line_.remarks else 'Repossession'}.{owed}"
        case AccountStatus.FORECLOSURE:
            said = "Foreclosure."
        case AccountStatus.BANKRUPTCY:
            said = f"Discharged through Bankruptcy Chapter {'13' if '13' in line_.remarks[0] else '7'}."
        case AccountStatus.SETTLED:
            said = "Paid in settlement."
        case _:
            said = _standing(line_, as_of)
    return said


def _standing(line_: Tradeline, as_of: str) -> str:
    days = DAYS_LATE.get(line_.payment_status or PaymentStatus.CURRENT)
    ended = {AccountStatus.CLOSED: "Paid, Closed", AccountStatus.TRANSFERRED: "Transferred, closed"}
    state = ended.get(line_.account_status or AccountStatus.OPEN, "Open")
    if days:
        return f"{state}. {days} days past due {as_of}"
    return f"{state}." if was_late(line_) else f"{state}/Never late."


def mask(number: str) -> str:
    """Leading six digits, the rest hidden."""
    return number[:6] + "X" * (len(number) - 6)


def seen_history(line_: Tradeline, months: int) -> dict[str, MonthCode]:
    """What the grid shows: bankruptcy months stand as ND."""
    shown = newest(line_.payment_history, month_of(reported(line_)), months)
    return {m: MonthCode.NO_DATA if code is MonthCode.BANKRUPTCY else code for m, code in shown.items()}


def late_sentences(late: dict[str, MonthCode]) -> list[str]:
    """Late months told, where the layout prints no grid."""
    by_code = {code: sorted(m for m, c in late.items() if c is code) for code in sorted(set(late.values()), key=int)}
    return [
        f"{code.value} days past due as of {', '.join(f'{month_start(month):%b %Y}' for month in months)}"
        for code, months in by_code.items()
    ]


def responsibility(line_: Tradeline) -> Fact:
    text, meaning = responsibility_of(line_)
    return Fact("Responsibility", text, "responsibility", meaning)


def record_until(line_: Tradeline) -> str:
    """Seven years after the first delinquency, by which the reader may infer it."""
    first = line_.date_of_first_delinquency.day if line_.date_of_first_delinquency else reported(line_)
    return f"{first.replace(year=first.year + 7, day=1):%b %Y}"


def written_off(line_: Tradeline) -> Fact:
    """The charge-off's amount, which only the status sentence prints."""
    return (
        Fact("", "", "charge_off_amount", float(line_.charge_off_amount or 0))
        if line_.charge_off_amount
        else Fact("", "")
    )


def owed_in_status(line_: Tradeline) -> Fact:
    """Past due as the status sentence has it; null where the sentence is silent."""
    states_it = line_.account_status in (AccountStatus.CHARGE_OFF, AccountStatus.COLLECTION, AccountStatus.REPOSSESSION)
    return Fact("", "", "past_due", float(line_.past_due) if states_it and line_.past_due else None)


def legend(used: set[str]) -> str:
    """Only the codes that this account's grid uses."""
    days = [f"{code} Past due {code} days" for code in sorted((u for u in used if u.isdigit()), key=int)]
    return " ".join(
        ["Current / Terms met", *days, *[f"{code} {words}" for code, words in LEGEND.items() if code in used]]
    )


def personal(file: CreditFile) -> list[Block]:
    who, draw = file.consumer, file.random
    kinds = ("Single family", "Apartment complex")
    addresses = [
        f"{address.upper()}   Address ID #{draw.randint(10**9, 10**10 - 1)}   {draw.choice(kinds)}"
        for address in (who.address, *who.previous_addresses)
    ]
    rows: list[list[Cell]] = [
        ["Names", f"{who.name.upper()}   Name ID #{draw.randint(1000, 99999)}"],
        *([_row("", f"{who.former_name.upper()}   Name ID #{draw.randint(1000, 99999)}")] if who.former_name else []),
        *[_row(label, text) for label, text in zip(("Addresses", "", ""), addresses, strict=False)],
        ["Year of Birth", str(who.born.year)],
        ["Phone Numbers", who.phone],
        ["Employers", ", ".join(employer.upper() for employer in who.employers) or "-"],
    ]
    return [heading("Personal Information"), table(rows, [100, "1fr"], labels=[0])]


def _row(label: str, text: str) -> list[Cell]:
    return [label, text]


def closing(file: CreditFile) -> list[Block]:
    blocks = court_records(file)
    for name, hard in (("Hard Inquiries", True), ("Soft Inquiries", False)):
        blocks += [heading(name), *_inquiries(file, hard=hard)]
    return [
        *blocks,
        heading("Important Messages"),
        line("Contact: the address and telephone number above each account are those of the company that reports it."),
        heading("Know Your Rights"),
        note(
            "You may ask for a free copy of your file once a year. If you find something in it that is wrong or "
            "incomplete, you may dispute it, and it has to be looked into within 30 days as a rule. "
            "What can't be confirmed has to be corrected or taken out."
        ),
    ]


def court_records(file: CreditFile) -> list[Block]:
    """Public Records: the court, and what it recorded."""
    found = file.records_at(Bureau.EXPERIAN)
    blocks = [heading("Public Records")]
    for record in found:
        rows: list[list[Cell]] = [
            ["Type", record.words],
            ["Status", record.outcome],
            ["Date Filed", f"{record.filed:%m/%d/%Y}"],
            ["Date Resolved", f"{record.resolved:%m/%d/%Y}" if record.resolved else "-"],
            ["Reference Number", record.reference],
            ["Liability", f"${record.amount:,.0f}" if record.amount is not None else "NA"],
        ]
        blocks += [bar(record.court), table(rows, [110, 240])]
    return blocks if found else [*blocks, line("You don't have any public records on your report.")]


def shown_records(file: CreditFile) -> list[dict[str, Any]]:
    return [record.truth(Bureau.EXPERIAN) for record in file.records_at(Bureau.EXPERIAN)]


def _inquiries(file: CreditFile, *, hard: bool) -> list[Block]:
    found = file.inquiries_at(Bureau.EXPERIAN, hard=hard)
    if not found:
        return [line(f"No {'hard' if hard else 'soft'} inquiries.")]
    head: list[Cell] = ["Account Name", "Date of Inquiry", "Business Type", "Contact"]
    rows: list[list[Cell]] = [[i.creditor, f"{i.day:%m/%d/%Y}", i.business, f"{i.address} {i.phone}"] for i in found]
    return [table(rows, [140, 80, 110, "1fr"], head)]


def truth_of_person(file: CreditFile) -> dict[str, object]:
    return {
        "name": file.consumer.name,
        "current_address": file.consumer.address,
        "previous_addresses": list(file.consumer.previous_addresses),
        "dob": str(file.consumer.born.year),
        "ssn_last4": None,
        "also_known_as": file.consumer.other_names(short=False),
        "employers": list(file.consumer.employers),
    }


def shown_inquiries(file: CreditFile) -> list[Inquiry]:
    return [i for i in file.inquiries if i.bureau is Bureau.EXPERIAN]
