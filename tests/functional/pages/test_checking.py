"""Going through the values to check with forms alone."""

import re
from html import unescape

import psycopg
import pytest
from tests.functional.conftest import until_read
from tests.functional.pages.conftest import Browser

from tribureau.samples import make_report

pytestmark = pytest.mark.usefixtures("worker")
DOUBT = """
    update public.tradeline_provenance p set confidence = 0.5
    where p.field in ('balance', 'date_opened') and p.tradeline_id = (
      select tradeline_id from public.tradelines where report_upload_id = %(id)s order by position limit 1)
      or p.field like 'payment_history/%%' and (p.tradeline_id, p.field) = (
      select tradeline_id, field from public.tradeline_provenance where field like 'payment_history/%%' limit 1)
"""
FIELDS = ("tradeline_id", "field", "report")


async def _report(browser: Browser, database_url: str) -> str:
    """A report with a balance, an opening date and a late month that were hard to read."""
    page = await browser.see("/reports")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    pdf = make_report("experian", seed=3, accounts=4).pdf
    files = {"file": ("report.pdf", pdf, "application/pdf")}
    await browser.client.post("/reports", data={"csrf_token": token[1]}, files=files)
    found = re.search(r'data-report="([^"]+)"', (await browser.see("/reports")).text)
    assert found
    await until_read(browser.client, found[1])
    with psycopg.connect(database_url, autocommit=True) as connection:
        assert connection.execute(DOUBT, {"id": found[1]}).rowcount == 3
    return found[1]


async def _answer(browser: Browser, at: str, form: str, **fields: str) -> str:
    """Sends the form of the page `at` and gives the address that it leads to."""
    page = (await browser.see(at)).text
    part = page.partition(f'action="/check/{form}"')[2].partition("</form>")[0]
    carried = {name: value[1] for name in FIELDS if (value := re.search(rf'name="{name}" value="([^"]*)"', part))}
    answer = await browser.send(at, f"/check/{form}", **carried, **fields)
    return str(answer.headers["location"]) if answer.status_code == 303 else answer.text


async def test_one_after_another_without_scripts(browser: Browser, database_url: str) -> None:
    report = await _report(browser, database_url)
    start = f"/check?report={report}"
    assert f'href="{start}"' in (await browser.see("/")).text
    assert "Check 3 values" in (await browser.see(f"/reports/{report}")).text
    assert "Check 3 values" in (await browser.see("/reports")).text

    first = (await browser.see(start)).text
    assert "1 of 3" in first and "0 checked, 3 to go" in first
    second = await _answer(browser, start, "right")
    assert "2 of 3" in (await browser.see(second)).text
    back = await _answer(browser, second, "undo")
    assert "1 of 3" in (page := (await browser.see(back)).text) and "0 checked, 3 to go" in page

    place = await _answer(browser, back, "right")
    wrong = await _answer(browser, place, "value", value="not an answer at all")
    assert 'role="alert"' in wrong and "1 checked, 2 to go" in wrong
    for _ in range(2):
        page = (await browser.see(place)).text
        typed = "2001-02-03" if "Opened" in page else "1,234.50" if "Balance" in page else "180"
        place = await _answer(browser, place, "value", value=typed)
    assert "3 values looked at, none left" in (end := (await browser.see(place)).text)
    assert "Undo the last one" in end
    again = await _answer(browser, place, "undo")
    assert "2 checked, 1 to go" in (await browser.see(again)).text


async def test_typing_what_stands_there_confirms_and_corrects_nothing(browser: Browser, database_url: str) -> None:
    report = await _report(browser, database_url)
    place = f"/check?report={report}"
    for _ in range(3):
        page = (await browser.see(place)).text
        [value] = re.findall(r'<input id="new-[^"]+" name="value" value="([^"]*)"', page) or re.findall(
            r'<option value="([^"]*)" selected>', page
        )
        place = await _answer(browser, place, "value", value=unescape(value))
    assert "3 values looked at" in (await browser.see(place)).text
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select 1 from public.tradeline_corrections").fetchall() == []
        checked = connection.execute(
            "select field, checked_value from public.tradeline_provenance where checked_at > '-infinity'"
        )
        known = dict(checked.fetchall())
    assert known["balance"][0] is not None and known["date_opened"][1] == "day"


async def test_a_corrected_month_and_its_undoing_leave_the_other_months_alone(
    browser: Browser, database_url: str
) -> None:
    report = await _report(browser, database_url)
    place = f"/check?report={report}"
    assert "please check" in await _account_of_the_month(browser, report, database_url)
    while "Payment in" not in (page := (await browser.see(place)).text):
        skip = re.search(r'data-skip href="([^"]+)"', page)
        assert skip
        place = unescape(skip[1])
    with psycopg.connect(database_url, autocommit=True) as connection:
        histories = "select tradeline_id, payment_history from public.tradelines order by 1"
        before = connection.execute(histories).fetchall()
        onward = await _answer(browser, place, "value", value="BK")
        changed = connection.execute(histories).fetchall()
        differing = {
            (line, month)
            for (line, old), (_, new) in zip(before, changed, strict=True)
            for month in old.keys() | new.keys()
            if old.get(month) != new.get(month)
        }
        assert len(differing) == 1
        await _answer(browser, onward, "undo")
        assert connection.execute(histories).fetchall() == before


async def _account_of_the_month(browser: Browser, report: str, database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        found = connection.execute(
            "select tradeline_id from public.tradeline_provenance "
            "where field like 'payment_history/%' and confidence < 0.8"
        ).fetchone()
    assert found
    page = (await browser.see(f"/reports/{report}/accounts/{found[0]}")).text
    return page.partition('id="value-payment_history"')[2]


async def test_nothing_to_check_and_nothing_of_others(browser: Browser) -> None:
    assert "Everything was read clearly" in (await browser.see("/check")).text
    strange = "00000000-0000-0000-0000-000000000001"
    assert (await browser.see(f"/check?report={strange}")).status_code == 404
    answer = await browser.send("/accounts/new", "/check/right", tradeline_id=strange, field="balance")
    assert answer.status_code == 404
