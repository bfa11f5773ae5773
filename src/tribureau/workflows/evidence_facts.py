"""Rows of a dispute as an evidence packet says them: days, values and entries in the packet's language."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tribureau.database.transactions import Row
from tribureau.domain.deadlines import DisputeFacts, ReportOrigin, day_in
from tribureau.domain.deadlines.local_days import USUAL_ZONE
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.disputes.chains import Chain, SignedHead
from tribureau.domain.disputes.history import Entry
from tribureau.domain.evidence import Event, RoundFacts, events_of
from tribureau.domain.evidence.company import LETTERS_TO_COMPANIES, events_of_company
from tribureau.domain.evidence.words import ACTOR_WORDS, FIELD_LABELS, PACKET_WORDS, STATUS_WORDS
from tribureau.domain.letters.printed import STATE_WORDS
from tribureau.domain.letters.words import Language
from tribureau.workflows.company_letters import mailed_letter

_MONEY: Final = frozenset(
    {"balance", "past_due", "credit_limit", "high_balance", "original_amount", "charge_off_amount"}
)
_FREE: Final = "annual_free"
_LONGEST_VALUE: Final = 400


def say(name: str, language: Language, /, **given: object) -> str:
    """A word of the packet, filled in."""
    return PACKET_WORDS[name].in_(language).format(**given)


def round_facts(row: Row, entries: Sequence[Entry], zone: str | None) -> RoundFacts:
    """A row of `evidence.rounds` with its history, in the user's own days."""

    def day_of(status: DisputeStatus) -> date | None:
        found = [entry for entry in entries if entry.new_status == status and entry.previous_status != status]
        return day_in(zone, found[-1].changed_at) if found else None

    origin = ReportOrigin.FREE_ANNUAL if row["report_source"] == _FREE else ReportOrigin.OTHER
    sent = row["mailed_on"] and DisputeFacts(
        row["mailed_on"], row["received_on"], origin, row["more_information_received_on"]
    )
    outcome = DisputeStatus(row["outcome"])
    return RoundFacts(
        round=row["round"],
        bureau=row["bureau"],
        outcome=outcome,
        begun_on=day_in(zone, row["created_at"]),
        facts=sent or None,
        tracking_number=row["tracking_number"] or "",
        answered_on=row["bureau_response_date"],
        unanswered_on=day_of(DisputeStatus.EXPIRED),
        closed_on=day_of(DisputeStatus.ESCALATED),
        taken_back_on=day_of(DisputeStatus.BLANK) if row["status"] == DisputeStatus.BLANK else None,
    )


def timeline(facts: RoundFacts, language: Language, mail_allowance: timedelta) -> dict[str, Any]:
    return {
        "heading": f"{say('round', language)} {facts.round}",
        "events": [_event(event) for event in events_of(facts, language, mail_allowance)],
    }


def company_timeline(rows: Sequence[Row], language: Language) -> list[dict[str, Any]]:
    """Rows of `company_letters.about`, one part for all; none where there are none."""
    events = [event for row in rows for event in events_of_company(mailed_letter(row), language)]
    ordered = [_event(event) for event in sorted(events, key=lambda event: event.on)]
    return [{"heading": LETTERS_TO_COMPANIES.in_(language), "events": ordered}] if events else []


def rounds_table(facts: Sequence[RoundFacts], language: Language) -> dict[str, Any]:
    columns = ("round", "begun", "mailed", "received", "answered", "outcome")
    return {
        "columns": [say(name, language) for name in columns],
        "rows": [
            [
                str(one.round),
                one.begun_on.isoformat(),
                _day(one.facts.mailed_on if one.facts else None),
                _day(one.facts.received_on if one.facts else None),
                _day(one.answered_on),
                STATUS_WORDS[one.outcome].in_(language),
            ]
            for one in facts
        ],
    }


def item_rows(values: Mapping[str, Any], kind: str, language: Language) -> list[list[str]]:
    """The kept values that a report prints, each with its label. What is no account has its name first."""
    labels = FIELD_LABELS if kind == "tradeline" else FIELD_LABELS | {"creditor_name": PACKET_WORDS["account"]}
    return [
        [label.in_(language), _printed(name, values, language)]
        for name, label in labels.items()
        if values.get(name) not in (None, "", [])
    ]


def history(chain: Chain, row: Row, heads: Sequence[SignedHead], language: Language) -> dict[str, Any]:
    known: Mapping[str, Any] = {}
    entries = []
    for entry in chain.entries:
        changed = [[name, str(value)] for name, value in entry.facts.items() if value != known.get(name)]
        known = entry.facts
        entries.append(_entry(entry, [[n, v[:_LONGEST_VALUE]] for n, v in changed], language))
    return {
        "heading": f"{say('round', language)} {row['round']}",
        "dispute_id": str(chain.dispute_id),
        "entries": entries,
        "heads": [
            {
                "position": one.head.position,
                "hash": one.head.hash.hex(),
                "signed_at": _moment(one.head.signed_at),
                "key_id": one.key_id,
                "signature": one.signature.hex(),
            }
            for one in heads
        ],
    }


def head_row(one: SignedHead) -> dict[str, Any]:
    """A head as an export has it."""
    return {
        "user_id": str(one.head.user_id),
        "dispute_id": str(one.head.dispute_id),
        "position": one.head.position,
        "hash": f"\\x{one.head.hash.hex()}",
        "signed_at": one.head.signed_at.isoformat(),
        "key_id": one.key_id,
        "signature": f"\\x{one.signature.hex()}",
    }


def local_moment(moment: datetime, zone: str | None) -> str:
    """`2026-11-22 09:03 EST`. A zone that nobody knows counts as New York's, as for days."""
    try:
        local = moment.astimezone(ZoneInfo(zone or USUAL_ZONE))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        local = moment.astimezone(ZoneInfo(USUAL_ZONE))
    return f"{local:%Y-%m-%d %H:%M %Z}"


def same_dispute(rows: Sequence[Row], dispute: UUID) -> Row:
    return next(row for row in rows if row["dispute_id"] == dispute)


def _event(event: Event) -> dict[str, Any]:
    return {
        "on": event.on.isoformat(),
        "words": event.words,
        "detail": event.detail,
        "citation": event.citation,
        "is_due": event.is_due,
    }


def _entry(entry: Entry, facts: list[list[str]], language: Language) -> dict[str, Any]:
    new = _status(entry.new_status, language)
    if entry.previous_status is None:
        step = f"{say('begins', language)} {new}"
    elif entry.previous_status == entry.new_status:
        step = f"{say('noted', language)} ({new})"
    else:
        step = f"{_status(entry.previous_status, language)} → {new}"
    return {
        "position": entry.position,
        "step": step,
        "by": ACTOR_WORDS[entry.changed_by].in_(language),
        "at": _moment(entry.changed_at),
        "reason": entry.change_reason or "",
        "notes": entry.change_notes or "",
        "facts": facts,
        "hash": entry.hash.hex(),
        "previous": entry.previous_hash.hex(),
    }


def _status(word: str, language: Language) -> str:
    """A forged history may hold any word; it is shown as it is."""
    return STATUS_WORDS[DisputeStatus(word)].in_(language) if word in set(DisputeStatus) else word


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"


def _printed(name: str, values: Mapping[str, Any], language: Language) -> str:
    value = str(values[name])
    if name in _MONEY:
        try:
            return f"${Decimal(value):,.2f}"
        except InvalidOperation:
            return value
    match values.get(f"{name}_precision"):
        case "month":
            return value[:7]
        case "year":
            return value[:4]
    words = STATE_WORDS.get(value)
    return words.in_(language) if words else value.replace("_", " ") if name.endswith(("_type", "_status")) else value
