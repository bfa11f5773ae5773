"""What a person is told when a file can't be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person

from tribureau.samples import make_report

pytestmark = pytest.mark.browser


def test_a_file_that_is_no_pdf_is_not_taken(newcomer: Callable[..., Person], tmp_path: Path) -> None:
    person = newcomer()
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear bureau")
    person.page.set_input_files("#file", str(letter))
    row = person.page.locator(".report.refused")
    expect(row).to_contain_text("This file is not a PDF.")
    expect(row).to_contain_text("Save as PDF")
    person.go("/reports")
    expect(person.page.locator(".report")).to_have_count(0)
    person.complaints.clear()  # Chromium reports the refusal (415) as an error of the console.


def test_a_locked_report_asks_for_its_password_and_is_then_read(
    newcomer: Callable[..., Person], tmp_path: Path
) -> None:
    person = newcomer()
    page = person.page
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(make_report("equifax", seed=5, locked_with="1234").pdf)
    page.set_input_files("#file", str(locked))
    row = page.locator(".report")
    expect(row).to_contain_text("This PDF is locked with a password.", timeout=30_000)

    row.get_by_label("Password of this PDF").fill("4321")
    row.get_by_role("button", name="Open and read").click()
    expect(page.get_by_role("alert")).to_contain_text("That password does not open this PDF.")
    row.get_by_label("Password of this PDF").fill("1234")
    row.get_by_role("button", name="Open and read").click()
    expect(page.locator(".report[data-status=complete]")).to_have_count(1, timeout=30_000)
    person.complaints.clear()  # Chromium reports the wrong password (422) as an error of the console.


def test_a_bank_statement_says_what_it_is_not(newcomer: Callable[..., Person], tmp_path: Path) -> None:
    person = newcomer()
    statement = tmp_path / "statement.pdf"
    statement.write_bytes(make_report("equifax", seed=9, decoy=True).pdf)
    person.page.set_input_files("#file", str(statement))
    row = person.page.locator(".report[data-status=failed]")
    expect(row).to_contain_text("This does not look like a credit report.", timeout=30_000)
    expect(row.get_by_role("button", name="Try once more")).to_be_visible()
    person.go("/")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("One thing needs you this week")
