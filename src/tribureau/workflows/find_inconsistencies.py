"""All findings and proposals of a user computed anew: what was dismissed stays so, what no longer holds goes."""

from tribureau.database.transactions import Database, Transaction, UserId
from tribureau.domain.findings import Finding, find_all, identity
from tribureau.domain.findings.beside_accounts import find_beside_accounts
from tribureau.domain.masking import masked
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import MasterKey
from tribureau.workflows.keep_response import confirmed_deletions, match_responses
from tribureau.workflows.match_accounts import match_accounts
from tribureau.workflows.propose_from_reports import propose_from_reports
from tribureau.workflows.report_parts import keys_of
from tribureau.workflows.report_rows import as_json
from tribureau.workflows.stored_items import newest_beside_accounts
from tribureau.workflows.stored_tradelines import reported


async def put_in_order(database: Database, master: MasterKey, user: UserId, job_id: int) -> None:
    """After a change by the user: accounts matched, then findings, in one transaction.

    A change that comes from here on has a job of its own. Raises psycopg.OperationalError where the database is away.
    """
    async with database.as_worker_for(user) as transaction:
        await transaction.run("findings.take_job_key_back", job_id=job_id)
    async with database.as_worker_for(user) as transaction:
        await transaction.run("disputes.lock")
        await match_accounts(transaction)
        await match_responses(transaction)
        await find_inconsistencies(transaction, await keys_of(transaction, master, user))


async def find_inconsistencies(transaction: Transaction, keys: Keyring) -> None:
    """Runs in the worker's transaction for the user, after the accounts were matched in it.

    `keys` open what the reports say of the person, and the profile that it is compared with.
    """
    shown = [(row, reported(row)) for row in await transaction.all("findings.reported")]
    snapshots = [one for _, one in shown]
    by_id = {snapshot.id: snapshot for snapshot in snapshots}
    deletions = await confirmed_deletions(transaction)
    found = {identity(finding, by_id): finding for finding in find_all(snapshots, deletions)}
    beside = await newest_beside_accounts(transaction, keys)
    found |= find_beside_accounts(beside)
    await transaction.run("findings.forget_others", kept=list(found))
    await transaction.run("findings.keep", rows=as_json([_row(key, one) for key, one in found.items()]))
    await transaction.run("findings.link")
    await transaction.run("findings.link_items")
    await propose_from_reports(transaction, keys, shown, beside.profile)


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
            {said.about.value: said.id, "field": said.field, "value": masked(said.value)} for said in finding.said
        ],
    }
