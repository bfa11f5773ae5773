"""A dispute's answers in the browser: a letter's result, a newer report's word, by axe, on a phone, in the dark."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person, scrolls_sideways, violations

from tribureau.samples import FAMILIES
from tribureau.samples.responses import shelf
from tribureau.samples.shelf import jordans_file
from tribureau.samples.typesetting import typeset

pytestmark = pytest.mark.browser
MIDVALE = "MIDVALE RECOVERY"
SHOTS = os.environ.get("TRIBUREAU_TEST_SHOTS")
"""A folder for pictures of what is looked at."""
TODAY = datetime.now(UTC).date() - timedelta(days=1)
"""A day that has come in every zone."""


@dataclass
class Papers:
    """Experian's report, its answer, and its report after that, which does not list Midvale's account any more."""

    before: Path
    answer: Path
    after: Path


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Papers:
    monkeypatch.setattr(shelf, "ANSWERED_ON", TODAY - timedelta(days=5))
    found = Papers(*(tmp_path / f"{name}.pdf" for name in ("before", "answer", "after")))
    found.before.write_bytes(_experian(60, lists_midvale=True))
    found.answer.write_bytes(shelf.sample_answer().pdf)
    found.after.write_bytes(_experian(2, lists_midvale=False))
    return found


def _experian(days_ago: int, *, lists_midvale: bool) -> bytes:
    file = jordans_file()
    file.today = TODAY - timedelta(days=days_ago)
    for account in file.accounts:
        if not lists_midvale:
            account.at = {bureau: line for bureau, line in account.at.items() if line.creditor_name != MIDVALE}
    drawn = FAMILIES["experian"]["A"](file)
    return typeset(drawn.look, drawn.blocks)


def mail(person: Person) -> str:
    """A dispute of Midvale's account at Experian, mailed between its report and its answer. The dispute's page."""
    with psycopg.connect(person.site.database_url, autocommit=True) as connection:
        connection.execute(
            "select set_config('request.jwt.claims', json_build_object('sub', id)::text, false) "
            "from auth.users where email = %s",
            (person.email,),
        )
        row = connection.execute(
            "insert into public.disputes (user_id, tradeline_id, bureau) "
            "select t.user_id, t.tradeline_id, 'Experian' "
            "from public.tradelines t join auth.users u on u.id = t.user_id "
            "where u.email = %s and t.creditor_name = %s and t.bureau = 'Experian' returning dispute_id",
            (person.email, MIDVALE),
        ).fetchone()
        assert row
        connection.execute(
            "update public.disputes set status = 'Pending', mailing_service = 'Manual', "
            "mailing_date = (%s::date + time '12:00') at time zone 'UTC' where dispute_id = %s",
            (TODAY - timedelta(days=40), row[0]),
        )
    return f"/disputes/{row[0]}"


@pytest.mark.parametrize("look", ["desk", "phone", "dark"])
def test_answers_and_proposals_are_seen_by_everybody(
    newcomer: Callable[..., Person], papers: Papers, axe: str, look: str
) -> None:
    options = {"phone": {"viewport": {"width": 360, "height": 780}}, "dark": {"color_scheme": "dark"}}
    person = newcomer(**options.get(look, {}))
    page = person.page
    person.upload(papers.before)
    address = mail(person)
    person.go("/reports")
    page.set_input_files("#file", [str(papers.answer)])
    expect(page.get_by_text("This is an answer from Experian: 4 results")).to_be_visible()
    person.go("/answers")
    page.get_by_role("link", name="Experian's answer").click()
    result = page.locator(".answer-item", has=page.get_by_role("heading", name=MIDVALE))
    expect(result.get_by_text("Will answer")).to_contain_text("Pending")
    _look(person, axe, f"answer-{look}")

    person.go(address)
    section = page.locator("#answers")
    waiting = page.locator("#waiting")
    expect(waiting.get_by_role("button", name="That is right")).to_be_visible()
    _look(person, axe, f"dispute-letter-{look}")
    waiting.get_by_role("button", name="That is right").click()
    expect(section.get_by_text("From their letter")).to_be_visible()
    section.get_by_role("button", name="Undo").click()
    expect(section.get_by_text("taken back")).to_be_visible()

    person.go("/reports")
    page.set_input_files("#file", [str(papers.after)])
    expect(page.locator(".report[data-status=complete]")).to_have_count(3, timeout=30_000)
    person.go(address)
    expect(waiting.get_by_text("no longer lists it")).to_be_visible()
    _look(person, axe, f"dispute-report-{look}")
    waiting.get_by_role("button", name="Yes, deleted").click()
    expect(section.get_by_role("link", name="Seen in a report")).to_be_visible()
    section.get_by_text("They wrote, but without a result").click()
    _look(person, axe, f"dispute-answered-{look}")


def _look(person: Person, axe: str, name: str) -> None:
    page = person.page
    assert not scrolls_sideways(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    assert violations(page, axe) == []
