"""Twelve styles of single-bureau reports and by-bureau apps that no declaration was written from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, Final

from tests.unit.reader.unseen import blocks, words
from tests.unit.reader.unseen.accounts import Ink, dots, last_four, leading, shown, stars
from tests.unit.reader.unseen.press import Press

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType
from tribureau.reader.pages import Page
from tribureau.samples.credit_file import CreditFile
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.reports import invent_file

Draw = Callable[[Press, list[Fact]], None]
Head = Callable[[Press, PrintedAccount], None]


@dataclass(frozen=True, slots=True)
class Style:
    """`parts` are the headings over good accounts, bad ones and collections; two equal ones are one part."""

    name: str
    family: str
    bureau: Bureau
    top: tuple[str, ...]
    parts: tuple[str, str, str]
    labels: Mapping[str, str]
    hand: Hand
    mask: Callable[[str], tuple[str, str | None]]
    head: Head
    draw: Draw
    grid: Callable[[Press, PrintedAccount], None] | None
    numbered: bool = True
    size: float = 8.0


def plain(press: Press, one: PrintedAccount) -> None:
    press.line(one.name, size=press.size * 1.25)


def bold(press: Press, one: PrintedAccount) -> None:
    press.line(one.name, bold=True)


def with_address(press: Press, one: PrintedAccount) -> None:
    press.line(one.name, size=press.size * 1.1, bold=True)
    press.line(one.account.address)


def with_number(press: Press, one: PrintedAccount) -> None:
    press.line(f"{one.name} {one.number}", size=press.size * 1.2, bold=True)


def in_box(press: Press, one: PrintedAccount) -> None:
    press.row([(44, one.name), (430, f"{one.line.bureau.value} account")], size=press.size * 1.15, bold=True)


def same_print(press: Press, one: PrintedAccount) -> None:
    press.space(6)
    press.line(one.name)


def draw(style: Style, seed: int, accounts: int = 7) -> tuple[dict[str, Any], list[Page]]:
    """The truth of one report in the style, and its pages."""
    file = invent_file(Random(f"{style.name}/{seed}"), accounts)  # noqa: S311 - chance that repeats
    ink = Ink(style.family, style.labels, style.hand, style.mask)
    printed = shown(file, style.bureau, ink)
    press = Press(footer=style.top[0], size=style.size)
    for at, line in enumerate(style.top):
        press.line(line, size=style.size * (1.9 if at == 0 else 1.0), bold=at == 0)
    press.line(f"Prepared for: {file.consumer.name}   Report Date: {file.today:%m/%d/%Y}")
    good, bad, collected = style.parts
    for part in dict.fromkeys(style.parts):
        chosen = [one for one in printed if part == _part(one, good, bad, collected)]
        press.keep(90)
        press.space(10)
        press.line(part, size=style.size * 1.5, bold=True)
        for one in chosen:
            _account(press, style, one)
    _inquiries(press, file, style)
    truth = {
        "file": f"{style.name}-{seed}.pdf",
        "layout": style.family,
        "style": style.name,
        "variant": {"scanned": False, "password": None, "truncated": False},
        "tradelines": [
            one.truth()
            for part in dict.fromkeys(style.parts)
            for one in printed
            if part == _part(one, good, bad, collected)
        ],
        "report_date": file.today.isoformat(),
        "personal_info": {},
        "scores": {},
        "inquiries_count": {},
    }
    return truth, press.pages


def _part(one: PrintedAccount, good: str, bad: str, collected: str) -> str:
    if one.line.account_type is AccountType.COLLECTION:
        return collected
    return bad if one.truth()["is_negative"] else good


def _account(press: Press, style: Style, one: PrintedAccount) -> None:
    press.keep(70)
    press.space(5)
    style.head(press, one)
    numbered = style.labels["account_number"] if style.numbered else None
    facts = [fact for fact in one.facts if fact.label and (fact.label != style.labels["account_number"] or numbered)]
    style.draw(press, facts)
    if one.history and style.grid:
        press.line("Record of payments", size=style.size * 1.05)
        style.grid(press, one)
    elif not style.grid:
        one.history = {}


def _inquiries(press: Press, file: CreditFile, style: Style) -> None:
    press.keep(60)
    press.line("Companies that requested your file", size=style.size * 1.5, bold=True)
    press.row([(40, "Company"), (260, "Date"), (380, "Business")], bold=True)
    for one in file.inquiries_at(style.bureau, hard=True):
        press.row([(40, one.creditor), (260, f"{one.day:%m/%d/%Y}"), (380, one.business)])


def columns(count: int, *, how: Callable[..., None] = blocks.pairs, **options: Any) -> Draw:
    return partial(how, columns=count, **options)


EXP, EQF, TU = Bureau.EXPERIAN, Bureau.EQUIFAX, Bureau.TRANSUNION
_EXPERIAN: Final = ("Experian credit report", "Report number 4411-2020-77", "Experian, P.O. Box 4500, Allen, TX")
_EQUIFAX: Final = ("Equifax Credit File", "Confirmation # 8812331200")
_TRANSUNION: Final = ("TransUnion Credit Disclosure", "File Number: 331188220")
_KARMA: Final = ("Credit Karma", "VantageScore 3.0", "Your TransUnion credit report")
_DAY, _NAMED, _ISO = (
    Hand("{d:%m/%d/%Y}"),
    Hand("{d:%b %d, %Y}", nothing="--"),
    Hand("{d:%Y-%m-%d}", nothing="N/A", cents=True),
)
_EUROPEAN, _MONTH = Hand("{d:%d %b %Y}", nothing=""), Hand("{d:%B %Y}", nothing="Not reported")

STYLES: Final = (
    Style(
        "experian-formal",
        "experian",
        EXP,
        _EXPERIAN,
        ("Accounts in good standing", "Accounts with problems", "Accounts in collection"),
        words.FORMAL,
        _DAY,
        leading,
        plain,
        columns(2),
        blocks.years,
    ),
    Style(
        "experian-chatty",
        "experian",
        EXP,
        _EXPERIAN,
        ("Your credit accounts", "Your credit accounts", "Debts sent to collectors"),
        words.CHATTY,
        _NAMED,
        leading,
        with_address,
        columns(1, how=blocks.run),
        blocks.strip,
    ),
    Style(
        "experian-stacked",
        "experian",
        EXP,
        _EXPERIAN,
        ("Credit lines and loans", "Credit lines and loans", "Credit lines and loans"),
        words.WORDY,
        _MONTH,
        dots,
        bold,
        columns(4, how=blocks.stacked, strong=True),
        None,
    ),
    Style(
        "equifax-right",
        "equifax",
        EQF,
        _EQUIFAX,
        ("Open and closed accounts", "Open and closed accounts", "Collection agency accounts"),
        words.WORDY,
        _ISO,
        last_four,
        plain,
        columns(2, right=True),
        blocks.years,
    ),
    Style(
        "equifax-terse",
        "equifax",
        EQF,
        _EQUIFAX,
        ("Trade lines", "Trade lines", "Trade lines"),
        words.TERSE,
        _DAY,
        last_four,
        in_box,
        columns(3, strong=True),
        blocks.strip,
        True,
        7.4,
    ),
    Style(
        "equifax-runs",
        "equifax",
        EQF,
        _EQUIFAX,
        ("Positive accounts", "Negative accounts", "Accounts in collections"),
        words.FORMAL,
        _NAMED,
        last_four,
        bold,
        columns(3, how=blocks.run),
        None,
    ),
    Style(
        "transunion-numbered",
        "transunion",
        TU,
        _TRANSUNION,
        ("Accounts never late", "Accounts with late payments", "Accounts with late payments"),
        words.FORMAL,
        _DAY,
        stars,
        with_number,
        columns(2, how=blocks.run),
        blocks.years,
        False,
    ),
    Style(
        "transunion-terse",
        "transunion",
        TU,
        _TRANSUNION,
        ("All accounts", "All accounts", "All accounts"),
        words.TERSE,
        _NAMED,
        stars,
        with_number,
        columns(2),
        blocks.strip,
        False,
    ),
    Style(
        "transunion-stacked",
        "transunion",
        TU,
        _TRANSUNION,
        ("Good accounts", "Adverse items", "Adverse items"),
        words.WORDY,
        _EUROPEAN,
        stars,
        same_print,
        columns(3, how=blocks.stacked),
        blocks.years,
    ),
    Style(
        "creditkarma-chatty",
        "creditkarma",
        TU,
        _KARMA,
        ("Accounts", "Accounts", "Collections"),
        words.CHATTY,
        _NAMED,
        leading,
        bold,
        columns(1),
        blocks.years,
        True,
        9.0,
    ),
    Style(
        "creditkarma-dotted",
        "creditkarma",
        TU,
        _KARMA,
        ("Your open and closed accounts", "Your open and closed accounts", "Debts in collections"),
        words.WORDY,
        _MONTH,
        leading,
        plain,
        blocks.dotted,
        None,
    ),
    Style(
        "creditkarma-formal",
        "creditkarma",
        TU,
        _KARMA,
        ("Loans and cards", "Loans and cards", "Loans and cards"),
        words.FORMAL,
        _ISO,
        leading,
        in_box,
        columns(2, strong=True),
        partial(blocks.strip, form="%m/%y"),
    ),
)
