"""What the API refuses: bad files before anything is stored, bad values, strangers, other people's ids."""

import asyncio
from typing import Any

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload

from tribureau.samples import make_report

A_PDF = make_report("experian", seed=2, accounts=3).pdf


async def _nothing_stored(client: httpx.AsyncClient, site: Site) -> bool:
    rows = (await client.get("/api/v1/report-uploads")).json()["items"]
    return rows == [] and not [*site.settings.reports_folder.rglob("*.pdf")]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", codes.BAD_REQUEST, "empty_file"),
        (b"PK\x03\x04 a spreadsheet", codes.UNSUPPORTED_MEDIA_TYPE, "not_a_pdf"),
        (b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), codes.REQUEST_ENTITY_TOO_LARGE, "too_large"),
        (b"%PDF-1.7\n" + b"0" * (30 * 1024 * 1024), codes.REQUEST_ENTITY_TOO_LARGE, "too_large"),
    ],
    ids=["empty", "not a PDF", "just too large", "far too large"],
)
async def test_a_bad_file_is_refused_before_anything_is_stored(
    site: Site, content: bytes, status: int, code: str
) -> None:
    client = await site.somebody()
    answer = await upload(client, content)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["message"] and answer.json()["hint"]
    assert await _nothing_stored(client, site)


@pytest.mark.usefixtures("worker")
async def test_a_locked_file_asks_for_its_password_which_is_never_kept(site: Site) -> None:
    client = await site.somebody()
    locked = make_report("equifax", seed=4, accounts=3, locked_with="open sesame").pdf
    first = (await upload(client, locked)).json()
    failed = await until_read(client, first["id"])
    assert (failed["processing_status"], failed["error_code"]) == ("failed", "password_required")

    wrong = await client.post(f"/api/v1/report-uploads/{first['id']}/retry", data={"password": "open barley"})
    assert (wrong.status_code, wrong.json()["code"]) == (codes.UNPROCESSABLE_ENTITY, "wrong_password")

    right = await client.post(f"/api/v1/report-uploads/{first['id']}/retry", data={"password": "open sesame"})
    assert right.status_code == codes.ACCEPTED
    assert (await until_read(client, first["id"]))["processing_status"] == "complete"


async def test_a_wrong_password_at_the_upload_stores_nothing(site: Site) -> None:
    client = await site.somebody()
    locked = make_report("equifax", seed=4, accounts=3, locked_with="open sesame").pdf
    answer = await upload(client, locked, password="open barley")
    assert (answer.status_code, answer.json()["code"]) == (codes.UNPROCESSABLE_ENTITY, "wrong_password")
    assert await _nothing_stored(client, site)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (make_report("experian", decoy=True).pdf, "not_a_credit_report"),
        (A_PDF[: len(A_PDF) // 3], "damaged"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
    ],
    ids=["a bank statement", "cut short", "no page"],
)
async def test_a_file_that_is_no_report_fails_with_its_reason(site: Site, pdf: bytes, code: str) -> None:
    client = await site.somebody()
    failed = await until_read(client, (await upload(client, pdf)).json()["id"])
    assert (failed["processing_status"], failed["error_code"]) == ("failed", code)
    assert failed["error_message"] and failed["error_hint"]
    assert (await client.get("/api/v1/tradelines")).json()["items"] == []


CALLS = [
    ("GET", "/api/v1/report-uploads/{upload}"),
    ("PATCH", "/api/v1/report-uploads/{upload}"),
    ("GET", "/api/v1/report-uploads/{upload}/events"),
    ("GET", "/api/v1/report-uploads/{upload}/pages/1.png"),
    ("GET", "/api/v1/report-uploads/{upload}/file"),
    ("POST", "/api/v1/report-uploads/{upload}/retry"),
    ("DELETE", "/api/v1/report-uploads/{upload}"),
    ("GET", "/api/v1/tradelines/{tradeline}"),
    ("PATCH", "/api/v1/tradelines/{tradeline}"),
    ("DELETE", "/api/v1/tradelines/{tradeline}"),
    ("PATCH", "/api/v1/findings/{finding}"),
    ("POST", "/api/v1/accounts/{account}/merge"),
    ("POST", "/api/v1/accounts/{account}/split"),
    ("DELETE", "/api/v1/account-decisions/{decision}"),
    ("PATCH", "/api/v1/notifications/{notification}"),
]
LISTS = ["/api/v1/report-uploads", "/api/v1/tradelines", "/api/v1/findings", "/api/v1/notifications"]
BODIES = {
    "/api/v1/report-uploads/{upload}": {"report_source": "other"},
    "/api/v1/tradelines/{tradeline}": {"balance": 1},
    "/api/v1/findings/{finding}": {"dismissed": True},
    "/api/v1/accounts/{account}/merge": {"account_id": "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10"},
    "/api/v1/accounts/{account}/split": {"tradeline_ids": ["0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10"]},
    "/api/v1/notifications/{notification}": {"read": True},
}
WRONG_DATES = {"date_opened": "2020-05-09", "date_closed": "2019-01-02"}


@pytest.mark.usefixtures("worker")
async def test_another_users_things_do_not_exist(site: Site) -> None:
    owner, stranger = await site.somebody(), await site.somebody()
    done = await until_read(owner, (await upload(owner, A_PDF)).json()["id"])
    line = (await owner.get("/api/v1/tradelines")).json()["items"][0]
    note = (await owner.get("/api/v1/notifications")).json()["items"][0]
    finding = await _a_finding(owner)
    ids = {"upload": done["id"], "tradeline": line["tradeline_id"], "notification": note["notification_id"]}
    ids |= {"finding": finding, "account": line["account_id"], "decision": await _a_decision(owner)}

    for method, path in CALLS:
        body = BODIES.get(path) if method in ("PATCH", "POST") else None
        answer = await stranger.request(method, path.format(**ids), json=body)
        assert answer.status_code == codes.NOT_FOUND, (method, path, answer.text)
    for path in LISTS:
        assert (await stranger.get(path)).json()["items"] == []
    assert (await stranger.get("/api/v1/tradelines", params={"upload_id": done["id"]})).json()["items"] == []
    assert (await stranger.post("/api/v1/notifications/read-all")).status_code == codes.NO_CONTENT

    assert (await owner.get(f"/api/v1/tradelines/{line['tradeline_id']}")).json() | {"updated_at": 0} == (
        await owner.get(f"/api/v1/tradelines/{line['tradeline_id']}")
    ).json() | {"updated_at": 0}
    assert (await owner.get(f"/api/v1/report-uploads/{done['id']}")).json() == done
    assert (await owner.get("/api/v1/notifications")).json()["unread"] == 1
    assert [one["dismissed_at"] for one in await _findings(owner) if one["finding_id"] == finding] == [None]


async def _findings(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/v1/findings")).json()["items"]
    return found


async def _a_finding(client: httpx.AsyncClient) -> str:
    typed = {"creditor_name": "Midvale", "bureau": "Equifax", **WRONG_DATES}
    made = (await client.post("/api/v1/tradelines", json=typed)).raise_for_status().json()
    where = {"tradeline_id": made["tradeline_id"]}
    async with asyncio.timeout(20):
        while not (found := (await client.get("/api/v1/findings", params=where)).json()["items"]):
            await asyncio.sleep(0.05)
    return str(found[0]["finding_id"])


async def _a_decision(client: httpx.AsyncClient) -> str:
    lines = (await client.get("/api/v1/tradelines")).json()["items"]
    one, other = [line["account_id"] for line in lines if line["report_upload_id"]][:2]
    answer = await client.post(f"/api/v1/accounts/{one}/merge", json={"account_id": other})
    return str(answer.raise_for_status().json()["decision_id"])


async def test_every_call_without_a_token_is_401_in_the_one_shape(site: Site) -> None:
    nobody = site.nobody()
    description = (await nobody.get("/api/openapi.json")).json()
    calls = [(m.upper(), p) for p, methods in description["paths"].items() for m in methods if p.startswith("/api/v1")]
    assert len(calls) >= 15
    for method, path in calls:
        concrete = path.replace("{page}", "1")
        for name in ("upload_id", "tradeline_id", "notification_id", "finding_id", "account_id", "decision_id"):
            concrete = concrete.replace(f"{{{name}}}", "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10")
        answer = await nobody.request(method, concrete)
        assert answer.status_code == codes.UNAUTHORIZED, (method, path, answer.text)
        assert set(answer.json()) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    "change",
    [
        {"balance": "much"},
        {"balance": 1e12},
        {"balance": 1.234},
        {"creditor_name": ""},
        {"is_negative": None},
        {"account_type": "submarine"},
        {"payment_history": {"2026-13": "OK"}},
        {"payment_history": {"2026-01": "??"}},
        {"payment_history": {"９９９９-01": "OK"}},
        {"date_opened": "2026-02-30"},
        {"late_payments_30": -1},
        {"negative_factors": []},
        {"user_id": "0b9c7a52-6f0e-4a55-9f0e-2d6c1f1b7a10"},
        {"remarks": "nul \x00 byte"},
    ],
    ids=str,
)
async def test_a_bad_value_is_refused_and_changes_nothing(site: Site, change: dict[str, object]) -> None:
    client = await site.somebody()
    made = (await client.post("/api/v1/tradelines", json={"creditor_name": "Midvale", "bureau": "Equifax"})).json()
    address = f"/api/v1/tradelines/{made['tradeline_id']}"
    answer = await client.patch(address, json=change)
    assert answer.status_code == codes.UNPROCESSABLE_ENTITY, answer.text
    assert set(answer.json()) == {"code", "message", "hint"}
    assert (await client.get(address)).json() == made
