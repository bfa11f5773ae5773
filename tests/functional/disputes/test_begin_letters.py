"""Disputes and their letters begun in one go: from any page by a form, and by the API."""

import asyncio
import re
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from httpx import codes
from tests.functional.conftest import Site
from tests.functional.disputes.test_dispute_api import days_ago
from tests.functional.pages.conftest import browser_of


def _name_no_bureau(database_url: str, tradeline: str) -> None:
    """As where a report's source names none."""
    with psycopg.connect(database_url) as connection:
        connection.execute("update public.tradelines set bureau = 'All' where tradeline_id = %s", (tradeline,))


async def _line(client: httpx.AsyncClient, bureau: str, name: str = "Northbank") -> str:
    known = {"creditor_name": f"{name} {uuid4().hex[:6]}", "bureau": bureau, "balance": "642.00"}
    return str((await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"])


async def _begin(client: httpx.AsyncClient, *picks: dict[str, Any], **more: Any) -> httpx.Response:
    return await client.post("/api/v1/letters", json={"picks": list(picks), **more})


async def _letter(client: httpx.AsyncClient, letter_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/api/v1/letters/{letter_id}")).raise_for_status().json()
    return found


async def test_picks_become_one_letter_for_each_bureau_and_kind(site: Site, database_url: str) -> None:
    client = await site.somebody()
    lines = [await _line(client, bureau) for bureau in ("Equifax", "Equifax", "Experian", "Experian")]
    _name_no_bureau(database_url, lines[3])
    picks = [
        {"tradeline_id": lines[0], "reason": "not_mine"},
        {"tradeline_id": lines[1], "reason": "identity_theft"},
        {"tradeline_id": lines[2]},
        {"tradeline_id": lines[3], "bureau": "Equifax"},
    ]
    answer = await _begin(client, *picks)
    assert answer.status_code == codes.CREATED, answer.text
    letters = [await _letter(client, letter) for letter in answer.json()["letter_ids"]]
    told = [(letter["bureau"], letter["kind"], [item["reason"] for item in letter["items"]]) for letter in letters]
    assert told == [
        ("Equifax", "first_dispute", ["not_mine", None]),
        ("Equifax", "identity_theft_block", ["identity_theft"]),
        ("Experian", "first_dispute", [None]),
    ]
    assert {letter["state"] for letter in letters} == {"draft"}
    assert all(item["confirmed_at"] is None for letter in letters for item in letter["items"])

    again = (await _begin(client, *picks)).json()
    assert again["letter_ids"] == answer.json()["letter_ids"]
    assert len((await client.get("/api/v1/disputes")).json()["items"]) == 4


async def test_a_draft_that_is_there_is_gone_on_with(site: Site) -> None:
    client = await site.somebody()
    line = await _line(client, "TransUnion")
    draft = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()["dispute_id"]
    (letter,) = (await _begin(client, {"tradeline_id": line})).json()["letter_ids"]
    assert [item["dispute_id"] for item in (await _letter(client, letter))["items"]] == [draft]


async def test_what_is_under_way_is_named_and_the_others_wait_for_a_word(site: Site) -> None:
    client = await site.somebody()
    mailed, free = await _line(client, "Equifax", "Harrow Lending"), await _line(client, "Equifax")
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": mailed})).json()["dispute_id"]
    step = {"status": "Pending", "mailed_on": days_ago(1)}
    moved = await client.post(f"/api/v1/disputes/{dispute}/transition", json=step, headers={"If-Match": '"1"'})
    assert moved.status_code == codes.OK, moved.text
    both = [{"tradeline_id": mailed}, {"tradeline_id": free}]
    refused = await _begin(client, *both)
    assert (refused.status_code, refused.json()["code"]) == (codes.CONFLICT, "already_disputed")
    assert "Harrow Lending" in refused.json()["message"] and "(Pending)" in refused.json()["message"]
    assert (await client.get("/api/v1/letters")).json() == []

    begun = (await _begin(client, *both, leave_out=True)).raise_for_status().json()
    (letter,) = begun["letter_ids"]
    assert len((await _letter(client, letter))["items"]) == 1
    assert "Harrow Lending" in begun["left_out"][0]
    alone = await _begin(client, both[0], leave_out=True)
    assert alone.json()["code"] == "already_disputed"


async def test_bad_picks_begin_nothing(site: Site, database_url: str) -> None:
    client, other = await site.somebody(), await site.somebody()
    line, nameless = await _line(client, "Equifax"), await _line(client, "Equifax")
    _name_no_bureau(database_url, nameless)
    good = {"tradeline_id": line}
    for picks, status, words in (
        ([good, {"tradeline_id": str(uuid4())}], codes.NOT_FOUND, "not there"),
        ([good, {"tradeline_id": await _line(other, "Equifax")}], codes.NOT_FOUND, "not there"),
        ([good, {"tradeline_id": nameless}], codes.UNPROCESSABLE_ENTITY, "names no bureau"),
        ([{**good, "bureau": "Experian"}], codes.UNPROCESSABLE_ENTITY, "can't be asked"),
        ([{**good, "reason": "because"}], codes.UNPROCESSABLE_ENTITY, "no reason called"),
        ([], codes.UNPROCESSABLE_ENTITY, ""),
    ):
        answer = await _begin(client, *picks)
        assert answer.status_code == status, (picks, answer.text)
        assert words in answer.json()["message"], picks
    assert (await client.get("/api/v1/disputes")).json()["items"] == []


async def test_two_at_once_begin_one_letter(site: Site) -> None:
    client = await site.somebody()
    pick = {"tradeline_id": await _line(client, "Equifax")}
    answers = await asyncio.gather(*(_begin(client, pick) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {codes.CREATED}
    assert len({letter for answer in answers for letter in answer.json()["letter_ids"]}) == 1


async def test_any_page_may_begin_disputes_by_a_form(site: Site, database_url: str) -> None:
    browser = await browser_of(site)
    token = re.search(r'name="csrf_token" value="([^"]+)"', (await browser.see("/accounts/new")).text)
    assert token
    browser.client.headers["X-CSRF-Token"] = token[1]
    lines = [await _line(browser.client, bureau) for bureau in ("Equifax", "Equifax")]
    _name_no_bureau(database_url, lines[1])
    one = await browser.send("/accounts/new", "/disputes/begin", tradeline=lines[0], reason="wrong_balance")
    assert one.status_code == codes.SEE_OTHER, one.text
    letter = one.headers["location"].partition("?")[0]
    assert letter.startswith("/letters/")
    page = (await browser.see(letter)).text
    assert '<option value="wrong_balance" selected>' in page
    assert "checked" not in page.split('name="confirmed-')[1].split(">")[0]
    both = {"tradeline": lines, "bureau": "Experian"}
    answer = await browser.send("/accounts/new", "/disputes/begin", **both)  # type: ignore[arg-type]
    assert answer.headers["location"].startswith("/letters?")
    mailed = {"tradeline": [lines[1], lines[0]], "bureau": "TransUnion", "reason": "because"}
    refused = await browser.send("/accounts/new", "/disputes/begin", **mailed)  # type: ignore[arg-type]
    assert f'value="{lines[1]}:TransUnion" checked' in refused.text
    assert f'value="{lines[1]}:Equifax" checked' not in refused.text
    nothing = await browser.send("/accounts/new", "/disputes/begin")
    assert nothing.status_code == codes.UNPROCESSABLE_ENTITY
    assert "Nothing is chosen" in nothing.text
