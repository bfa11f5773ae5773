"""Forms as a browser without scripts sends them."""

import pytest
import pytest_asyncio
from tests.functional.conftest import Site
from tests.functional.pages.conftest import Browser

from tribureau.samples import make_report


@pytest_asyncio.fixture
async def typed(browser: Browser) -> str:
    """The address of an account typed by hand."""
    fields = {"creditor_name": "Paper Lane Credit Union", "bureau": "Equifax", "balance": "$1,284.50"}
    answer = await browser.send("/accounts/new", "/accounts/new", account_number="4111 1111 1111 1234", **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


async def test_a_full_account_number_is_masked_before_it_is_kept(browser: Browser, typed: str) -> None:
    page = (await browser.see(typed)).text
    assert "4111" not in page and "1234" in page and "$1,284.50" in page


async def test_a_date_keeps_the_precision_that_was_typed(browser: Browser, typed: str) -> None:
    answer = await browser.send(typed, f"{typed}/fields/date_opened", value="Aug 2020")
    assert answer.headers["location"] == f"{typed}?done=saved#value-date_opened"
    page = (await browser.see(typed)).text
    assert '<time datetime="2020-08" title="Aug 2020">Aug 2020</time>' in page


async def test_a_wrong_value_is_refused_with_a_sentence(browser: Browser, typed: str) -> None:
    for field, value, sentence in (
        ("balance", "a lot", "«a lot» is not an amount."),
        ("date_opened", "someday", "«someday» is not a date."),
        ("account_type", "yacht", "That is not one of the choices."),
        ("creditor_name", "", "That value can&#39;t be saved."),
    ):
        answer = await browser.send(typed, f"{typed}/fields/{field}", value=value)
        assert answer.status_code == 422, (field, answer.status_code)
        assert sentence in answer.text, field


@pytest.mark.parametrize("zone", ["America", "x" * 300, "../UTC"])
async def test_a_time_zone_that_is_none_is_refused_with_a_sentence(zone: str, browser: Browser) -> None:
    answer = await browser.send("/settings", "/settings/time-zone", time_zone=zone)
    assert answer.status_code == 422
    assert "There is no such time zone." in answer.text


async def test_only_fields_of_an_account_are_corrected(browser: Browser, typed: str) -> None:
    answer = await browser.send(typed, f"{typed}/fields/user_id", value="x")
    assert answer.status_code == 404


async def test_what_a_person_types_is_text(browser: Browser, typed: str) -> None:
    await browser.send(typed, f"{typed}/fields/comments", value="<img src=x onerror=alert(1)>")
    page = (await browser.see(typed)).text
    assert "<img src=x" not in page and "&lt;img src=x" in page


async def test_several_files_are_uploaded_by_one_form(browser: Browser, site: Site) -> None:
    page = await browser.see("/reports")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    files = [("file", (f"{seed}.pdf", make_report("equifax", seed=seed).pdf, "application/pdf")) for seed in (1, 2)]
    answer = await browser.client.post(
        "/reports", data={"csrf_token": token, "report_source": "annual_free"}, files=files
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")
    listed = (await browser.see("/reports")).text
    assert "1.pdf" in listed and "2.pdf" in listed


async def test_an_empty_file_is_refused_by_name(browser: Browser) -> None:
    page = await browser.see("/reports")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    files = {"file": ("nothing.pdf", b"", "application/pdf")}
    answer = await browser.client.post("/reports", data={"csrf_token": token}, files=files)
    assert answer.status_code == 400
    assert "nothing.pdf: This file is empty." in answer.text
