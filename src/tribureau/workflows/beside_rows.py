"""What was read beside the accounts, turned into rows. Ids of an earlier reading stay with what is the same."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, TypeVar
from uuid import UUID, uuid4

from tribureau.database.transactions import Row
from tribureau.domain.masking import masked
from tribureau.domain.tradelines import PrintedDate
from tribureau.reader.report import Evidence, PersonalValue, ReadInquiry, ReadPublicRecord, ReadScore
from tribureau.workflows.report_rows import Rows, verdict_columns

Read = TypeVar("Read")
_LONGEST: Final = 255
_NAMES: Final = frozenset({"name", "other_name"})
_ADDRESSES: Final = frozenset({"current_address", "previous_address"})
_NOON: Final = time(12, tzinfo=UTC)
"""A printed day has no time of day; at noon UTC it is that day everywhere in the United States."""


def under_known_ids(
    earlier: Iterable[tuple[UUID, Hashable]], fresh: Iterable[Read], identity: Callable[[Read], Hashable]
) -> list[tuple[UUID, Read]]:
    """Each thing with the id that the same thing had, in order of the report where several are the same."""
    known: dict[Hashable, list[UUID]] = {}
    for id_, what in earlier:
        known.setdefault(what, []).append(id_)
    return [(known[what].pop(0) if known.get(what := identity(one)) else uuid4(), one) for one in fresh]


def inquiry_identity(read: ReadInquiry) -> Hashable:
    return str(read.bureau), _plain(read.creditor_name), read.inquired_on.day, str(read.kind)


def stored_inquiry_identity(row: Row) -> Hashable:
    return row["bureau"], _plain(row["creditor_name"]), row["inquired_on"], row["kind"]


def record_identity(read: ReadPublicRecord) -> Hashable:
    record = read.record
    return str(record.bureau), str(record.kind), record.filed_on.day if record.filed_on else None, record.reference


def stored_record_identity(row: Row) -> Hashable:
    return row["bureau"], row["kind"], row["filed_on"], row["reference"]


def information_identity(value: PersonalValue) -> Hashable:
    return str(value.bureau) if value.bureau else None, str(value.kind), _plain(value.value)


def stored_information_identity(row: Row, value: str) -> Hashable:
    return row["bureau"], row["kind"], _plain(value)


def information_fingerprint(value: PersonalValue) -> bytes:
    """What is the same wherever a report prints this name, address or number again, for a keyed digest: case, spaces
    and signs aside, and whether a name is the first or another, an address the present or an earlier one.
    """
    kind = str(value.kind)
    sort = "name" if kind in _NAMES else "address" if kind in _ADDRESSES else kind
    return f"{sort}:{_plain(value.value)}".encode()


def score_rows(scores: Sequence[ReadScore], report_date: date | None, read_on: date) -> Rows:
    """Rows of `public.credit_scores`; a score without a day has the report's, or else that of reading."""
    return [
        {
            "timestamp": datetime.combine(score.scored_on or report_date or read_on, _NOON).isoformat(),
            "score_value": score.score_value,
            "bureau": score.bureau,
            "score_type": score.score_type[:50],
            "provenance": _places({"score_value": score.evidence}),
        }
        for score in scores
    ]


def inquiry_rows(inquiries: Sequence[tuple[UUID, ReadInquiry]]) -> Rows:
    """Rows of `public.inquiries`."""
    return [
        {
            "inquiry_id": id_,
            "position": position,
            "bureau": read.bureau,
            "creditor_name": masked(read.creditor_name)[:_LONGEST],
            **_dated("inquired_on", read.inquired_on),
            "kind": read.kind,
            "business": masked(read.business)[:_LONGEST] if read.business else None,
            "provenance": _places(read.evidence),
        }
        for position, (id_, read) in enumerate(inquiries, start=1)
    ]


def public_record_rows(records: Sequence[tuple[UUID, ReadPublicRecord]]) -> Rows:
    """Rows of `public.public_records`."""
    return [
        {
            "public_record_id": id_,
            "position": position,
            "bureau": read.record.bureau,
            "kind": read.record.kind,
            "printed_kind": masked(read.printed_kind)[:_LONGEST],
            "chapter": read.record.chapter,
            "court": masked(read.record.court)[:_LONGEST] if read.record.court else None,
            "reference": masked(read.record.reference)[:50] if read.record.reference else None,
            "status": read.record.status,
            "amount": read.record.amount,
            **_dated("filed_on", read.record.filed_on),
            **_dated("resolved_on", read.record.resolved_on),
            **verdict_columns(read.negative),
            "provenance": _places(read.evidence),
        }
        for position, (id_, read) in enumerate(records, start=1)
    ]


def _dated(name: str, printed: PrintedDate | None) -> dict[str, object]:
    return {name: printed.day if printed else None, f"{name}_precision": str(printed.precision) if printed else "day"}


def _places(evidence: dict[str, Evidence]) -> Rows:
    return [
        {
            "field": field,
            "page": source.page,
            **{name: round(edge, 2) for name, edge in source.box._asdict().items()},
            "printed_text": masked(source.printed),
            "rule": source.rule,
            "confidence": round(source.confidence, 2),
        }
        for field, source in evidence.items()
    ]


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
