"""Who may see a page, whose form is obeyed, and what a refusal looks like."""

from uuid import uuid4

import pytest
import pytest_asyncio
from tests.functional.conftest import Site, until_read, upload
from tests.functional.pages.conftest import Browser, browser_of

from tribureau.samples import make_report

NO_REPORT = "/reports/6f1d3f0c-6d0a-4b7e-9a43-0c1f8f1b2d55"
PAGES = ("/", "/reports", "/accounts", "/accounts/new", "/notifications", "/settings", NO_REPORT)


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_is_sent_to_sign_in_and_back(site: Site, path: str) -> None:
    answer = await Browser(site.nobody()).see(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize("next_address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
async def test_signing_in_leads_nowhere_else(site: Site, next_address: str) -> None:
    page = await site.nobody().get("/sign-in", params={"next": next_address})
    assert 'name="next" value="/"' in page.text


async def test_a_form_without_its_token_is_not_obeyed(browser: Browser) -> None:
    form = {"creditor_name": "Paper Lane Credit Union", "bureau": "Equifax"}
    answer = await browser.client.post("/accounts/new", data=form, headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.text
    assert "Paper Lane" not in (await browser.see("/accounts?show=all")).text


async def test_a_form_of_another_browser_is_not_obeyed(browser: Browser, site: Site) -> None:
    other = await browser_of(site)
    page = await other.see("/settings")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = await browser.client.post("/notifications/read", data={"csrf_token": token})
    assert answer.status_code == 403


async def test_every_page_forbids_inline_code_and_holds_none(browser: Browser) -> None:
    for path in ("/", "/reports", "/accounts", "/accounts/new", "/notifications", "/settings"):
        page = await browser.see(path)
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'self'" in policy
        assert " style=" not in page.text and " onclick=" not in page.text
        assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')


async def test_what_is_not_there_says_so_in_the_sites_clothes(browser: Browser) -> None:
    answer = await browser.see(f"/reports/{uuid4()}")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text and "/static/css/tokens.css" in answer.text


@pytest_asyncio.fixture
async def another_users_account(site: Site, worker: None) -> tuple[str, str]:
    """The ids of a report and of an account in it that belong to somebody else."""
    owner = await site.somebody()
    report = (await upload(owner, make_report("transunion", seed=3).pdf)).json()
    await until_read(owner, report["id"])
    lines = (await owner.get("/api/v1/tradelines", params={"upload_id": report["id"]})).json()["items"]
    return report["id"], lines[0]["tradeline_id"]


async def test_another_users_things_do_not_exist(browser: Browser, another_users_account: tuple[str, str]) -> None:
    report, line = another_users_account
    account = f"/reports/{report}/accounts/{line}"
    seen = [f"/reports/{report}", f"/reports/{report}/row", f"/reports/{report}/delete", account]
    for path in (*seen, f"/accounts/typed/{line}"):
        assert (await browser.see(path)).status_code == 404, path
    sent = {
        f"/reports/{report}/delete": {},
        f"/reports/{report}/retry": {},
        f"{account}/fields/balance": {"value": "1"},
        f"{account}/fields/balance/undo": {},
        f"{account}/fields/balance/confirm": {},
        f"/accounts/typed/{line}/delete": {},
    }
    for path, fields in sent.items():
        answer = await browser.send("/settings", path, **fields)
        assert answer.status_code == 404, (path, answer.text)
