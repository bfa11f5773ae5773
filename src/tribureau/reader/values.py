"""Printed amounts, counts, terms and account numbers as values; nothing printed, or a placeholder, is None."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

_PLACEHOLDER: Final = re.compile(
    r"[-–—_.*\s]*|n\s*/?\s*a\.?|none|null|unknown|unavailable|not (?:reported|available|applicable|provided)"
    r"|none reported|no data(?: available)?",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"^\s*>+\s*|\s*<+\s*$")
_AMOUNT: Final = re.compile(
    r"(?P<open>\()?\s*(?P<minus>[-–−])?\s*(?P<dollar>US\$|\$|USD)?\s*(?P<inner>[-–−])?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{1,2}))?\s*(?P<close>\))?(?![\d.,]*\d|\s?[kKmM]\b)"
)
_FIRST_DOLLARS: Final = re.compile(r"\(?[-–−]?\s?\$\s?[-–−]?[\d,]*\d(?:\.\d{1,2})?\)?(?![\d.,]*\d|\s?[kKmM]\b)")
_WHOLE_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_MONTHS: Final = re.compile(r"(\d{1,3})\s*(?:-\s*)?(?:months?|mos?\b\.?|month\(s\)|monthly payments)", re.IGNORECASE)
_YEARS: Final = re.compile(r"(\d{1,2})\s*(?:-\s*)?(?:years?|yrs?\b\.?)", re.IGNORECASE)
_NUMBER_LABEL: Final = re.compile(r"^(?:account|acct\.?)?\s*(?:number|no\.|#|ending in|ends in)\s*:?\s*", re.IGNORECASE)
_MASK_RUN: Final = re.compile(r"[*•●·…]+|\.{2,}|[xX]{2,}|(?<=[*•●·….])[xX]+|[xX]+(?=[*•●·….]|\d{4}$)|[xX]+$")
_PART_OF_NUMBER: Final = re.compile(r"(?=.*\d)[\w./#\-]+")
_FULL_NUMBER_DIGITS: Final = 4
_MOST_DIGITS: Final = 10
"""More dollars than that is no amount on a credit report."""


class AccountNumber(NamedTuple):
    """An account number as it may be kept: `printed` has its mask, `last4` only what is really visible."""

    printed: str
    last4: str | None


@lru_cache(maxsize=8192)
def text_of(printed: str | None) -> str:
    """The printed text without surrounding blanks and adverse-item brackets (`>Charged Off<`)."""
    return _BRACKETS.sub("", printed or "").strip()


@lru_cache(maxsize=8192)
def is_absent(printed: str | None) -> bool:
    """Whether a cell says nothing: blank, `-`, `--`, `N/A`, `NA`, `Not Reported`, `None`."""
    return _PLACEHOLDER.fullmatch(text_of(printed)) is not None


@lru_cache(maxsize=4096)
def money(printed: str | None) -> Decimal | None:
    """Dollars: `$1,234.00`, `($5)`, `-$5`, `>$830<`, `$0`, or the first `$` amount of a sentence.

    An abbreviated amount (`$1.2K`) is not exact and gives None.
    """
    text = text_of(printed)
    if is_absent(text):
        return None
    whole = _AMOUNT.fullmatch(text)
    if whole:
        return _signed(whole)
    inside = _FIRST_DOLLARS.search(text)
    found = inside and _AMOUNT.fullmatch(inside.group().strip())
    return _signed(found) if found else None


def _signed(amount: re.Match[str]) -> Decimal | None:
    whole = amount["whole"].replace(",", "")
    if len(whole) > _MOST_DIGITS:
        return None
    value = Decimal(whole + "." + (amount["cents"] or "0")).quantize(Decimal("0.01"))
    negative = amount["minus"] or amount["inner"] or (amount["open"] and amount["close"])
    return -value if negative and value else value


@lru_cache(maxsize=1024)
def count(printed: str | None) -> int | None:
    """The first whole number of a text."""
    found = _WHOLE_NUMBER.search(printed or "")
    return int(found.group().replace(",", "")) if found else None


@lru_cache(maxsize=1024)
def terms(printed: str | None) -> str | None:
    """The length of a loan as `60 months`; other terms as printed. `Revolving` and zero months say nothing.

    A sentence such as `$245 per month, paid Monthly for 60 months` gives its months.
    """
    text = text_of(printed)
    if is_absent(text) or text.lower() in {"revolving", "monthly", "open", "0"}:
        return None
    length = _MONTHS.search(text)
    if length or text.isdigit():
        months = int(length[1] if length else text)
        return f"{months} months" if months else None
    years = _YEARS.search(text)
    return f"{int(years[1]) * 12} months" if years else text


@lru_cache(maxsize=4096)
def account_number(printed: str | None) -> AccountNumber | None:
    """The account number with its mask; a number printed in full is masked to its last four.

    The last digits before a mask (`431196XXXX`) are not the account's last four.
    """
    text = _NUMBER_LABEL.sub("", text_of(printed)).lstrip("# ").strip()
    if is_absent(text) or not any(c.isalnum() for c in text):
        return None
    packed = re.sub(r"[\s\-]", "", text)
    masks = list(_MASK_RUN.finditer(packed))
    if not masks:
        return _unmasked(text)
    tail = packed[masks[-1].end() :]
    return AccountNumber(_without_full_number(text), tail[-4:].upper() if len(tail) >= _FULL_NUMBER_DIGITS else None)


def _unmasked(text: str) -> AccountNumber | None:
    """A number in groups (`4311 9600 1234 5678`) or in one; words without a digit, amounts and labels are none of it.

    Four digits that are not printed together are not taken for the last four.
    """
    parts = [part.replace("-", "") for part in text.split() if _PART_OF_NUMBER.fullmatch(part)]
    if not parts:
        return None
    last = parts[-1][-_FULL_NUMBER_DIGITS:].upper()
    last4 = last if len(last) == _FULL_NUMBER_DIGITS else None
    is_short = len("".join(parts)) <= _FULL_NUMBER_DIGITS
    return AccountNumber("".join(parts) if is_short else f"****{last}", last4)


def _without_full_number(text: str) -> str:
    """A mask that hides nothing worth hiding (`4311 9600 1234 5678*`) is treated as none."""
    return re.sub(r"\d{15,}", lambda run: f"****{run.group()[-4:]}", text)
