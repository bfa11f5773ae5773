"""A report as the JSON object that `tribureau read --json` prints, one per file."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from tribureau.domain.errors import TribureauError
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.tradelines import FIELDS, PrintedDate
from tribureau.reader.report import Evidence, ReadTradeline, Report


def report_object(file: str, report: Report) -> dict[str, Any]:
    """The report under the keys of the schema; `negative` and `provenance` of each tradeline say why."""
    return {
        "file": file,
        "error": None,
        "layout": report.layout,
        "report_date": report.report_date.isoformat() if report.report_date else None,
        "personal_info": asdict(report.personal_info),
        "scores": {str(bureau): score for bureau, score in report.scores.items()},
        "inquiries_count": asdict(report.inquiries_count),
        "tradelines": [tradeline_object(read) for read in report.tradelines],
        "notes": report.notes,
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
