"""A report's life through the API: uploaded, followed, read, corrected, read again, deleted."""

import asyncio
import base64
import json

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload

from tribureau.samples import SampleReport, sample_reports

pytestmark = pytest.mark.usefixtures("worker")


@pytest.fixture(scope="module")
def sample() -> SampleReport:
    return next(report for report in sample_reports() if "transunion" in report.file_name)


@pytest.fixture
async def client(site: Site) -> httpx.AsyncClient:
    return await site.somebody()


async def _read(client: httpx.AsyncClient, sample: SampleReport) -> dict[str, object]:
    first = (await upload(client, sample.pdf)).raise_for_status().json()
    return await until_read(client, first["id"])


async def test_an_upload_is_read_and_its_accounts_are_explained(
    client: httpx.AsyncClient, sample: SampleReport
) -> None:
    answer = await upload(client, sample.pdf, "my report.pdf", report_source="annual_free")
    assert answer.status_code == codes.ACCEPTED
    assert answer.headers["Location"] == f"/api/v1/report-uploads/{answer.json()['id']}"

    done = await until_read(client, answer.json()["id"])
    assert done["processing_status"] == "complete", done["error_message"]
    assert (done["progress_percentage"], done["report_source"], done["bureaus"]) == (100, "annual_free", ["TransUnion"])
    assert done["total_tradelines"] == len(sample.truth["tradelines"])
    assert done["processing_time_seconds"] > 0

    page = (await client.get("/api/v1/tradelines", params={"upload_id": done["id"]})).json()
    assert len(page["items"]) == done["total_tradelines"]
    negatives = [line for line in page["items"] if line["is_negative"]]
    assert len(negatives) == done["negative_tradelines"] == sum(t["is_negative"] for t in sample.truth["tradelines"])
    for line in negatives:
        assert line["negative_factors"], line["creditor_name"]
        assert all(f["explanation"] and f["rule"] for f in line["negative_factors"])

    one = (await client.get(f"/api/v1/tradelines/{negatives[0]['tradeline_id']}")).json()
    places = {place["field"]: place for place in one["provenance"]}
    assert places["creditor_name"]["page"] >= 1
    assert places["creditor_name"]["x1"] > places["creditor_name"]["x0"]

    told = (await client.get("/api/v1/notifications")).json()
    assert told["unread"] == 1
    assert str(done["negative_tradelines"]) in told["items"][0]["title"]


async def test_progress_is_told_live_and_ends(client: httpx.AsyncClient, sample: SampleReport) -> None:
    first = (await upload(client, sample.pdf)).json()
    seen: list[tuple[str, int]] = []
    async with asyncio.timeout(60), client.stream("GET", f"/api/v1/report-uploads/{first['id']}/events") as stream:
        event = ""
        async for line in stream.aiter_lines():
            if line.startswith("event:"):
                event = line.split(":", 1)[1].strip()
            elif line.startswith("data:"):
                seen.append((event, json.loads(line[5:])["progress_percentage"]))
    assert seen[-1] == ("complete", 100)
    percents = [percent for _, percent in seen]
    assert percents == sorted(percents)


async def test_the_same_file_answers_with_the_first_upload(client: httpx.AsyncClient, sample: SampleReport) -> None:
    first = (await upload(client, sample.pdf)).json()
    again = await upload(client, sample.pdf, "other name.pdf")
    assert (again.status_code, again.json()["id"]) == (codes.OK, first["id"])


async def test_the_same_file_twice_at_once_is_one_upload(client: httpx.AsyncClient, sample: SampleReport) -> None:
    answers = await asyncio.gather(*(upload(client, sample.pdf) for _ in range(6)))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sorted(answer.status_code for answer in answers) == [codes.OK] * 5 + [codes.ACCEPTED]
    done = await until_read(client, answers[0].json()["id"])
    lines = (await client.get("/api/v1/tradelines")).json()["items"]
    assert len(lines) == done["total_tradelines"]


async def test_a_correction_keeps_what_was_read_and_outlives_reading_again(
    client: httpx.AsyncClient, sample: SampleReport
) -> None:
    done = await _read(client, sample)
    line = (await client.get("/api/v1/tradelines")).json()["items"][0]
    address = f"/api/v1/tradelines/{line['tradeline_id']}"

    answer = await client.patch(address, json={"balance": 12.34, "remarks": "As I know it"})
    changed = answer.raise_for_status().json()
    assert (changed["balance"], changed["remarks"]) == (12.34, "As I know it")
    kept = {c["field"]: (c["read_value"], c["corrected_value"]) for c in changed["corrections"]}
    assert kept["balance"] == (line["balance"], 12.34)
    assert kept["remarks"] == (line["remarks"], "As I know it")

    answer = await client.post(f"/api/v1/report-uploads/{done['id']}/retry")
    assert answer.status_code == codes.ACCEPTED
    await until_read(client, str(done["id"]))
    again = (await client.get(address)).raise_for_status().json()
    assert (again["balance"], again["remarks"]) == (12.34, "As I know it")
    assert len((await client.get("/api/v1/tradelines")).json()["items"]) == done["total_tradelines"]

    undone = (await client.patch(address, json={"balance": line["balance"], "remarks": line["remarks"]})).json()
    assert undone["corrections"] == []


async def test_deleting_a_report_takes_its_accounts_along(client: httpx.AsyncClient, sample: SampleReport) -> None:
    done = await _read(client, sample)
    assert (await client.delete(f"/api/v1/report-uploads/{done['id']}")).status_code == codes.NO_CONTENT
    assert (await client.get(f"/api/v1/report-uploads/{done['id']}")).status_code == codes.NOT_FOUND
    assert (await client.get("/api/v1/tradelines")).json()["items"] == []


async def test_paging_gives_each_account_once(client: httpx.AsyncClient, sample: SampleReport) -> None:
    done = await _read(client, sample)
    seen: list[str] = []
    after = None
    while True:
        where = {"limit": "3"} | ({"after": after} if after else {})
        page = (await client.get("/api/v1/tradelines", params=where)).json()
        seen += [line["tradeline_id"] for line in page["items"]]
        if not (after := page["next"]):
            break
    assert len(seen) == len(set(seen)) == done["total_tradelines"]


@pytest.mark.parametrize(
    "place", [{}, "x", [], [1, 1, 1], [{}, [], None], ["2026-11-22", "1", "\ud800"], ["infinity", 0, "0"]]
)
@pytest.mark.parametrize("listing", ["report-uploads", "tradelines", "notifications"])
async def test_a_made_up_place_to_go_on_from_is_refused(client: httpx.AsyncClient, listing: str, place: object) -> None:
    after = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    answer = await client.get(f"/api/v1/{listing}", params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (codes.UNPROCESSABLE_ENTITY, "invalid_input")


async def test_a_page_is_shown_as_a_picture_and_the_file_comes_back(
    client: httpx.AsyncClient, sample: SampleReport
) -> None:
    done = await _read(client, sample)
    picture = await client.get(f"/api/v1/report-uploads/{done['id']}/pages/1.png", params={"width": 400})
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert "no-store" in picture.headers["Cache-Control"]
    assert (await client.get(f"/api/v1/report-uploads/{done['id']}/file")).content == sample.pdf
    beyond = await client.get(f"/api/v1/report-uploads/{done['id']}/pages/999.png")
    assert beyond.status_code == codes.NOT_FOUND


async def test_an_account_typed_by_hand_lives_and_goes(client: httpx.AsyncClient) -> None:
    new = {
        "creditor_name": "Harbor Point Bank",
        "bureau": "Experian",
        "account_number": "4111222233334444",
        "account_status": "charge_off",
        "balance": 250.5,
        "remarks": "They wrote to 123-45-6789 and 4111 2222 3333 4444",
    }
    made = await client.post("/api/v1/tradelines", json=new)
    assert made.status_code == codes.CREATED, made.text
    line = made.json()
    assert line["is_negative"] is True
    assert (line["account_number"], line["account_number_last4"]) == ("****4444", "4444")
    assert line["report_upload_id"] is None
    assert line["remarks"] == "They wrote to *****6789 and ************4444"
    assert (await client.delete(made.headers["Location"])).status_code == codes.NO_CONTENT
    assert (await client.get(made.headers["Location"])).status_code == codes.NOT_FOUND


async def test_what_was_read_is_not_deleted_account_by_account(client: httpx.AsyncClient, sample: SampleReport) -> None:
    await _read(client, sample)
    line = (await client.get("/api/v1/tradelines")).json()["items"][0]
    answer = await client.delete(f"/api/v1/tradelines/{line['tradeline_id']}")
    assert answer.status_code == codes.UNPROCESSABLE_ENTITY
    assert "report" in answer.json()["hint"]
