"""What does not add up on an account's page: the finding in words, the values that it rests on, setting it aside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from tribureau.domain.findings import FindingKind, Reported
from tribureau.domain.findings.reporting_period import ReportingPeriod, reporting_period
from tribureau.domain.tradelines import Precision, PrintedDate
from tribureau.web import formats, wording
from tribureau.web.api.findings import Dismissal, dismiss_finding
from tribureau.web.pages.account_facts import shown
from tribureau.web.pages.visitor import SignedIn, go_to
from tribureau.workflows.stored_tradelines import stored_tradeline

router = APIRouter(include_in_schema=False)
Row = Mapping[str, Any]
_ISO: Final = re.compile(r"\b(\d{4}-\d\d)(-\d\d)?\b")
_BUREAUS: Final = frozenset({"Equifax", "TransUnion", "Experian"})


@dataclass(frozen=True)
class ShownValue:
    """A value that a finding rests on. `address` is its place on this page or on that of the account that says it;
    `box` names its box where that is on this page, `who` the report where it is not."""

    label: str
    value: Markup | str
    address: str
    box: str
    who: str


@dataclass(frozen=True)
class ShownFinding:
    """`items` are what it is about beside the accounts, as kind and id; `reason` is what it gives to dispute them."""

    id: UUID
    kind: str
    title: str
    explanation: str
    rule: str
    source: str
    request: str
    likely: bool
    dismissed: bool
    values: list[ShownValue]
    items: Sequence[tuple[str, UUID]] = ()
    reason: str = ""


@dataclass(frozen=True)
class ShownPeriod:
    """`until` counted from the date on this page; `otherwise` from the earlier one that an older report printed."""

    until: date
    counted_from: str
    inferred: bool
    source: str
    otherwise: tuple[date, str] | None


def shown_findings(rows: Sequence[Row], tradeline_id: str) -> list[ShownFinding]:
    """`rows` of `findings.of_tradeline`, as the page of that tradeline shows them."""
    return [
        ShownFinding(
            row["finding_id"],
            row["kind"],
            _title(row),
            in_plain_dates(row["explanation"]),
            row["rule"],
            row["source"],
            row["request"],
            likely=row["certainty"] == "likely",
            dismissed=row["dismissed_at"] is not None,
            values=[_value(said, tradeline_id) for said in row["said"] or []],
        )
        for row in rows
    ]


def _title(row: Row) -> str:
    """`the bureaus disagree: balance`; an account may have several such."""
    title = wording.term(wording.FINDINGS, row["kind"]).word
    if row["kind"] != FindingKind.BUREAUS_DISAGREE or not row["said"]:
        return title
    return f"{title}: {wording.term(wording.FIELDS, row['said'][0]['field']).word.lower()}"


def shown_period(tradeline: Row, rows: Sequence[Row]) -> ShownPeriod | None:
    """Until when the account may be reported (15 USC 1681c), where its page tells what to count from."""
    if tradeline["bureau"] not in _BUREAUS:
        return None
    reported = Reported(UUID(tradeline["tradeline_id"]), stored_tradeline(tradeline), date.max)
    period = reporting_period(reported)
    if period is None:
        return None
    started = in_plain_dates(period.counted_from.field[-7:] if period.inferred else period.counted_from.value)
    earlier = _before_it_moved(reported, rows)
    return ShownPeriod(period.until, started, period.inferred, period.source, earlier)


def in_plain_dates(text: str) -> str:
    """`2020-08` and `2020-08-03` in a sentence as `Aug 2020` and `Aug 3, 2020`."""
    return _ISO.sub(lambda iso: formats.day(f"{iso[1]}{iso[2] or '-01'}", "day" if iso[2] else "month"), text)


def _before_it_moved(reported: Reported, rows: Sequence[Row]) -> tuple[date, str] | None:
    moved = next((row for row in rows if row["kind"] == FindingKind.RE_AGED and not row["dismissed_at"]), None)
    if moved is None or not moved["said"]:
        return None
    text = moved["said"][0]["value"]
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(text), Precision.DAY)
    before = PrintedDate(date.fromisoformat((text + "-01-01")[:10]), precision)
    period: ReportingPeriod | None = reporting_period(
        replace(reported, tradeline=replace(reported.tradeline, date_of_first_delinquency=before))
    )
    return (period.until, in_plain_dates(text)) if period else None


def _value(said: Row, tradeline_id: str) -> ShownValue:
    field, _, month = said["field"].partition("/")
    label = wording.term(wording.FIELDS, field).word + (f", {in_plain_dates(month)}" if month else "")
    value = wording.term(wording.MONTHS_OF_HISTORY, said["value"]).explanation if month else _in_words(field, said)
    here = said["tradeline_id"] == tradeline_id
    box = said["field"].replace("/", "-") if here and said["page"] else ""
    place = f"#box-{box}" if box else f"#{'month-' + month if month else 'value-' + field}"
    return ShownValue(
        label,
        value,
        place if here else _account_address(said) + place,
        box and said["field"],
        "" if here else _who(said),
    )


def _in_words(field: str, said: Row) -> Markup | str:
    precision = {4: "year", 7: "month"}.get(len(said["value"]), "day")
    value = (said["value"] + "-01-01")[:10] if field.startswith("date_") else said["value"]
    return shown(field, value, precision)


def _who(said: Row) -> str:
    """`TransUnion, Mar 2, 2026, page 5`."""
    parts = [
        said["bureau"],
        formats.day(said["report_date"]) if said["report_date"] else "",
    ]
    page = f"page {said['page']}" if said["page"] else ""
    return ", ".join(part for part in [*parts, page] if part)


def _account_address(said: Row) -> str:
    upload, tradeline = said["report_upload_id"], said["tradeline_id"]
    return f"/reports/{upload}/accounts/{tradeline}" if upload else f"/accounts/typed/{tradeline}"


@router.post("/reports/{upload_id}/accounts/{tradeline_id}/findings/{finding_id}/{step}")
@router.post("/accounts/typed/{tradeline_id}/findings/{finding_id}/{step}")
async def set_aside(
    visitor: SignedIn,
    tradeline_id: UUID,
    finding_id: UUID,
    step: Literal["dismiss", "bring-back"],
    upload_id: UUID | None = None,
) -> RedirectResponse:
    dismissed = step == "dismiss"
    await dismiss_finding(finding_id, Dismissal(dismissed=dismissed), visitor.parts, visitor.user)
    said = {"report_upload_id": upload_id, "tradeline_id": tradeline_id}
    return go_to(_account_address(said), "set-aside" if dismissed else "brought-back", "findings")
