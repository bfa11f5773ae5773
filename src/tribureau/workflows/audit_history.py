"""Checks every dispute's history, in a database or in an export that was made of one: nothing else is needed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from tribureau.database.queries import statement
from tribureau.domain.disputes.chains import Chain
from tribureau.domain.errors import InvalidInput
from tribureau.storage.signing import SignatureCheck

_ROWS_AT_ONCE = 1000


@dataclass
class Audit:
    """What was looked at, and what does not hold: (user, dispute, words)."""

    disputes: int = 0
    entries: int = 0
    unsigned: int = 0
    problems: list[tuple[UUID, UUID, str]] = field(default_factory=list)


def chains_in_database(url: str) -> Iterator[dict[str, Any]]:
    """Raises psycopg.Error where this login may not see everybody's rows."""
    with psycopg.connect(url) as connection, connection.cursor("chains", row_factory=tuple_row) as cursor:
        connection.execute("set local row_security = off")
        cursor.itersize = _ROWS_AT_ONCE
        for (chain,) in cursor.execute(statement("disputes.chains")):
            yield chain


def chains_in_export(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One JSON object a line. Raises InvalidInput."""
    for number, line in enumerate(lines, start=1):
        try:
            chain = json.loads(line)
            Chain.from_json(chain)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidInput(
                f"Line {number} is no dispute history.", hint="Give a file that `tribureau audit export` made."
            ) from error
        yield chain


def audit(
    found: Iterable[dict[str, Any]], check: SignatureCheck, earlier: Iterable[dict[str, Any]] | None = None
) -> Audit:
    """`earlier` is an older export: whatever it holds must still be there."""
    known = {(chain.user_id, chain.dispute_id): chain for chain in map(Chain.from_json, earlier or ())}
    result = Audit()
    for chain in map(Chain.from_json, found):
        result.disputes += 1
        result.entries += len(chain.entries)
        result.unsigned += max(0, chain.unsigned)
        words = [*chain.problems(check), *_shortened(chain, known.pop((chain.user_id, chain.dispute_id), None))]
        result.problems += [(chain.user_id, chain.dispute_id, text) for text in words]
    result.problems += [(user, dispute, "the earlier export has it, it is gone now") for user, dispute in known]
    return result


def _shortened(chain: Chain, earlier: Chain | None) -> Iterator[str]:
    if earlier and [one.hash for one in chain.entries[: len(earlier.entries)]] != [one.hash for one in earlier.entries]:
        yield "the earlier export has another history"
