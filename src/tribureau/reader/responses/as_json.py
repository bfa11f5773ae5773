"""A bureau's answer as the JSON object that `tribureau read --json` prints under `responses`."""

from typing import Any

from tribureau.domain.errors import NotACreditReport
from tribureau.reader.report import Evidence, ReadChange, ReadItem, Response


def answer_object(file: str, response: Response, notes: list[str]) -> dict[str, Any]:
    """The file among the reports, where it is none; its `response` goes beside them."""
    who = response.bureau or "a bureau"
    return {
        "file": file,
        "error": NotACreditReport.code,
        "message": f"This is an answer from {who} to a dispute, not a report.",
        "hint": "",
        "layout": None,
        "tradelines": [],
        "notes": notes,
        "response": response_object(file, response),
    }


def response_object(file: str, response: Response) -> dict[str, Any]:
    return {
        "file": file,
        "kind": str(response.kind),
        "bureau": str(response.bureau) if response.bureau else None,
        "letter_date": response.letter_date.isoformat() if response.letter_date else None,
        "reference": response.reference,
        "items": [_item(item) for item in response.items],
        "provenance": {name: _source(found) for name, found in response.evidence.items()},
    }


def _item(item: ReadItem) -> dict[str, Any]:
    return {
        "kind": str(item.kind),
        "creditor_name": item.creditor_name,
        "account_number": item.account_number,
        "outcome": str(item.outcome),
        "outcome_text": item.outcome_text,
        "changes": [_change(change) for change in item.changes],
        "provenance": {name: _source(found) for name, found in item.evidence.items()},
    }


def _change(change: ReadChange) -> dict[str, Any]:
    return {
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "provenance": _source(change.evidence),
    }


def _source(evidence: Evidence) -> dict[str, Any]:
    return {
        "page": evidence.page,
        "box": [round(edge, 1) for edge in evidence.box],
        "printed": evidence.printed,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }
