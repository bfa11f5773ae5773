"""Letters through the API: from picked accounts to a letter in the mail, and all that is refused on the way."""

import asyncio
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pypdfium2
import pytest
from httpx import codes
from PIL import Image
from tests.functional.conftest import Site
from tests.functional.disputes.test_dispute_api import days_ago

from tribureau.bootstrap import open_worker
from tribureau.domain.letters import Language, written
from tribureau.domain.mail import check_digit
from tribureau.workflows import post_letter
from tribureau.workflows.print_letter import letter_pdf
from tribureau.workflows.sweep_reports import sweep_reports

TRACKING = (digits := "940730000000000000001") + str(check_digit(digits))
_IN_CLEAR = "Rowan Canary|Heron Wharf|1971-03-29|March 29|ends in 9173"
PROFILE = {
    "name": "Rowan Canary",
    "address": {"street": "77 Heron Wharf", "unit": "", "city": "Millrace", "state": "TX", "zip_code": "75013"},
    "date_of_birth": "1971-03-29",
    "ssn_last4": "9173",
}


async def _drafts(client: httpx.AsyncClient, *bureaus: str) -> list[str]:
    begun = []
    for bureau in bureaus:
        known = {"creditor_name": f"Northbank {uuid4().hex[:6]}", "bureau": bureau, "balance": "642.00"}
        line = (await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"]
        begun.append((await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()["dispute_id"])
    return begun


async def _letters(client: httpx.AsyncClient, disputes: list[str]) -> list[dict[str, Any]]:
    answer = await client.post("/api/v1/letters", json={"dispute_ids": disputes})
    assert answer.status_code == codes.CREATED, answer.text
    return [(await client.get(f"/api/v1/letters/{letter}")).json() for letter in answer.json()["letter_ids"]]


async def _save(client: httpx.AsyncClient, letter: dict[str, Any], **facts: Any) -> httpx.Response:
    said = {"reason": "wrong_balance", "correction": "$0", "confirmed": True, **facts.pop("said", {})}
    items = [{"dispute_id": item["dispute_id"], **said} for item in letter["items"]]
    body = {"kind": "first_dispute", "items": items, **facts}
    return await client.put(f"/api/v1/letters/{letter['letter_id']}", json=body, headers=_seen(letter))


def _seen(letter: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{letter["version"]}"'}


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, "PNG")
    return out.getvalue()


async def test_a_letter_goes_its_whole_way(site: Site, database_url: str) -> None:
    client = await site.somebody()
    disputes = await _drafts(client, "Equifax", "Equifax", "Experian")
    letters = await _letters(client, disputes)
    assert [(letter["bureau"], len(letter["items"])) for letter in letters] == [("Equifax", 2), ("Experian", 1)]
    letter = (await _save(client, letters[0])).raise_for_status().json()
    assert letter["state"] == "ready"
    assert "{{date_of_birth}}" in letter["content"] and "$642" in letter["content"]
    address = f"/api/v1/letters/{letter['letter_id']}"

    dispute = (await client.get(f"/api/v1/disputes/{disputes[0]}")).json()
    assert dispute["letter_content"] == letter["content"]
    assert dispute["dispute_reason"].endswith("$0")
    refused = await client.get(f"{address}/pdf")
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    assert "no sender" in refused.json()["message"]

    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    files = {"file": ("license.png", _picture(), "image/png")}
    proof = (await client.post("/api/v1/enclosures", files=files, data={"kind": "identity"})).json()
    again = (await client.post("/api/v1/enclosures", files=files, data={"kind": "identity"})).json()
    assert again["enclosure_id"] == proof["enclosure_id"]
    chosen = {"enclosure_ids": [proof["enclosure_id"]]}
    assert (await client.put(f"{address}/enclosures", json=chosen)).status_code == codes.NO_CONTENT

    own = letter["content"].replace("To whom", "My words. To whom")
    letter = (await client.put(f"{address}/text", json={"content": own}, headers=_seen(letter))).json()
    assert "My words" in letter["content"] and "My words" not in letter["original_content"]
    pdf = (await client.get(f"{address}/pdf")).raise_for_status().content
    assert all(word in _text(pdf) for word in ("Rowan Canary", "77 Heron Wharf", "9173", "My words", "740256"))
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    letter = (await client.post(f"{address}/original", headers=_seen(letter))).json()
    assert letter["content"] == letter["original_content"]

    told = {"mailed_on": days_ago(5), "tracking_number": TRACKING}
    letter = (await client.post(f"{address}/posting", json=told, headers=_seen(letter))).raise_for_status().json()
    assert letter["state"] == "mailed"
    assert {(i["status"], i["tracking_number"]) for i in letter["items"]} == {("Pending", TRACKING)}
    assert (await client.get(f"/api/v1/disputes/{disputes[2]}")).json()["status"] == "Draft"
    sent = (await client.get(f"{address}/pdf")).content
    (await client.put("/api/v1/profile", json={**PROFILE, "name": "Somebody Else"})).raise_for_status()
    assert (await client.get(f"{address}/pdf")).content == sent
    kept = await client.delete(f"/api/v1/enclosures/{proof['enclosure_id']}")
    assert (kept.status_code, kept.json()["code"]) == (codes.CONFLICT, "letter_mailed")
    assert (await _save(client, letter)).json()["code"] == "letter_mailed"

    answer = await client.post(f"{address}/receipt", json={"received_on": days_ago(2)}, headers=_seen(letter))
    assert {item["status"] for item in answer.raise_for_status().json()["items"]} == {"Investigating"}
    _nothing_in_clear(database_url)
    await _a_sweep_leaves_its_files(site, client, f"{address}/pdf")
    _all_goes_with_its_user(database_url)


async def _a_sweep_leaves_its_files(site: Site, client: httpx.AsyncClient, pdf: str) -> None:
    before = (await client.get(pdf)).raise_for_status().content
    async with open_worker(site.settings) as parts:
        assert await sweep_reports(parts.reports, young=timedelta(0)) == 0
    assert (await client.get(pdf)).raise_for_status().content == before


def _all_goes_with_its_user(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("delete from auth.users")
        assert connection.execute("select count(*) from public.dispute_letters").fetchone() == (0,)
        assert connection.execute("select count(*) from public.dispute_enclosures").fetchone() == (0,)


def _nothing_in_clear(database_url: str) -> None:
    """What the profile holds stands in no table, whatever its name."""
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relnamespace in "
            "('public'::regnamespace, 'tribureau'::regnamespace)"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(
                f"select count(*) from {table} t where t::text ~ %s".encode(), (_IN_CLEAR,)
            ).fetchone()
            assert found == (0,), table


async def test_a_mailing_that_was_a_mistake_is_taken_back(site: Site) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (begun,) = await _letters(client, await _drafts(client, "TransUnion", "TransUnion"))
    letter = (await _save(client, begun, language="es")).json()
    assert "A quien corresponda" in letter["content"]
    address = f"/api/v1/letters/{letter['letter_id']}/posting"
    letter = (await client.post(address, json={"mailed_on": days_ago(1)}, headers=_seen(letter))).json()
    letter = (await client.delete(address, headers=_seen(letter))).raise_for_status().json()
    assert (letter["state"], {item["status"] for item in letter["items"]}) == ("ready", {"Draft"})
    assert (await _save(client, letter)).status_code == codes.OK


async def test_what_is_refused_changes_nothing(site: Site) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (letter,) = await _letters(client, await _drafts(client, "Equifax"))
    address = f"/api/v1/letters/{letter['letter_id']}"
    for facts, words in (
        ({"said": {"confirmed": False}}, "not confirmed"),
        ({"said": {"reason": "inquiry_not_authorized"}}, "can't be said of"),
        ({"said": {"reason": "no_such"}}, "no reason called"),
        ({"said": {"correction": " "}}, "missing"),
        ({"said": {"reason": "re_aged", "correction": "February 30, 2021"}}, "no calendar"),
        ({"said": {"reason": "re_aged", "correction": days_ago(-3)}}, "not come"),
        ({"kind": "obsolete"}, "does not belong"),
        ({"kind": "second_round"}, "earlier letter"),
        ({"items": [{"dispute_id": str(uuid4()), "reason": "not_mine"}]}, "other disputes"),
    ):
        answer = await _save(client, letter, **facts)
        assert answer.status_code == codes.UNPROCESSABLE_ENTITY, facts
        assert words in answer.json()["message"], facts
    unwritten = await client.post(f"{address}/posting", json={"mailed_on": days_ago(0)}, headers=_seen(letter))
    assert "not written yet" in unwritten.json()["message"]
    assert (await client.get(address)).json() == letter

    ready = (await _save(client, letter)).json()
    for told, words in (
        ({"mailed_on": days_ago(-3)}, "has not come yet"),
        ({"mailed_on": "1216-11-10"}, "too long ago"),
        ({"mailed_on": days_ago(1), "tracking_number": "12345"}, "no tracking number"),
        ({"mailed_on": days_ago(1), "tracking_number": str(int(TRACKING) + 1)}, "digit"),
    ):
        answer = await client.post(f"{address}/posting", json=told, headers=_seen(ready))
        assert words in answer.json()["message"], told
    assert (await client.get(address)).json() == ready


async def test_the_kept_copy_bears_the_date_that_is_on_the_paper(site: Site) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (begun,) = await _letters(client, await _drafts(client, "Equifax"))
    letter = (await _save(client, begun)).json()
    address = f"/api/v1/letters/{letter['letter_id']}"
    printed = (await client.get(f"{address}/pdf", params={"dated": days_ago(6)})).content
    late = {"mailed_on": days_ago(4), "dated": days_ago(3)}
    refused = await client.post(f"{address}/posting", json=late, headers=_seen(letter))
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    assert "dated after the day" in refused.json()["message"]

    told = {"mailed_on": days_ago(4), "dated": days_ago(6)}
    letter = (await client.post(f"{address}/posting", json=told, headers=_seen(letter))).raise_for_status().json()
    assert {item["mailed_on"] for item in letter["items"]} == {days_ago(4)}
    kept = _text((await client.get(f"{address}/pdf")).content)
    assert kept == _text(printed) and _in_words(days_ago(6)) in kept
    corrected = await client.post(f"{address}/posting", json=told, headers=_seen(letter))
    assert "its date stays" in corrected.json()["message"]


async def test_of_two_postings_at_once_the_copy_of_the_one_that_counts_is_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (begun,) = await _letters(client, await _drafts(client, "Equifax"))
    letter = (await _save(client, begun)).json()
    address = f"/api/v1/letters/{letter['letter_id']}"
    both_are_typeset = asyncio.Barrier(2)

    async def met(*given: Any) -> bytes:
        paper = await letter_pdf(*given)
        await both_are_typeset.wait()
        return paper

    monkeypatch.setattr(post_letter, "letter_pdf", met)
    days = [days_ago(4), days_ago(2)]
    posted = [client.post(f"{address}/posting", json={"mailed_on": day}, headers=_seen(letter)) for day in days]
    answers = await asyncio.gather(*posted)
    assert sorted(answer.status_code for answer in answers) == [codes.OK, codes.CONFLICT]
    counts = days[[answer.status_code for answer in answers].index(codes.OK)]
    other = next(day for day in days if day != counts)
    kept = _text((await client.get(f"{address}/pdf")).content)
    assert _in_words(counts) in kept and _in_words(other) not in kept


def _in_words(day: str) -> str:
    return written(date.fromisoformat(day), Language.ENGLISH)


async def test_the_later_of_two_people_is_told(site: Site) -> None:
    client = await site.somebody()
    (letter,) = await _letters(client, await _drafts(client, "Equifax"))
    assert (await _save(client, letter)).status_code == codes.OK
    late = await _save(client, letter)
    assert (late.status_code, late.json()["code"]) == (codes.CONFLICT, "changed_meanwhile")
    assert "version 2 now" in late.json()["hint"]
    unseen = await client.put(f"/api/v1/letters/{letter['letter_id']}/text", json={"content": "x"})
    assert unseen.status_code == codes.UNPROCESSABLE_ENTITY


async def test_nobody_reaches_anothers_letter(site: Site) -> None:
    owner, other = await site.somebody(), await site.somebody()
    disputes = await _drafts(owner, "Equifax")
    (letter,) = await _letters(owner, disputes)
    address = f"/api/v1/letters/{letter['letter_id']}"
    assert (await other.get(address)).status_code == codes.NOT_FOUND
    assert (await other.get(f"{address}/pdf")).status_code == codes.NOT_FOUND
    assert (await other.get(f"/api/v1/disputes/{disputes[0]}/letter")).status_code == codes.NOT_FOUND
    assert (await _save(other, letter)).status_code == codes.NOT_FOUND
    assert (await other.post("/api/v1/letters", json={"dispute_ids": disputes})).status_code == codes.NOT_FOUND
    again = await owner.post("/api/v1/letters", json={"dispute_ids": disputes})
    assert "already" in again.json()["message"]
    assert (await owner.get(f"/api/v1/disputes/{disputes[0]}/letter")).json() == letter
    assert (await owner.delete(address, headers=_seen(letter))).status_code == codes.NO_CONTENT
    assert (await owner.get("/api/v1/letters")).json() == []


async def test_a_hostile_proof_is_refused(site: Site) -> None:
    client = await site.somebody()
    for content, status in (
        (b"", codes.BAD_REQUEST),
        (b"MZ a program", codes.UNSUPPORTED_MEDIA_TYPE),
        (b"%PDF-1.7 broken", codes.UNPROCESSABLE_ENTITY),
        (_picture()[:60], codes.UNPROCESSABLE_ENTITY),
    ):
        answer = await client.post(
            "/api/v1/enclosures", files={"file": ("proof.pdf", content)}, data={"kind": "evidence"}
        )
        assert answer.status_code == status, (content, answer.text)
    assert (await client.get("/api/v1/enclosures")).json() == []
