"""Sections that all products with three bureaus side by side share."""

from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, PaymentStatus, Tradeline, late_counts
from tribureau.samples.blocks import Block, Cell, caption, heading, line, note, table
from tribureau.samples.credit_file import CreditFile
from tribureau.samples.printing import LATE_NOW, PAYABLE, Hand, PrintedAccount
from tribureau.samples.wording import DAYS_LATE, is_closed

TRI_MERGE_ORDER: Final = (Bureau.TRANSUNION, Bureau.EXPERIAN, Bureau.EQUIFAX)
WIDTHS: Final[list[float | str]] = [112, 136, 136, "1fr"]
PAYMENT_WORDS: Final[dict[AccountStatus, str]] = {
    AccountStatus.CHARGE_OFF: "Collection/Chargeoff",
    AccountStatus.COLLECTION: "Collection/Chargeoff",
    AccountStatus.REPOSSESSION: "Repossession",
    AccountStatus.FORECLOSURE: "Foreclosure",
    AccountStatus.BANKRUPTCY: "Included in Bankruptcy",
    AccountStatus.SETTLED: "Paid",
}
RISK_FACTORS: Final = (
    "Your largest credit limit on open bankcards is too low",
    "Too few open revolving accounts",
    "Balances on revolving accounts are too high beside their limits",
    "The date that you opened your oldest account is too recent",
)


def merged_person(file: CreditFile, columns: tuple[Bureau, ...], nothing: str) -> list[Block]:
    """Personal Information, a bureau a column; not every bureau knows the same."""
    who = file.consumer
    previous = "\n".join(address.upper() for address in who.previous_addresses) or nothing
    employers = "\n".join(name.upper() for name in who.employers) or nothing
    known: dict[str, list[str]] = {
        "Credit Report Date:": [f"{file.today:%m/%d/%Y}"] * 3,
        "Name:": [who.name.upper()] * 3,
        "Also Known As:": [who.short_name.upper(), nothing, nothing],
        "Former:": [who.former_name.upper() or nothing, nothing, who.former_name.upper() or nothing],
        "Date of Birth:": [str(who.born.year)] * 3,
        "Current Address(es):": [who.address.upper()] * 3,
        "Previous Address(es):": [previous, previous, nothing],
        "Employers:": [employers, nothing, employers],
    }
    rows: list[list[Cell]] = [[label, *values] for label, values in known.items()]
    return [
        heading("Personal Information"),
        note("Below is your personal information as it stands in your credit file."),
        table(rows, WIDTHS, _head(columns), labels=[0]),
        caption("Consumer Statement"),
        table([["None Reported"] * 3], ["1fr", "1fr", "1fr"], _head(columns)[1:]),
    ]


def merged_scores(file: CreditFile, columns: tuple[Bureau, ...], label: str) -> list[Block]:
    """Scores with their rank, and the factors behind them."""
    scores = [file.scores[bureau] for bureau in columns]
    rows: list[list[Cell]] = [
        [label, *[str(score) for score in scores]],
        ["Lender Rank:", *[_rank(score) for score in scores]],
        ["Score Scale:", *["300-850"] * 3],
    ]
    factors = file.random.sample(RISK_FACTORS, 3)
    return [
        heading("Credit Score"),
        table(rows, WIDTHS, _head(columns), labels=[0]),
        caption("Risk Factors"),
        table([[*factors]], ["1fr", "1fr", "1fr"], _head(columns)[1:]),
    ]


def merged_summary(file: CreditFile, columns: tuple[Bureau, ...], printed: list[PrintedAccount]) -> list[Block]:
    """Counts and totals by bureau."""
    by_bureau = [[one.line for one in printed if one.line.bureau is bureau] for bureau in columns]
    rows: list[list[Cell]] = [
        ["Total Accounts:", *[str(len(lines)) for lines in by_bureau]],
        ["Open Accounts:", *[str(sum(x.account_status is AccountStatus.OPEN for x in lines)) for lines in by_bureau]],
        [
            "Closed Accounts:",
            *[str(sum(x.account_status is not AccountStatus.OPEN for x in lines)) for lines in by_bureau],
        ],
        ["Delinquent:", *[str(sum(x.payment_status in LATE_NOW for x in lines)) for lines in by_bureau]],
        ["Derogatory:", *[str(sum(x.account_status not in PAYABLE for x in lines)) for lines in by_bureau]],
        ["Balances:", *[f"${sum(x.balance or 0 for x in lines):,.2f}" for lines in by_bureau]],
        ["Payments:", *[f"${sum(x.monthly_payment or 0 for x in lines):,.2f}" for lines in by_bureau]],
        ["Public Records:", *[str(len(file.records_at(bureau))) for bureau in columns]],
        ["Inquiries(2 years):", *[str(len(file.inquiries_at(bureau, hard=True))) for bureau in columns]],
    ]
    return [
        heading("Summary"),
        note("Below is an overview of your present and past credit."),
        table(rows, WIDTHS, _head(columns), labels=[0]),
    ]


def contacts(file: CreditFile) -> list[Block]:
    """Every creditor once more, with its address."""
    rows: list[list[Cell]] = [
        [next(iter(account.at.values())).creditor_name, account.address, account.phone]
        for account in file.accounts
        if account.at
    ]
    return [heading("Creditor Contacts"), table(rows, [170, 220, "1fr"], ["Creditor Name", "Address", "Phone Number"])]


def truth_of_person(file: CreditFile) -> dict[str, Any]:
    who = file.consumer
    return {
        "name": who.name,
        "current_address": who.address,
        "previous_addresses": list(who.previous_addresses),
        "dob": str(who.born.year),
        "ssn_last4": None,
        "also_known_as": who.other_names(short=True),
        "employers": list(who.employers),
    }


def payment_words(line_: Tradeline) -> str:
    """Payment Status, which joins collections and charge-offs in one word."""
    if line_.account_status in PAYMENT_WORDS:
        return PAYMENT_WORDS[line_.account_status]
    days = DAYS_LATE.get(line_.payment_status or PaymentStatus.CURRENT)
    return f"Late {days} Days" if days else "Current"


def account_words(line_: Tradeline) -> str:
    """Account Status: Open, Closed, Paid or Derogatory."""
    if line_.account_status in PAYMENT_WORDS and line_.account_status is not AccountStatus.SETTLED:
        return "Derogatory"
    if line_.account_status in (AccountStatus.SETTLED, AccountStatus.CLOSED):
        return "Paid"
    return "Closed" if is_closed(line_) else "Open"


def high_credit_alternatives(line_: Tradeline) -> dict[str, list[Any]]:
    """On a loan or a collection the high credit may be read as the original amount too."""
    loan = line_.terms is not None or line_.account_type is AccountType.COLLECTION
    return {"original_amount": [float(line_.high_balance)]} if loan and line_.high_balance is not None else {}


def seven_year_totals(line_: Tradeline, shown: dict[str, MonthCode]) -> tuple[dict[str, int], dict[str, list[Any]]]:
    """Totals whose third figure holds 90 and more, over the whole history; 120 and more only as the grid shows them."""
    counted, seen = late_counts(line_.payment_history), late_counts(shown)
    totals = counted | {
        "late_payments_90": counted["late_payments_90"] + counted["late_payments_120"],
        "late_payments_120": seen["late_payments_120"],
    }
    return totals, {"late_payments_120": [None, 0]}


def public_information(file: CreditFile, columns: tuple[Bureau, ...], hand: Hand) -> list[Block]:
    """A table for each record; a bureau that does not have it has an empty column."""
    if not file.court_records:
        return [heading("Public Information"), line("None Reported")]
    blocks = [heading("Public Information")]
    for record in file.court_records:
        told = {
            "Type:": record.words,
            "Status:": record.outcome,
            "Date Filed/Reported:": hand.date(record.filed),
            "Reference #:": record.reference,
            "Closing Date:": hand.date(record.resolved) if record.resolved else hand.nothing,
            "Asset Amount:": hand.nothing,
            "Court:": record.court,
            "Liability:": hand.dollars(record.amount),
        }
        rows: list[list[Cell]] = [
            [label, *[text if bureau in record.bureaus else hand.nothing for bureau in columns]]
            for label, text in told.items()
        ]
        blocks.append(table(rows, WIDTHS, _head(columns), labels=[0]))
    return blocks


def shown_records(file: CreditFile) -> list[dict[str, Any]]:
    return [record.truth(bureau) for record in file.court_records for bureau in record.bureaus]


def _head(columns: tuple[Bureau, ...]) -> list[Cell]:
    return ["", *[bureau.value for bureau in columns]]


def _rank(score: int) -> str:
    return next(word for least, word in ((780, "Great"), (720, "Good"), (640, "Fair"), (0, "Poor")) if score >= least)
