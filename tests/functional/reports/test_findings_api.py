"""Findings and the user's word on accounts, through the API with a worker behind it."""

import asyncio
from typing import Any

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site

pytestmark = pytest.mark.usefixtures("worker")
WRONG = {"date_opened": "2020-05-09", "date_closed": "2019-01-02"}


async def _typed(client: httpx.AsyncClient, creditor: str, bureau: str, **facts: object) -> dict[str, Any]:
    answer = await client.post("/api/v1/tradelines", json={"creditor_name": creditor, "bureau": bureau, **facts})
    made: dict[str, Any] = answer.raise_for_status().json()
    return made


async def _findings(client: httpx.AsyncClient, **where: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        (await client.get("/api/v1/findings", params=where)).raise_for_status().json()["items"]
    )
    return found


async def _until(condition: Any) -> Any:
    async with asyncio.timeout(20):
        while not (value := await condition()):
            await asyncio.sleep(0.03)
    return value


async def _accounts(client: httpx.AsyncClient) -> dict[str, str | None]:
    lines = (await client.get("/api/v1/tradelines")).raise_for_status().json()["items"]
    return {line["tradeline_id"]: line["account_id"] for line in lines}


async def test_a_finding_is_listed_filtered_and_set_aside(site: Site) -> None:
    client = await site.somebody()
    made = await _typed(client, "Midvale", "Equifax", **WRONG)
    [found] = await _until(lambda: _findings(client))
    assert found["kind"] == "dates_out_of_order" and found["source"] and found["request"]
    assert {(said["tradeline_id"], said["field"]) for said in found["values"]} == {
        (made["tradeline_id"], "date_opened"),
        (made["tradeline_id"], "date_closed"),
    }
    assert await _findings(client, kind="too_old") == []
    assert await _findings(client, tradeline_id=made["tradeline_id"]) == [found]
    assert await _findings(client, upload_id=made["tradeline_id"]) == []
    address = f"/api/v1/findings/{found['finding_id']}"
    assert (await client.patch(address, json={"dismissed": True})).json()["dismissed_at"]
    await client.patch(f"/api/v1/tradelines/{made['tradeline_id']}", json={"balance": 3})
    assert (await client.patch(address, json={"dismissed": False})).json()["dismissed_at"] is None


async def test_findings_are_paged(site: Site) -> None:
    client = await site.somebody()
    for name in ("Midvale", "Northbank", "Westloan"):
        await _typed(client, name, "Equifax", **WRONG)

    async def three() -> bool:
        return len(await _findings(client)) == 3

    await _until(three)
    first = (await client.get("/api/v1/findings", params={"limit": 2})).json()
    rest = (await client.get("/api/v1/findings", params={"limit": 2, "after": first["next"]})).json()
    ids = [one["finding_id"] for one in [*first["items"], *rest["items"]]]
    assert (len(ids), len(set(ids)), rest["next"]) == (3, 3, None)


async def test_accounts_are_merged_split_and_put_back(site: Site) -> None:
    client = await site.somebody()
    one = (await _typed(client, "Northbank", "Equifax"))["tradeline_id"]
    other = (await _typed(client, "SOUTHERN FINANCE", "Experian"))["tradeline_id"]

    async def matched() -> bool:
        return all((await _accounts(client)).values())

    await _until(matched)
    accounts = await _accounts(client)
    assert accounts[one] != accounts[other]

    merged = await client.post(f"/api/v1/accounts/{accounts[one]}/merge", json={"account_id": accounts[other]})
    assert merged.status_code == codes.CREATED and merged.json()["done"], merged.text
    now = await _accounts(client)
    assert now[one] == now[other] in accounts.values()

    split = await client.post(f"/api/v1/accounts/{now[one]}/split", json={"tradeline_ids": [other]})
    assert split.status_code == codes.CREATED and split.json()["done"], split.text
    apart = await _accounts(client)
    assert apart[one] != apart[other], "the newer word counts"

    taken_back = await client.delete(f"/api/v1/account-decisions/{split.json()['decision_id']}")
    assert taken_back.status_code == codes.NO_CONTENT
    again = await _accounts(client)
    assert again[one] == again[other]

    whole = await client.post(f"/api/v1/accounts/{again[one]}/split", json={"tradeline_ids": [one, other]})
    assert whole.status_code == codes.UNPROCESSABLE_ENTITY
    itself = await client.post(f"/api/v1/accounts/{again[one]}/merge", json={"account_id": again[one]})
    assert itself.status_code == codes.UNPROCESSABLE_ENTITY
