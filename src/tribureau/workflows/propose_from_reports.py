"""What the user's newer reports say of their disputes, computed anew with the findings: proposals and their news."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from tribureau.database.transactions import Row, Transaction
from tribureau.domain.bureau_responses import KnownLine, account_named
from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.disputes.proposals import MailedDispute, NewerReport, Proposal, ProposalKind, propose
from tribureau.domain.findings import Reported
from tribureau.domain.letters.printed import shown_fields
from tribureau.domain.masking import masked
from tribureau.domain.profile import Profile
from tribureau.storage.keyring import Keyring
from tribureau.workflows.keep_beside_accounts import opened
from tribureau.workflows.report_rows import as_json
from tribureau.workflows.stored_tradelines import disputed_line

_NEWS: Final = {
    ProposalKind.DELETED: (
        "no longer lists {}",
        "If that is the bureau's answer, say so: the dispute is then Deleted.",
    ),
    ProposalKind.UPDATED: ("says something else of {}", "If that is the bureau's answer, say so: it is then Updated."),
    ProposalKind.REINSERTED: ("lists {} again", "It was deleted. A letter can ask the bureau to delete it again."),
}


async def propose_from_reports(
    transaction: Transaction, keys: Keyring, shown: Sequence[tuple[Row, Reported]], profile: Profile | None
) -> None:
    """Runs in the worker's transaction for the user, after the accounts were matched in it.

    `shown` are the rows of `findings.reported`, each with its tradeline.
    """
    disputes = await transaction.all("dispute_proposals.disputes")
    found: dict[Proposal, str] = {}
    if disputes:
        names = await _names(transaction, keys)
        reports = _reports(shown, names)
        own = frozenset(profile.names) if profile else frozenset[str]()
        for row in disputes:
            dispute = _mailed(row, [one for _, one in shown], names.get(row["report_upload_id"]) or own)
            if proposal := propose(dispute, reports):
                found[proposal] = dispute.disputed.creditor_name
    rows = as_json([_row(one) for one in found])
    await transaction.run("dispute_proposals.forget_others", rows=rows)
    if found:
        await transaction.run("dispute_proposals.keep", rows=rows)
        await transaction.run("dispute_proposals.tell", rows=as_json([_news(*one) for one in found.items()]))


def _reports(shown: Sequence[tuple[Row, Reported]], names: Mapping[UUID, frozenset[str]]) -> list[NewerReport]:
    """The parts of reports that print their day, by bureau."""
    uploads_of: defaultdict[UUID, set[UUID]] = defaultdict(set)
    parts: defaultdict[tuple[UUID, Bureau, date], list[Reported]] = defaultdict(list)
    for row, one in shown:
        if one.upload and row["report_date"]:
            parts[one.upload, one.tradeline.bureau, one.reported_on].append(one)
            uploads_of[one.place[0]].add(one.upload)
    shared = {account for account, uploads in uploads_of.items() if len(uploads) > 1}
    return [
        NewerReport(
            upload,
            bureau,
            printed_on,
            lines,
            names.get(upload, frozenset()),
            frozenset(line.place[0] for line in lines) & shared,
        )
        for (upload, bureau, printed_on), lines in parts.items()
    ]


def _mailed(row: Row, lines: Sequence[Reported], names: frozenset[str]) -> MailedDispute:
    line = disputed_line(row)
    bureau = Bureau(row["bureau"])
    known = (
        KnownLine(one.place[0], one.tradeline.bureau, one.tradeline.creditor_name, one.tradeline.account_number)
        for one in lines
    )
    account = row["account_id"] or account_named(bureau, line.creditor_name, line.account_number, known)
    return MailedDispute(
        id=row["dispute_id"],
        status=DisputeStatus(row["status"]),
        account=account or row["disputed_tradeline_id"],
        bureau=bureau,
        disputed=line,
        mailed_on=row["mailed_on"],
        answered_on=row["bureau_response_date"],
        about=shown_fields(row["reason"] or ""),
        names=names,
    )


async def _names(transaction: Transaction, keys: Keyring) -> dict[UUID, frozenset[str]]:
    printed: defaultdict[UUID, set[str]] = defaultdict(set)
    for row in await transaction.all("dispute_proposals.names"):
        if name := opened(row, keys):
            printed[row["report_upload_id"]].add(name)
    return {upload: frozenset(names) for upload, names in printed.items()}


def _row(proposal: Proposal) -> dict[str, object]:
    return {
        "dispute_id": proposal.dispute,
        "kind": proposal.kind,
        "report_upload_id": proposal.upload,
        "report_date": proposal.printed_on,
        "changes": [
            {"field": change.field, "before": masked(change.before), "after": masked(change.after)}
            for change in proposal.changes
        ],
    }


def _news(proposal: Proposal, creditor: str) -> dict[str, Any]:
    says, body = _NEWS[proposal.kind]
    return {
        "dispute_id": proposal.dispute,
        "kind": proposal.kind,
        "report_upload_id": proposal.upload,
        "title": f"Your report of {proposal.printed_on} {says.format(creditor or 'an item that you disputed')}",
        "body": body,
    }
