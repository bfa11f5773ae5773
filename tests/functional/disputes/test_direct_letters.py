"""Letters to the companies behind accounts: the whole way where people dispute for themselves, refused where not."""

from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from httpx import codes
from tests.functional.conftest import Site
from tests.functional.disputes.test_begin_letters import _letter
from tests.functional.disputes.test_dispute_api import days_ago
from tests.functional.disputes.test_letters_api import PROFILE, TRACKING, _seen, _text
from tests.functional.pages.conftest import browser_of

from tribureau.settings import Settings

COMPANY = ["Harrow Lending", "P.O. Box 12", "Millrace, TX 75013"]


async def _line(client: httpx.AsyncClient, **facts: object) -> str:
    known = {"creditor_name": "Harrow Lending", "bureau": "Equifax", "balance": "642.00", **facts}
    return str((await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"])


async def _begin(client: httpx.AsyncClient, *lines: str) -> httpx.Response:
    return await client.post("/api/v1/letters/direct", json={"tradeline_ids": list(lines)})


async def _save(client: httpx.AsyncClient, letter: dict[str, Any], **facts: Any) -> httpx.Response:
    said = {"reason": "wrong_balance", "correction": "$0", "confirmed": True, **facts.pop("said", {})}
    items = [{"dispute_id": item["dispute_id"], **said} for item in letter["items"]]
    body = {"kind": letter["kind"], "items": items, "recipient_lines": COMPANY, **facts}
    return await client.put(f"/api/v1/letters/{letter['letter_id']}", json=body, headers=_seen(letter))


@pytest.fixture
def in_hosted_mode(site_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(site_settings.__dict__, "mode", "hosted")


async def test_a_company_gets_its_letter_and_no_dispute_moves(site: Site) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    lines = [await _line(client), await _line(client, bureau="Experian")]
    collected = await _line(client, creditor_name="Midvale Recovery", account_type="collection")
    begun = (await _begin(client, *lines, collected)).raise_for_status().json()["letter_ids"]
    letters = [await _letter(client, letter) for letter in begun]
    assert [(letter["kind"], len(letter["items"])) for letter in letters] == [("furnisher", 2), ("collector", 1)]
    assert (await _begin(client, lines[0])).json()["letter_ids"] == begun[:1]

    unaddressed = (await _save(client, letters[0], recipient_lines=["Harrow Lending"])).raise_for_status().json()
    address = f"/api/v1/letters/{begun[0]}"
    refused = await client.get(f"{address}/pdf")
    assert (refused.status_code, "no address" in refused.json()["message"]) == (422, True)
    assert (
        "no address"
        in (
            await client.post(f"{address}/posting", json={"mailed_on": days_ago(1)}, headers=_seen(unaddressed))
        ).json()["message"]
    )
    letter = (await _save(client, unaddressed)).raise_for_status().json()
    assert "1681s-2(a)(8)" in letter["content"] and "1681i" not in letter["content"]
    assert "{{ssn_last4}}" not in letter["content"]
    words = _text((await client.get(f"{address}/pdf")).raise_for_status().content)
    assert "P.O. Box 12" in words and "Equifax" not in words and "9173" not in words

    told = {"mailed_on": days_ago(9), "tracking_number": TRACKING}
    letter = (await client.post(f"{address}/posting", json=told, headers=_seen(letter))).raise_for_status().json()
    assert (letter["state"], {item["status"] for item in letter["items"]}) == ("mailed", {"Pending"})
    assert (await _save(client, letter)).json()["code"] == "letter_mailed"
    early = await client.post(f"{address}/receipt", json={"received_on": days_ago(20)}, headers=_seen(letter))
    assert early.status_code == codes.UNPROCESSABLE_ENTITY, early.text
    answer = await client.post(f"{address}/receipt", json={"received_on": days_ago(3)}, headers=_seen(letter))
    letter = answer.raise_for_status().json()
    assert {item["status"] for item in letter["items"]} == {"Investigating"}
    back = await client.delete(f"{address}/posting", headers=_seen(letter))
    assert back.status_code == codes.UNPROCESSABLE_ENTITY
    assert (await client.get("/api/v1/disputes")).json()["items"] == []
    summaries = (await client.get("/api/v1/letters")).json()
    assert {one["received_on"] for one in summaries} == {days_ago(3), None}


async def test_a_bureaus_letter_and_a_companys_never_mix(site: Site) -> None:
    client = await site.somebody()
    line = await _line(client)
    (direct,) = (await _begin(client, line)).json()["letter_ids"]
    (bureaus,) = (await client.post("/api/v1/letters", json={"picks": [{"tradeline_id": line}]})).json()["letter_ids"]
    for letter_id, kind in ((direct, "first_dispute"), (bureaus, "furnisher")):
        answer = await _save(client, await _letter(client, letter_id), kind=kind)
        assert (answer.status_code, "keeps to whom" in answer.json()["message"]) == (422, True)
    unfit = await _save(client, await _letter(client, direct), said={"reason": "mixed_file"})
    assert "does not belong" in unfit.json()["message"]


async def _mailed(client: httpx.AsyncClient, line: str, *, ago: int = 40, kind: str = "furnisher") -> dict[str, Any]:
    (begun,) = (await _begin(client, line)).raise_for_status().json()["letter_ids"]
    said = {} if kind == "furnisher" else {"reason": "not_mine", "correction": ""}
    letter = (await _save(client, await _letter(client, begun), kind=kind, said=said)).raise_for_status().json()
    for what, day in (("posting", {"mailed_on": days_ago(ago)}), ("receipt", {"received_on": days_ago(ago - 4)})):
        told = await client.post(f"/api/v1/letters/{begun}/{what}", json=day, headers=_seen(letter))
        letter = told.raise_for_status().json()
    return dict(letter)


async def test_a_companys_days_stand_where_those_of_bureaus_do(site: Site) -> None:
    browser = await browser_of(site)
    page = await browser.see("/accounts/new")
    client = browser.client
    client.headers["X-CSRF-Token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    letter = await _mailed(client, await _line(client), ago=30)
    collected = await _line(client, creditor_name="Midvale Recovery", account_type="collection")
    await _mailed(client, collected, kind="collector")
    known = (await client.get("/api/v1/deadlines/companies")).raise_for_status().json()
    assert [(one["kind"], len(one["dates"])) for one in known] == [("furnisher", 2), ("collector", 0)]
    assert known[0]["days_left"] in (4, 5) and known[1]["days_left"] is None
    assert known[0]["dates"][0]["on"] == days_ago(-4)
    assert "no time in which it must answer" in known[1]["words"]
    shown = (await browser.see("/deadlines")).text
    assert "days left" in shown and "1022.43(e)(3)" in shown and "no time in which it must answer" in shown
    assert "Harrow Lending answers by" in (await browser.see("/")).text
    link = (await client.post("/api/v1/deadlines/calendar-link", json={})).raise_for_status().json()["url"]
    calendar = (await client.get("/calendar/" + link.rpartition("/")[2])).text
    assert "Company's answer due" in calendar and letter["letter_id"] in calendar and "Harrow" not in calendar


async def test_a_companys_answer_is_kept_and_moves_no_dispute(site: Site) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    line = await _line(client)
    letter = await _mailed(client, line)
    (dispute,) = (await client.post("/api/v1/letters", json={"picks": [{"tradeline_id": line}]})).json()["letter_ids"]
    about = (await _letter(client, dispute))["items"][0]["dispute_id"]
    address = f"/api/v1/letters/{letter['letter_id']}/answer"
    for wrong in ({"answered_on": days_ago(41)}, {"answered_on": days_ago(-3)}):
        refused = await client.put(address, json={"outcome": "kept", **wrong}, headers=_seen(letter))
        assert refused.status_code == codes.UNPROCESSABLE_ENTITY, refused.text
    told = {"answered_on": days_ago(3), "outcome": "kept", "note": "Signed by nobody"}
    letter = (await client.put(address, json=told, headers=_seen(letter))).raise_for_status().json()
    assert (letter["answered_on"], letter["answer_outcome"]) == (days_ago(3), "kept")
    late = await client.put(address, json=told, headers={"If-Match": '"1"'})
    assert late.json()["code"] == "changed_meanwhile"
    assert (await client.get("/api/v1/deadlines/companies")).json() == []
    assert (await client.get(f"/api/v1/disputes/{about}")).json()["status"] == "Draft"
    packet = _text((await client.get(f"/api/v1/disputes/{about}/evidence")).raise_for_status().content)
    assert "Letters to companies" in packet and "Signed by nobody" in packet
    gone = (await client.delete(address, headers=_seen(letter))).raise_for_status().json()
    assert gone["answered_on"] is None
    of_bureau = await _letter(client, dispute)
    refused = await client.put(f"/api/v1/letters/{dispute}/answer", json=told, headers=_seen(of_bureau))
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY


async def test_a_companys_answer_is_told_on_its_page_and_stands_on_the_accounts(site: Site) -> None:
    browser = await browser_of(site)
    page = await browser.see("/accounts/new")
    client = browser.client
    client.headers["X-CSRF-Token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    line = await _line(client)
    letter = await _mailed(client, line, ago=60)
    address, version = f"/letters/{letter['letter_id']}", str(letter["version"])
    assert "No answer from Harrow Lending" in (await browser.see("/")).text
    answer = {"answered_on": days_ago(2), "outcome": "corrected", "note": "Balance is $0"}
    refused = await browser.send(address, f"{address}/answer", version=version, **answer | {"outcome": ""})
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY and "Balance is $0" in refused.text
    kept = await browser.send(address, f"{address}/answer", version=version, **answer)
    assert kept.status_code == codes.SEE_OTHER, kept.text
    assert "It corrects what it reports" in (await browser.see(address)).text
    account = (await browser.see(f"/accounts/typed/{line}")).text
    assert "answered: it corrects what it reports" in account and "Balance is $0" in account
    await client.post("/api/v1/letters", json={"picks": [{"tradeline_id": line}]})
    (dispute,) = (await client.get("/api/v1/disputes")).json()["items"]
    assert "answered: it corrects what it reports" in (await browser.see(f"/disputes/{dispute['dispute_id']}")).text


async def test_what_is_under_way_at_its_bureau_may_go_to_its_company(site: Site) -> None:
    browser = await browser_of(site)
    page = await browser.see("/accounts/new")
    browser.client.headers["X-CSRF-Token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    line, other = await _line(browser.client), await _line(browser.client, creditor_name="Tarn Valley Bank")
    await browser.client.post("/api/v1/letters", json={"picks": [{"tradeline_id": line}]})
    shown = (await browser.see("/letters/new")).text
    assert f'name="company" value="{line}"' in shown and f'name="company" value="{other}"' not in shown
    begun = await browser.send("/letters/new", "/letters/direct", company=line)
    assert begun.status_code == codes.SEE_OTHER, begun.text
    letters = (await browser.client.get("/api/v1/letters")).json()
    assert sorted(one["kind"] for one in letters) == ["first_dispute", "furnisher"]


async def test_nobody_reaches_anothers(site: Site) -> None:
    owner, other = await site.somebody(), await site.somebody()
    line = await _line(owner)
    assert (await _begin(other, line)).status_code == codes.NOT_FOUND
    (letter,) = (await _begin(owner, line)).json()["letter_ids"]
    assert (await other.get(f"/api/v1/letters/{letter}")).status_code == codes.NOT_FOUND
    assert (await _begin(owner, str(uuid4()))).status_code == codes.NOT_FOUND


@pytest.mark.usefixtures("in_hosted_mode")
async def test_hosted_writes_to_no_company_by_page_or_api(site: Site) -> None:
    client = await site.somebody()
    line = await _line(client)
    refused = await _begin(client, line)
    assert (refused.status_code, refused.json()["code"]) == (codes.FORBIDDEN, "no_direct_letters")
    browser = await browser_of(site)
    assert "Write to the company" not in (await browser.see("/letters/new")).text
    page = await browser.send("/accounts/new", "/letters/direct", tradeline=line)
    assert page.status_code == codes.FORBIDDEN and "not written here" in page.text


async def test_a_letter_of_before_is_not_gone_on_with_in_hosted_mode(
    site: Site, site_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await site.somebody()
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (begun,) = (await _begin(client, await _line(client))).json()["letter_ids"]
    letter = (await _save(client, await _letter(client, begun))).raise_for_status().json()
    monkeypatch.setitem(site_settings.__dict__, "mode", "hosted")
    address = f"/api/v1/letters/{begun}"
    for answer in (
        await _save(client, letter),
        await client.put(f"{address}/text", json={"content": "Mine"}, headers=_seen(letter)),
        await client.post(f"{address}/original", headers=_seen(letter)),
        await client.post(f"{address}/posting", json={"mailed_on": days_ago(1)}, headers=_seen(letter)),
        await client.get(f"{address}/pdf"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (codes.FORBIDDEN, "no_direct_letters")
    assert (await client.delete(address, headers=_seen(letter))).status_code == codes.NO_CONTENT


async def test_the_database_refuses_them_too_once_it_was_told(site: Site, database_url: str) -> None:
    client = await site.somebody()
    line = await _line(client)
    with psycopg.connect(database_url) as connection:
        connection.execute("update tribureau.operation set mode = 'hosted'")
    refused = await _begin(client, line)
    assert (refused.status_code, refused.json()["code"]) == (codes.FORBIDDEN, "no_direct_letters")
    answer = await client.post("/api/v1/letters", json={"picks": [{"tradeline_id": line}]})
    assert answer.status_code == codes.CREATED


async def test_the_page_asks_for_the_address_and_tells_the_day(site: Site) -> None:
    browser = await browser_of(site)
    await browser.send("/settings/profile", "/settings/profile", name="Rowan Canary", street="77 Heron Wharf",
                       city="Millrace", state="TX", zip_code="75013", date_of_birth="", ssn_last4="", unit="",
                       former_names="", earlier_addresses="")  # fmt: skip
    page = await browser.see("/accounts/new")
    browser.client.headers["X-CSRF-Token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    begun = await browser.send("/accounts/new", "/letters/direct", tradeline=await _line(browser.client))
    letter = begun.headers["location"].partition("?")[0]
    assert "Your letter to Harrow Lending is not finished" in (await browser.see("/")).text
    shown = (await browser.see(letter)).text
    assert "postal address" in shown and "Harrow Lending</textarea>" in shown and "Equifax" not in shown
    item = shown.split('name="reason-')[1].split('"')[0]
    fields = {
        "version": "1", "kind": "furnisher", "language": "en", "recipient": "\r\n".join(COMPANY),
        f"reason-{item}": "paid", f"correction-{item}": "June 2020", f"confirmed-{item}": "yes",
    }  # fmt: skip
    tried = await browser.send(letter, f"{letter}/preview", **fields)
    assert "You report" in tried.text and "P.O. Box 12" in tried.text
    assert (await browser.send(letter, letter, **fields)).status_code == codes.SEE_OTHER
    posted = await browser.send(letter, f"{letter}/posting", version="2", mailed_on=days_ago(5))
    assert posted.status_code == codes.SEE_OTHER, posted.text
    await browser.send(letter, f"{letter}/receipt", version="3", received_on=days_ago(2))
    page = await browser.see(letter)
    assert "It must investigate and answer by" in page.text and "12 CFR 1022.43(e)" in page.text
    assert "Harrow Lending" in (await browser.see("/letters")).text
