"""What changed from one report to a later one and may not: a first delinquency that moved, an item that is back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from tribureau.domain.account_numbers import compare_numbers
from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Reported, say
from tribureau.domain.tradelines import AccountStatus, MonthCode, PrintedDate, Tradeline

_STILL_IN_DEFAULT: Final = (AccountStatus.CHARGE_OFF, AccountStatus.COLLECTION)
_PERHAPS_ALIKE: Final = 0.6


def re_aged(history: Sequence[Reported]) -> Iterator[Finding]:
    """Of one account at one bureau, oldest first: its newest date of first delinquency is later than an older
    report's, within one unbroken delinquency."""
    dated = [one for one in history if one.tradeline.date_of_first_delinquency]
    for before in dated[:-1]:
        after = dated[-1]
        earlier, later = before.tradeline.date_of_first_delinquency, after.tradeline.date_of_first_delinquency
        if earlier and later and before.reported_on < after.reported_on and _moved(before, after, earlier, later):
            yield Finding(
                FindingKind.RE_AGED,
                f"The first missed payment was {earlier.iso()} in your report of {before.reported_on}, "
                f"and is {later.iso()} now. Within one delinquency that date may not move later.",
                (*say(before, "date_of_first_delinquency"), *say(after, "date_of_first_delinquency")),
                "The date of first delinquency stays, however often the debt is sold",
                "15 USC 1681s-2(a)(5), 1681c(c)(1)",
                "Ask the bureau to restore the earlier date.",
            )
            return


def reinserted(
    history: Sequence[Reported], reports: Sequence[Sequence[Reported]], deleted_on: date | None
) -> list[Finding]:
    """Of one account at one bureau, oldest first: shown, then not shown, then shown again in the newest of them.

    `reports` are the bureau's lists, oldest first. An item may be missing by accident, so it is certain only where the
    bureau had said that it was deleted (`deleted_on`).
    """
    shown = [one for one in history if one.upload]
    if back := back_after(shown, deleted_on):
        earlier = [one for one in shown if one.reported_on < back.reported_on]
        return [_reinsertion(earlier[-1] if earlier else None, back, Certainty.PRINTED, deleted_on)]
    if len(shown) < 2:
        return []
    before, after = shown[-2:]
    missing = any(_leaves_out(report, before, after) for report in reports)
    return [_reinsertion(before, after, Certainty.LIKELY)] if missing else []


def back_after(shown: Sequence[Reported], deleted_on: date | None) -> Reported | None:
    """The first of one account's lines at one bureau, oldest first, that shows it after the bureau had deleted it."""
    return next((one for one in shown if deleted_on and one.reported_on > deleted_on), None)


def looks_like(one: Tradeline, other: Tradeline) -> bool:
    """Whether two lines may be one account, as far as their creditors' names and the visible digits tell."""
    names = [canonical_creditor(line.creditor_name) for line in (one, other)]
    alike = creditor_likeness(*names) >= _PERHAPS_ALIKE
    return alike and not compare_numbers(one.account_number, other.account_number).contradicts


def _leaves_out(report: Sequence[Reported], before: Reported, after: Reported) -> bool:
    """Whether a whole report of the same make, between the two, has nothing of that creditor's kind of name."""
    first = report[0]
    between = before.reported_on < first.reported_on < after.reported_on
    same_make = first.layout in (before.layout, after.layout)
    return between and same_make and first.is_whole and not any(_alike(one, after) for one in report)


def _alike(one: Reported, other: Reported) -> bool:
    names = [canonical_creditor(reported.tradeline.creditor_name) for reported in (one, other)]
    return creditor_likeness(*names) >= _PERHAPS_ALIKE


def _reinsertion(
    before: Reported | None, after: Reported, certainty: Certainty, deleted_on: date | None = None
) -> Finding:
    gone = f"was deleted on {deleted_on}" if deleted_on else f"was gone after {before.reported_on if before else '?'}"
    return Finding(
        FindingKind.REINSERTED,
        f"This account {gone} and is back in the report of {after.reported_on}.",
        (*(say(before, "creditor_name") if before else ()), *say(after, "creditor_name", "account_status")),
        "A deleted item may come back only if the furnisher certifies it, and you are told within 5 business days",
        "15 USC 1681i(a)(5)(B)",
        "If you got no notice within five business days, ask the bureau to delete it again.",
        certainty,
    )


def _moved(before: Reported, after: Reported, earlier: PrintedDate, later: PrintedDate) -> bool:
    length = min(len(earlier.iso()), len(later.iso()))
    return later.iso()[:length] > earlier.iso()[:length] and _was_unbroken(before, after, earlier, later)


def _was_unbroken(before: Reported, after: Reported, earlier: PrintedDate, later: PrintedDate) -> bool:
    """Whether it is known that no month on time lies between the two dates, after which a new delinquency begins.

    An account that stayed charged off or in collection was not brought current, whatever its grid shows. Of another
    one every month in between must be printed: what is not shown may have been on time.
    """
    if all(one.tradeline.account_status in _STILL_IN_DEFAULT for one in (before, after)):
        return True
    codes = before.tradeline.payment_history | after.tradeline.payment_history
    between = [codes.get(month) for month in _months_between(earlier.iso()[:7], later.iso()[:7])]
    return bool(between) and not any(code in (None, MonthCode.OK, MonthCode.NO_DATA) for code in between)


def _months_between(first: str, last: str) -> list[str]:
    """From `first` on, as YYYY-MM, up to and without `last`; none where a month is not printed."""
    if len(first) < len(last) or len(first) < len("2026-11"):
        return []
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(start, end)]
