"""Labels that no thesaurus has: what they ask is told by one telling word together with the look of the answer."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from tribureau.reader.dates import printed_date
from tribureau.reader.standing import days_late, marks
from tribureau.reader.thesaurus import sense
from tribureau.reader.values import is_absent, money
from tribureau.reader.vocabulary import account_type, responsibility

_MASKED: Final = re.compile(
    r"#?(?=[\w*•.\-]*\d)(?:[\dA-Z\-]{2,}(?:[*•]{2,}|[xX]{2,}|\.{3,})|[*•xX.\-]{2,}\s?-?\d{3,4})"
)
_AMOUNT: Final = re.compile(r">?\(?-?(?:USD|US)?\s?\$?\s?-?\d[\d,]*(?:\.\d\d)?\)?<?(?: .*)?")
_LENGTH: Final = re.compile(r"\d{1,3}(?: ?-? ?(?:months?|mos?\.?|years?|yrs?\.?|payments))?", re.IGNORECASE)
_ROLE: Final = re.compile(
    r"(?:individual|joint|authori[sz]ed user|co-?signer|co-?maker|maker|participant|sole|primary)"
    r"(?: (?:account|contract|contractual liability|on account|holder|borrower))?",
    re.IGNORECASE,
)
_PAID: Final = re.compile(r"\bas agreed\b|\bnever late\b|\bpast due\b|\bdays late\b|^current$", re.IGNORECASE)
_LONGEST_DATE: Final = 3
_LONGEST_STATUS: Final = 8
_LONGEST_TYPE: Final = 4


def _is_date(answer: str) -> bool:
    return printed_date(answer) is not None and len(answer.split()) <= _LONGEST_DATE


def _is_amount(answer: str) -> bool:
    return _AMOUNT.fullmatch(answer) is not None and money(answer) is not None and not _is_date(answer)


def _is_status(answer: str) -> bool:
    return bool(marks(answer)) or days_late(answer) is not None or _PAID.search(answer) is not None


def _is_name(answer: str) -> bool:
    return any(c.isalpha() for c in answer) and not _is_date(answer) and money(answer) is None


class _Kind(NamedTuple):
    """`telling` words of which one set must be in the label, words that must not, and how the answer must look."""

    question: str
    telling: tuple[frozenset[str], ...]
    without: frozenset[str]
    look: Callable[[str], object]


def _kind(question: str, telling: str, without: str, look: Callable[[str], object]) -> _Kind:
    sets = tuple(frozenset(words.split()) for words in telling.split("|"))
    return _Kind(question, sets, frozenset(without.split()), look)


_KINDS: Final = (
    _kind("date_of_first_delinquency", "first delinquency", "major reported", _is_date),
    _kind("date_last_payment", "last payment", "", _is_date),
    _kind("date_last_activity", "activity", "", _is_date),
    _kind("date_opened", "opened|open|placed|begun", "payment", _is_date),
    _kind("date_closed", "closed|close", "", _is_date),
    _kind("date_reported", "reported", "first", _is_date),
    _kind("past_due", "past due|behind|late amount", "", _is_amount),
    _kind("charge_off_amount", "charge off", "", _is_amount),
    _kind("credit_limit", "limit", "available", _is_amount),
    _kind("high_balance", "high", "payment delinquency", _is_amount),
    _kind("original_amount", "original|loan amount", "payment", _is_amount),
    _kind("balance", "balance", "available past high original payment", _is_amount),
    _kind("monthly_payment", "monthly payment|payment", "last actual balloon received deferred past off", _is_amount),
    _kind("terms", "term|month", "payment", _LENGTH.fullmatch),
    _kind("responsibility", "owner", "", responsibility),
    _kind("type_words", "type", "creditor business inquiry", account_type),
    _kind("payment_words", "status", "dispute", _is_status),
    _kind("original_creditor", "original creditor|first creditor|original balance|first balance", "", _is_name),
    _kind("remarks", "remark", "", _is_name),
)


@lru_cache(maxsize=4096)
def likely_question(label: tuple[str, ...], answer: str) -> str | None:
    """The question of an unknown label, if one of its words and the answer beside it go together."""
    if is_absent(answer):
        return None
    told = sense(label)
    for question, telling, without, look in _KINDS:
        if told.isdisjoint(without) and any(words <= told for words in telling) and look(answer):
            return question
    return None


def question_by_look(answer: str) -> str | None:
    """What only one question has for an answer: a masked number, a role, how an account is paid, a kind of loan."""
    if _MASKED.fullmatch(answer):
        return "account_number"
    if _ROLE.fullmatch(answer):
        return "responsibility"
    count = len(answer.split())
    if count <= _LONGEST_STATUS and _PAID.search(answer):
        return "payment_words"
    return "type_words" if count <= _LONGEST_TYPE and account_type(answer) else None
