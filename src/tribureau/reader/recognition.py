"""Which family a report belongs to, by the weight of its cues: never by one word alone.

A report whose cues are too few is one all the same where it names a bureau and its accounts read like a bureau's.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.document import Document
from tribureau.reader.layouts.declaration import Layout

RECOGNISED: Final = 3.0
"""The weight from which on a text counts as a report of the family."""
_HINTED: Final = 1.0
"""The weight from which on it is worth looking for accounts."""
_NAMES: Final = re.compile("|".join(bureau.value.lower() for bureau in Bureau))
_REPORTED: Final = frozenset(
    {
        "responsibility",
        "type_words",
        "payment_words",
        "high_balance",
        "date_reported",
        "date_of_first_delinquency",
        "original_creditor",
        "late_totals",
    }
)
"""What a bureau prints of an account, and a bank or a lender in its own letters seldom."""
_FEWEST_ACCOUNTS: Final = 2
_FEWEST_ANSWERS: Final = 7
_FEWEST_REPORTED: Final = 4


def weigh(document: Document, layout: Layout) -> float:
    """The weight of the layout's cues that the report contains."""
    text = document.text
    return sum(weight for cue, weight in layout.cues.items() if cue in text)


def heaviest(document: Document, layouts: Iterable[Layout]) -> float:
    """How much speaks for a report, of whatever family."""
    return max(weigh(document, layout) for layout in layouts)


def recognise(document: Document, layouts: Iterable[Layout]) -> Layout | None:
    """The layout that weighs most, if that is enough; None for a text that is no credit report."""
    weight, best = max(((weigh(document, layout), layout) for layout in layouts), key=lambda pair: pair[0])
    if weight >= RECOGNISED:
        return best
    hinted = weight >= _HINTED and _NAMES.search(document.text) is not None
    return best if hinted and _are_reported(best.accounts(document)) else None


def shows_a_cue(document: Document, layouts: Iterable[Layout]) -> bool:
    """Whether anything in the text speaks for a credit report."""
    return any(weigh(document, layout) > 0 for layout in layouts)


def _are_reported(accounts: Sequence[PrintedAccount]) -> bool:
    """Whether there are accounts, told of as only a bureau does."""
    told = [{question for question in account.answers if account.all(question)} for account in accounts]
    full = [one for one in told if len(one) >= _FEWEST_ANSWERS and len(one & _REPORTED) >= _FEWEST_REPORTED]
    return len(full) >= _FEWEST_ACCOUNTS
