"""A bureau's answer as read, kept as proposals for the user; and the accounts that its items name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tribureau.database.transactions import Transaction
from tribureau.domain.account_numbers import visible_number
from tribureau.domain.bureau_responses import KnownLine, Outcome, ResponseKind, account_named
from tribureau.domain.bureaus import Bureau
from tribureau.domain.creditor_names import canonical_creditor
from tribureau.domain.masking import masked
from tribureau.reader.report import Evidence, ReadItem, Response
from tribureau.workflows.report_rows import as_json

_LONGEST = {"creditor_name": 255, "account_number": 50, "reference": 60}
_SAID = {
    Outcome.DELETED: "deleted",
    Outcome.UPDATED: "updated",
    Outcome.VERIFIED: "verified",
    Outcome.BLOCKED: "blocked",
    Outcome.REJECTED_FRIVOLOUS: "called frivolous",
    Outcome.NEEDS_INFORMATION: "waiting for information",
    Outcome.UNDER_INVESTIGATION: "still under investigation",
}


async def keep_response(transaction: Transaction, upload_id: UUID, response: Response | None) -> None:
    """Runs in the worker's transaction that keeps a reading; None where the upload is a report."""
    await transaction.run("bureau_responses.mark_upload", upload_id=upload_id, is_answer=response is not None)
    if response is None:
        await transaction.run("bureau_responses.forget", upload_id=upload_id)
        return
    response_id = await transaction.value(
        "bureau_responses.keep",
        upload_id=upload_id,
        kind=response.kind,
        bureau=response.bureau,
        letter_date=response.letter_date,
        reference=_short(response.reference, "reference"),
        evidence=as_json(_places(response.evidence)),
    )
    rows = _rows(response.items)
    kept = [row["item_key"] for row in rows]
    await transaction.run("bureau_responses.forget_other_items", response_id=response_id, kept=kept)
    await transaction.run("bureau_responses.keep_items", response_id=response_id, rows=as_json(rows))


async def match_responses(transaction: Transaction) -> None:
    """Finds the accounts that items name, after the user's accounts were matched in the same transaction."""
    items = await transaction.all("bureau_responses.to_match")
    if not items:
        return
    lines = [
        KnownLine(row["account_id"], Bureau(row["bureau"]), row["creditor_name"], row["account_number"])
        for row in await transaction.all("bureau_responses.known_lines")
    ]
    moved = []
    for item in items:
        named = account_named(Bureau(item["bureau"]), item["creditor_name"], item["account_number"], lines)
        if named != item["suggested_account_id"]:
            moved.append({"response_id": item["response_id"], "item_id": item["item_id"], "account_id": named})
    await transaction.run("bureau_responses.suggest", rows=as_json(moved))


async def confirmed_deletions(transaction: Transaction) -> dict[tuple[UUID, Bureau], date]:
    """By account and bureau, when the bureau said that it deleted the account: only what the user confirmed."""
    rows = await transaction.all("bureau_responses.deletions")
    return {(row["account_id"], Bureau(row["bureau"])): row["deleted_on"] for row in rows}


def news_of(response: Response) -> tuple[str, str]:
    """Title and body of the notification."""
    who = response.bureau or "A bureau"
    if response.items:
        counts = Counter(item.outcome for item in response.items)
        said = ", ".join(f"{counts[outcome]} {_SAID[outcome]}" for outcome in Outcome if counts[outcome])
        return f"{who} answered: {said}", "Please look at each result and confirm it."
    match response.kind:
        case ResponseKind.IDENTIFICATION_REQUEST:
            return f"{who} asks who you are", "It wants proof of your identity before it begins to investigate."
        case ResponseKind.FRIVOLOUS_NOTICE:
            return f"{who} calls your dispute frivolous", "Nothing was investigated. The letter has to say why."
        case ResponseKind.RESULTS:
            return f"{who} answered", "No result could be read from the letter. Please look at it."


def _rows(items: Sequence[ReadItem]) -> list[dict[str, object]]:
    times: Counter[str] = Counter()
    rows = []
    for position, item in enumerate(items, start=1):
        key = _key(item)
        times[key] += 1
        rows.append(
            {
                "item_key": f"{key} {times[key]}",
                "position": position,
                "kind": item.kind,
                "creditor_name": _short(item.creditor_name, "creditor_name") or "?",
                "account_number": _short(item.account_number, "account_number"),
                "inquired_on": item.inquired_on,
                "reference": (_short(item.reference, "reference") or "")[:50] or None,
                "outcome": item.outcome,
                "outcome_text": masked(item.outcome_text),
                "changes": [
                    {
                        "field": change.field,
                        "before": masked(change.before) if change.before else None,
                        "after": masked(change.after),
                        **_place(change.evidence),
                    }
                    for change in item.changes
                ],
                "evidence": _places(item.evidence),
            }
        )
    return rows


def _key(item: ReadItem) -> str:
    number = visible_number(item.account_number)
    return f"{item.kind} {canonical_creditor(item.creditor_name)} {masked(number.head)}…{masked(number.tail)}"


def _places(evidence: Mapping[str, Evidence]) -> dict[str, object]:
    return {field: _place(found) for field, found in evidence.items()}


def _place(evidence: Evidence) -> dict[str, object]:
    return {
        "page": evidence.page,
        **{edge: round(value, 1) for edge, value in zip(("x0", "y0", "x1", "y1"), evidence.box, strict=True)},
        "printed_text": masked(evidence.printed),
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 2),
    }


def _short(text: str | None, column: str) -> str | None:
    return masked(text)[: _LONGEST[column]] if text else None
