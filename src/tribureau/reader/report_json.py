"""A report as the JSON object that `tribureau read --json` prints, one per file."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any, Final

from tribureau.domain.errors import TribureauError
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.personal_information import PersonalKind
from tribureau.domain.public_records import PublicRecord
from tribureau.domain.tradelines import FIELDS, PrintedDate
from tribureau.reader.report import BesideAccounts, Evidence, ReadPublicRecord, ReadTradeline, Report
from tribureau.reader.responses.as_json import answer_object


def report_object(file: str, report: Report) -> dict[str, Any]:
    """The report under the keys of the schema; `negative` and `provenance` of each tradeline say why."""
    if report.response:
        return answer_object(file, report.response, report.notes)
    return {
        "file": file,
        "error": None,
        "layout": report.layout,
        "report_date": report.report_date.isoformat() if report.report_date else None,
        **beside_object(report.beside),
        "tradelines": [tradeline_object(read) for read in report.tradelines],
        "notes": report.notes,
    }


def beside_object(beside: BesideAccounts) -> dict[str, Any]:
    """What stands beside the accounts. Each list's members carry their `provenance`."""
    return {
        "personal_info": asdict(beside.personal_info),
        "scores": {str(bureau): score for bureau, score in beside.scores.items()},
        "inquiries_count": asdict(beside.inquiries_count),
        **{key: _distinct(beside, kinds) for key, kinds in _LISTS.items()},
        "personal": [_plain_object(one, "kind", "value", "bureau", source=one.evidence) for one in beside.personal],
        "credit_scores": [
            _plain_object(one, "bureau", "score_value", "score_type", source=one.evidence)
            | {"scored_on": one.scored_on.isoformat() if one.scored_on else None}
            for one in beside.printed_scores
        ],
        "inquiries": [
            {
                "creditor": one.creditor_name,
                "bureau": str(one.bureau),
                "date": one.inquired_on.iso(),
                "type": str(one.kind),
                "business": one.business,
                "provenance": {name: _source(evidence) for name, evidence in one.evidence.items()},
            }
            for one in beside.inquiries
        ],
        "public_records": [_public_record(one) for one in beside.public_records],
    }


_LISTS: Final = {
    "names": (PersonalKind.NAME, PersonalKind.OTHER_NAME),
    "employers": (PersonalKind.EMPLOYER,),
    "phones": (PersonalKind.PHONE,),
}


def _distinct(beside: BesideAccounts, kinds: tuple[PersonalKind, ...]) -> list[str]:
    return list(dict.fromkeys(one.value for one in beside.personal if one.kind in kinds))


def _plain_object(one: object, *names: str, source: Evidence) -> dict[str, Any]:
    return {name: _plain(getattr(one, name)) for name in names} | {"provenance": _source(source)}


def _public_record(read: ReadPublicRecord) -> dict[str, Any]:
    record = {field.name: _plain(getattr(read.record, field.name)) for field in fields(PublicRecord)}
    return {
        "type": read.printed_kind,
        **record,
        "is_negative": read.negative.is_negative,
        "negative": _verdict(read.negative),
        "provenance": {name: _source(evidence) for name, evidence in read.evidence.items()},
    }


def error_object(file: str, error: TribureauError) -> dict[str, Any]:
    """A file that can't be read: its code under `error`, and what a person can do."""
    return {"file": file, "error": error.code, "message": error.message, "hint": error.hint, "tradelines": []}


def tradeline_object(read: ReadTradeline) -> dict[str, Any]:
    """One account at one bureau."""
    return {
        **{name: _plain(getattr(read.tradeline, name)) for name in FIELDS},
        "is_negative": read.negative.is_negative,
        "negative_reasons": list(dict.fromkeys(factor.reason for factor in read.negative.factors)),
        "negative": _verdict(read.negative),
        "provenance": {name: _source(evidence) for name, evidence in read.evidence.items()},
    }


def _verdict(item: NegativeItem) -> dict[str, Any]:
    return {
        "kind": str(item.kind) if item.kind else None,
        "severity": item.severity,
        "confidence": item.confidence,
        "factors": [asdict(factor) for factor in item.factors],
    }


def _source(evidence: Evidence) -> dict[str, Any]:
    return {
        "page": evidence.page,
        "box": [round(edge, 1) for edge in evidence.box],
        "printed": evidence.printed,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, PrintedDate):
        return value.iso()
    if isinstance(value, Mapping):
        return {key: str(code) for key, code in value.items()}
    return value if value is None or isinstance(value, bool | int | list) else str(value)
