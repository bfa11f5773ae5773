"""Disputes of what a report says beside its accounts: inquiries, public records, names and addresses."""

from typing import Any

import httpx
import psycopg
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload
from tests.functional.disputes.test_begin_letters import _begin, _letter
from tests.functional.disputes.test_dispute_api import days_ago
from tests.functional.disputes.test_letters_api import PROFILE, _seen, _text

from tribureau.domain.bureaus import Bureau
from tribureau.samples import make_report
from tribureau.samples.responses import make_response

pytestmark = pytest.mark.usefixtures("worker")
WITH_INQUIRY = 6
"""The seed of a sample letter of TransUnion that names an inquiry."""
REASONS = {"inquiry_id": "inquiry_not_authorized", "public_record_id": "listed_twice", "information_id": "wrong_name"}


async def _read(client: httpx.AsyncClient) -> dict[str, list[dict[str, Any]]]:
    """A report's entries by the name of their id."""
    answer = await upload(client, make_report("transunion", seed=2, accounts=1).pdf)
    upload_id = answer.raise_for_status().json()["id"]
    await until_read(client, upload_id)
    return {
        "inquiry_id": await _listed(client, "inquiries", upload_id),
        "public_record_id": await _listed(client, "public-records", upload_id),
        "information_id": await _listed(client, "personal-information", upload_id),
    }


async def _listed(client: httpx.AsyncClient, what: str, upload_id: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/{what}", params={"upload_id": upload_id})
    found = answer.raise_for_status().json()
    return list(found["items"])


async def _written(client: httpx.AsyncClient, letter: dict[str, Any], reasons: dict[str, str]) -> dict[str, Any]:
    items = [
        {
            "dispute_id": item["dispute_id"],
            "reason": item["reason"] or reasons["public_record_id"],
            "correction": "an older entry",
            "confirmed": True,
        }
        for item in letter["items"]
    ]
    body = {"kind": letter["kind"], "items": items}
    answer = await client.put(f"/api/v1/letters/{letter['letter_id']}", json=body, headers=_seen(letter))
    assert answer.status_code == codes.OK, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_an_inquiry_goes_the_whole_way_with_its_page(site: Site, database_url: str) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    inquiry = (await _read(client))["inquiry_id"][0]
    pick = {"inquiry_id": inquiry["inquiry_id"], "reason": "inquiry_not_authorized"}
    (letter_id,) = (await _begin(client, pick)).raise_for_status().json()["letter_ids"]
    letter = await _written(client, await _letter(client, letter_id), REASONS)
    assert letter["kind"] == "first_dispute"
    assert inquiry["creditor_name"] in letter["content"] and inquiry["inquired_on"] in letter["content"]
    assert "know of no permissible purpose" in letter["content"]
    pdf = (await client.get(f"/api/v1/letters/{letter_id}/pdf")).raise_for_status().content
    assert "Page of the report with the disputed items marked" in _text(pdf)

    told = {"mailed_on": days_ago(9)}
    letter = (await client.post(f"/api/v1/letters/{letter_id}/posting", json=told, headers=_seen(letter))).json()
    dispute_id = letter["items"][0]["dispute_id"]
    dispute = (await client.get(f"/api/v1/disputes/{dispute_id}")).raise_for_status().json()
    assert (dispute["status"], dispute["tradeline_id"]) == ("Pending", None)
    assert dispute["disputed_values"]["creditor_name"] == inquiry["creditor_name"]
    again = await _begin(client, pick)
    assert again.json()["code"] == "already_disputed"
    history = (await client.get(f"/api/v1/disputes/{dispute_id}/history")).raise_for_status().json()
    assert [entry["new_status"] for entry in history] == ["Draft", "Pending"]
    for path in ("next-steps", "evidence", "response"):
        answer = await client.get(f"/api/v1/disputes/{dispute_id}/{path}")
        assert answer.status_code == codes.OK, (path, answer.text)
    for path in (f"/disputes/{dispute_id}", "/disputes", "/accounts", "/deadlines", "/", f"/letters/{letter_id}"):
        page = await client.get(path, headers={"Accept": "text/html"})
        assert page.status_code == codes.OK, (path, page.text[-500:])

    with psycopg.connect(database_url) as connection:
        connection.execute("delete from public.report_uploads")
    dispute = (await client.get(f"/api/v1/disputes/{dispute_id}")).raise_for_status().json()
    assert dispute["status"] == "Pending"
    for step in ({"status": "Verified", "bureau_response_date": days_ago(1)}, {"status": "Escalated"}):
        answer = await client.post(
            f"/api/v1/disputes/{dispute_id}/transition", json=step, headers={"If-Match": f'"{dispute["version"]}"'}
        )
        assert answer.status_code == codes.OK, answer.text
        dispute = answer.json()
    (following,) = (await client.get("/api/v1/disputes", params={"current_only": True})).json()["items"]
    assert (following["round"], following["disputed_values"]) == (2, dispute["disputed_values"])


async def test_a_letters_result_about_an_inquiry_finds_its_dispute(site: Site, database_url: str) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    inquiry = (await _read(client))["inquiry_id"][0]
    answered = (await upload(client, make_response(Bureau.TRANSUNION, style="A", seed=WITH_INQUIRY).pdf)).json()
    await until_read(client, answered["id"])
    (letter,) = (await client.get("/api/v1/bureau-responses")).raise_for_status().json()["items"]
    item = next(one for one in letter["items"] if one["kind"] == "inquiry")
    assert item["inquired_on"]
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update public.inquiries set creditor_name = %s, inquired_on = %s, inquired_on_precision = 'day' "
            "where inquiry_id = %s",
            (item["creditor_name"].title(), item["inquired_on"], inquiry["inquiry_id"]),
        )
        connection.execute("update public.bureau_responses set letter_date = current_date - 2")
    pick = {"inquiry_id": inquiry["inquiry_id"], "reason": "inquiry_not_authorized"}
    (letter_id,) = (await _begin(client, pick)).raise_for_status().json()["letter_ids"]
    posted = await _written(client, await _letter(client, letter_id), REASONS)
    told = {"mailed_on": days_ago(30)}
    posted = (await client.post(f"/api/v1/letters/{letter_id}/posting", json=told, headers=_seen(posted))).json()
    dispute_id = posted["items"][0]["dispute_id"]

    html = {"Accept": "text/html"}
    page = (await client.get(f"/answers/{letter['response_id']}", headers=html)).text
    assert f'Will answer <a href="/disputes/{dispute_id}">' in page and "The one that was found" in page
    assert "That is right" in (await client.get(f"/disputes/{dispute_id}", headers=html)).text
    address = f"/api/v1/bureau-responses/{letter['response_id']}/items/{item['item_id']}"
    said = await client.patch(address, json={"status": "confirmed", "outcome": "deleted"})
    assert (said.status_code, said.json()["dispute_id"]) == (codes.OK, dispute_id)
    assert (await client.get(f"/api/v1/disputes/{dispute_id}")).json()["status"] == "Deleted"
    assert (await client.patch(address, json={"status": "proposed"})).status_code == codes.OK
    assert (await client.get(f"/api/v1/disputes/{dispute_id}")).json()["status"] == "Pending"


async def test_a_name_is_sealed_until_the_letter_is_printed(site: Site, database_url: str) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    information = (await _read(client))["information_id"]
    name = next(one for one in information if one["kind"] == "name")
    picks = [{"information_id": one["information_id"], "bureau": "TransUnion"} for one in (name,)]
    (letter_id,) = (await _begin(client, {**picks[0], "reason": "wrong_name"})).raise_for_status().json()["letter_ids"]
    letter = await _letter(client, letter_id)
    assert letter["kind"] == "personal_information"
    letter = await _written(client, letter, REASONS)
    assert "{{disputed_value_1}}" in letter["content"] and "I have never used this name." in letter["content"]
    assert name["value"] not in str(letter)
    assert name["value"] in _text((await client.get(f"/api/v1/letters/{letter_id}/pdf")).raise_for_status().content)
    own = letter["content"].replace("To whom", "Please look. To whom")
    answer = await client.put(f"/api/v1/letters/{letter_id}/text", json={"content": own}, headers=_seen(letter))
    assert answer.status_code == codes.OK
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(
                f"select count(*) from {table} t where t::text ~* %s".encode(), (name["value"],)
            ).fetchone()
            assert found == (0,), table


async def test_a_name_that_a_newer_report_repeats_is_disputed_once(site: Site, database_url: str) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    first = next(one for one in (await _read(client))["information_id"] if one["kind"] == "name")
    pick = {"bureau": "TransUnion", "reason": "wrong_name"}
    begun = (await _begin(client, {**pick, "information_id": first["information_id"]})).raise_for_status().json()
    newer = (await upload(client, make_report("transunion", seed=2, accounts=2).pdf)).json()["id"]
    await until_read(client, newer)
    again = await _listed(client, "personal-information", newer)
    same = next(one for one in again if one["kind"] == "name")
    assert (same["value"], same["information_id"] == first["information_id"]) == (first["value"], False)
    gone_on_with = await _begin(client, {**pick, "information_id": same["information_id"]})
    assert gone_on_with.raise_for_status().json()["letter_ids"] == begun["letter_ids"]
    (dispute,) = (await client.get("/api/v1/disputes")).json()["items"]
    assert dispute["disputed_values"]["information_id"] == first["information_id"]
    assert "sealed" not in dispute["disputed_values"]
    page = (await client.get(f"/reports/{newer}/about-you", headers={"Accept": "text/html"})).text
    assert f"/disputes/{dispute['dispute_id']}" in page
    other = next(one for one in again if "address" in one["kind"])
    (await _begin(client, {**pick, "information_id": other["information_id"]})).raise_for_status()
    assert len((await client.get("/api/v1/disputes")).json()["items"]) == 2
    with psycopg.connect(database_url) as connection:
        known = connection.execute("select fingerprint from public.reported_personal_information").fetchall()
        assert all(len(fingerprint) == 32 for (fingerprint,) in known)


async def test_nobody_disputes_anothers_entries(site: Site) -> None:
    owner, other = await site.somebody(), await site.somebody()
    entries = await _read(owner)
    for key, rows in entries.items():
        for row in rows[:1]:
            answer = await _begin(other, {key: row[key], "bureau": "TransUnion"})
            assert answer.status_code == codes.NOT_FOUND, key
    inquiry = entries["inquiry_id"][0]["inquiry_id"]
    wrong = await _begin(owner, {"inquiry_id": inquiry, "bureau": "Equifax"})
    assert "can't be asked" in wrong.json()["message"]
    two = await _begin(owner, {"inquiry_id": inquiry, "tradeline_id": inquiry})
    assert two.status_code == codes.UNPROCESSABLE_ENTITY
    assert (await owner.get("/api/v1/disputes")).json()["items"] == []
