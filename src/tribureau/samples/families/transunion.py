"""TransUnion, single bureau. A: one pair a line, bands of months; B: two columns, a strip; C: one list, a grid."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import Random
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode
from tribureau.samples.blocks import Block, Cell, Look, bar, caption, heading, in_columns, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn, LayOut
from tribureau.samples.families import transunion_disclosure
from tribureau.samples.families.grids import years_by_months
from tribureau.samples.families.transunion_words import (
    BRACKETS,
    RATING_KEY,
    closing,
    person,
    print_account,
    rating,
    seen,
    shown_inquiries,
    shown_records,
    truth_of_person,
)
from tribureau.samples.months import month_start
from tribureau.samples.printing import PrintedAccount

BAND: Final = 8
"""Months side by side in style A."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a style differs from the next. `satisfactory` is no heading where all accounts stand in one list."""

    look: Look
    months: int
    adverse: str
    satisfactory: str | None
    dated: str
    draw: Callable[[PrintedAccount, Random], list[Block]]


def _lay_out(style: str, file: CreditFile) -> Drawn:
    manner = MANNERS[style]
    printed = [print_account(account, line_, manner.months) for account, line_ in file.at(Bureau.TRANSUNION)]
    bad = [one for one in printed if manner.satisfactory is None or one.truth()["is_negative"]]
    good = [one for one in printed if one not in bad]
    blocks = [
        title("TransUnion"),
        line("Personal Credit Report for:"),
        caption(file.consumer.name.upper()),
        line(f"File Number: {file.random.randint(10**8, 10**9 - 1)}"),
        line(f"{manner.dated}: {file.today:%m/%d/%Y}"),
        *person(file),
        heading(manner.adverse),
        note(BRACKETS),
        note(RATING_KEY),
        *[block for one in bad for block in manner.draw(one, file.random)],
    ]
    if manner.satisfactory:
        blocks += [heading(manner.satisfactory), note("These accounts are reported with nothing adverse.")]
        blocks += [block for one in good for block in manner.draw(one, file.random)]
    look = replace(manner.look, header=(f"Credit Report Date: {file.today:%m/%d/%Y}", ""))
    return Drawn(
        look, blocks + closing(file), bad + good, truth_of_person(file), {}, shown_inquiries(file), shown_records(file)
    )


def _annual_account(one: PrintedAccount, random: Random) -> list[Block]:
    rows: list[list[Cell]] = [[fact.label, fact.text] for fact in one.facts if fact.label]
    blocks = [bar(f"{one.name} {one.number}"), caption("Account Information"), table(rows, [150, "1fr"])]
    return blocks + ([caption("Payment History"), *_bands(one, random)] if one.history else [])


def _online_account(one: PrintedAccount, _random: Random) -> list[Block]:
    cells = [f"{fact.label}: {fact.text}" for fact in one.facts if fact.label]
    blocks = [caption(f"{one.name} #{one.number}"), table(in_columns(cells, 2), ["1fr", "1fr"], rules=False)]
    if not one.history:
        return blocks
    months = sorted(one.history, reverse=True)
    thirty, sixty, ninety_and_more = _count(one, 30), _count(one, 60), _count(one, 90) + _count(one, 120)
    one.alternatives["late_payments_90"] = [ninety_and_more]
    totals = f"30 days: {thirty} 60 days: {sixty} 90 days: {ninety_and_more}"
    return [*blocks, caption(f"Late Payments ({len(months)} months) {totals}"), *_strips(one, months)]


def _mailed_account(one: PrintedAccount, _random: Random) -> list[Block]:
    cells = [f"{fact.label}: {fact.text}" for fact in one.facts if fact.label]
    blocks = [
        caption(one.name),
        line(f"Account number {one.number}"),
        table(in_columns(cells, 2), ["1fr", "1fr"], rules=False),
    ]
    if not one.history:
        return blocks
    grid, _ = years_by_months(seen(one.line, MANNERS["C"].months), lambda code: rating(code)[0])
    return [*blocks, caption("Payment History"), grid]


def _count(one: PrintedAccount, days: int) -> int:
    return sum(code.value == str(days) for code in one.history.values())


def _bands(one: PrintedAccount, random: Random) -> list[Block]:
    shown = seen(one.line, MANNERS["A"].months)
    months = sorted(shown, reverse=True)
    bands = [months[start : start + BAND] for start in range(0, len(months), BAND)]
    return [_band(one, band, shown, random) for band in bands]


def _band(one: PrintedAccount, band: list[str], shown: dict[str, MonthCode], random: Random) -> Block:
    owed = int(one.line.balance or 0)
    balances = [max(owed + random.randint(-90, 140), 0) for _ in band]
    due = f"${one.line.monthly_payment or 0:,.0f}"
    rows: list[list[Cell]] = [
        ["Balance", *[f"${balance:,}" for balance in balances]],
        ["Past Due", *["$0" for _ in band]],
        ["Amount Paid", *[due for _ in band]],
        ["Scheduled Payment", *[due for _ in band]],
        ["Remarks", *["" for _ in band]],
        ["Rating", *[rating(shown[month])[0] for month in band]],
    ]
    head: list[Cell] = ["", *[f"{month_start(month):%B %Y}" for month in band]]
    return table(rows, [62, *[58] * len(band)], head, labels=[0], size=6.8, inset=3.5)


def _strips(one: PrintedAccount, months: list[str]) -> list[Block]:
    shown = seen(one.line, MANNERS["B"].months)
    strips = []
    for start in range(0, len(months), 24):
        part = months[start : start + 24]
        rows: list[list[Cell]] = [
            [_short(month_start(month)) for month in part],
            [f"’{month[2:4]}" for month in part],
            [rating(shown[month])[0] for month in part],
        ]
        strips.append(table(rows, [22] * len(part), size=5.6, tight=1.2, inset=1, rules=False))
    return strips


def _short(day: date) -> str:
    return f"{day:%b}".lower()


MANNERS: Final = {
    "A": Manner(
        Look(
            "Personal Credit Report",
            accent="#0b6fa4",
            bar="#e3eef6",
            head="#eef4f9",
            footer=("https://annualcreditreport.transunion.com/dss/disclosure.page", "Page {page}"),
        ),
        32,
        "Accounts with Adverse Information",
        "Satisfactory Accounts",
        "Date Created",
        _annual_account,
    ),
    "B": Manner(
        Look("Personal Credit Report", accent="#134a86", head="#eef4f9", footer=("", "Page {page} of {pages}")),
        48,
        "Adverse Accounts",
        "Satisfactory Accounts",
        "Date Issued",
        _online_account,
    ),
    "D": Manner(
        Look("Personal Credit Report", accent="#0b6fa4", head="#ffffff", footer=("", "{page} / {pages}")),
        transunion_disclosure.MONTHS_SHOWN,
        "Accounts with Adverse Information",
        "Satisfactory Accounts",
        "Date Created",
        transunion_disclosure.disclosed_account,
    ),
    "C": Manner(
        Look("Personal Credit Report", font="Libertinus Serif", size=8.2, footer=("P {page}/{pages}", "")),
        48,
        "Accounts",
        None,
        "Date Issued",
        _mailed_account,
    ),
}
STYLES: Final[dict[str, LayOut]] = {style: partial(_lay_out, style) for style in MANNERS}
