"""Disputes through the API: a whole life, bulk, two people at once, bad input, other people's."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from httpx import codes
from tests.functional.conftest import Site

TODAY = datetime.now(UTC).date()


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


async def _account(client: httpx.AsyncClient, bureau: str = "Equifax", **facts: object) -> str:
    known = {"creditor_name": "Northbank", "bureau": bureau, "is_negative": True, **facts}
    return str((await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"])


async def _begun(client: httpx.AsyncClient, **facts: object) -> dict[str, Any]:
    answer = await client.post("/api/v1/disputes", json={"tradeline_id": await _account(client), **facts})
    assert answer.status_code == codes.CREATED, answer.text
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"].endswith(answer.json()["dispute_id"])
    found: dict[str, Any] = answer.json()
    return found


async def _move(client: httpx.AsyncClient, dispute: dict[str, Any], status: str, **facts: object) -> httpx.Response:
    return await client.post(
        f"/api/v1/disputes/{dispute['dispute_id']}/transition",
        json={"status": status, **facts},
        headers={"If-Match": f'"{dispute["version"]}"'},
    )


async def _moved(client: httpx.AsyncClient, dispute: dict[str, Any], status: str, **facts: object) -> dict[str, Any]:
    answer = await _move(client, dispute, status, **facts)
    assert answer.status_code == codes.OK, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["ETag"] == f'"{found["version"]}"'
    return found


async def test_a_dispute_that_is_mailed_by_hand_runs_its_whole_way(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client, dispute_reason="Paid in 2019", letter_content="Dear bureau")
    assert dispute["next_statuses"] == ["Pending", "Blank"]
    dispute = await _moved(
        client, dispute, "Pending", mailed_on=days_ago(40), tracking_number="9407 3000", change_notes="Posted"
    )
    assert (dispute["mailing_service"], dispute["tracking_number"]) == ("Manual", "9407 3000")
    dispute = await _moved(client, dispute, "Investigating", received_on=days_ago(36))
    dispute = await _moved(
        client, dispute, "Verified", bureau_response_date=days_ago(3), bureau_response_summary="As reported"
    )
    dispute = await _moved(client, dispute, "Escalated", change_reason="New facts")
    second = (await client.get(f"/api/v1/disputes/{dispute['current_dispute_id']}")).json()
    assert (second["round"], second["status"], second["dispute_reason"]) == (2, "Draft", "Paid in 2019")
    history = (await client.get(f"/api/v1/disputes/{dispute['dispute_id']}/history")).json()
    assert [(entry["previous_status"], entry["new_status"], entry["changed_by"]) for entry in history] == [
        (None, "Draft", "user"),
        ("Draft", "Pending", "user"),
        ("Pending", "Investigating", "user"),
        ("Investigating", "Verified", "user"),
        ("Verified", "Escalated", "user"),
    ]
    assert (history[1]["change_notes"], history[4]["change_reason"]) == ("Posted", "New facts")
    current = (await client.get("/api/v1/disputes", params={"current_only": True})).json()["items"]
    assert [one["dispute_id"] for one in current] == [second["dispute_id"]]


async def test_statistics_and_comparison_follow_at_once(site: Site) -> None:
    client = await site.somebody()
    assert (await client.get("/api/v1/statistics")).json()["total_disputes"] == 0
    dispute = await _moved(client, await _begun(client), "Pending", mailed_on=days_ago(9))
    await _moved(client, dispute, "Deleted", bureau_response_date=days_ago(1))
    figures = (await client.get("/api/v1/statistics")).json()
    assert (figures["total_disputes"], figures["equifax_deletions"]) == (1, 1)
    assert figures["success_rate_percentage"] == 100.0
    await _account(client, "Experian", creditor_name="Westloan", is_negative=False)
    (row,) = (await client.get("/api/v1/comparison")).json()
    assert (row["equifax_status"], row["experian_status"], row["differing"]) == ("Deleted", "Blank", [])
    assert row["reported"]["Equifax"]["is_negative"] is True
    assert len((await client.get("/api/v1/comparison", params={"everything": True})).json()) == 2


async def test_undo_of_a_draft_and_of_the_undo(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client)
    address = f"/api/v1/disputes/{dispute['dispute_id']}"
    assert (await client.delete(address)).status_code == codes.UNPROCESSABLE_ENTITY
    assert (await client.delete(address, headers={"If-Match": '"1"'})).status_code == codes.NO_CONTENT
    blank = (await client.get(address)).json()
    assert (blank["status"], blank["is_current"], blank["next_statuses"]) == ("Blank", False, ["Draft"])
    assert (await _moved(client, blank, "Draft"))["is_current"] is True
    assert len((await client.get(f"{address}/history")).json()) == 3


async def test_many_are_begun_or_none(site: Site) -> None:
    client = await site.somebody()
    wanted = [{"tradeline_id": await _account(client)} for _ in range(4)]
    made = await client.post("/api/v1/disputes/bulk", json={"disputes": wanted})
    assert (made.status_code, len(made.json()["dispute_ids"])) == (codes.CREATED, 4)
    again = await client.post(
        "/api/v1/disputes/bulk", json={"disputes": [{"tradeline_id": await _account(client)}, wanted[3]]}
    )
    assert (again.status_code, again.json()["code"]) == (codes.CONFLICT, "already_disputed")
    assert again.json()["message"].startswith("Number 2 of 2:")
    assert len((await client.get("/api/v1/disputes")).json()["items"]) == 4


async def test_lists_are_paged_and_filtered(site: Site) -> None:
    client = await site.somebody()
    made = [(await _begun(client))["dispute_id"] for _ in range(5)]
    first = (await client.get("/api/v1/disputes", params={"limit": 3})).json()
    rest = (await client.get("/api/v1/disputes", params={"limit": 3, "after": first["next"]})).json()
    assert [one["dispute_id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    for wrong in ({"status": "Pending"}, {"bureau": "Experian"}, {"tradeline_id": str(uuid4())}):
        assert (await client.get("/api/v1/disputes", params=wrong)).json()["items"] == []


async def test_two_at_once_the_later_is_told_what_happened(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client)
    answers = await asyncio.gather(
        *(_move(client, dispute, "Pending", mailed_on=days_ago(2), change_notes=str(n)) for n in range(5)),
    )
    assert sorted(answer.status_code for answer in answers) == [codes.OK, *[codes.CONFLICT] * 4]
    told = next(answer.json() for answer in answers if answer.status_code == codes.CONFLICT)
    assert (told["code"], "it is Pending now" in told["message"]) == ("changed_meanwhile", True)
    assert "version is 2" in told["hint"]
    assert len((await client.get(f"/api/v1/disputes/{dispute['dispute_id']}/history")).json()) == 2


@pytest.mark.parametrize(
    ("status", "facts", "code", "words"),
    [
        ("Deleted", {"bureau_response_date": days_ago(1)}, "illegal_transition", "can't go from Draft to Deleted"),
        ("Expired", {}, "illegal_transition", "by the user"),
        ("Pending", {}, "invalid_input", "not known when the letter was mailed"),
        ("Pending", {"mailed_on": days_ago(-3)}, "invalid_input", "has not come yet"),
        (
            "Pending",
            {"mailed_on": days_ago(3), "received_on": days_ago(2)},
            "invalid_input",
            "received_on does not belong",
        ),
        ("Pending", {"tracking_number": "9407"}, "invalid_input", "tracking_number does not belong"),
        ("Blank", {"bureau_response_date": days_ago(3)}, "invalid_input", "bureau_response_date does not belong"),
        ("Lost", {}, "invalid_input", "not acceptable"),
    ],
)
async def test_a_step_that_can_not_be_is_refused_in_plain_words(
    status: str, facts: dict[str, Any], code: str, words: str, site: Site
) -> None:
    client = await site.somebody()
    dispute = await _begun(client)
    answer = await _move(client, dispute, status, **facts)
    assert (answer.status_code, answer.json()["code"]) == (409 if code == "illegal_transition" else 422, code)
    assert words in answer.json()["message"] and answer.json()["hint"]
    assert (await client.get(f"/api/v1/disputes/{dispute['dispute_id']}")).json() == dispute


async def test_an_answer_before_the_letter_is_refused(site: Site) -> None:
    client = await site.somebody()
    dispute = await _moved(client, await _begun(client), "Pending", mailed_on=days_ago(5))
    answer = await _move(client, dispute, "Verified", bureau_response_date=days_ago(9))
    assert answer.status_code == codes.UNPROCESSABLE_ENTITY
    assert "before the letter was mailed" in answer.json()["message"]
    early = await _move(client, dispute, "Investigating", received_on=days_ago(9))
    assert "before it was mailed" in early.json()["message"]


async def test_a_letter_changes_in_a_draft_only(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client)
    address = f"/api/v1/disputes/{dispute['dispute_id']}"
    letter = {"letter_content": "Account 4111 1111 1111 1111 is not mine"}
    written = await client.patch(address, json=letter, headers={"If-Match": '"1"'})
    assert "4111 1111" not in written.json()["letter_content"]
    assert written.json()["letter_generated_at"]
    assert (await client.patch(address, json=letter, headers={"If-Match": '"1"'})).status_code == codes.CONFLICT
    sent = await _moved(client, written.json(), "Pending", mailed_on=days_ago(1))
    refused = await client.patch(
        address, json={"letter_content": "Another"}, headers={"If-Match": f'"{sent["version"]}"'}
    )
    assert (refused.status_code, "in a draft only" in refused.json()["message"]) == (422, True)


async def test_a_bureau_has_to_be_named_where_the_source_names_none(site: Site, database_url: str) -> None:
    client = await site.somebody()
    unnamed = {"tradeline_id": await _account(client)}
    with psycopg.connect(database_url) as connection:
        connection.execute("update public.tradelines set bureau = 'All'")
    answer = await client.post("/api/v1/disputes", json=unnamed)
    assert (answer.status_code, answer.json()["hint"]) == (422, "Say which bureau to ask.")
    for bureau in ("Equifax", "Experian"):
        assert (await client.post("/api/v1/disputes", json=unnamed | {"bureau": bureau})).is_success
    other = {"tradeline_id": await _account(client, "Equifax"), "bureau": "Experian"}
    answer = await client.post("/api/v1/disputes", json=other)
    assert answer.json()["message"] == "This tradeline is Equifax's, so Experian can't be asked about it."


async def test_anothers_disputes_are_not_there(site: Site) -> None:
    owner, stranger = await site.somebody(), await site.somebody()
    dispute = await _begun(owner)
    address = f"/api/v1/disputes/{dispute['dispute_id']}"
    for call in (
        stranger.get(address),
        stranger.get(f"{address}/history"),
        stranger.patch(address, json={}, headers={"If-Match": '"1"'}),
        stranger.delete(address, headers={"If-Match": '"1"'}),
        _move(stranger, dispute, "Blank"),
        stranger.post("/api/v1/disputes", json={"tradeline_id": dispute["tradeline_id"]}),
    ):
        assert (await call).status_code == codes.NOT_FOUND
    assert (await stranger.get("/api/v1/disputes")).json()["items"] == []
    assert (await site.nobody().get(address)).status_code == codes.UNAUTHORIZED


async def test_a_disputed_account_may_be_deleted_and_the_dispute_stays(site: Site) -> None:
    client = await site.somebody()
    dispute = await _begun(client)
    assert (await client.delete(f"/api/v1/tradelines/{dispute['tradeline_id']}")).status_code == codes.NO_CONTENT
    kept = (await client.get(f"/api/v1/disputes/{dispute['dispute_id']}")).json()
    assert (kept["tradeline_id"], kept["disputed_values"]["creditor_name"]) == (None, "Northbank")
