"""Public records that should not be there: kinds that the bureaus gave up, and records past their period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Said, Subject
from tribureau.domain.findings.items import NOT_MINE, ReportedRecord
from tribureau.domain.findings.reporting_period import latest_day, years_after
from tribureau.domain.public_records import PublicRecordKind, PublicRecordStatus
from tribureau.domain.tradelines import PrintedDate

_GIVEN_UP: Final = {
    PublicRecordKind.TAX_LIEN: ("a tax lien", "since April 2018"),
    PublicRecordKind.CIVIL_JUDGMENT: ("a civil judgment", "since July 2017"),
}
_YEARS: Final = 7
_BANKRUPTCY_YEARS: Final = 10
_CHAPTER_13: Final = 13
_DELETE: Final = "Ask the bureau to delete the record: its reporting period has ended."


def record_findings(reported: ReportedRecord) -> Iterator[Finding]:
    yield from _given_up(reported)
    yield from _too_old(reported)
    if reported.recognised == NOT_MINE:
        yield Finding(
            FindingKind.NOT_RECOGNISED,
            "You said that this public record is not yours.",
            (_said(reported, "kind", reported.printed_kind),),
            "A report may hold only what belongs to the person it is about",
            "15 USC 1681e(b), 1681i(a)",
            "Ask the bureau to delete it, or to show that it is yours.",
        )


def _given_up(reported: ReportedRecord) -> Iterator[Finding]:
    kind = reported.record.kind
    if kind in _GIVEN_UP:
        what, since = _GIVEN_UP[kind]
        yield Finding(
            FindingKind.LIEN_OR_JUDGMENT,
            f"This report holds {what}. The three bureaus say that they have reported none {since}.",
            (_said(reported, "kind", reported.printed_kind),),
            "No tax liens and no civil judgments in credit reports",
            "The three bureaus' own policy (National Consumer Assistance Plan, 2017 and 2018); not law",
            "Ask the bureau to remove it under its own policy.",
        )


def _too_old(reported: ReportedRecord) -> Iterator[Finding]:
    period = record_period(reported)
    if period and period.until < reported.reported_on:
        until, started = period.until, period.counted_from.iso()
        yield Finding(
            FindingKind.RECORD_TOO_OLD,
            f"Its reporting period ended on {until:%b} {until.day}, {until.year}, counted from {started}.",
            (_said(reported, "kind", reported.printed_kind), _said(reported, period.field, started)),
            period.rule,
            period.source,
            _DELETE,
            period.certainty,
            until,
        )


@dataclass(frozen=True, slots=True)
class RecordPeriod:
    """The last day on which a record may be reported, and the printed date that it is counted from."""

    until: date
    field: str
    counted_from: PrintedDate
    rule: str
    source: str
    certainty: Certainty = Certainty.PRINTED


def record_period(reported: ReportedRecord) -> RecordPeriod | None:
    """None where nothing is printed to count from, or no period ends (an unpaid lien).

    A voluntary petition is itself the order for relief (11 USC 301(b)), so a bankruptcy is counted from its filing.
    """
    record = reported.record
    match record.kind:
        case PublicRecordKind.BANKRUPTCY if record.filed_on:
            return _bankruptcy_period(reported, record.filed_on)
        case PublicRecordKind.TAX_LIEN if record.resolved_on and record.status is PublicRecordStatus.SATISFIED:
            rule = "A paid tax lien may be reported for 7 years from its payment"
            return RecordPeriod(
                _after(record.resolved_on, _YEARS), "resolved_on", record.resolved_on, rule, "15 USC 1681c(a)(3)"
            )
        case PublicRecordKind.CIVIL_JUDGMENT | PublicRecordKind.FORECLOSURE if record.filed_on:
            rule = "A suit or judgment may be reported for 7 years, or for its limitation period if that is longer"
            until = _after(record.filed_on, _YEARS)
            return RecordPeriod(until, "filed_on", record.filed_on, rule, "15 USC 1681c(a)(2)", Certainty.LIKELY)
        case _:
            return None


def _bankruptcy_period(reported: ReportedRecord, filed: PrintedDate) -> RecordPeriod:
    by_law, by_policy = _after(filed, _BANKRUPTCY_YEARS), _after(filed, _YEARS)
    if reported.record.chapter == _CHAPTER_13 and by_policy < reported.reported_on <= by_law:
        rule = "A chapter 13 bankruptcy leaves the report 7 years after it was filed"
        source = "The three bureaus' own policy; the law (15 USC 1681c(a)(1)) allows 10 years"
        return RecordPeriod(by_policy, "filed_on", filed, rule, source, Certainty.LIKELY)
    rule = "A bankruptcy may be reported for 10 years from the order for relief"
    return RecordPeriod(by_law, "filed_on", filed, rule, "15 USC 1681c(a)(1)")


def _after(printed: PrintedDate, years: int) -> date:
    return years_after(latest_day(printed), years)


def _said(reported: ReportedRecord, field: str, value: str) -> Said:
    return Said(reported.id, field, value, Subject.PUBLIC_RECORD)
