"""What the bureaus say differently of one account. At most one of them is right (15 USC 1681e(b))."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.domain.findings.finding import ACCURACY, Finding, FindingKind, Reported, Said, text_of
from tribureau.domain.tradelines import AccountStatus, PrintedDate

_LASTING: Final = ("charge_off_amount", "date_opened", "original_creditor")
"""What does not change from one month's update to the next, so that it is compared whenever it was reported."""
_OF_THE_MONTH: Final = ("account_status", "payment_status", "past_due", "balance", "date_of_first_delinquency")
"""Compared only where two bureaus tell of the same month: it may have changed in between."""
_ALIKE: Final = 0.85
_MONTH: Final = len("2026-11")
_ENDED: Final = {AccountStatus.TRANSFERRED: AccountStatus.CLOSED}
"""Two words for one thing: some bureaus print a transferred account as closed."""


def disagreements(newest: Sequence[Reported]) -> Iterator[Finding]:
    """One finding for each field in which the newest reports of one account, one for each bureau, differ."""
    for field in _LASTING:
        yield from _disagreement(field, newest)
    for of_one_month in _by_month(newest):
        for field in _OF_THE_MONTH:
            yield from _disagreement(field, of_one_month)


def _disagreement(field: str, newest: Sequence[Reported]) -> Iterator[Finding]:
    said = [(one, getattr(one.tradeline, field)) for one in newest if getattr(one.tradeline, field) is not None]
    if _differ([value for _, value in said]):
        told = ", ".join(f"{one.tradeline.bureau} {_in_words(value)}" for one, value in said)
        yield Finding(
            FindingKind.BUREAUS_DISAGREE,
            f"The bureaus do not say the same: {told}.",
            tuple(Said(one.id, field, text_of(value)) for one, value in said),
            "One account has one truth, whoever reports it",
            ACCURACY,
            "Ask the bureau whose value is wrong to correct it; say which value is right, if you know.",
        )


def _in_words(value: object) -> str:
    if isinstance(value, Decimal):
        return f"${value:,.2f}".removesuffix(".00")
    return text_of(value).replace("_", " ")


def _by_month(newest: Sequence[Reported]) -> Iterator[list[Reported]]:
    """By the month that they tell of: the furnisher's update, else the report that all of them stand in."""
    months: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in newest:
        updated = one.tradeline.date_reported
        if updated and len(updated.iso()) >= _MONTH:
            months[updated.iso()[:_MONTH]].append(one)
        elif one.upload:
            months[str(one.upload)].append(one)
    yield from months.values()


def _differ(values: Sequence[object]) -> bool:
    if values and isinstance(values[0], PrintedDate):
        dates = [value.iso() for value in values if isinstance(value, PrintedDate)]
        coarsest = min(_MONTH, *map(len, dates))
        return len({text[:coarsest] for text in dates}) > 1
    if values and isinstance(values[0], AccountStatus):
        return len({_ENDED.get(value, value) for value in values if isinstance(value, AccountStatus)}) > 1
    if values and type(values[0]) is str:
        first, *others = [canonical_creditor(str(value)) for value in values]
        return any(creditor_likeness(first, other) < _ALIKE for other in others)
    return len(set(values)) > 1
