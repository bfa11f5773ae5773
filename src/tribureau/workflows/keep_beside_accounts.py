"""Keeps what a report says beside its accounts: in the transaction that keeps its accounts, personal values sealed."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from tribureau.database.transactions import Row, Transaction
from tribureau.reader.report import PersonalValue, Report
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import KeyMismatch
from tribureau.workflows import beside_rows
from tribureau.workflows.report_rows import as_json

_CLOSEST: Final = (250, 990)
"""No model gives a score outside these; what is printed so is none."""


async def keep_beside_accounts(transaction: Transaction, keys: Keyring, upload: UUID, report: Report) -> None:
    """Replaces what an earlier reading of the upload found; what the user said of an entry stays with it."""
    await _keep_scores(transaction, upload, report)
    await _keep_inquiries(transaction, upload, report)
    await _keep_public_records(transaction, upload, report)
    await _keep_information(transaction, keys, upload, report.beside.personal)


def information_context(information_id: UUID) -> str:
    """What a sealed value is bound to."""
    return f"reported information:{information_id}"


def opened(row: Row, keys: Keyring) -> str | None:
    """The value of a row of `reported_personal_information`; None where it does not open under these keys."""
    try:
        return keys.open(bytes(row["sealed"]), information_context(row["information_id"])).decode()
    except KeyMismatch:
        return None


async def _keep_scores(transaction: Transaction, upload: UUID, report: Report) -> None:
    lowest, highest = _CLOSEST
    scores = [score for score in report.beside.printed_scores if lowest <= score.score_value <= highest]
    rows = beside_rows.score_rows(scores, report.report_date, datetime.now(UTC).date())
    await transaction.run("beside_accounts.forget_scores", upload_id=upload)
    await transaction.run("beside_accounts.keep_scores", upload_id=upload, rows=as_json(rows))


async def _keep_inquiries(transaction: Transaction, upload: UUID, report: Report) -> None:
    earlier = await transaction.all("beside_accounts.inquiries_as_read", upload_id=upload)
    known = [(row["inquiry_id"], beside_rows.stored_inquiry_identity(row)) for row in earlier]
    inquiries = beside_rows.under_known_ids(known, report.beside.inquiries, beside_rows.inquiry_identity)
    kept = [id_ for id_, _ in inquiries]
    await transaction.run("beside_accounts.forget_other_inquiries", upload_id=upload, kept=kept)
    rows = as_json(beside_rows.inquiry_rows(inquiries))
    await transaction.run("beside_accounts.keep_inquiries", upload_id=upload, rows=rows)


async def _keep_public_records(transaction: Transaction, upload: UUID, report: Report) -> None:
    earlier = await transaction.all("beside_accounts.public_records_as_read", upload_id=upload)
    known = [(row["public_record_id"], beside_rows.stored_record_identity(row)) for row in earlier]
    records = beside_rows.under_known_ids(known, report.beside.public_records, beside_rows.record_identity)
    kept = [id_ for id_, _ in records]
    await transaction.run("beside_accounts.forget_other_public_records", upload_id=upload, kept=kept)
    rows = as_json(beside_rows.public_record_rows(records))
    await transaction.run("beside_accounts.keep_public_records", upload_id=upload, rows=rows)


async def _keep_information(transaction: Transaction, keys: Keyring, upload: UUID, values: list[PersonalValue]) -> None:
    earlier = await transaction.all("beside_accounts.information_as_read", upload_id=upload)
    known = [
        (row["information_id"], beside_rows.stored_information_identity(row, value))
        for row in earlier
        if (value := opened(row, keys)) is not None
    ]
    information = beside_rows.under_known_ids(known, values, beside_rows.information_identity)
    kept = [id_ for id_, _ in information]
    await transaction.run("beside_accounts.forget_other_information", upload_id=upload, kept=kept)
    rows = [
        {
            "information_id": id_,
            "upload_id": upload,
            "position": position,
            "bureau": value.bureau,
            "kind": value.kind,
            "sealed": keys.seal(value.value.encode(), information_context(id_)),
            "fingerprint": keys.fingerprint(beside_rows.information_fingerprint(value)),
            "page": value.evidence.page,
            **value.evidence.box._asdict(),
            "rule": value.evidence.rule,
            "confidence": round(value.evidence.confidence, 2),
        }
        for position, (id_, value) in enumerate(information, start=1)
    ]
    if rows:
        await transaction.run_many("beside_accounts.keep_information", rows)
