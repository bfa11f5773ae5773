"""Three bureaus side by side as IdentityIQ (A), MyScoreIQ (B) and PrivacyGuard (C) print them."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode, Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.blocks import Block, Cell, Look, bar, caption, heading, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn, LayOut
from tribureau.samples.families.merged import (
    TRI_MERGE_ORDER,
    WIDTHS,
    account_words,
    contacts,
    high_credit_alternatives,
    merged_person,
    merged_scores,
    merged_summary,
    payment_words,
    public_information,
    shown_records,
    truth_of_person,
)
from tribureau.samples.months import earlier, month_of, month_start, newest
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import MERGED_TYPES, known_type, reported, responsibility_of

HAND: Final = Hand(day="{d:%m/%d/%Y}", cents=True)
MONTHS_SHOWN: Final = 24
CODES: Final[dict[MonthCode, tuple[str, MonthCode]]] = {
    MonthCode.COLLECTION: ("CO", MonthCode.CHARGE_OFF),
    MonthCode.REPOSSESSION: ("RF", MonthCode.REPOSSESSION),
    MonthCode.VOLUNTARY_SURRENDER: ("RF", MonthCode.REPOSSESSION),
    MonthCode.FORECLOSURE: ("RF", MonthCode.REPOSSESSION),
    MonthCode.BANKRUPTCY: ("PP", MonthCode.BANKRUPTCY),
}
LEGEND: Final = (
    "Two-Year payment history Legend: OK Current  30 30 days late  60 60 days late  90 90 days late  "
    "120 120 days late  150 150 days late  180 180 days late  PP Payment Plan  RF Repossession/Foreclosure  "
    "CO Collection/Chargeoff  (blank) Unknown"
)


@dataclass(frozen=True, slots=True)
class Product:
    """A company that sells the merged report."""

    name: str
    address: str
    score: str
    look: Look
    columns: tuple[Bureau, ...] = TRI_MERGE_ORDER


PRODUCTS: Final = {
    "A": Product(
        "IdentityIQ",
        "https://member.identityiq.com/CreditReport.aspx",
        "Credit Score:",
        Look("Credit Report", accent="#2b2b2b", bar="#2f2f2f", bar_ink="#ffffff"),
    ),
    "B": Product(
        "MyScoreIQ",
        "https://member.myscoreiq.com/CreditReport.aspx",
        "FICO® Score 8:",
        Look("Credit Report", accent="#5f2461", bar="#434343", bar_ink="#ffffff", font="Libertinus Serif", size=8.2),
    ),
    "C": Product(
        "PrivacyGuard",
        "https://www.privacyguard.com/credit-report/print",
        "Credit Score:",
        Look("Credit Report", accent="#0e5a4c", bar="#dfeee9", middle=True),
        (Bureau.EXPERIAN, Bureau.EQUIFAX, Bureau.TRANSUNION),
    ),
}


def _lay_out(product: Product, file: CreditFile) -> Drawn:
    when = f"{file.today.month}/{file.today.day}/{file.today.year}, 10:07 AM"
    look = replace(product.look, header=(f"{when}    {product.name}", ""), footer=(product.address, "{page}/{pages}"))
    printed = {account.group: _print(account, product.columns) for account in file.accounts if account.at}
    every = [one for columns in printed.values() for one in columns]
    blocks = [
        title(product.name),
        caption("Three Bureau Credit Report"),
        line(f"Reference #: M{file.random.randint(10**7, 10**8 - 1)}   Report Date: {file.today:%m/%d/%Y}"),
        note(
            "Quick Links: Back to Top | Credit Score | Summary | Account History | Inquiries | "
            "Public Information | Creditor Contacts"
        ),
        *merged_person(file, product.columns, HAND.nothing),
        *merged_scores(file, product.columns, product.score),
        *merged_summary(file, product.columns, every),
        heading("Account History"),
        note("Information on accounts that you opened in the past is shown below."),
        note(LEGEND),
        *[block for columns in printed.values() for block in _account(file, columns, product)],
        *_inquiries(file),
        *public_information(file, product.columns, HAND),
        *contacts(file),
    ]
    scores = {bureau.value: file.scores[bureau] for bureau in product.columns}
    hard = [one for one in file.inquiries if one.hard]
    return Drawn(look, blocks, every, truth_of_person(file), scores, hard, shown_records(file))


def _print(account: Account, columns: tuple[Bureau, ...]) -> list[PrintedAccount]:
    return [_print_line(account, account.at[bureau]) for bureau in columns if bureau in account.at]


def _print_line(account: Account, line_: Tradeline) -> PrintedAccount:
    code, meaning = responsibility_of(line_)
    kind, detail = MERGED_TYPES[known_type(line_)]
    shown = newest(line_.payment_history, month_of(reported(line_)), MONTHS_SHOWN)
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        mask(account.number, line_.bureau),
        payment_words(line_),
        [
            Fact("Account #:", mask(account.number, line_.bureau)),
            Fact("Account Type:", kind),
            Fact("Account Type - Detail:", detail, "account_type", known_type(line_).value),
            Fact("Bureau Code:", code, "responsibility", meaning),
            Fact("Account Status:", account_words(line_)),
            HAND.money("Monthly Payment:", line_, "monthly_payment"),
            HAND.when("Date Opened:", line_, "date_opened"),
            HAND.money("Balance:", line_, "balance"),
            HAND.word("No. of Months (terms):", line_.terms, "terms"),
            HAND.money("High Credit:", line_, "high_balance"),
            HAND.money("Credit Limit:", line_, "credit_limit"),
            HAND.money("Past Due:", line_, "past_due"),
            Fact("Payment Status:", payment_words(line_)),
            HAND.when("Last Reported:", line_, "date_reported"),
            Fact("Comments:", "\n".join(line_.remarks) or HAND.nothing),
            HAND.when("Date Last Active:", line_, "date_last_activity"),
            HAND.when("Date of Last Payment:", line_, "date_last_payment"),
            Fact("", "", "original_creditor", line_.original_creditor),
        ],
        remarks=list(line_.remarks),
        history={
            month: CODES.get(code, ("", code))[1] for month, code in shown.items() if code is not MonthCode.NO_DATA
        },
        alternatives=high_credit_alternatives(line_),
    )


def mask(number: str, bureau: Bureau) -> str:
    """Leading digits; how many differs by bureau."""
    kept = len(number) - {Bureau.TRANSUNION: 4, Bureau.EXPERIAN: 6, Bureau.EQUIFAX: 5}[bureau]
    return number[:kept] + "****"


def _account(file: CreditFile, columns: list[PrintedAccount], product: Product) -> list[Block]:
    first = columns[0]
    original = f" (Original Creditor: {first.line.original_creditor})" if first.line.original_creditor else ""
    for one in columns:
        one.name = first.name
    rows: list[list[Cell]] = []
    at = {one.line.bureau: one for one in columns}
    for index, fact in enumerate(first.facts):
        if fact.label:
            rows.append([fact.label, *[at[b].facts[index].text if b in at else HAND.nothing for b in product.columns]])
    head: list[Cell] = ["", *[bureau.value for bureau in product.columns]]
    return [
        bar(f"{first.name}{original}"),
        table(rows, WIDTHS, head, labels=[0]),
        caption("Two-Year payment history"),
        _grid(file, at, product),
    ]


def _grid(file: CreditFile, at: dict[Bureau, PrintedAccount], product: Product) -> Block:
    months = [earlier(month_of(file.today), back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    rows: list[list[Cell]] = [
        ["Month", *[f"{month_start(month):%b}" for month in months]],
        ["Year", *[month[2:4] for month in months]],
    ]
    for bureau in product.columns:
        one = at.get(bureau)
        codes = one.line.payment_history if one else {}
        if one:
            one.history = {month: code for month, code in one.history.items() if month in months}
        rows.append([bureau.value, *[_cell(codes.get(month)) for month in months]])
    return table(rows, [46, *[19] * MONTHS_SHOWN], size=5.8, tight=1.5, inset=1)


def _cell(code: MonthCode | None) -> str:
    if code is None or code is MonthCode.NO_DATA:
        return ""
    return CODES.get(code, (code.value, code))[0]


def _inquiries(file: CreditFile) -> list[Block]:
    head: list[Cell] = ["Creditor Name", "Type of Business", "Date of inquiry", "Credit Bureau"]
    rows: list[list[Cell]] = [
        [i.creditor, i.business, f"{i.day:%m/%d/%Y}", i.bureau.value] for i in file.inquiries if i.hard
    ]
    found = table(rows, [170, 140, 90, 90], head) if rows else line("None Reported")
    return [heading("Inquiries"), note("Names of people and organisations that have had a copy of your report."), found]


STYLES: Final[dict[str, LayOut]] = {style: partial(_lay_out, product) for style, product in PRODUCTS.items()}
