"""One dispute's whole history with its signed heads, as JSON that can be checked far from any database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from tribureau.domain.disputes.history import (
    Current,
    Entry,
    Head,
    broken_links,
    impossible_steps,
    problems,
    unlike_signed,
)
from tribureau.domain.disputes.pages import KeptPages, SignedPages

_IDS: Final = ("user_id", "history_id", "dispute_id")
_HASHES: Final = ("previous_hash", "hash")


class IsSigned(Protocol):
    def __call__(self, statement: bytes, signature: bytes, key_id: str) -> bool | None:
        """None where the key is not known."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    head: Head
    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Chain:
    user_id: UUID
    dispute_id: UUID
    entries: Sequence[Entry]
    heads: Sequence[SignedHead]
    current: Current | None
    pages: SignedPages | None = None

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Chain":
        """From a row of the statement `disputes.chains`. Raises KeyError, TypeError or ValueError for anything else."""
        current, pages = found["current"], found.get("pages")
        user, dispute = UUID(found["user_id"]), UUID(found["dispute_id"])
        return cls(
            user,
            dispute,
            [_entry(row) for row in found["entries"]],
            [_signed_head(row) for row in found["heads"]],
            current and Current(**current | {"status_updated_at": _instant(current["status_updated_at"])}),
            pages and _signed_pages(user, dispute, pages),
        )

    @property
    def unsigned(self) -> int:
        """How many of the newest entries no head covers yet."""
        return len(self.entries) - max((one.head.position for one in self.heads), default=0)

    def problems(self, is_signed: IsSigned) -> Iterator[str]:
        """What does not hold, in words."""
        yield from self._strangers()
        yield from self._wrong_signatures(is_signed)
        yield from self._wrong_pages(is_signed)
        yield from problems(self.entries, self._good_heads(is_signed), self.current)

    def may_be_signed(self, is_signed: IsSigned) -> bool:
        """Whether the chain is whole and goes on from what was signed before."""
        broken = [
            *self._strangers(),
            *broken_links(self.entries),
            *impossible_steps(self.entries),
            *unlike_signed(self.entries, self._good_heads(is_signed)),
        ]
        return not broken and not list(self._wrong_signatures(is_signed))

    def signed_late(self, within: timedelta, now: datetime | None) -> Iterator[str]:
        """The first entry that stayed unsigned for longer than a worker takes: an earlier signature may be gone.

        `now` is None where nobody knows when this was written down; what is not signed yet says nothing then.
        """
        for entry in self.entries:
            covering = [one.head.signed_at for one in self.heads if one.head.position >= entry.position]
            signed_at = min(covering, default=now)
            if signed_at and signed_at - entry.changed_at > within:
                days = (signed_at - entry.changed_at).days
                words = (
                    f"was signed {days} days after it was written" if covering else f"is not signed after {days} days"
                )
                yield f"entry {entry.position} {words}: an earlier signature may have been taken away"
                return

    def newest_head(self, signed_at: datetime) -> Head:
        last = self.entries[-1]
        return Head(self.user_id, self.dispute_id, last.position, last.hash, signed_at)

    def _good_heads(self, is_signed: IsSigned) -> list[Head]:
        return [one.head for one in self.heads if is_signed(one.head.statement(), one.signature, one.key_id)]

    def _strangers(self) -> Iterator[str]:
        """Entries and heads of another dispute, whose hashes and signatures hold where they belong."""
        own = (self.user_id, self.dispute_id)
        for entry in self.entries:
            if (entry.user_id, entry.dispute_id) != own:
                yield f"entry {entry.position} belongs to another dispute"
        for one in self.heads:
            if (one.head.user_id, one.head.dispute_id) != own:
                yield f"the signature of entry {one.head.position} belongs to another dispute"

    def _wrong_pages(self, is_signed: IsSigned) -> Iterator[str]:
        if self.pages is None:
            return
        match is_signed(self.pages.kept.statement(), self.pages.signature, self.pages.key_id):
            case None:
                yield f"the report's pages are signed with the key {self.pages.key_id}, which is not at hand"
            case False:
                yield "what was signed of the report's pages was changed"

    def _wrong_signatures(self, is_signed: IsSigned) -> Iterator[str]:
        for one in self.heads:
            match is_signed(one.head.statement(), one.signature, one.key_id):
                case None:
                    yield f"entry {one.head.position} is signed with the key {one.key_id}, which is not at hand"
                case False:
                    yield f"the signature of entry {one.head.position} does not hold"


def _entry(row: Mapping[str, Any]) -> Entry:
    parsed = {name: UUID(row[name]) for name in _IDS} | {name: _bytes(row[name]) for name in _HASHES}
    return Entry(**{**row, **parsed, "changed_at": _instant(row["changed_at"])})


def _signed_head(row: Mapping[str, Any]) -> SignedHead:
    head = Head(
        UUID(row["user_id"]), UUID(row["dispute_id"]), row["position"], _bytes(row["hash"]), _instant(row["signed_at"])
    )
    return SignedHead(head, row["key_id"], _bytes(row["signature"]))


def _signed_pages(user: UUID, dispute: UUID, row: Mapping[str, Any]) -> SignedPages:
    numbers = tuple(int(number) for number in row["page_numbers"])
    kept = KeptPages(user, dispute, row["report_sha256"], numbers, row["sha256"], _instant(row["kept_at"]))
    return SignedPages(kept, row["key_id"], _bytes(row["signature"]))


def _bytes(printed: str) -> bytes:
    """As PostgreSQL prints `bytea`."""
    return bytes.fromhex(printed.removeprefix("\\x"))


def _instant(printed: str) -> datetime:
    return datetime.fromisoformat(printed)
