"""How an account stands: its status and its payment status, decided from all that is printed about it.

Priority of the status, first that applies: bankruptcy, foreclosure, repossession, charge-off, collection, settled,
transferred, closed, open. "Paid" folds into closed; a sold or paid charge-off stays a charge-off. The payment status
is the derogatory mark if there is one, else how late the account is now, else current.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from tribureau.domain.tradelines import AccountStatus, AccountType, PaymentStatus
from tribureau.reader.vocabulary import plain

Source = TypeVar("Source")

_MARKS: Final = tuple(
    (re.compile(pattern), status)
    for pattern, status in (
        (
            r"bankrupt|chapter (?:7|11|12|13)\b|wage earner|\bbk ?(?:7|11|12|13)\b|\bbk\b(?! (?:of|usa|na)\b)",
            AccountStatus.BANKRUPTCY,
        ),
        (r"foreclos|deed in lieu", AccountStatus.FORECLOSURE),
        (r"reposs|\brepo\b|voluntar(?:y|ily) surrender|surrendered", AccountStatus.REPOSSESSION),
        (
            r"charged? ?-?off|profit and loss|bad debt|writ(?:e|ten)[ -]?off|unpaid balance reported as a? ?loss",
            AccountStatus.CHARGE_OFF,
        ),
        (
            r"collection|collector|claim filed|government claim|insurance claim|\bin default\b|defaulted",
            AccountStatus.COLLECTION,
        ),
        (r"settle|less than (?:the )?(?:full|owed|original)|paid for less|compromise", AccountStatus.SETTLED),
        (
            r"transfer(?!red from)|\bsold\b|purchased by|acquired by another|assigned to another",
            AccountStatus.TRANSFERRED,
        ),
        (
            r"\bclosed\b|\bpaid\b(?! or paying|,? (?:as|on)\b)|inactive|refinanced|terminated"
            r"|lost or stolen|zero balance",
            AccountStatus.CLOSED,
        ),
        (r"\bopen\b|active", AccountStatus.OPEN),
    )
)
_DENIED: Final = re.compile(
    r"\b(?:never|not|no|without)\b(?: \w+){0,3} "
    r"(?:bankrupt\w*|foreclos\w*|repossess\w*|charged? ?-?off|collections?|settled|closed)"
    r"|bankruptcy[\w ]* (?:dismissed|withdrawn)|(?:dismissed|withdrawn)[\w ]* bankruptcy"
)
_EITHER_COLLECTION_OR_CHARGE_OFF: Final = re.compile(
    r"collections?\s*/\s*charged?[ -]?offs?|charged?[ -]?offs?\s*/\s*collections?"
)
_DAYS_LATE: Final = re.compile(
    r"(\d{2,3})\s*\+?(?:\s*(?:-|to)\s*\d{2,3})?\s*\+?\s*(?:or more )?days?\b"
    r"|\b(?:late|delinquent|past due) (\d{2,3})\b|\b(\d{2,3}) (?:past due|late|delinquent)\b"
)
_PAYMENTS_LATE: Final = re.compile(r"(?:not )?more than (two|three|four|[234]) payments past due")
_ALL_PAYMENTS: Final = {"two": 30, "2": 30, "three": 60, "3": 60, "four": 90, "4": 90}
_ONLY_DAYS: Final = re.compile(r"(?:over )?\d{2,3}\+?(?: ?- ?\d{2,3})? days?\.?")
_SOME_LATE: Final = re.compile(r"\b(?:past due|delinquent|late)\b")
_NOT_NOW: Final = re.compile(
    r"\b(?:was|were|had been|previously|formerly|maximum delinquency)\b.*"
    r"|\bnever (?:been )?(?:late|past due)\b.*|\bno(?:t|thing)? past due\b.*"
)
_AMOUNT_CLAUSE: Final = re.compile(r"\$[\d,.]+ (?:past due|written off)[^.;]*")
_AMOUNT: Final = r"\$\s?([\d,]+(?:\.\d\d)?)"
_WRITTEN_OFF: Final = re.compile(rf"{_AMOUNT}\s+(?:was )?(?:written|charged)[ -]off", re.IGNORECASE)
_PAST_DUE: Final = re.compile(rf"{_AMOUNT}\s+(?:is )?past due", re.IGNORECASE)
_CURRENT: Final = re.compile(
    r"current|as agreed|paid|pays|on time|open|closed|transfer|sold|deferred|never late|no status|exceptional"
)
_PAYMENT_OF: Final = {
    AccountStatus.BANKRUPTCY: PaymentStatus.BANKRUPTCY,
    AccountStatus.FORECLOSURE: PaymentStatus.FORECLOSURE,
    AccountStatus.REPOSSESSION: PaymentStatus.REPOSSESSION,
    AccountStatus.CHARGE_OFF: PaymentStatus.CHARGE_OFF,
    AccountStatus.COLLECTION: PaymentStatus.COLLECTION,
    AccountStatus.SETTLED: PaymentStatus.SETTLED,
}
_LATE_STATUS: Final = {
    30: PaymentStatus.LATE_30,
    60: PaymentStatus.LATE_60,
    90: PaymentStatus.LATE_90,
    120: PaymentStatus.LATE_120,
}
_PRIORITY: Final = {status: rank for rank, status in enumerate(AccountStatus)}


class StatusAmounts(NamedTuple):
    """Amounts that a status sentence carries, as printed (`$1,076`)."""

    written_off: str | None
    past_due: str | None


@dataclass(slots=True, frozen=True)
class Wording(Generic[Source]):
    """One printed text about the account and where it came from."""

    text: str
    source: Source


@dataclass(slots=True, frozen=True)
class Standing(Generic[Source]):
    """The verdict, each half with the wording that it follows from; None where nothing is printed."""

    account_status: AccountStatus | None
    account_source: Source | None
    payment_status: PaymentStatus | None
    payment_source: Source | None


def status_amounts(text: str) -> StatusAmounts:
    """The amounts in `Account charged off. $1,076 written off. $1,076 past due as of May 2025.`"""
    off, due = _WRITTEN_OFF.search(text), _PAST_DUE.search(text)
    return StatusAmounts(f"${off[1]}" if off else None, f"${due[1]}" if due else None)


@lru_cache(maxsize=2048)
def marks(text: str) -> frozenset[AccountStatus]:
    """Every status that the words name; the resellers' `Collection/Chargeoff` names neither by itself."""
    words = _DENIED.sub(" ", _EITHER_COLLECTION_OR_CHARGE_OFF.sub(" ", plain(text)))
    return frozenset(status for pattern, status in _MARKS if pattern.search(words))


@lru_cache(maxsize=2048)
def days_late(text: str) -> int | None:
    """How late the account is now: 30, 60, 90 or 120 (and more); None if current, or late only in the past."""
    now = _NOT_NOW.sub(" ", _AMOUNT_CLAUSE.sub(" ", plain(text)))
    days = _DAYS_LATE.search(now)
    if days and (_SOME_LATE.search(now) or _ONLY_DAYS.fullmatch(now.strip())):
        return _step(int(next(group for group in days.groups() if group)))
    payments = _PAYMENTS_LATE.search(now)
    if payments:
        return 120 if now.startswith("more than four") or "at least 120" in now else _ALL_PAYMENTS[payments[1]]
    return 30 if _SOME_LATE.search(now) else None


def _step(days: int) -> int | None:
    return next((step for step in (120, 90, 60, 30) if days >= step), None)


def standing(
    *,
    account: list[Wording[Source]],
    payment: list[Wording[Source]],
    remarks: list[Wording[Source]],
    account_type: AccountType | None = None,
    type_source: Source | None = None,
    closed_source: Source | None = None,
) -> Standing[Source]:
    """Both statuses of an account.

    `account` holds what the bureau prints as status, rating or designator, `payment` what it prints as pay status.
    `closed_source` is where a closing date is printed, if one is; it counts unless the account is said to be open.
    """
    found = _found(account, payment, remarks)
    either = next((w for w in (*payment, *account) if _EITHER_COLLECTION_OR_CHARGE_OFF.search(plain(w.text))), None)
    if either:
        _tell_apart(found, either.source, account_type)
    if account_type is AccountType.COLLECTION and type_source is not None:
        found.setdefault(AccountStatus.COLLECTION, type_source)
    said_open = any(AccountStatus.OPEN in marks(w.text) for w in account)
    if closed_source is not None and not said_open:
        found.setdefault(AccountStatus.CLOSED, closed_source)
    status = min(found, key=_PRIORITY.__getitem__, default=None)
    late, late_source = _lateness(payment or account) or (None, None)
    paid = payment or [wording for wording in account if late or _CURRENT.search(plain(wording.text))]
    if status is None and paid:
        status, found = AccountStatus.OPEN, {AccountStatus.OPEN: paid[0].source}
    source = found.get(status) if status else None
    if status in _PAYMENT_OF:
        return Standing(status, source, _PAYMENT_OF[status], source)
    if late:
        return Standing(status, source, _LATE_STATUS[late], late_source)
    said = next((w for w in (*payment, *account) if _CURRENT.search(plain(w.text))), None)
    return Standing(status, source, PaymentStatus.CURRENT if said else None, said.source if said else None)


def _found(*groups: list[Wording[Source]]) -> dict[AccountStatus, Source]:
    found: dict[AccountStatus, Source] = {}
    for wording in (w for group in groups for w in group):
        for status in marks(wording.text):
            found.setdefault(status, wording.source)
    return found


def _tell_apart(found: dict[AccountStatus, Source], source: Source, account_type: AccountType | None) -> None:
    """`Collection/Chargeoff` is a collection on a collector's account or beside such a remark, else a charge-off."""
    if AccountStatus.CHARGE_OFF in found:
        return
    collection = account_type is AccountType.COLLECTION or AccountStatus.COLLECTION in found
    found.setdefault(AccountStatus.COLLECTION if collection else AccountStatus.CHARGE_OFF, source)


def _lateness(wordings: list[Wording[Source]]) -> tuple[int, Source] | None:
    for wording in wordings:
        late = days_late(wording.text)
        if late:
            return late, wording.source
    return None
