"""The roll of a user's disputes: up to which entry each is signed, as one signed digest.

A signed head shows that the entries before it are whole. The roll shows that none was taken away with its head.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from tribureau.domain.disputes.history import Head


@dataclass(frozen=True, slots=True)
class Roll:
    """`digest` is `digest_of` the newest head of each of the `disputes`."""

    user_id: UUID
    disputes: int
    digest: bytes
    signed_at: datetime

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return "\n".join(
            (
                "tribureau roll of disputes, version 1",
                str(self.user_id),
                str(self.disputes),
                self.digest.hex(),
                self.signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            )
        ).encode()

    def is_of(self, newest: Mapping[UUID, Head]) -> bool:
        return self.disputes == len(newest) and self.digest == digest_of(newest)


@dataclass(frozen=True, slots=True)
class SignedRoll:
    roll: Roll
    key_id: str
    signature: bytes

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "SignedRoll":
        """From a row of the statement `disputes.rolls`. Raises KeyError, TypeError or ValueError for anything else."""
        row = found["roll"]
        digest, signature = (bytes.fromhex(row[name].removeprefix("\\x")) for name in ("digest", "signature"))
        signed_at = datetime.fromisoformat(row["signed_at"])
        return cls(Roll(UUID(found["user_id"]), row["disputes"], digest, signed_at), row["key_id"], signature)


def digest_of(newest: Mapping[UUID, Head]) -> bytes:
    """SHA-256 over a line for each dispute, by its id: id, position and hash of its newest signed entry."""
    lines = sorted(f"{dispute} {head.position} {head.hash.hex()}\n" for dispute, head in newest.items())
    return sha256("".join(lines).encode()).digest()


def newest_of(heads: Iterable[Head]) -> dict[UUID, Head]:
    """Of each dispute the head with the highest position."""
    found: dict[UUID, Head] = {}
    for head in heads:
        if head.dispute_id not in found or found[head.dispute_id].position < head.position:
            found[head.dispute_id] = head
    return found
