"""A bank statement: a PDF with money and dates in it that is no credit report."""

from datetime import timedelta
from typing import Final

from tribureau.samples.blocks import Cell, Look, caption, heading, line, note, table, title
from tribureau.samples.credit_file import CreditFile, Drawn

SHOPS: Final = (
    "ORCHARD ROW GROCERY",
    "VALLEY LIGHT & POWER",
    "TARN FREIGHT PAYROLL",
    "FENWICK CABLE",
    "CARD PAYMENT THANK YOU",
    "ATM WITHDRAWAL",
    "TRANSFER TO SAVINGS",
)


def lay_out(file: CreditFile) -> Drawn:
    """One month of an invented checking account."""
    who, draw, end = file.consumer, file.random, file.today
    balance, rows = draw.randint(40_000, 900_000), list[list[Cell]]()
    for back in sorted((draw.randint(0, 29) for _ in range(draw.randint(14, 34))), reverse=True):
        moved, day = draw.randint(-18_000, 21_000), end - timedelta(days=back)
        balance += moved
        rows.append([f"{day:%m/%d/%Y}", draw.choice(SHOPS), _money(moved), _money(balance)])
    look = Look(
        title="Statement of account", accent="#23485c", header=("Harbor Point Bank", "Page {page} of {pages}"), size=8.5
    )
    blocks = [
        title("Harbor Point Bank"),
        line(who.name),
        line(who.address),
        heading("Checking account statement"),
        line(f"Account number ending in {draw.randint(1000, 9999)}   Statement period ends {end:%b %d, %Y}"),
        caption("Transactions"),
        table(rows, [80, 240, 80, 80], ["Date", "Description", "Amount", "Balance"]),
        note("Please examine this statement at once. If you think that there is an error, write to us within 60 days."),
    ]
    return Drawn(look, blocks, [], {})


def _money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}${abs(cents) / 100:,.2f}"
