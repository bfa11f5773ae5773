"""All findings of a user computed anew, and kept: what was dismissed stays dismissed, what no longer holds goes."""

from tribureau.database.transactions import Database, Transaction, UserId
from tribureau.domain.findings import Finding, find_all, identity
from tribureau.domain.masking import masked
from tribureau.workflows.keep_response import confirmed_deletions, match_responses
from tribureau.workflows.match_accounts import match_accounts
from tribureau.workflows.report_rows import as_json
from tribureau.workflows.stored_tradelines import reported


async def put_in_order(database: Database, user: UserId, job_id: int) -> None:
    """After a change by the user: accounts matched, then findings, in one transaction.

    A change that comes from here on has a job of its own. Raises psycopg.OperationalError where the database is away.
    """
    async with database.as_worker_for(user) as transaction:
        await transaction.run("findings.take_job_key_back", job_id=job_id)
    async with database.as_worker_for(user) as transaction:
        await match_accounts(transaction)
        await match_responses(transaction)
        await find_inconsistencies(transaction)


async def find_inconsistencies(transaction: Transaction) -> None:
    """Runs in the worker's transaction for the user, after the accounts were matched in it."""
    snapshots = [reported(row) for row in await transaction.all("findings.reported")]
    by_id = {snapshot.id: snapshot for snapshot in snapshots}
    deletions = await confirmed_deletions(transaction)
    found = {identity(finding, by_id): finding for finding in find_all(snapshots, deletions)}
    await transaction.run("findings.forget_others", kept=list(found))
    await transaction.run("findings.keep", rows=as_json([_row(key, one) for key, one in found.items()]))
    await transaction.run("findings.link")


def _row(key: str, finding: Finding) -> dict[str, object]:
    return {
        "finding_key": key,
        "kind": finding.kind,
        "explanation": masked(finding.explanation),
        "rule": finding.rule,
        "source": finding.source,
        "request": finding.request,
        "certainty": finding.certainty,
        "relevant_until": finding.relevant_until,
        "values": [
            {"tradeline_id": said.tradeline, "field": said.field, "value": masked(said.value)} for said in finding.said
        ],
    }
