"""A value that was hard to read asks to be checked, until the person says that it is right."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser
MAKE_DOUBTFUL = """
    update public.tradeline_provenance p set confidence = 0.5
    from public.tradelines t join auth.users u on u.id = t.user_id
    where t.user_id = p.user_id and t.tradeline_id = p.tradeline_id and p.field = 'balance'
      and t.creditor_name = 'HARBOR POINT BANK' and u.email = %s
"""


@pytest.fixture
def doubtful(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> Person:
    """Somebody whose report has one balance that was hard to read."""
    person = newcomer()
    person.upload(shelf["transunion"])
    with psycopg.connect(person.site.database_url, autocommit=True) as connection:
        assert connection.execute(MAKE_DOUBTFUL, (person.email,)).rowcount == 1
    return person


def test_a_doubtful_value_is_a_thing_to_do_until_it_is_checked(doubtful: Person) -> None:
    page = doubtful.page
    doubtful.go("/")
    page.get_by_role("listitem").filter(has_text="One value to check").get_by_role("link").click()
    page.get_by_role("link", name="HARBOR POINT BANK").click()
    balance = page.locator("#value-balance")
    expect(balance).to_contain_text("please check")
    expect(balance).to_contain_text("Printed: “$2,874”")
    expect(page.locator("#box-balance.warn")).to_have_count(1)
    balance.get_by_role("button", name="It is right").click()
    expect(balance).not_to_contain_text("please check")
    doubtful.go("/")
    expect(page.get_by_text("all read clearly")).to_be_visible()


def test_a_corrected_value_asks_no_more(doubtful: Person) -> None:
    page = doubtful.page
    doubtful.go("/reports")
    page.locator(".report a.whole").click()
    page.get_by_role("link", name="To check (1)").click()
    page.get_by_role("link", name="HARBOR POINT BANK").click()
    balance = page.locator("#value-balance")
    balance.locator("summary").click()
    balance.get_by_label("Balance", exact=True).fill("2,900")
    balance.get_by_role("button", name="Save").click()
    expect(balance).to_contain_text("$2,900")
    expect(balance).not_to_contain_text("please check")
    doubtful.go("/")
    expect(page.get_by_text("all read clearly")).to_be_visible()
