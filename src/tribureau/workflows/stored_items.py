"""Stored rows beside the accounts as the domain's findings see them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tribureau.database.transactions import Row, Transaction
from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings.items import BesideAccounts, ReportedInformation, ReportedInquiry, ReportedRecord
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.public_records import PublicRecord, PublicRecordKind, PublicRecordStatus
from tribureau.domain.tradelines import Precision, PrintedDate
from tribureau.storage.keyring import Keyring
from tribureau.workflows.keep_beside_accounts import opened
from tribureau.workflows.profile import stored_profile


async def newest_beside_accounts(transaction: Transaction, keys: Keyring) -> BesideAccounts:
    """What each bureau's newest report says beside the accounts, with the user's profile."""
    return BesideAccounts(
        inquiries=tuple(map(_inquiry, await transaction.all("beside_accounts.newest_inquiries"))),
        records=tuple(map(_record, await transaction.all("beside_accounts.newest_public_records"))),
        information=_information(await transaction.all("beside_accounts.all_information"), keys),
        profile=await stored_profile(transaction, keys),
    )


def _inquiry(row: Row) -> ReportedInquiry:
    return ReportedInquiry(
        row["inquiry_id"],
        Bureau(row["bureau"]),
        row["reported_on"],
        row["creditor_name"],
        PrintedDate(row["inquired_on"], Precision(row["inquired_on_precision"])),
        InquiryKind(row["kind"]),
        row["recognised"],
    )


def _record(row: Row) -> ReportedRecord:
    record = PublicRecord(
        PublicRecordKind(row["kind"]),
        Bureau(row["bureau"]),
        _printed_date(row, "filed_on"),
        _printed_date(row, "resolved_on"),
        row["amount"],
        row["court"],
        row["reference"],
        PublicRecordStatus(row["status"]) if row["status"] else None,
        row["chapter"],
    )
    return ReportedRecord(row["public_record_id"], row["reported_on"], record, row["printed_kind"], row["recognised"])


def _printed_date(row: Mapping[str, Any], name: str) -> PrintedDate | None:
    return PrintedDate(row[name], Precision(row[f"{name}_precision"])) if row[name] else None


def _information(rows: Sequence[Row], keys: Keyring) -> tuple[ReportedInformation, ...]:
    """Of the newest reports: each value with the first row that says it, and what the user last said of it."""
    first: dict[tuple[str, str], UUID] = {}
    recognised: dict[tuple[str, str], str] = {}
    newest: list[ReportedInformation] = []
    for row in rows:
        value = opened(row, keys)
        if value is None:
            continue
        plain = "".join(filter(str.isalnum, value)).casefold()
        first_id = first.setdefault((row["kind"], plain), row["information_id"])
        if row["recognised"]:
            recognised[row["kind"], plain] = row["recognised"]
        if row["is_newest"]:
            newest.append(
                ReportedInformation(
                    row["information_id"],
                    Bureau(row["bureau"]) if row["bureau"] else None,
                    row["reported_on"],
                    PersonalKind(row["kind"]),
                    value,
                    recognised.get((row["kind"], plain)),
                    first_id,
                )
            )
    return tuple(newest)
