"""What may follow an answer: offers through the API, the next round at once, the statement kept and printed."""

import asyncio
from io import BytesIO
from typing import Any

import httpx
import psycopg
import pypdfium2
import pytest
from httpx import codes
from tests.functional.conftest import Site
from tests.functional.disputes.test_dispute_api import _begun, _moved, days_ago
from tests.functional.disputes.test_letters_api import PROFILE

ANSWER = {"bureau_response_date": days_ago(3)}


async def answered(client: httpx.AsyncClient, status: str) -> dict[str, Any]:
    dispute = await _moved(client, await _begun(client), "Pending", mailed_on=days_ago(50))
    dispute = await _moved(client, dispute, "Investigating", received_on=days_ago(46))
    return await _moved(client, dispute, status, **ANSWER)


async def with_confirmed_letter(client: httpx.AsyncClient) -> dict[str, Any]:
    """Verified, after a letter whose reason the user confirmed."""
    dispute = await _begun(client)
    (letter,) = (await client.post("/api/v1/letters", json={"dispute_ids": [dispute["dispute_id"]]})).json()[
        "letter_ids"
    ]
    said = {"dispute_id": dispute["dispute_id"], "reason": "wrong_balance", "correction": "$0", "confirmed": True}
    body = {"kind": "first_dispute", "items": [{**said, "explanation": "I paid it in March."}]}
    written = await client.put(f"/api/v1/letters/{letter}", json=body, headers={"If-Match": '"1"'})
    assert written.is_success, written.text
    dispute = (await client.get(address_of(dispute))).json()
    dispute = await _moved(client, dispute, "Pending", mailed_on=days_ago(50))
    return await _moved(client, dispute, "Verified", **ANSWER)


def address_of(dispute: dict[str, Any]) -> str:
    return f"/api/v1/disputes/{dispute['dispute_id']}"


def seen(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


async def steps_of(client: httpx.AsyncClient, dispute: dict[str, Any], language: str = "en") -> dict[str, Any]:
    answer = await client.get(f"{address_of(dispute)}/next-steps", params={"language": language})
    return {step["kind"]: step for step in answer.raise_for_status().json()["steps"]}


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("Verified", ["method_of_verification", "second_round", "cfpb_complaint", "statement"]),
        ("Updated", ["second_round", "cfpb_complaint", "statement"]),
        ("Deleted", ["reinsertion"]),
    ],
)
async def test_each_answer_opens_its_steps(status: str, kinds: list[str], site: Site) -> None:
    client = await site.somebody()
    steps = await steps_of(client, await answered(client, status))
    assert list(steps) == kinds
    assert all("15 USC 1681i" in step["citation"] and step["words"] for step in steps.values())
    assert [step["kind"] for step in steps.values() if step["text"]] == [
        kind for kind in kinds if kind in ("cfpb_complaint", "statement")
    ]


async def test_nothing_is_offered_of_a_draft(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client, dispute_reason="It is not mine")
    assert await steps_of(client, dispute) == {}


async def test_texts_say_what_was_confirmed_in_either_language(site: Site) -> None:
    client = await site.somebody()
    dispute = await with_confirmed_letter(client)
    english, spanish = await steps_of(client, dispute), await steps_of(client, dispute, "es")
    for steps, claim in ((english, "The balance is wrong. It is $0."), (spanish, "$0")):
        for kind in ("cfpb_complaint", "statement"):
            assert "Northbank" in steps[kind]["text"] and "I paid it in March." in steps[kind]["text"], kind
            assert claim in steps[kind]["text"]
    assert "Disputo" in spanish["statement"]["text"] and "Pido a Equifax" in spanish["cfpb_complaint"]["text"]
    silent = await steps_of(client, await answered(client, "Verified"))
    assert "«" not in silent["cfpb_complaint"]["text"] + silent["statement"]["text"]


@pytest.mark.parametrize(
    ("status", "kind", "letter"),
    [
        ("Verified", "method_of_verification", "method_of_verification"),
        ("Verified", "second_round", "second_round"),
        ("Updated", "second_round", "second_round"),
        ("Deleted", "reinsertion", "reinsertion"),
    ],
)
async def test_the_next_round_begins_with_its_letter(status: str, kind: str, letter: str, site: Site) -> None:
    client = await site.somebody()
    dispute = await answered(client, status)
    body = {"kind": kind, "language": "es"}
    begun = await client.post(f"{address_of(dispute)}/next-round", json=body, headers=seen(dispute["version"]))
    assert begun.status_code == codes.CREATED, begun.text
    second = (await client.get(f"/api/v1/disputes/{begun.json()['dispute_id']}")).json()
    assert (second["round"], second["status"], second["is_current"]) == (2, "Draft", True)
    written = (await client.get(f"/api/v1/letters/{begun.json()['letter_id']}")).json()
    assert (written["kind"], written["language"], len(written["items"])) == (letter, "es", 1)
    closed = (await client.get(address_of(dispute))).json()
    assert (closed["status"], closed["current_dispute_id"]) == ("Escalated", second["dispute_id"])
    history = (await client.get(f"{address_of(dispute)}/history")).json()
    assert history[-1]["change_reason"] and history[-1]["changed_by"] == "user"


async def test_after_silence_the_next_letter_says_so(site: Site, database_url: str) -> None:
    client = await site.somebody()
    dispute = await _moved(client, await _begun(client), "Pending", mailed_on=days_ago(70))
    dispute = await _moved(client, dispute, "Investigating", received_on=days_ago(66))
    with psycopg.connect(database_url) as connection:
        connection.execute("update public.disputes set status = 'Expired', change_reason = 'No answer received'")
    dispute = (await client.get(address_of(dispute))).json()
    steps = await steps_of(client, dispute)
    assert list(steps) == ["no_answer", "cfpb_complaint", "statement"]
    assert steps["cfpb_complaint"]["not_before"] is None
    assert "I have received no answer to it." in steps["cfpb_complaint"]["text"]
    begun = await client.post(
        f"{address_of(dispute)}/next-round", json={"kind": "no_answer"}, headers=seen(dispute["version"])
    )
    letter = f"/api/v1/letters/{begun.raise_for_status().json()['letter_id']}"
    said = {"dispute_id": begun.json()["dispute_id"], "reason": "not_mine", "confirmed": True}
    for language, words in (("en", "I have received no answer to that letter."), ("es", "No he recibido respuesta")):
        tag = (await client.get(letter)).headers["ETag"]
        body = {"kind": "second_round", "items": [said], "language": language, "earlier_letter_on": days_ago(70)}
        written = await client.put(letter, json=body, headers={"If-Match": tag})
        assert words in written.raise_for_status().json()["content"]
    answered_before = await answered(client, "Updated")
    begun = await client.post(
        f"{address_of(answered_before)}/next-round",
        json={"kind": "second_round"},
        headers=seen(answered_before["version"]),
    )
    letter = f"/api/v1/letters/{begun.json()['letter_id']}"
    body |= {"language": "en", "items": [said | {"dispute_id": begun.json()["dispute_id"]}]}
    tag = (await client.get(letter)).headers["ETag"]
    other = (await client.put(letter, json=body, headers={"If-Match": tag})).raise_for_status().json()
    assert "no answer" not in other["content"]


async def test_of_two_next_rounds_at_once_one_begins(site: Site) -> None:
    client = await site.somebody()
    dispute = await answered(client, "Verified")
    calls = [
        client.post(f"{address_of(dispute)}/next-round", json={"kind": kind}, headers=seen(dispute["version"]))
        for kind in ("second_round", "method_of_verification", "second_round")
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*calls))
    assert statuses == [codes.CREATED, codes.CONFLICT, codes.CONFLICT]
    assert len((await client.get("/api/v1/letters")).json()) == 1


async def test_a_step_that_is_not_open_changes_nothing(site: Site) -> None:
    client = await site.somebody()
    dispute = await answered(client, "Deleted")
    for kind in ("second_round", "statement", "cfpb_complaint"):
        answer = await client.post(
            f"{address_of(dispute)}/next-round", json={"kind": kind}, headers=seen(dispute["version"])
        )
        assert (answer.status_code, answer.json()["code"]) == (codes.UNPROCESSABLE_ENTITY, "invalid_input")
    unseen = await client.post(f"{address_of(dispute)}/next-round", json={"kind": "reinsertion"})
    assert unseen.status_code == codes.UNPROCESSABLE_ENTITY
    assert (await client.get(address_of(dispute))).json() == dispute
    assert (await client.get("/api/v1/letters")).json() == []


async def test_a_statement_is_kept_changed_and_dropped(site: Site) -> None:
    client = await site.somebody()
    address = f"{address_of(await answered(client, 'Verified'))}/statement"
    assert (await client.get(address)).status_code == codes.NOT_FOUND
    kept = await client.put(address, json={"content": "Paid   in full.\nAccount 4111 1111 1111 1111."})
    assert kept.json()["content"] == "Paid in full. Account ************1111."
    assert (kept.headers["ETag"], kept.json()["version"]) == ('"1"', 1)
    again = await client.put(address, json={"content": "Another"})
    assert (again.status_code, again.json()["code"]) == (codes.CONFLICT, "changed_meanwhile")
    changed = await client.put(address, json={"content": "Pagado", "language": "es"}, headers=seen(1))
    assert (changed.json()["content"], changed.json()["language"], changed.headers["ETag"]) == ("Pagado", "es", '"2"')
    for content, words in (("word " * 101, "101 words"), (" ", "empty"), ("x" * 2001, "too long")):
        refused = await client.put(address, json={"content": content}, headers=seen(2))
        assert refused.status_code == codes.UNPROCESSABLE_ENTITY and words in refused.json()["message"]
    assert (await client.delete(address, headers=seen(1))).status_code == codes.CONFLICT
    assert (await client.delete(address, headers=seen(2))).status_code == codes.NO_CONTENT
    assert (await client.delete(address, headers=seen(2))).status_code == codes.NOT_FOUND


async def test_a_statement_is_printed_for_the_bureau(site: Site) -> None:
    client = await site.somebody()
    dispute = await with_confirmed_letter(client)
    page = f"/disputes/{dispute['dispute_id']}/statement.pdf"
    assert (await client.get(page)).status_code == codes.NOT_FOUND
    (await client.put(f"{address_of(dispute)}/statement", json={"content": "I paid this in March."})).raise_for_status()
    refused = await client.get(page, headers={"Accept": "text/html"})
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY and "no sender" in refused.text
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    pdf = (await client.get(page)).raise_for_status()
    text = pypdfium2.PdfDocument(BytesIO(pdf.content))[0].get_textpage().get_text_bounded()
    for words in ("I paid this in March.", "Rowan Canary", "9173", "Northbank", "1681i(b), (c)", "740256"):
        assert words in text
    assert pdf.headers["Cache-Control"] == "no-store"


async def test_nobody_reaches_anothers_next_steps(site: Site) -> None:
    owner, other = await site.somebody(), await site.somebody()
    dispute = await answered(owner, "Verified")
    address = address_of(dispute)
    (await owner.put(f"{address}/statement", json={"content": "Mine"})).raise_for_status()
    for call in (
        other.get(f"{address}/next-steps"),
        other.post(f"{address}/next-round", json={"kind": "second_round"}, headers=seen(dispute["version"])),
        other.get(f"{address}/statement"),
        other.put(f"{address}/statement", json={"content": "Theirs"}),
        other.put(f"{address}/statement", json={"content": "Theirs"}, headers=seen(1)),
        other.delete(f"{address}/statement", headers=seen(1)),
    ):
        assert (await call).status_code == codes.NOT_FOUND
    assert (await owner.get(f"{address}/statement")).json()["content"] == "Mine"
    assert (await owner.get(address)).json() == dispute
