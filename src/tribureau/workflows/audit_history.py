"""Checks every dispute's history, in a database or in an export that was made of one: nothing else is needed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from tribureau.database.queries import statement
from tribureau.domain.disputes.chains import Chain
from tribureau.domain.disputes.completeness import Disputes
from tribureau.domain.disputes.rolls import SignedRoll
from tribureau.domain.errors import InvalidInput
from tribureau.storage.signing import SignatureCheck

_ROWS_AT_ONCE = 1000
_SIGNED_WITHIN: Final = timedelta(days=7)
"""A worker signs within seconds; a computer that was off may take days."""


@dataclass
class Audit:
    """What was looked at, and what does not hold: (user, dispute, words), the nil id for what is of no one dispute."""

    disputes: int = 0
    entries: int = 0
    unsigned: int = 0
    rolls: int = field(default=0, compare=False)
    problems: list[tuple[UUID, UUID, str]] = field(default_factory=list)


def chains_in_database(url: str) -> Iterator[dict[str, Any]]:
    """Raises psycopg.Error where this login may not see everybody's rows."""
    with psycopg.connect(url) as connection, connection.cursor("chains", row_factory=tuple_row) as cursor:
        connection.execute("set local row_security = off")
        cursor.itersize = _ROWS_AT_ONCE
        for *_, chain in cursor.execute(statement("disputes.chains")):
            yield chain


def chains_in_export(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One JSON object a line. Raises InvalidInput."""
    for number, line in enumerate(lines, start=1):
        try:
            chain = json.loads(line)
            _parsed(chain)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidInput(
                f"Line {number} is no dispute history.", hint="Give a file that `tribureau audit export` made."
            ) from error
        yield chain


def audit(
    found: Iterable[dict[str, Any]],
    check: SignatureCheck,
    earlier: Iterable[dict[str, Any]] | None = None,
    *,
    now: datetime | None = None,
) -> Audit:
    """`earlier` is an older export: whatever it holds must still be there. `now` is given where `found` is all that
    there is at this moment, and not what somebody wrote down."""
    known = {(one.user_id, one.dispute_id): one for one in map(_parsed, earlier or ()) if isinstance(one, Chain)}
    result = Audit()
    for user, parts in groupby(map(_parsed, found), key=_user_of):
        disputes, roll = Disputes(), None
        for part in parts:
            if isinstance(part, SignedRoll):
                roll = part
                continue
            disputes.add(part)
            earlier_one = known.pop((user, part.dispute_id), None)
            words = [*part.problems(check), *part.signed_late(_SIGNED_WITHIN, now), *_shortened(part, earlier_one)]
            result.disputes += 1
            result.entries += len(part.entries)
            result.unsigned += max(0, part.unsigned)
            result.problems += [(user, part.dispute_id, text) for text in words]
        result.rolls += roll is not None
        missing = disputes.problems(roll, check, needs_roll=now is not None)
        result.problems += [(user, dispute, text) for dispute, text in missing]
    result.problems += [(user, dispute, "the earlier export has it, it is gone now") for user, dispute in known]
    return result


def _parsed(found: dict[str, Any]) -> Chain | SignedRoll:
    return SignedRoll.from_json(found) if "roll" in found else Chain.from_json(found)


def _user_of(one: Chain | SignedRoll) -> UUID:
    return one.roll.user_id if isinstance(one, SignedRoll) else one.user_id


def _shortened(chain: Chain, earlier: Chain | None) -> Iterator[str]:
    if earlier is None:
        return
    if [one.hash for one in chain.entries[: len(earlier.entries)]] != [one.hash for one in earlier.entries]:
        yield "the earlier export has another history"
    if earlier.pages and chain.pages != earlier.pages:
        yield "the earlier export has other pages of the report"
