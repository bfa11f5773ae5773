"""The newest entry of each dispute's history, signed, so that nobody can shorten or rewrite what is before it."""

from datetime import UTC, datetime

import structlog

from tribureau.database.transactions import Database, UserId
from tribureau.domain.disputes.chains import Chain
from tribureau.domain.disputes.history import Head
from tribureau.storage.signing import SignatureCheck, Signer

_log = structlog.get_logger(__name__)


async def sign_history(database: Database, signer: Signer, user: UserId, job_id: int) -> int:
    """How many heads were signed. An entry that is written from here on has a job of its own.

    A chain that does not hold is left unsigned: `tribureau audit verify` tells what is wrong with it.
    """
    async with database.as_worker_for(user) as transaction:
        await transaction.run("findings.take_job_key_back", job_id=job_id)
    check = SignatureCheck([signer.public_key])
    async with database.as_worker_for(user) as transaction:
        chains = [Chain.from_json(row["chain"]) for row in await transaction.all("disputes.chains_to_sign")]
        heads = [chain.newest_head(datetime.now(UTC)) for chain in chains if chain.may_be_signed(check)]
        if heads:
            await transaction.run_many("disputes.keep_signed_head", [_row(head, signer) for head in heads])
    if len(heads) < len(chains):
        _log.error("dispute_history_broken", user=str(user), disputes=len(chains) - len(heads))
    return len(heads)


def _row(head: Head, signer: Signer) -> dict[str, object]:
    return {
        "dispute_id": head.dispute_id,
        "position": head.position,
        "hash": head.hash,
        "signed_at": head.signed_at,
        "key_id": signer.key_id,
        "signature": signer.sign(head.statement()),
    }
