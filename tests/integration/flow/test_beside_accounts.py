"""What stands beside the accounts, in its tables: sealed, replaced when read again, gone with its report."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.integration.flow.reader_in_test import Reader
from tests.integration.flow.test_secrets_stay_secret import everything_in, logs  # noqa: F401 - a fixture

from tribureau.database.transactions import Database, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeItem
from tribureau.domain.personal_information import InquiryKind, PersonalKind
from tribureau.domain.profile import PostalAddress, Profile
from tribureau.domain.public_records import PublicRecord, PublicRecordKind
from tribureau.domain.tradelines import PrintedDate
from tribureau.reader import Report
from tribureau.reader.report import (
    BesideAccounts,
    Box,
    Evidence,
    PersonalValue,
    ReadInquiry,
    ReadPublicRecord,
    ReadScore,
)
from tribureau.samples import make_report
from tribureau.storage.keys import MasterKey
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.find_inconsistencies import put_in_order
from tribureau.workflows.profile import save_profile, show_profile
from tribureau.workflows.report_parts import ReportParts

Rows = Callable[..., list[dict[str, Any]]]
HERE = Evidence(1, Box(10, 20, 90, 30), "printed", "label:Name")
BORN, LAST4 = "1931-07-29", "7193"
TABLES = ("credit_scores", "inquiries", "public_records", "reported_personal_information", "finding_items")
PROFILE = Profile(
    "Ada M Quarry",
    ("Ada Fenwick",),
    PostalAddress("5 Old Mill Road", "Tarn Hollow", "ZX", "00018", "Apt 4"),
    date_of_birth=date(1931, 7, 29),
    ssn_last4=LAST4,
)


def beside() -> BesideAccounts:
    bureau = Bureau.EXPERIAN
    values = {
        PersonalKind.NAME: ["ADA QUARRY"],
        PersonalKind.OTHER_NAME: ["ADA FENWICK", "BORIS SOLVANG"],
        PersonalKind.CURRENT_ADDRESS: ["5 OLD MILL RD, TARN HOLLOW, ZX 00018"],
        PersonalKind.PREVIOUS_ADDRESS: ["77 SALTMARSH LN, EASTMERE, QJ 00022"],
        PersonalKind.DATE_OF_BIRTH: [BORN],
        PersonalKind.SSN_LAST4: [LAST4],
    }
    lien = PublicRecord(PublicRecordKind.TAX_LIEN, bureau, PrintedDate(date(2015, 3, 1)), amount=Decimal(2140))
    return BesideAccounts(
        [PersonalValue(kind, one, bureau, HERE) for kind, many in values.items() for one in many],
        [ReadScore(bureau, 641, "FICO Score 8", date(2026, 10, 30), HERE)],
        [
            ReadInquiry("TARN BANK", bureau, PrintedDate(date(2026, 5, 2)), InquiryKind.HARD, "Banks"),
            ReadInquiry("TARN BANK", bureau, PrintedDate(date(2026, 5, 2)), InquiryKind.HARD, "Banks"),
        ],
        [ReadPublicRecord(lien, NegativeItem(is_negative=True, confidence=1.0), "State Tax Lien", {"kind": HERE})],
    )


def tell(report: Report) -> None:
    report.beside = beside()
    report.bureaus = [Bureau.EXPERIAN]


@pytest.fixture
def counts(rows: Rows) -> Callable[[], dict[str, int]]:
    return lambda: {table: rows(f"select count(*) as n from public.{table}")[0]["n"] for table in TABLES}


async def test_read_again_it_is_replaced_and_what_the_user_said_stays(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, counts: Any, user: UserId, web_parts: ReportParts
) -> None:  # fmt: skip
    reader.change = tell
    id_ = await upload()
    await read_now(id_)
    first = counts()
    assert first == {
        "credit_scores": 1,
        "inquiries": 2,
        "public_records": 1,
        "reported_personal_information": 7,
        "finding_items": 1,
    }
    [score] = rows("select * from public.credit_scores")
    assert (score["score_value"], score["score_type"], score["timestamp"].hour) == (641, "FICO Score 8", 12)
    ids = {str(row["inquiry_id"]) for row in rows("select inquiry_id from public.inquiries")}
    async with web_parts.database.as_user(user) as transaction:
        await transaction.run("beside_accounts.recognise_inquiry", id=next(iter(ids)), recognised="not_mine")
        await transaction.run("report_uploads.read_again", id=id_)
    await read_now(id_)
    assert counts() == first | {"finding_items": 2}
    assert {str(row["inquiry_id"]) for row in rows("select inquiry_id from public.inquiries")} == ids
    assert {row["recognised"] for row in rows("select recognised from public.inquiries")} == {None, "not_mine"}

    def tell_less(report: Report) -> None:
        tell(report)
        report.beside.inquiries.clear()
        report.beside.personal.pop()

    reader.change = tell_less
    async with web_parts.database.as_user(user) as transaction:
        await transaction.run("report_uploads.read_again", id=id_)
    await read_now(id_)
    assert counts() == first | {"inquiries": 0, "reported_personal_information": 6}


async def test_all_goes_with_the_report(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, counts: Any, user: UserId, web_parts: ReportParts
) -> None:
    reader.change = tell
    id_ = await upload()
    await read_now(id_)
    assert await delete_report(web_parts, user, id_)
    assert set(counts().values()) == {0}
    assert rows("select 1 from public.findings where kind = 'lien_or_judgment'") == []


async def test_what_is_not_the_users_is_found_once_a_profile_tells_who_they_are(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, user: UserId, web_parts: ReportParts,
    worker_database: Database,
) -> None:  # fmt: skip
    reader.change = tell
    await read_now(await upload())
    kinds = "select kind, \"values\" from public.findings where kind <> 'lien_or_judgment' order by kind"
    assert rows(kinds) == []
    await save_profile(web_parts, user, PROFILE)
    assert await show_profile(web_parts, user) == PROFILE
    [job] = rows("select id from queue.pgqueuer where entrypoint = 'find_inconsistencies'")
    await put_in_order(worker_database, MasterKey(b"k" * 32), user, job["id"])
    found = rows(kinds)
    assert [row["kind"] for row in found] == ["address_not_yours", "name_not_yours"]
    [said] = found[1]["values"]
    assert (said["field"], said["value"]) == ("other_name", "")
    information = rows("select information_id, kind from public.reported_personal_information order by position")
    assert said["information_id"] == str(information[2]["information_id"])

    async with web_parts.database.as_user(user) as transaction:
        await transaction.run("beside_accounts.recognise_information", id=said["information_id"], recognised="mine")
    [job] = rows("select id from queue.pgqueuer where entrypoint = 'find_inconsistencies' and dedupe_key is not null")
    await put_in_order(worker_database, MasterKey(b"k" * 32), user, job["id"])
    assert [row["kind"] for row in rows(kinds)] == ["address_not_yours"]


async def test_names_addresses_birth_and_ssn_are_in_no_table_and_no_log(
    upload: Any, read_now: Any, reader: Reader, user: UserId, web_parts: ReportParts, database_url: str,
    logs: io.StringIO,  # noqa: F811
) -> None:  # fmt: skip
    reader.change = tell
    await read_now(await upload())
    await save_profile(web_parts, user, PROFILE)
    stored, logged = everything_in(database_url), logs.getvalue()
    for secret in ("QUARRY", "Quarry", "FENWICK", "SOLVANG", "OLD MILL", "Old Mill", BORN, LAST4, "1931"):
        assert secret not in stored, secret
        assert secret not in logged, secret


@pytest.mark.parametrize("family", ["equifax", "transunion", "smartcredit"])
async def test_of_a_real_pdf_the_person_is_in_no_table_in_clear(
    family: str, upload: Any, working: Any, until_done: Any, rows: Rows, database_url: str
) -> None:
    sample = make_report(family, seed=11, accounts=2)
    async with working():
        assert (await until_done(await upload(sample.pdf)))["processing_status"] == "complete"
    person = sample.truth["personal_info"]
    assert len(rows("select 1 from public.reported_personal_information")) > 4
    assert len(rows("select 1 from public.inquiries")) == len(sample.truth["inquiries"])
    stored = everything_in(database_url).casefold()
    born = person["dob"] if len(person["dob"]) > 4 else None
    secrets = [person["name"], person["current_address"].split(",")[0], born]
    for secret in filter(None, secrets):
        assert secret.casefold() not in stored


async def test_another_masters_key_opens_nothing_and_stops_nothing(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, user: UserId, web_parts: ReportParts
) -> None:
    reader.change = tell
    id_ = await upload()
    await read_now(id_)
    await save_profile(web_parts, user, PROFILE)
    rows_of_others = "update public.reported_personal_information set sealed = 'spoilt' returning 1 as one"
    assert len(rows(rows_of_others)) == 7
    async with web_parts.database.as_user(user) as transaction:
        await transaction.run("report_uploads.read_again", id=id_)
    await read_now(id_)
    assert rows("select processing_status from public.report_uploads") == [{"processing_status": "complete"}]
    assert len(rows("select 1 from public.reported_personal_information")) == 7
