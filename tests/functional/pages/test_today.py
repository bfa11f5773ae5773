"""The first page of a newcomer, and of somebody whose disputes are under way."""

from uuid import UUID

import pytest
from tests.functional.conftest import Site
from tests.functional.pages.conftest import Browser, browser_of
from tests.functional.pages.test_accounts import Stock, lines, stock

__all__ = ["lines", "stock"]


async def test_a_newcomer_begins_with_a_report(browser: Browser) -> None:
    page = (await browser.see("/")).text
    assert "Start with your credit report" in page and "data-drop" in page and "Try a sample" in page
    assert "To do" not in page


@pytest.mark.usefixtures("lines")
async def test_without_a_dispute_the_figures_say_so(browser: Browser) -> None:
    page = (await browser.see("/")).text
    assert "nothing disputed yet" in page and "on 3 accounts, 2 bureaus" in page
    assert 'class="chart"' not in page


async def test_what_needs_the_user_by_date_with_its_rule(
    browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]
) -> None:
    silent = stock.dispute(lines["card"]["TransUnion"], "Expired", 60, 55)
    due = stock.dispute(lines["loan"]["Equifax"], "Investigating", 29, 26)
    sent = stock.dispute(lines["card"]["Equifax"], "Pending", 14)
    page = (await browser.see("/")).text
    to_do = page.partition('<ol class="to-do">')[2].partition("</ol>")[0]
    places = [
        to_do.index(words)
        for words in (
            "No answer from TransUnion in 30 days",
            "Equifax answers by ",
            "Has your letter to Equifax arrived?",
        )
    ]
    assert places == sorted(places)
    assert "15 USC 1681i(a)(5)(A)" in to_do and "day 26 of 30, 15 USC 1681i(a)(1)(A)" in to_do
    for address in (f"/disputes/{silent}#next", f"/disputes/{due}", f"/disputes/{sent}#now"):
        assert f'href="{address}"' in to_do
    assert "Three things need you this week" in page
    assert "Disputes by the month they were begun" in page and 'class="chart"' in page


async def test_scores_stand_with_what_was_deleted(
    browser: Browser, stock: Stock, lines: dict[str, dict[str, UUID]]
) -> None:
    for day, value in (("90", 612), ("10", 668)):
        stock.connection.execute(
            'insert into public.credit_scores (user_id, "timestamp", score_value, bureau, score_type) '
            "values (%s, now() - make_interval(days => %s), %s, 'Equifax', 'VantageScore 3.0')",
            (stock.user, day, value),
        )
    stock.dispute(lines["card"]["Equifax"], "Deleted", 60, 55)
    page = (await browser.see("/")).text
    assert "VantageScore 3.0" in page and "668 EQ" in page and "✓ Harbor Card deleted" in page
    assert "by the month" not in page


async def test_letters_that_wait_are_to_do(browser: Browser, lines: dict[str, dict[str, UUID]]) -> None:
    await browser.send("/accounts", "/disputes/begin", tradeline=str(lines["card"]["Equifax"]))
    page = (await browser.see("/")).text
    assert "Your letter to Equifax is not finished" in page and "Harbor Card" in page


@pytest.mark.usefixtures("lines")
async def test_nobody_sees_anothers_day(site: Site) -> None:
    stranger = await browser_of(site)
    assert "Harbor Card" not in (await stranger.see("/accounts?show=all")).text
    assert "Start with your credit report" in (await stranger.see("/")).text
