"""TransUnion D, the yearly disclosure once more: labels before both values, a rating a month, words cut in two."""

from random import Random
from typing import Final

from tribureau.samples.blocks import Block, Cell, caption, line, table
from tribureau.samples.families.transunion_words import rating, seen
from tribureau.samples.months import month_start
from tribureau.samples.printing import PrintedAccount

MONTHS_SHOWN: Final = 24
MONTHS_A_ROW: Final = 4
NARROW: Final = 10
"""Letters that fit into the pay status' column before it is cut, in the middle of a word."""

RELABELLED: Final = {
    "High Balance": "High Balance (Hist.)",
    "Maximum Delinquency": "Maximum Delinquency Note",
    "Estimated month and year this item will be removed": "Estimated month and year this item will be\nremoved",
}


def disclosed_account(one: PrintedAccount, _random: Random) -> list[Block]:
    """Name and number under their two labels, one pair a line, then the ratings in text order."""
    rows: list[list[Cell]] = [[RELABELLED.get(f.label, f.label), _cut(f.label, f.text)] for f in one.facts if f.label]
    blocks = [
        table([["Account Name", "Account Number"], [one.name, one.number or ""]], [260, "1fr"], rules=False),
        caption("Account Information"),
        table(rows, [170, "1fr"]),
    ]
    return blocks + (_ratings(one) if one.history else [])


def _cut(label: str, text: str) -> str:
    bracketed = label == "Pay Status" and text.startswith(">") and " " not in text and len(text) > NARROW
    return f"{text[:NARROW]}\n{text[NARROW:]}" if bracketed else text


def _ratings(one: PrintedAccount) -> list[Block]:
    shown = seen(one.line, MONTHS_SHOWN)
    months = sorted(shown, reverse=True)
    blocks = [caption("Payment History")]
    for start in range(0, len(months), MONTHS_A_ROW):
        part = months[start : start + MONTHS_A_ROW]
        head: list[Cell] = ["", *[f"{month_start(month):%B %Y}" for month in part]]
        ratings: list[Cell] = ["Rating", *[_rated(rating(shown[month])[0]) for month in part]]
        blocks.append(table([ratings], [60, *[100] * len(part)], head, labels=[0]))
    return [*blocks, line(f"Total Months {len(months)}")]


def _rated(code: str) -> str:
    return "---" if code == "N/R" else code
