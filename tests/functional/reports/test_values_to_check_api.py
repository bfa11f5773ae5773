"""The values to check over the API: listed, confirmed, corrected."""

from http import HTTPStatus as Codes
from typing import Any

import httpx
import psycopg
import pytest
from tests.functional.conftest import Site, until_read, upload

from tribureau.samples import make_report

pytestmark = pytest.mark.usefixtures("worker")
LIST = "/api/v1/values-to-check"
DOUBT = "update public.tradeline_provenance set confidence = 0.5 where field in ('balance', 'date_opened')"


async def _doubtful(site: Site, database_url: str) -> tuple[httpx.AsyncClient, dict[str, Any]]:
    """Somebody, and their report, whose balances and opening dates were hard to read."""
    client = await site.somebody()
    sent = (await upload(client, make_report("transunion", seed=3, accounts=4).pdf)).raise_for_status().json()
    read = await until_read(client, sent["id"])
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(DOUBT)
    return client, read


async def _asked(client: httpx.AsyncClient, **where: str) -> list[dict[str, Any]]:
    answer = (await client.get(LIST, params={"limit": "3", **where})).raise_for_status().json()
    rest = await _asked(client, **{**where, "after": answer["next"]}) if answer["next"] else []
    return [*answer["items"], *rest]


async def test_what_was_hard_to_read_is_listed_once_until_it_is_confirmed_or_corrected(
    site: Site, database_url: str
) -> None:
    client, report = await _doubtful(site, database_url)
    asked = await _asked(client, upload_id=report["id"])
    keys = [(value["tradeline_id"], value["field"]) for value in asked]
    assert keys == sorted(set(keys)) and len(keys) >= 6
    assert {value["field"] for value in asked} == {"balance", "date_opened"}

    balance = next(value for value in asked if value["field"] == "balance")
    said = {"field": "balance", "is_right": True}
    confirmed = await client.patch(f"{LIST}/{balance['tradeline_id']}", json=said)
    assert confirmed.json()["checked_at"] and confirmed.json()["value"] == balance["value"]

    opened = next(value for value in asked if value["field"] == "date_opened")
    account = f"/api/v1/tradelines/{opened['tradeline_id']}"
    (await client.patch(account, json={"date_opened_precision": "year"})).raise_for_status()
    left = [(value["tradeline_id"], value["field"]) for value in await _asked(client)]
    gone = {(balance["tradeline_id"], "balance"), (opened["tradeline_id"], "date_opened")}
    assert left == [key for key in keys if key not in gone]

    taken_back = await client.patch(f"{LIST}/{balance['tradeline_id']}", json=said | {"is_right": False})
    assert taken_back.json()["checked_at"] is None
    assert len(await _asked(client)) == len(keys) - 1
    corrections = (await client.get(account)).json()["corrections"]
    assert [row["field"] for row in corrections] == ["date_opened_precision"]


async def test_nobody_confirms_what_is_not_theirs(site: Site, database_url: str) -> None:
    client, _ = await _doubtful(site, database_url)
    stranger = await site.somebody()
    [value, *_] = await _asked(client)
    said = {"field": value["field"], "is_right": True}
    refused = await stranger.patch(f"{LIST}/{value['tradeline_id']}", json=said)
    assert (refused.status_code, refused.json()["code"]) == (Codes.NOT_FOUND, "not_found")
    assert await _asked(stranger) == []
    strange = await client.patch(f"{LIST}/{value['tradeline_id']}", json={"field": "no such; field", "is_right": True})
    assert strange.status_code == Codes.UNPROCESSABLE_ENTITY
    unknown = await client.patch(f"{LIST}/{value['tradeline_id']}", json={"field": "terms_of_art", "is_right": True})
    assert unknown.status_code == Codes.NOT_FOUND
