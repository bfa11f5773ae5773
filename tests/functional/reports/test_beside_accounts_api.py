"""The person, scores, inquiries and public records of an uploaded report, and the profile, through the API."""

import asyncio
from typing import Any

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload

from tribureau.samples import make_report
from tribureau.samples.reports import SampleReport

pytestmark = pytest.mark.usefixtures("worker")
STRANGER = {"name": "Boris Solvang", "address": None, "former_names": [], "earlier_addresses": []}


@pytest.fixture(scope="module")
def sample() -> SampleReport:
    return make_report("identityiq", seed=3, accounts=2)


async def _read(client: httpx.AsyncClient, sample: SampleReport) -> str:
    first = (await upload(client, sample.pdf)).raise_for_status().json()
    done = await until_read(client, first["id"])
    assert done["processing_status"] == "complete", done["error_message"]
    return str(first["id"])


async def _items(client: httpx.AsyncClient, path: str, **where: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/v1/{path}", params=where)).raise_for_status().json()["items"]
    return found


async def test_what_stands_beside_the_accounts_is_as_printed(site: Site, sample: SampleReport) -> None:
    client = await site.somebody()
    id_ = await _read(client, sample)
    truth = sample.truth
    scores = await _items(client, "credit-scores", upload_id=id_)
    assert {one["bureau"]: one["score_value"] for one in scores} == truth["scores"]
    assert all(one["timestamp"].startswith(truth["report_date"]) for one in scores)
    inquiries = await _items(client, "inquiries", upload_id=id_, limit="200")
    assert len(inquiries) == sum(truth["inquiries_count"].values())
    assert all(one["provenance"] for one in inquiries)
    information = await _items(client, "personal-information", upload_id=id_)
    names = {one["value"] for one in information if one["kind"] == "name"}
    assert names == {truth["personal_info"]["name"].upper()}
    assert {one["bureau"] for one in information} == {"TransUnion", "Experian", "Equifax"}
    assert isinstance(await _items(client, "public-records", upload_id=id_), list)


async def test_inquiries_are_paged_and_marked(site: Site, sample: SampleReport) -> None:
    client = await site.somebody()
    await _read(client, sample)
    every = await _items(client, "inquiries", limit="200")
    first = (await client.get("/api/v1/inquiries", params={"limit": "1"})).json()
    second = (await client.get("/api/v1/inquiries", params={"limit": "1", "after": first["next"]})).json()
    assert [*first["items"], *second["items"]] == every[:2]
    address = f"/api/v1/inquiries/{every[0]['inquiry_id']}"
    assert (await client.patch(address, json={"recognised": "not_mine"})).status_code == codes.NO_CONTENT
    assert (await _items(client, "inquiries"))[0]["recognised"] == "not_mine"
    async with asyncio.timeout(20):
        while not (found := await _items(client, "findings", kind="not_recognised")):
            await asyncio.sleep(0.05)
    assert found[0]["values"][0]["inquiry_id"] == every[0]["inquiry_id"]
    assert found[0]["values"][0]["tradeline_id"] is None
    other = await site.somebody()
    assert (await other.patch(address, json={"recognised": "mine"})).status_code == codes.NOT_FOUND


async def test_a_profile_is_kept_and_compared(site: Site, sample: SampleReport) -> None:
    client = await site.somebody()
    assert (await client.get("/api/v1/profile")).json()["name"] == ""
    kept = (await client.put("/api/v1/profile", json=STRANGER)).raise_for_status().json()
    assert (await client.get("/api/v1/profile")).json() == kept
    id_ = await _read(client, sample)
    found = await _items(client, "findings", kind="name_not_yours", upload_id=id_)
    assert found and all(said["information_id"] and said["value"] == "" for said in found[0]["values"])
    other = await site.somebody()
    assert (await other.get("/api/v1/profile")).json()["name"] == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"ssn_last4": "123-45-6789"},
        {"date_of_birth": "yesterday"},
        {"date_of_birth": "2099-01-01"},
        {"address": {"street": "5 Old Mill Rd", "city": "Tarn", "state": "Texas", "zip_code": "75013"}},
        {"nickname": "Bo"},
    ],
)
async def test_a_profile_that_can_not_be_is_refused(site: Site, wrong: dict[str, Any]) -> None:
    client = await site.somebody()
    assert (await client.put("/api/v1/profile", json=STRANGER | wrong)).status_code == codes.UNPROCESSABLE_ENTITY
