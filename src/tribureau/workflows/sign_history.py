"""The newest entry of each dispute's history, signed, so that nobody can shorten or rewrite what is before it.

With it goes the roll of all the user's disputes, so that no entry can be taken away together with its signature.
"""

from datetime import UTC, datetime
from uuid import UUID

import structlog

from tribureau.database.transactions import Database, Transaction, UserId
from tribureau.domain.disputes.chains import Chain
from tribureau.domain.disputes.history import Head
from tribureau.domain.disputes.rolls import Roll, SignedRoll, digest_of
from tribureau.storage.signing import SignatureCheck, Signer

_log = structlog.get_logger(__name__)


async def sign_history(database: Database, signer: Signer, user: UserId, job_id: int) -> int:
    """How many heads were signed. An entry that is written from here on has a job of its own.

    A chain that does not hold is left unsigned, and so is a roll that misses a head: `tribureau audit verify` tells
    what is wrong.
    """
    async with database.as_worker_for(user) as transaction:
        await transaction.run("findings.take_job_key_back", job_id=job_id)
    check = SignatureCheck([signer.public_key])
    async with database.as_worker_for(user) as transaction:
        await transaction.run("disputes.lock")
        chains = [Chain.from_json(row["chain"]) for row in await transaction.all("disputes.chains_to_sign")]
        before = await _newest_heads(transaction, user)
        is_whole = await _is_whole(transaction, check, before)
        heads = [chain.newest_head(datetime.now(UTC)) for chain in chains if chain.may_be_signed(check)]
        if heads:
            await transaction.run_many("disputes.keep_signed_head", [_row(head, signer) for head in heads])
            if is_whole:
                newest = before | {head.dispute_id: head for head in heads}
                await transaction.run("disputes.keep_roll", **_signed_roll(user, newest, signer))
    if len(heads) < len(chains) or not is_whole:
        _log.error("dispute_history_broken", user=str(user), disputes=len(chains) - len(heads), roll=is_whole)
    return len(heads)


async def _newest_heads(transaction: Transaction, user: UserId) -> dict[UUID, Head]:
    return {row["dispute_id"]: Head(user, **row) for row in await transaction.all("disputes.newest_heads")}


async def _is_whole(transaction: Transaction, check: SignatureCheck, newest: dict[UUID, Head]) -> bool:
    """Whether nothing was taken away since the roll was signed; the first one is signed with the first head."""
    kept = await transaction.first("disputes.roll")
    if kept is None:
        return not newest
    signed = SignedRoll.from_json(kept)
    return bool(check(signed.roll.statement(), signed.signature, signed.key_id)) and signed.roll.is_of(newest)


def _signed_roll(user: UserId, newest: dict[UUID, Head], signer: Signer) -> dict[str, object]:
    roll = Roll(user, len(newest), digest_of(newest), datetime.now(UTC))
    return {
        "disputes": roll.disputes,
        "digest": roll.digest,
        "signed_at": roll.signed_at,
        "key_id": signer.key_id,
        "signature": signer.sign(roll.statement()),
    }


def _row(head: Head, signer: Signer) -> dict[str, object]:
    return {
        "dispute_id": head.dispute_id,
        "position": head.position,
        "hash": head.hash,
        "signed_at": head.signed_at,
        "key_id": signer.key_id,
        "signature": signer.sign(head.statement()),
    }
