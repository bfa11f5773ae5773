"""What stays of an erased account: when it was erased, who asked, how much went. Nothing that tells whose it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A row of `tribureau.erasures`. `asked_by` and the rest are None where the account was deleted past Tribureau.

    `user_hash` is the SHA-256 of the user's id, 122 random bits: who has the id can look it up, nobody can guess it.
    """

    user_hash: bytes
    erased_at: datetime
    asked_by: str | None
    asked_at: datetime | None
    counts: Mapping[str, int] | None

    def statement(self) -> bytes:
        """The bytes that are signed (Ed25519)."""
        return "\n".join(
            (
                "tribureau erased account, version 1",
                self.user_hash.hex(),
                _instant(self.erased_at),
                self.asked_by or "",
                _instant(self.asked_at) if self.asked_at else "",
                json.dumps(dict(self.counts), sort_keys=True) if self.counts is not None else "",
            )
        ).encode()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
