"""Late months in words, as mailed Experian reports tell them instead of a grid.

`60 days past due as of Mar 2021, Apr 2021`, one line per kind of lateness; a long list goes on in the next line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tribureau.reader.dates import printed_date
from tribureau.reader.pages import Line
from tribureau.reader.report import Evidence

_LATE: Final = re.compile(r"^(?P<days>30|60|90|120|150|180) days past due as of (?P<months>.+)$", re.IGNORECASE)
_MONTH: Final = re.compile(r"[A-Z][a-z]{2,8}\.? \d{4}|\d{1,2}/\d{4}")
_ONLY_MONTHS: Final = re.compile(rf"(?:(?:{_MONTH.pattern})[,.;]?\s*)+")
_SENTENCE: Final = re.compile(
    r"^(?:\d{2,3} days past due as of|this account is scheduled to continue|\+ (?:dispute|options))\b", re.IGNORECASE
)


def is_sentence(line: Line) -> bool:
    """A sentence about the account, or a web page's `+ Dispute`: no value of the label above it goes on in it."""
    return _SENTENCE.match(line.text) is not None


def late_months(lines: Sequence[Line]) -> Iterator[tuple[str, Evidence]]:
    """Each month that the lines tell of, as YYYY-MM, with its days late as the evidence's printed text."""
    days = ""
    for line in lines:
        told = _LATE.match(line.text)
        if told:
            days, months = told["days"], told["months"]
        elif days and _ONLY_MONTHS.fullmatch(line.text):
            months = line.text
        else:
            days = ""
            continue
        for found in _MONTH.findall(months):
            printed = printed_date(found)
            if printed:
                yield printed.iso()[:7], Evidence(line.page, line.box, days, "sentence", 0.95)
