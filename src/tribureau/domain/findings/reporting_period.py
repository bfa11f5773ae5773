"""How long an item may stand in a report: FCRA §605 (15 USC 1681c).

Seven years for most; for a charge-off or a collection they begin 180 days after the delinquency that led to it, so
the item must be gone seven years and 180 days after the date of first delinquency. Student loans are left out: those
that are federal have a clock of their own (20 USC 1080a(f)), and a report seldom says which they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Reported, Said
from tribureau.domain.tradelines import (
    LATE_MONTHS,
    AccountStatus,
    AccountType,
    MonthCode,
    Precision,
    PrintedDate,
    Tradeline,
)

_DAYS_BEFORE_THE_CLOCK: Final = timedelta(days=180)
_YEARS: Final = 7
_SINCE_DOFD: Final = "15 USC 1681c(a)(4), (a)(5) and (c)(1)"
_DEFAULTED: Final = (
    AccountStatus.CHARGE_OFF,
    AccountStatus.COLLECTION,
    AccountStatus.REPOSSESSION,
    AccountStatus.FORECLOSURE,
)
_OLD_DEFAULT: Final = frozenset({MonthCode.CHARGE_OFF, MonthCode.COLLECTION, MonthCode.REPOSSESSION})


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """The last day on which an item may be reported, the date that was counted from, and whether that was inferred."""

    until: date
    counted_from: Said
    inferred: bool
    source: str


def reporting_period(reported: Reported) -> ReportingPeriod | None:
    """None where the report gives nothing to count from."""
    line = reported.tradeline
    if line.account_status not in _DEFAULTED or line.account_type is AccountType.STUDENT_LOAN:
        return None
    if (dofd := line.date_of_first_delinquency) and dofd.day <= reported.reported_on:
        said = Said(reported.id, "date_of_first_delinquency", dofd.iso())
        return ReportingPeriod(_end(dofd), said, inferred=False, source=_SINCE_DOFD)
    if inferred := _first_late_before_default(line):
        said = Said(reported.id, f"payment_history/{inferred}", line.payment_history[inferred])
        start = PrintedDate(date.fromisoformat(f"{inferred}-01"), Precision.MONTH)
        return ReportingPeriod(_end(start), said, inferred=True, source=_SINCE_DOFD)
    return None


def too_old(reported: Reported) -> Iterator[Finding]:
    """An account, or late payments of it, that were past their period when the report was made."""
    period = reporting_period(reported)
    if period and period.until < reported.reported_on:
        yield Finding(
            FindingKind.TOO_OLD,
            f"Its reporting period ended on {period.until:%b} {period.until.day}, {period.until.year}, "
            f"counted from {period.counted_from.value if not period.inferred else period.counted_from.field[-7:]}.",
            (period.counted_from,),
            "A charge-off, collection or repossession may be reported for 7 years, "
            "which begin 180 days after the first missed payment",
            period.source,
            "Ask the bureau to delete the account: it may no longer be reported.",
            Certainty.LIKELY if period.inferred else Certainty.PRINTED,
            period.until,
        )
    yield from _old_late_payments(reported)


def _old_late_payments(reported: Reported) -> Iterator[Finding]:
    """Of an account that is not in default: there the late payments belong to what led to it."""
    if reported.tradeline.account_status in _DEFAULTED:
        return
    oldest = _years_before(reported.reported_on, _YEARS).isoformat()[:7]
    history = reported.tradeline.payment_history
    late = sorted(month for month, code in history.items() if code in LATE_MONTHS and month < oldest)
    if late:
        yield Finding(
            FindingKind.TOO_OLD,
            f"Late payments from before {oldest} are older than seven years.",
            tuple(Said(reported.id, f"payment_history/{month}", history[month]) for month in late),
            "A late payment may be reported for 7 years",
            "15 USC 1681c(a)(5)",
            "Ask the bureau to delete these late payments.",
        )


def years_after(day: date, years: int) -> date:
    """The same day that many years on; February 29 becomes March 1, so that a period is never cut short."""
    year = min(max(day.year + years, MINYEAR), MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _years_before(day: date, years: int) -> date:
    return years_after(day, -years)


def _end(start: PrintedDate) -> date:
    return years_after(latest_day(start) + _DAYS_BEFORE_THE_CLOCK, _YEARS)


def latest_day(printed: PrintedDate) -> date:
    """The last day that a printed month or year can mean: an item is called too old only when it surely is."""
    day = printed.day
    match printed.precision:
        case Precision.DAY:
            return day
        case Precision.MONTH:
            following = day.replace(day=28) + timedelta(days=4)
            return following - timedelta(days=following.day)
        case Precision.YEAR:
            return date(day.year, 12, 31)


def _first_late_before_default(line: Tradeline) -> str | None:
    """The first month of the newest unbroken delinquency that ended in default, where the grid shows its beginning.

    Without a current month before it, the delinquency may have begun earlier than the grid does.
    """
    began: str | None = None
    was_current = in_default = False
    for month, code in sorted(line.payment_history.items()):
        if code is MonthCode.OK:
            began, was_current, in_default = None, True, False
        elif was_current and began is None and (code in LATE_MONTHS or code in _OLD_DEFAULT):
            began = month
        in_default = in_default or code in _OLD_DEFAULT
    return began if in_default else None
