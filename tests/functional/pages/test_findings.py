"""Findings on an account's page, set aside and brought back; accounts put together and apart by forms."""

import asyncio
import re
from typing import Any

import pytest
from tests.functional.pages.conftest import Browser

pytestmark = pytest.mark.usefixtures("worker")


async def _type_in(browser: Browser, creditor: str, bureau: str, **fields: str) -> str:
    """The address of the account's page."""
    sent = {"creditor_name": creditor, "bureau": bureau, **fields}
    answer = await browser.send("/accounts/new", "/accounts/new", **sent)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


async def _until(browser: Browser, path: str, words: str) -> str:
    async with asyncio.timeout(20):
        while words not in (page := (await browser.see(path)).text):
            await asyncio.sleep(0.05)
    return page


async def _contradictory(browser: Browser) -> str:
    account = await _type_in(browser, "Paper Lane Credit Union", "Equifax", date_opened="2020-05-09")
    await browser.send(account, f"{account}/fields/date_closed", value="Jan 2019")
    return account


async def test_a_finding_stands_on_the_page_and_is_set_aside_and_brought_back(browser: Browser) -> None:
    account = await _contradictory(browser)
    page = await _until(browser, account, "Finding: dates that can&#39;t be")
    assert '<a href="#value-date_closed"><strong><time datetime="2019-01" title="Jan 2019">Jan 2019</time>' in page
    assert "Ask the bureau to correct the dates." in page and "CDIA Metro 2" in page
    dismiss = _action(page, "dismiss")
    assert (await browser.send(account, dismiss)).headers["location"] == f"{account}?done=set-aside#findings"
    aside = (await browser.see(account)).text
    assert "Finding:" not in aside and "1 finding set aside by you" in aside
    await browser.send(account, _action(aside, "bring-back"))
    assert "Finding: dates" in (await browser.see(account)).text


async def test_findings_are_counted_where_one_looks_first(browser: Browser) -> None:
    account = await _contradictory(browser)
    page = await _until(browser, account, "Finding:")
    assert "One thing does not add up" in (await browser.see("/")).text
    listed = (await browser.see("/accounts?show=findings")).text
    assert "Does not add up (1)" in listed and "Paper Lane" in listed
    await browser.send(account, _action(page, "dismiss"))
    assert "does not add up" not in (await browser.see("/")).text
    assert "Does not add up (" not in (await browser.see("/accounts?show=all")).text


async def test_until_when_an_account_may_be_reported_is_a_fact_with_its_rule(browser: Browser) -> None:
    account = await _type_in(browser, "Paper Lane", "Equifax", account_status="charge_off")
    assert "May be reported until" not in (await browser.see(account)).text
    await browser.send(account, f"{account}/fields/date_of_first_delinquency", value="2020-05-06")
    page = (await browser.see(account)).text
    assert "May be reported until" in page and "§605" in page
    assert "Nov 2, 2027" in page and "counted from May 6, 2020" in page


async def test_accounts_are_put_together_and_apart_and_back(browser: Browser) -> None:
    await _type_in(browser, "Paper Lane", "Equifax")
    await _type_in(browser, "Harbor Bank", "Experian")
    await _until(browser, "/accounts?show=all", "Same account?")
    page = await _rows(browser, 2)
    one = page[0]
    form = (await browser.see(one)).text
    other = re.search(r'name="account_id" value="([^"]+)"', form)
    assert other and "Harbor Bank" in form and "Paper Lane" in form
    answer = await browser.send(one, one.replace("/same", "/merge"), account_id=other[1])
    assert answer.headers["location"] == "/accounts?show=all&done=merged#decisions"
    [together] = await _rows(browser, 1)
    entries = re.findall(r'name="tradeline_ids" value="([^"]+)"', (await browser.see(together)).text)
    assert len(entries) == 2
    nothing = await browser.send(together, together.replace("/same", "/split"))
    assert nothing.status_code == 422 and "No entry is ticked." in nothing.text
    answer = await browser.send(together, together.replace("/same", "/split"), tradeline_ids=entries[0])
    assert answer.headers["location"] == "/accounts?show=all&done=split#decisions"
    await _rows(browser, 2)
    listed = (await browser.see("/accounts?show=all")).text
    undo = re.findall(r'action="(/accounts/decisions/[^"]+)"', listed)
    assert len(undo) == 2
    assert (await browser.send("/accounts?show=all", undo[0])).status_code == 303
    await _rows(browser, 1)


async def _rows(browser: Browser, count: int) -> list[str]:
    """The pages «Same account?» of so many rows."""
    async with asyncio.timeout(20):
        while True:
            page = (await browser.see("/accounts?show=all")).text
            found: list[Any] = re.findall(r'href="(/accounts/[^"/]+/same)"', page)
            if len(found) == count:
                return found
            await asyncio.sleep(0.05)


def _action(page: str, step: str) -> str:
    found = re.search(rf'action="([^"]+/{step})"', page)
    assert found, page
    return found[1]
