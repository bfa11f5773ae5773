"""A report as read, turned into the rows that are stored. Long numbers are masked here, wherever they stand."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

from tribureau.database.transactions import Row
from tribureau.domain.bureaus import Bureau
from tribureau.domain.masking import masked
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.rereading import ReadAccount, ids_kept
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS, Tradeline
from tribureau.reader.report import Evidence, ReadTradeline, Report

_PLAIN_FIELDS = (
    "bureau",
    "account_number_last4",
    "account_type",
    "account_status",
    "payment_status",
    "responsibility",
    "disputed",
    "late_payments_30",
    "late_payments_60",
    "late_payments_90",
    "late_payments_120",
    "payment_history",
    *MONEY_FIELDS,
)
_LENGTHS = {"creditor_name": 255, "account_number": 50, "terms": 255, "original_creditor": 255, "field": 60}

Rows = list[dict[str, object]]


def with_ids(report: Report, earlier: Sequence[Row]) -> list[tuple[UUID, ReadTradeline]]:
    """Each tradeline under the id that it had in the earlier reading, or a new one."""
    known = [(row["tradeline_id"], _identity_of_row(row)) for row in earlier]
    kept = ids_kept(known, [_identity(read.tradeline) for read in report.tradelines])
    return [(id_ or uuid4(), read) for id_, read in zip(kept, report.tradelines, strict=True)]


def tradeline_rows(tradelines: Sequence[tuple[UUID, ReadTradeline]]) -> Rows:
    """Rows of `public.tradelines`."""
    return [
        {"tradeline_id": id_, "position": position, **_facts(read.tradeline), **verdict_columns(read.negative)}
        for position, (id_, read) in enumerate(tradelines, start=1)
    ]


def evidence_rows(tradelines: Sequence[tuple[UUID, ReadTradeline]]) -> Rows:
    """Rows of `public.tradeline_provenance`."""
    return [
        {"tradeline_id": id_, "field": field[: _LENGTHS["field"]], **_evidence(evidence)}
        for id_, read in tradelines
        for field, evidence in read.evidence.items()
    ]


def as_json(rows: object) -> str:
    """For a parameter that is cast to jsonb; money keeps its cents, PostgreSQL's forbidden NUL is dropped."""
    return json.dumps(rows, default=_plain, ensure_ascii=False).replace("\\u0000", "")


def _plain(value: object) -> object:
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _identity(tradeline: Tradeline) -> ReadAccount:
    facts = _facts(tradeline)
    opened = tradeline.date_opened
    number = facts["account_number"]
    return ReadAccount(
        tradeline.bureau, str(facts["creditor_name"]), str(number) if number else None, opened.day if opened else None
    )


def _identity_of_row(row: Row) -> ReadAccount:
    return ReadAccount(Bureau(row["bureau"]), row["creditor_name"], row["account_number"], row["date_opened"])


def _facts(tradeline: Tradeline) -> dict[str, object]:
    return {
        **{name: getattr(tradeline, name) for name in _PLAIN_FIELDS},
        **{name: _text(getattr(tradeline, name), length) for name, length in _TEXTS},
        **dict(_dates(tradeline)),
        "remarks": _text("\n".join(tradeline.remarks)),
    }


_TEXTS = tuple((name, length) for name, length in _LENGTHS.items() if name != "field")


def _dates(tradeline: Tradeline) -> Iterator[tuple[str, object]]:
    for name in DATE_FIELDS:
        printed = getattr(tradeline, name)
        yield name, printed.day if printed else None
        yield f"{name}_precision", str(printed.precision) if printed else "day"


def verdict_columns(item: NegativeItem) -> dict[str, object]:
    """The columns of a verdict, which tradelines and public records share."""
    return {
        "is_negative": item.is_negative,
        "negative_confidence": round(item.confidence, 2),
        "negative_kind": item.kind,
        "negative_severity": item.severity,
        "negative_factors": [
            {
                "reason": factor.reason,
                "field": factor.field,
                "explanation": masked(factor.explanation),
                "rule": factor.rule,
                "printed": _text(factor.printed),
                "page": factor.page,
            }
            for factor in item.factors
        ],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "page": evidence.page,
        **dict(zip(("x0", "y0", "x1", "y1"), evidence.box, strict=True)),
        "printed_text": masked(evidence.printed),
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 2),
    }


def _text(value: str | StrEnum | None, length: int | None = None) -> str | None:
    return masked(value)[:length] if value else None
