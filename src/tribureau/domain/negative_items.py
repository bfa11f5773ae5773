"""What makes an account negative, and why.

Negative: late 30 days or more, charge-off, collection (paid and medical too), repossession, voluntary surrender,
foreclosure, deed in lieu, bankruptcy, settled for less than owed, a judgment or a tax lien, an amount past due. Not
negative in itself: closed by whomever, transferred or sold, lost or stolen, deferred, disputed, a high balance, an
authorized user's account. What a court recorded is classified in `public_records`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tribureau.domain.derogatory_marks import BY_KIND, COURT_MARKS, LATE_PERIOD, MARKS, MEDICAL_POLICY, NegativeKind
from tribureau.domain.tradelines import LATE_MONTHS, AccountStatus, AccountType, PaymentStatus, Tradeline

__all__ = ["NegativeFactor", "NegativeItem", "NegativeKind", "classify"]


@dataclass(slots=True)
class NegativeFactor:
    """One reason: which field says so, what it says, and by which rule.

    `reason` is a stable key (charge_off, collection, late_history, past_due …), `explanation` a sentence for the
    user. `printed` and `page` come from the field's evidence where there is any.
    """

    reason: str
    field: str
    explanation: str
    rule: str
    printed: str | None = None
    page: int | None = None


@dataclass(slots=True)
class NegativeItem:
    """The verdict on one tradeline. `confidence` is that of the verdict, negative or not, in 0..1; severity 0..100."""

    is_negative: bool
    confidence: float
    kind: NegativeKind | None = None
    severity: int = 0
    factors: list[NegativeFactor] = field(default_factory=list)


_COLLECTION: Final = BY_KIND[NegativeKind.COLLECTION]
_LATE_STATUSES: Final = {
    PaymentStatus.LATE_30: 30,
    PaymentStatus.LATE_60: 60,
    PaymentStatus.LATE_90: 90,
    PaymentStatus.LATE_120: 120,
}
_LATE_SEVERITY: Final = {30: 25, 60: 35, 90: 45, 120: 55}
_CERTAINTY: Final = {"status": 0.97, "amount": 0.8, "history": 0.9, "totals": 0.85, "type": 0.95, "remark": 0.85}


def classify(tradeline: Tradeline) -> NegativeItem:
    """The verdict on what one bureau reports: every reason found, the worst kind, how heavy and how certain."""
    found = [pair for rule in _RULES for pair in rule(tradeline)]
    if not found:
        return NegativeItem(is_negative=False, confidence=_certainty_of_clean(tradeline))
    factors = [factor for factor, _ in found]
    kinds = [_KIND_OF_REASON[factor.reason] for factor in factors]
    kind = min(kinds, key=list(NegativeKind).index)
    return NegativeItem(
        is_negative=True,
        confidence=_combined([certainty for _, certainty in found], contradicted=_says_clean(tradeline)),
        kind=kind,
        severity=_severity(tradeline, kind),
        factors=factors,
    )


_JUDGED: Final = re.compile(r"\bjudge?ments?\b", re.IGNORECASE)
_TAX_LIEN: Final = re.compile(r"\btax liens?\b", re.IGNORECASE)
_COURT_REMARKS: Final = {NegativeKind.TAX_LIEN: _TAX_LIEN, NegativeKind.JUDGMENT: _JUDGED}
_NOT_IN_FORCE: Final = re.compile(
    r"\b(?:no|non|not|without|vacated|dismissed|reversed|set aside|withdrawn|in error)\b", re.IGNORECASE
)
_Found = Iterator[tuple[NegativeFactor, float]]


def _by_status(line: Tradeline) -> _Found:
    for mark in MARKS:
        if line.account_status is mark.status:
            yield NegativeFactor(mark.kind.value, "account_status", mark.meaning, mark.rule), _CERTAINTY["status"]
        elif line.payment_status is mark.payment:
            yield NegativeFactor(mark.kind.value, "payment_status", mark.meaning, mark.rule), _CERTAINTY["status"]
        elif mark.months.intersection(line.payment_history.values()):
            yield NegativeFactor(mark.kind.value, "payment_history", mark.meaning, mark.rule), _CERTAINTY["history"]


def _by_account_type(line: Tradeline) -> _Found:
    if line.account_type is AccountType.COLLECTION and line.account_status is not AccountStatus.COLLECTION:
        yield NegativeFactor("collection", "account_type", _COLLECTION.meaning, _COLLECTION.rule), _CERTAINTY["type"]


def _by_charge_off_amount(line: Tradeline) -> _Found:
    if line.charge_off_amount and line.charge_off_amount > 0 and line.account_status is not AccountStatus.CHARGE_OFF:
        text = "An amount is printed as charged off: the lender booked it as a loss."
        yield (
            NegativeFactor("charge_off", "charge_off_amount", text, BY_KIND[NegativeKind.CHARGE_OFF].rule),
            _CERTAINTY["amount"],
        )


def _late_now(line: Tradeline) -> _Found:
    days = _LATE_STATUSES.get(line.payment_status) if line.payment_status else None
    if days:
        text = f"This account is {days}{' days or more' if days == 120 else ' days'} behind right now."
        yield NegativeFactor("late", "payment_status", text, LATE_PERIOD), _CERTAINTY["status"]


def _past_due(line: Tradeline) -> _Found:
    if line.past_due and line.past_due > 0:
        text = "Part of what you owe is past its due date, so the account counts as behind."
        yield NegativeFactor("past_due", "past_due", text, LATE_PERIOD), _CERTAINTY["amount"]


def _late_history(line: Tradeline) -> _Found:
    lates = sum(code in LATE_MONTHS for code in line.payment_history.values())
    if lates:
        months = "one month" if lates == 1 else f"{lates} months"
        text = f"The payment history shows {months} paid 30 days late or more. This counts even if all is paid now."
        yield NegativeFactor("late_history", "payment_history", text, LATE_PERIOD), _CERTAINTY["history"]


def _late_totals(line: Tradeline) -> _Found:
    for name, days in (
        ("late_payments_120", 120),
        ("late_payments_90", 90),
        ("late_payments_60", 60),
        ("late_payments_30", 30),
    ):
        times = getattr(line, name)
        if times > 0 and not any(code in LATE_MONTHS for code in line.payment_history.values()):
            payments = "one payment" if times == 1 else f"{times} payments"
            text = f"The report counts {payments} made {days} days late, perhaps years ago."
            yield NegativeFactor("late_history", name, text, LATE_PERIOD), _CERTAINTY["totals"]
            return


def _by_remark(line: Tradeline) -> _Found:
    """A judgment or a tax lien has no status of its own in an account's record: a remark tells of it."""
    for mark in COURT_MARKS:
        said = [text for text in line.remarks if _COURT_REMARKS[mark.kind].search(text)]
        if any(not _NOT_IN_FORCE.search(text) for text in said):
            yield NegativeFactor(mark.kind.value, "remarks", mark.meaning, mark.rule), _CERTAINTY["remark"]


def _medical(line: Tradeline) -> _Found:
    collection = AccountType.COLLECTION is line.account_type or AccountStatus.COLLECTION is line.account_status
    if collection and any("medical" in remark.lower() for remark in line.remarks):
        text = "It is a medical debt. The bureaus say they leave many of these off: see whether this one belongs here."
        yield NegativeFactor("medical", "remarks", text, MEDICAL_POLICY), _CERTAINTY["type"]


_RULES: Final[tuple[Callable[[Tradeline], _Found], ...]] = (
    _by_status,
    _by_account_type,
    _by_charge_off_amount,
    _by_remark,
    _late_now,
    _past_due,
    _late_history,
    _late_totals,
    _medical,
)
_KIND_OF_REASON: Final = {
    **{kind.value: kind for kind in BY_KIND},
    "medical": NegativeKind.COLLECTION,
    "late": NegativeKind.LATE,
    "past_due": NegativeKind.LATE,
    "late_history": NegativeKind.LATE,
}


def _severity(line: Tradeline, kind: NegativeKind) -> int:
    base = _LATE_SEVERITY[_worst_late(line)] if kind is NegativeKind.LATE else BY_KIND[kind].severity
    owed = 5 if (line.past_due or 0) > 0 else 0
    settled_up = -10 if line.balance == 0 and kind in {NegativeKind.CHARGE_OFF, NegativeKind.COLLECTION} else 0
    return max(0, min(100, base + owed + settled_up))


def _worst_late(line: Tradeline) -> int:
    now = _LATE_STATUSES.get(line.payment_status, 30) if line.payment_status else 30
    months = [min(int(code), 120) for code in line.payment_history.values() if code in LATE_MONTHS]
    totals = [days for days in _LATE_SEVERITY if getattr(line, f"late_payments_{days}") > 0]
    return max([now, *months, *totals])


def _says_clean(line: Tradeline) -> bool:
    return line.payment_status is PaymentStatus.CURRENT


def _combined(certainties: list[float], *, contradicted: bool) -> float:
    """Independent reasons add up; a printed "current" takes a little away unless the past alone speaks."""
    doubt = 1.0
    for certainty in certainties:
        doubt *= 1 - certainty
    return round(min(0.99, (1 - doubt) * (0.95 if contradicted else 1.0)), 2)


def _certainty_of_clean(line: Tradeline) -> float:
    """Nothing derogatory printed weighs more, the more is printed."""
    known = (line.payment_status is not None, line.account_status is not None, bool(line.payment_history))
    return (0.5, 0.8, 0.92, 0.97)[sum(known)]
