"""Draws three bureaus side by side, and reads them, for the tests of their arrangements."""

from tests.unit.reader.drawn import DrawnLine, document

from tribureau.domain.tradelines import Tradeline
from tribureau.reader.assembly import assemble
from tribureau.reader.layouts.smartcredit import SMARTCREDIT
from tribureau.reader.report import ReadTradeline

NAMES = ("TransUnion", "Experian", "Equifax")
X = (160.0, 300.0, 440.0)
TITLE: DrawnLine = [(40, "Account History")]


def read(*pages: list[DrawnLine], **how: float) -> list[ReadTradeline]:
    return [assemble(account) for account in SMARTCREDIT.accounts(document(*pages, **how))]


def lines_of(*pages: list[DrawnLine], **how: float) -> list[Tradeline]:
    return [found.tradeline for found in read(*pages, **how)]


def header(names: tuple[str, ...] = NAMES, xs: tuple[float, ...] = X) -> DrawnLine:
    return list(zip(xs, names, strict=True))


def row(label: str, *values: str, xs: tuple[float, ...] = X) -> DrawnLine:
    return [(40, label), *((x, value) for x, value in zip(xs, values, strict=False) if value)]


def account(number: str = "441122****", dash: str = "--") -> list[DrawnLine]:
    return [
        row("Account #", number, dash, number),
        row("Account Type:", "Credit Card", dash, "Credit Card"),
        row("Balance Owed:", "$1,250", dash, "$1,300"),
        row("Date Opened:", "5/6/2019", dash, "5/6/2019"),
        row("Account Status:", "Open", dash, "Open"),
        row("Payment Status:", "Current", dash, "Current"),
    ]
