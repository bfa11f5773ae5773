"""The chain of a dispute's history: each entry's SHA-256 covers the entry and the hash before it.

The bytes that are hashed are the entry as one JSON array in the form in which PostgreSQL prints `jsonb`, so that the
database and this module, which knows no database, come to the same hash independently.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from tribureau.domain.disputes.statuses import Actor, DisputeStatus
from tribureau.domain.disputes.transitions import IllegalTransition, transition

GENESIS: Final = bytes(32)
"""The hash before a dispute's first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `dispute_status_history`. `position` counts from 1; `facts` is what the dispute said afterwards."""

    user_id: UUID
    history_id: UUID
    dispute_id: UUID
    position: int
    previous_status: str | None
    new_status: str
    changed_by: str
    change_reason: str | None
    change_notes: str | None
    changed_at: datetime
    facts: Mapping[str, Any]
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A link of a chain that was signed: nothing up to `position` may have changed since."""

    user_id: UUID
    dispute_id: UUID
    position: int
    hash: bytes
    signed_at: datetime

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return "\n".join(
            (
                "tribureau dispute history, signed head, version 1",
                str(self.user_id),
                str(self.dispute_id),
                str(self.position),
                self.hash.hex(),
                _instant(self.signed_at),
            )
        ).encode()


@dataclass(frozen=True, slots=True)
class Current:
    """What a dispute's own row says now."""

    status: str
    status_updated_at: datetime
    status_updated_by: str
    facts: Mapping[str, Any]


def entry_hash(entry: Entry) -> bytes:
    """What `entry.hash` must be."""
    content = [
        entry.position,
        str(entry.history_id),
        str(entry.user_id),
        str(entry.dispute_id),
        entry.previous_status,
        entry.new_status,
        entry.changed_by,
        entry.change_reason,
        entry.change_notes,
        _instant(entry.changed_at),
        entry.facts,
    ]
    return sha256(entry.previous_hash + _as_jsonb(content).encode()).digest()


def problems(entries: Sequence[Entry], heads: Iterable[Head], current: Current | None) -> Iterator[str]:
    """What does not hold in one dispute's chain; `entries` in order, `heads` with a signature that was checked."""
    yield from broken_links(entries)
    yield from impossible_steps(entries)
    yield from unlike_signed(entries, heads)
    yield from _other_than_last(entries, current)


def broken_links(entries: Sequence[Entry]) -> Iterator[str]:
    """Entries that are missing, changed or in another order."""
    before, status = GENESIS, None
    for place, entry in enumerate(entries, start=1):
        if entry.position != place:
            yield f"entry {place} is missing"
            return
        if entry.previous_hash != before:
            yield f"entry {place} does not follow the one before it"
        if entry.hash != entry_hash(entry):
            yield f"entry {place} was changed"
        if entry.previous_status != status:
            yield f"entry {place} begins at {entry.previous_status}, the one before it ended at {status}"
        before, status = entry.hash, entry.new_status


def impossible_steps(entries: Sequence[Entry]) -> Iterator[str]:
    """Entries whose hashes may hold, and that the database would not have written."""
    for before, entry in pairwise((None, *entries)):
        assert entry  # noqa: S101
        if not _is_legal(entry):
            was = entry.previous_status or "nothing"
            yield f"entry {entry.position} goes from {was} to {entry.new_status}, which the {entry.changed_by} can't"
        if before and entry.changed_at < before.changed_at:
            yield f"entry {entry.position} is dated before the one before it"
        if before and entry.facts.get("round") != before.facts.get("round"):
            yield f"entry {entry.position} tells of another round"


def _is_legal(entry: Entry) -> bool:
    try:
        if entry.previous_status == entry.new_status:
            return entry.new_status in set(DisputeStatus)
        before = entry.previous_status and DisputeStatus(entry.previous_status)
        transition(before or None, DisputeStatus(entry.new_status), Actor(entry.changed_by))
    except (ValueError, IllegalTransition):
        return False
    return True


def unlike_signed(entries: Sequence[Entry], heads: Iterable[Head]) -> Iterator[str]:
    """Entries that were signed and are gone, or others in their place."""
    hashes = {entry.position: entry.hash for entry in entries}
    for head in heads:
        if head.position not in hashes:
            yield f"entry {head.position} was signed and is gone"
        elif hashes[head.position] != head.hash:
            yield f"entry {head.position} was signed and is another one now"


def _other_than_last(chain: Sequence[Entry], current: Current | None) -> Iterator[str]:
    if current is None:
        yield "the dispute itself is gone"
        return
    if not chain:
        yield "the dispute has no history"
        return
    last = chain[-1]
    if current.status != last.new_status:
        yield f"the dispute says {current.status}, its history {last.new_status}"
    moved = next((entry for entry in reversed(chain) if entry.previous_status != entry.new_status), last)
    if (current.status_updated_at, current.status_updated_by) != (moved.changed_at, moved.changed_by):
        yield "the dispute says otherwise than its history when and by whom its status was changed"
    for name in sorted(current.facts.keys() | last.facts.keys()):
        if current.facts.get(name) != last.facts.get(name):
            yield f"the dispute's {name} was changed and its history does not know"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _as_jsonb(value: object) -> str:
    """As PostgreSQL prints it: keys by length, then by bytes; a space after each comma and colon."""
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(", ", ": "))


def _in_order(value: object) -> object:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return {key: _in_order(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_in_order(part) for part in value]
    return value
