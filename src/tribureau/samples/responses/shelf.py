"""Experian's answer to Jordan Avery, beside the reports of the shelf: one item deleted, one updated, two verified."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from tribureau.domain.bureau_responses import Outcome
from tribureau.domain.bureaus import Bureau
from tribureau.samples.reports import SampleReport
from tribureau.samples.responses.answer import Answer, AnsweredItem, Change, account_item
from tribureau.samples.responses.experian import cards
from tribureau.samples.shelf import JORDAN, jordans_file
from tribureau.samples.typesetting import typeset

ANSWERED_ON: Final = date(2026, 11, 18)
FILE_NAME: Final = "jordan-avery-experian-answer.pdf"
DISPUTED: Final = {
    "MIDVALE RECOVERY": Outcome.DELETED,
    "GRANITE PEAK COLLECTIONS LLC": Outcome.VERIFIED,
    "WAYFARER AUTO FINANCE": Outcome.UPDATED,
    "HARBOR POINT BANK": Outcome.VERIFIED,
}


def sample_answer() -> SampleReport:
    """The same bytes each time."""
    random = Random("jordan avery's answer")
    answer = Answer(Bureau.EXPERIAN, JORDAN, ANSWERED_ON, "4417-2093-58", _items(random), random)
    look, blocks = cards(answer)
    truth = {
        "synthetic": True,
        "file": FILE_NAME,
        "layout": "response",
        "style": "Experian/B",
        "seed": 0,
        "variant": {"scanned": False, "password": None, "truncated": False},
        "response": answer.truth(),
        "tradelines": [],
    }
    return SampleReport(typeset(look, blocks), truth, FILE_NAME)


def _items(random: Random) -> list[AnsweredItem]:
    items = []
    for account, line in jordans_file().at(Bureau.EXPERIAN):
        if outcome := DISPUTED.get(line.creditor_name):
            item = account_item(account, line, outcome, random)
            if item.changes:
                item.changes = [Change("balance", "Balance", f"${line.balance or Decimal(0):,.0f}", "$4,180")]
            items.append(item)
    return items
