"""One debt, reported with a balance by its original creditor and by a collector too."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.domain.findings.finding import ACCURACY, Certainty, Finding, FindingKind, Reported, say
from tribureau.domain.tradelines import AccountStatus, AccountType, PaymentStatus

_ALIKE: Final = 0.85
_GIVEN_UP: Final = (AccountStatus.CHARGE_OFF, AccountStatus.COLLECTION, AccountStatus.TRANSFERRED)
_AMOUNTS: Final = ("balance", "original_amount", "high_balance", "charge_off_amount", "past_due")


def counted_twice(report: Sequence[Reported]) -> Iterator[Finding]:
    """In the list of one bureau in one report: a collector and the one account that its debt can come from.

    A creditor may have several accounts of one person, and a collector several debts of one creditor; where more than
    one pair is possible, equal amounts decide, and where they don't, nothing is said.
    """
    pairs = [(collector, creditor) for collector in report if _collects(collector) for creditor in report
             if _may_come_from(collector, creditor)]  # fmt: skip
    by_amount = [pair for pair in pairs if _share_an_amount(*pair)]
    certain = [*_without_rival(pairs, pairs), *_without_rival(by_amount, by_amount)]
    for collector, creditor in dict.fromkeys((one.id, other.id) for one, other in certain):
        by_id = {one.id: one for one in report}
        yield _twice(by_id[collector], by_id[creditor])


def _without_rival(
    pairs: Sequence[tuple[Reported, Reported]], rivals: Sequence[tuple[Reported, Reported]]
) -> list[tuple[Reported, Reported]]:
    times = Counter(one.id for pair in rivals for one in pair)
    return [pair for pair in pairs if all(times[one.id] == 1 for one in pair)]


def _twice(collector: Reported, creditor: Reported) -> Finding:
    return Finding(
        FindingKind.SAME_DEBT_TWICE,
        f"{creditor.tradeline.creditor_name} and {collector.tradeline.creditor_name} both report a balance "
        "for what looks like one debt.",
        (*say(creditor, "creditor_name", "balance"), *say(collector, "original_creditor", "balance")),
        "A debt that was sold or placed is owed to one furnisher, not to two",
        f"CDIA Metro 2 fields 21 and K1/K2 segments; {ACCURACY}",
        "Ask the bureau who owns the debt, and to report the other account with a zero balance.",
        Certainty.LIKELY,
    )


def _collects(reported: Reported) -> bool:
    line = reported.tradeline
    collecting = AccountType.COLLECTION in (line.account_type, line.account_status)
    return collecting and bool(line.original_creditor) and (line.balance or 0) > 0


def _may_come_from(collector: Reported, creditor: Reported) -> bool:
    """A creditor that gave the debt up, with a balance still, and was there before the collector."""
    line, other = collector.tradeline, creditor.tradeline
    in_default = other.account_status in _GIVEN_UP or other.payment_status is PaymentStatus.CHARGE_OFF
    if creditor.id == collector.id or other.account_type is AccountType.COLLECTION or not in_default:
        return False
    if line.bureau is not other.bureau or (other.balance or 0) <= 0:
        return False
    if line.date_opened and other.date_opened and line.date_opened.day < other.date_opened.day:
        return False
    named = canonical_creditor(line.original_creditor or "")
    return creditor_likeness(named, canonical_creditor(other.creditor_name)) >= _ALIKE


def _share_an_amount(collector: Reported, creditor: Reported) -> bool:
    return bool(_amounts(collector) & _amounts(creditor))


def _amounts(reported: Reported) -> set[object]:
    return {value for name in _AMOUNTS if (value := getattr(reported.tradeline, name))}
