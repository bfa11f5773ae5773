"""Groups all of a user's tradelines into accounts anew, and keeps the accounts' ids where it can."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from tribureau.database.transactions import Row, Transaction
from tribureau.domain.account_decisions import Decision, End, Print
from tribureau.domain.accounts import Sighting, keep_ids, prints, same_accounts
from tribureau.domain.tradelines import Precision, PrintedDate
from tribureau.workflows.report_rows import as_json


async def match_accounts(transaction: Transaction) -> None:
    """Runs in the worker's transaction for the user; one at a time for each user."""
    await transaction.run("accounts.lock")
    await transaction.run("accounts.forget_withdrawn_decisions")
    rows = await transaction.all("accounts.sightings")
    decisions = [_decision(row) for row in await transaction.all("accounts.decisions")]
    earlier = {row["tradeline_id"]: row["account_id"] for row in rows}
    sightings = [_sighting(row) for row in rows]
    accounts = same_accounts(sightings, decisions)
    ids = [known or uuid4() for known in keep_ids(accounts, earlier)]
    matched = list(zip(ids, accounts, strict=True))
    await transaction.run("accounts.keep", rows=as_json([_account(id_, account) for id_, account in matched]))
    moved = [
        {"tradeline_id": sighting.id, "account_id": id_}
        for id_, account in matched
        for sighting in account
        if earlier[sighting.id] != id_
    ]
    await transaction.run("accounts.assign", rows=as_json(moved))
    await transaction.run("accounts.forget_empty")
    if decisions:
        await transaction.run("accounts.keep_prints", rows=as_json(_prints(sightings, decisions)))


def _decision(row: Row) -> Decision:
    return Decision(row["link_id"], _end(row, "one"), _end(row, "other"), row["together"], row["decided_at"])


def _end(row: Row, which: str) -> End:
    known = row[f"{which}_print"]
    return End(row[f"{which}_tradeline_id"], tuple(known) if known else None)


def _prints(sightings: Sequence[Sighting], decisions: Sequence[Decision]) -> list[dict[str, object]]:
    """How the decisions' tradelines are printed now; the last print stays of one that is gone."""
    now = prints(sightings)
    return [
        {
            "link_id": decision.id,
            "one_print": _print_of(decision.one, now),
            "other_print": _print_of(decision.other, now),
        }
        for decision in decisions
    ]


def _print_of(end: End, now: Mapping[UUID, Print]) -> Print | None:
    return now.get(end.tradeline, end.print) if end.tradeline else end.print


def _sighting(row: Row) -> Sighting:
    opened = row["date_opened"]
    return Sighting(
        id=row["tradeline_id"],
        upload=row["report_upload_id"],
        position=row["position"] or 0,
        bureau=row["bureau"],
        creditor_name=row["creditor_name"],
        account_number=row["account_number"],
        account_type=row["account_type"],
        date_opened=PrintedDate(opened, Precision(row["date_opened_precision"])) if opened else None,
        credit_limit=row["credit_limit"],
        original_amount=row["original_amount"],
        high_balance=row["high_balance"],
        original_creditor=row["original_creditor"],
    )


def _account(id_: UUID, sightings: Sequence[Sighting]) -> dict[str, object]:
    """The fullest name and what most sightings say."""
    return {
        "account_id": id_,
        "creditor_name": max((sighting.creditor_name for sighting in sightings), key=lambda name: (len(name), name)),
        "account_type": _usual([sighting.account_type for sighting in sightings]),
        "date_opened": _usual([s.date_opened.day.isoformat() if s.date_opened else None for s in sightings]),
        "original_creditor": _usual([sighting.original_creditor for sighting in sightings]),
    }


def _usual(values: Sequence[str | None]) -> str | None:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None
