"""Which derogatory months of a scanned account are to be believed.

An engine reads drawn ticks as letters, and bureaus have one-letter codes: `F` is a foreclosure, `B` a bankruptcy. Such
a month is a grave claim, so it needs a reason beside its letter: the account's own words, or failing them an engine
that is sure of a mark that is not the grid's usual one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode
from tribureau.reader.report import Evidence
from tribureau.reader.standing import marks
from tribureau.reader.values import is_absent
from tribureau.reader.vocabulary import account_type, month_code

_SURE: Final = 0.9
_SECURED: Final = frozenset({AccountStatus.REPOSSESSION, AccountStatus.FORECLOSURE})
_UNPAID: Final = _SECURED | {
    AccountStatus.BANKRUPTCY,
    AccountStatus.CHARGE_OFF,
    AccountStatus.COLLECTION,
    AccountStatus.SETTLED,
}
_EXPLAINED_BY: Final = {
    MonthCode.BANKRUPTCY: frozenset({AccountStatus.BANKRUPTCY}),
    MonthCode.FORECLOSURE: _SECURED,
    MonthCode.REPOSSESSION: _SECURED,
    MonthCode.VOLUNTARY_SURRENDER: _SECURED,
    MonthCode.CHARGE_OFF: _UNPAID,
    MonthCode.COLLECTION: _UNPAID,
}
"""The statuses one of which an account with such a month has: a code may come before or after the worst of them."""
_NEVER_BY_ITSELF: Final = frozenset({MonthCode.BANKRUPTCY, MonthCode.FORECLOSURE})
"""Follow from a court's papers: the account's words would say so."""
_LATE: Final = frozenset({MonthCode.LATE_90, MonthCode.LATE_120, MonthCode.LATE_150, MonthCode.LATE_180})
"""What comes before a charge-off or a collection; a code of several letters after it needs no other reason."""
_STATUS_QUESTIONS: Final = ("account_words", "payment_words")


def doubtful_months(answers: Mapping[str, list[Evidence]], months: Mapping[str, Evidence]) -> Iterator[str]:
    """The months (YYYY-MM) whose derogatory code nothing else bears out, by the questions and cells of an account."""
    named = _statuses(answers)
    has_status = any(_texts(answers, *_STATUS_QUESTIONS))
    usual = Counter(_letters(cell) for cell in months.values()).most_common(1)
    led_to = any(month_code(cell.printed) in _LATE for cell in months.values())
    for month, cell in months.items():
        code = month_code(cell.printed)
        if code not in _EXPLAINED_BY or named & _EXPLAINED_BY[code]:
            continue
        if led_to and len(_letters(cell)) > 1 and code not in _NEVER_BY_ITSELF:
            continue
        denied = has_status and (len(_letters(cell)) == 1 or code in _NEVER_BY_ITSELF)
        if denied or cell.confidence < _SURE or _letters(cell) == usual[0][0]:
            yield month


def _statuses(answers: Mapping[str, list[Evidence]]) -> frozenset[AccountStatus]:
    """Every status that the account's words name."""
    named = frozenset(chain.from_iterable(map(marks, _texts(answers, *_STATUS_QUESTIONS, "remarks"))))
    if account_type(*_texts(answers, "type_words")) is AccountType.COLLECTION:
        named |= {AccountStatus.COLLECTION}
    return named


def _texts(answers: Mapping[str, list[Evidence]], *questions: str) -> list[str]:
    return [e.printed for question in questions for e in answers.get(question, ()) if not is_absent(e.printed)]


def _letters(cell: Evidence) -> str:
    return cell.printed.strip(" .").upper()
