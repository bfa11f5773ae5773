"""Three bureaus side by side as SmartCredit (A, C, D) and MyFreeScoreNow (B) print them: groups, strips of badges.

D draws its months as coloured rectangles without words, as SmartCredit's PDF does.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType, MonthCode, Tradeline
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
    seven_year_totals,
    shown_records,
    truth_of_person,
)
from tribureau.samples.families.smartcredit_strips import drawn_code, drawn_strips, what_the_page_tells
from tribureau.samples.months import earlier, month_of, month_start
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import MERGED_TYPES, known_type, responsibility_of

type_ = AccountType
MONTHS_SHOWN: Final = 24
GROUPS: Final[dict[str, tuple[AccountType, ...]]] = {
    "Revolving Accounts": (type_.CREDIT_CARD, type_.HOME_EQUITY),
    "Installment Accounts": (type_.AUTO_LOAN, type_.MORTGAGE, type_.STUDENT_LOAN, type_.PERSONAL_LOAN),
    "Other Accounts": (type_.UTILITY,),
    "Collection Accounts": (type_.COLLECTION,),
}
CODES: Final[dict[MonthCode, tuple[str, MonthCode]]] = {
    MonthCode.REPOSSESSION: ("RF", MonthCode.REPOSSESSION),
    MonthCode.VOLUNTARY_SURRENDER: ("RF", MonthCode.REPOSSESSION),
    MonthCode.FORECLOSURE: ("RF", MonthCode.REPOSSESSION),
}
UNSEEN: Final = frozenset({MonthCode.NO_DATA, MonthCode.BANKRUPTCY})
"""Months that the strip leaves without a badge."""


@dataclass(frozen=True, slots=True)
class Product:
    """A company that sells the merged report."""

    name: str
    address: str
    hand: Hand
    look: Look
    name_width: float = 380
    columns: tuple[Bureau, ...] = TRI_MERGE_ORDER
    draws_months: bool = False


PRODUCTS: Final = {
    "A": Product(
        "SmartCredit®",
        "https://www.smartcredit.com/member/credit-report/3b/print.htm",
        Hand(day="{d.month}/{d.day}/{d.year}", nothing="--"),
        Look("3B Report & Scores", accent="#24509a", bar="#ffffff", head="#edf2fb"),
        name_width=150,
    ),
    "B": Product(
        "MyFreeScoreNow",
        "https://member.myfreescorenow.com/member/credit-report/3b/",
        Hand(day="{d:%m/%d/%Y}", nothing="--"),
        Look("3B Report & Scores", accent="#0c6aa8", bar="#444444", bar_ink="#ffffff"),
    ),
    "C": Product(
        "SmartCredit®",
        "https://www.smartcredit.com/member/credit-report/3b/print.htm",
        Hand(day="{d.day}.{d.month}.{d.year}", nothing="--"),
        Look("3B Report & Scores", accent="#22543d", bar="#e6efe9", font="Libertinus Serif", size=8.2, middle=True),
        columns=(Bureau.EXPERIAN, Bureau.TRANSUNION, Bureau.EQUIFAX),
    ),
    "D": Product(
        "SmartCredit®",
        "https://www.smartcredit.com/member/credit-report/3b/print.htm",
        Hand(day="{d.month}/{d.day}/{d.year}", nothing="--"),
        Look("3B Report & Scores", accent="#24509a", bar="#ffffff", head="#ffffff"),
        draws_months=True,
    ),
}


def _lay_out(product: Product, file: CreditFile) -> Drawn:
    when = f"{file.today.month}/{file.today.day}/{file.today.year}, 9:41 AM"
    look = replace(product.look, header=(f"{when}    {product.name}", ""), footer=(product.address, "{page}/{pages}"))
    printed = {id(account): _print(account, product) for account in file.accounts}
    every = [one for columns in printed.values() for one in columns]
    blocks = [
        title(product.name),
        caption("3B Report & Scores"),
        line(f"{file.consumer.name} Report viewed {product.hand.date(file.today)}"),
        *merged_scores(file, product.columns, "VantageScore® 3.0"),
        *merged_person(file, product.columns, product.hand.nothing),
        *merged_summary(file, product.columns, every),
    ]
    for group, kinds in GROUPS.items():
        members = [printed[id(account)] for account in file.accounts if _kind(account) in kinds]
        blocks += [heading(group), *([line("None Reported")] if not members else [])]
        blocks += [block for columns in members for block in _account(columns, product)]
    blocks += [*_inquiries(file, product), *public_information(file, product.columns, product.hand), *contacts(file)]
    if product.draws_months:
        what_the_page_tells(every)
    scores = {bureau.value: file.scores[bureau] for bureau in product.columns}
    hard = [one for one in file.inquiries if one.hard]
    return Drawn(look, blocks, every, truth_of_person(file), scores, hard, shown_records(file))


STYLES: Final[dict[str, LayOut]] = {style: partial(_lay_out, product) for style, product in PRODUCTS.items()}


def _kind(account: Account) -> AccountType:
    return known_type(next(iter(account.at.values())))


def _print(account: Account, product: Product) -> list[PrintedAccount]:
    name = next(iter(account.at.values())).creditor_name
    return [_print_line(account, account.at[b], product, name) for b in product.columns if b in account.at]


def _print_line(account: Account, line_: Tradeline, product: Product, name: str) -> PrintedAccount:
    months = _strip_months(line_)
    shown = {month: line_.payment_history[month] for month in months if month in line_.payment_history}
    history = {month: CODES.get(code, ("", code))[1] for month, code in shown.items() if code not in UNSEEN}
    if product.draws_months:
        history = {month: drawn_code(code) for month, code in shown.items()}
    totals, alternatives = seven_year_totals(line_, history)
    return PrintedAccount(
        account,
        line_,
        name,
        _mask(account, line_, product),
        payment_words(line_),
        _facts(account, line_, product),
        remarks=list(line_.remarks),
        history=history,
        late_totals=totals,
        alternatives=alternatives | high_credit_alternatives(line_),
    )


def mask(number: str, bureau: Bureau) -> str:
    """Four to six leading digits, and stars."""
    return number[: {Bureau.TRANSUNION: 6, Bureau.EXPERIAN: 6, Bureau.EQUIFAX: 4}[bureau]] + "*" * 6


def _mask(account: Account, line_: Tradeline, product: Product) -> str:
    return account.number[:6] + "****" if product.draws_months else mask(account.number, line_.bureau)


def _facts(account: Account, line_: Tradeline, product: Product) -> list[Fact]:
    kind, hand = known_type(line_), product.hand
    disputed = "Account disputed" if line_.disputed else "Account not disputed"
    collected = kind is type_.COLLECTION
    return [
        Fact("Account #", _mask(account, line_, product)),
        hand.money("High Balance:", line_, "high_balance"),
        hand.when("Last Verified:", line_, "date_reported"),
        hand.when("Date of Last Activity:", line_, "date_last_activity"),
        hand.when("Date Reported:", line_, "date_reported"),
        hand.when("Date Opened:", line_, "date_opened"),
        hand.money("Balance Owed:", line_, "balance"),
        hand.when("Closed Date:", line_, "date_closed"),
        Fact("Account Rating:", account_words(line_)),
        Fact("Account Description:", responsibility_of(line_)[0], "responsibility", responsibility_of(line_)[1]),
        Fact("Dispute Status:", disputed),
        Fact("Creditor Type:", "Collection Agencies" if collected else "Bank Credit Cards"),
        *([hand.word("Original Creditor:", line_.original_creditor, "original_creditor")] if collected else []),
        Fact("Account Status:", account_words(line_)),
        Fact("Payment Status:", payment_words(line_)),
        Fact("Creditor Remarks:", "\n".join(line_.remarks) or hand.nothing),
        hand.money("Payment Amount:", line_, "monthly_payment"),
        hand.when("Last Payment:", line_, "date_last_payment"),
        Fact("Term Length:", f"{line_.terms} Month(s)" if line_.terms else hand.nothing, "terms", line_.terms),
        hand.money("Past Due Amount:", line_, "past_due"),
        Fact("Account Type:", MERGED_TYPES[kind][1], "account_type", kind.value),
        Fact("Payment Frequency:", hand.nothing if collected else "Monthly"),
        hand.money("Credit Limit:", line_, "credit_limit"),
    ]


def _account(columns: list[PrintedAccount], product: Product) -> list[Block]:
    at = {one.line.bureau: one for one in columns}
    nothing = product.hand.nothing
    rows: list[list[Cell]] = [
        [fact.label, *[at[b].facts[index].text if b in at else nothing for b in product.columns]]
        for index, fact in enumerate(columns[0].facts)
    ]
    head: list[Cell] = ["", *[f"{bureau.value}®" for bureau in product.columns]]
    tallies: list[Cell] = [_tally(at[b]) if b in at else nothing for b in product.columns]
    return [
        bar(columns[0].name, width=product.name_width),
        table(rows, WIDTHS, head, labels=[0], centred_head=product.draws_months),
        caption("Two-Year Payment History"),
        *_strips(at, product),
        *_tallies(tallies, product),
    ]


def _tallies(counts: list[Cell], product: Product) -> list[Block]:
    """The counts of seven years; in the PDF the bureaus' names stand under them, above the next account's heading."""
    names: list[Cell] = [bureau.value for bureau in product.columns]
    if product.draws_months:
        made = table([["", *counts], ["", *names]], WIDTHS, rules=False)
    else:
        made = table([counts], ["1fr", "1fr", "1fr"], names)
    return [caption("Days Late - 7 Year History"), made]


def _tally(one: PrintedAccount) -> str:
    totals = one.late_totals or {}
    return " ".join(f"{days}: {totals[f'late_payments_{days}']}" for days in (30, 60, 90))


def _strip_months(line_: Tradeline) -> list[str]:
    """Oldest left; a strip ends with the bureau's own last report."""
    if not line_.date_reported or not line_.payment_history:
        return []
    last = month_of(line_.date_reported.day)
    return [earlier(last, back) for back in range(MONTHS_SHOWN - 1, -1, -1)]


def _strips(at: dict[Bureau, PrintedAccount], product: Product) -> list[Block]:
    if product.draws_months:
        return drawn_strips(at, {b: _strip_months(at[b].line) if b in at else [] for b in product.columns})
    blocks: list[Block] = []
    for bureau in product.columns:
        one = at.get(bureau)
        if one and one.history:
            blocks += [note(bureau.value), _strip(one)]
    return blocks or [note("NONE REPORTED")]


def _strip(one: PrintedAccount) -> Block:
    months = _strip_months(one.line)
    badges = [_badge(one.line.payment_history.get(month)) for month in months]
    labels: list[Cell] = [f"’{month[2:4]}" if month.endswith("-01") else f"{month_start(month):%b}" for month in months]
    return table([badges, labels], [20.5] * len(months), size=5.8, tight=1.3, inset=1, rules=False)


def _badge(code: MonthCode | None) -> Cell:
    if code is None or code in UNSEEN:
        return ""
    words = CODES.get(code, ("CO" if code is MonthCode.COLLECTION else code.value, code))[0]
    return {"badge": words, "fill": "#cfe8d2" if code is MonthCode.OK else "#f6d3c9"}


def _inquiries(file: CreditFile, product: Product) -> list[Block]:
    rows: list[list[Cell]] = [[i.creditor, product.hand.date(i.day), i.bureau.value] for i in file.inquiries if i.hard]
    head: list[Cell] = ["Creditor Name", "Date of Inquiry", "Credit Bureau"]
    return [heading("Inquiries"), table(rows, [220, 120, 120], head) if rows else line("None Reported")]
