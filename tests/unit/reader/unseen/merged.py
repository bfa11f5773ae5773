"""Six styles of three-bureau reports that no declaration was written from: a label column, three bureaus beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.unit.reader.unseen import words
from tests.unit.reader.unseen.press import Press

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode, Tradeline
from tribureau.reader.pages import Page
from tribureau.samples.accounts import Account
from tribureau.samples.families.identityiq import CODES, mask
from tribureau.samples.families.merged import account_words, high_credit_alternatives, payment_words
from tribureau.samples.months import earlier, month_of, month_start
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.reports import invent_file
from tribureau.samples.wording import MERGED_TYPES, known_type, responsibility_of

MONTHS: Final = 20
TU, EXP, EQF = Bureau.TRANSUNION, Bureau.EXPERIAN, Bureau.EQUIFAX


@dataclass(frozen=True, slots=True)
class Style:
    """`x` are the left edges of the bureaus' columns; `beside` sets the creditor's name on the row of bureau names."""

    name: str
    family: str
    top: tuple[str, ...]
    part: str
    labels: Mapping[str, str]
    hand: Hand
    order: tuple[Bureau, ...] = (TU, EXP, EQF)
    x: tuple[float, ...] = (190.0, 330.0, 470.0)
    colon: str = ""
    beside: bool = False
    right: bool = False
    strips: bool = False
    short_year: bool = True


def draw(style: Style, seed: int, accounts: int = 6) -> tuple[dict[str, Any], list[Page]]:
    file = invent_file(Random(f"{style.name}/{seed}"), accounts)  # noqa: S311 - chance that repeats
    press = Press(footer=style.top[0])
    for at, line in enumerate(style.top):
        press.line(line, size=15.0 if at == 0 else 8.0, bold=at == 0)
    press.line(f"Report Date: {file.today:%m/%d/%Y}")
    press.line(style.part, size=12.5, bold=True)
    every: list[PrintedAccount] = []
    latest = month_of(file.today)
    for account in file.accounts:
        printed = {b: _print(account, account.at[b], style) for b in style.order if b in account.at}
        if printed:
            _account(press, style, printed, latest)
            every += printed.values()
    press.line("Credit inquiries", size=12.5, bold=True)
    for one in file.inquiries:
        press.row([(40, one.creditor), (220, one.business), (400, f"{one.day:%m/%d/%Y}"), (500, one.bureau.value)])
    truth = {
        "file": f"{style.name}-{seed}.pdf",
        "layout": style.family,
        "style": style.name,
        "variant": {"scanned": False, "password": None, "truncated": False},
        "tradelines": [one.truth() for one in every],
        "report_date": file.today.isoformat(),
        "personal_info": {},
        "scores": {},
        "inquiries_count": {},
    }
    return truth, press.pages


def _print(account: Account, line: Tradeline, style: Style) -> PrintedAccount:
    hand, labels = style.hand, style.labels
    kind, number = known_type(line), mask(account.number, line.bureau)
    code, meaning = responsibility_of(line)
    facts = [
        Fact(labels["account_number"], number),
        Fact(labels["account_type"], MERGED_TYPES[kind][1], "account_type", kind.value),
        Fact(labels["responsibility"], code, "responsibility", meaning),
        Fact("Account Status", account_words(line)),
        Fact(labels["status"], payment_words(line)),
        *[hand.when(labels[name], line, name) for name in ("date_opened", "date_reported", "date_last_payment")],
        hand.money(labels["balance"], line, "balance"),
        hand.money(labels["credit_limit"], line, "credit_limit"),
        hand.money(labels["high_balance"], line, "high_balance"),
        hand.money(labels["monthly_payment"], line, "monthly_payment"),
        hand.money(labels["past_due"], line, "past_due"),
        hand.word(labels["terms"], line.terms and str(line.terms), "terms", line.terms),
        Fact(labels["remarks"], "\n".join(line.remarks) or hand.nothing),
    ]
    return PrintedAccount(
        account,
        line,
        line.creditor_name,
        number,
        payment_words(line),
        facts,
        remarks=list(line.remarks),
        alternatives=high_credit_alternatives(line),
    )


def _account(press: Press, style: Style, printed: dict[Bureau, PrintedAccount], latest: str) -> None:
    first = next(iter(printed.values()))
    press.keep(120)
    press.space(8)
    names = list(zip(style.x, (b.value for b in style.order), strict=True))
    if style.beside:
        press.row([(40, first.name), *names], bold=True)
    else:
        press.line(first.name, size=9.5, bold=True)
        press.row(names, bold=True)
    for one in printed.values():
        one.name = first.name
    for index, fact in enumerate(first.facts):
        cells = [printed[b].facts[index].text if b in printed else style.hand.nothing for b in style.order]
        edges = [x + 90 for x in style.x] if style.right else style.x
        row = [(40, fact.label + style.colon), *zip(edges, cells, strict=True)]
        press.row(row, right=(1, 2, 3) if style.right else ())
    press.line("24-Month Payment History", bold=True)
    _history(press, style, printed, [earlier(latest, back) for back in range(MONTHS - 1, -1, -1)])


def _history(press: Press, style: Style, printed: dict[Bureau, PrintedAccount], months: list[str]) -> None:
    xs = [110 + 24 * at for at in range(len(months))]
    press.keep(70)
    press.row([(40, "Month"), *[(x, f"{month_start(m):%b}") for x, m in zip(xs, months, strict=True)]], size=6.5)
    year = slice(2, 4) if style.short_year else slice(0, 4)
    press.row([(40, "Year"), *[(x, m[year]) for x, m in zip(xs, months, strict=True)]], size=6.5)
    for bureau in style.order:
        one = printed.get(bureau)
        codes = {m: one.line.payment_history[m] for m in months if one and m in one.line.payment_history}
        if one:
            one.history = {m: CODES.get(c, ("", c))[1] for m, c in codes.items() if c is not MonthCode.NO_DATA}
        cells = [(x, _cell(codes.get(m))) for x, m in zip(xs, months, strict=True)]
        press.row([(40, bureau.value), *[cell for cell in cells if cell[1]]], size=6.5)


def _cell(code: MonthCode | None) -> str:
    if code is None or code is MonthCode.NO_DATA:
        return ""
    return CODES.get(code, (code.value, code))[0]


_IIQ: Final = ("IdentityIQ", "Three Bureau Credit Report")
_SMART: Final = ("SmartCredit", "3B Report & Scores")
_CENTS, _DASHES, _NAMED = Hand("{d:%m/%d/%Y}", cents=True), Hand("{d:%m/%d/%Y}", nothing="--"), Hand("{d:%b %d, %Y}")
STYLES: Final = (
    Style("identityiq-formal", "identityiq", _IIQ, "Trade lines", words.FORMAL, _CENTS, colon=":"),
    Style("identityiq-beside", "identityiq", _IIQ, "Your accounts", words.WORDY, _NAMED, (EQF, TU, EXP), beside=True),
    Style("identityiq-right", "identityiq", _IIQ, "Account Details", words.TERSE, _CENTS, (EXP, EQF, TU), right=True),
    Style("smartcredit-chatty", "smartcredit", _SMART, "All accounts", words.CHATTY, _DASHES),
    Style(
        "smartcredit-wordy", "smartcredit", _SMART, "Credit accounts", words.WORDY, _DASHES, (EXP, TU, EQF), colon=":"
    ),
    Style(
        "smartcredit-terse",
        "smartcredit",
        _SMART,
        "Accounts on file",
        words.TERSE,
        _NAMED,
        short_year=False,
        x=(150.0, 300.0, 450.0),
    ),
)
