"""What is written about Tribureau holds: every setting, every verb, every command, every link."""

import re
import subprocess
from pathlib import Path

import pytest
import typer

from tribureau.cli import app
from tribureau.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SETTINGS = (ROOT / "docs" / "settings.md").read_text() if (ROOT / "docs" / "settings.md").exists() else ""
VERBS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
TEST_SETTINGS = {
    "TRIBUREAU_SPECS",
    "TRIBUREAU_CORPUS",
    "TRIBUREAU_TEST_POSTGRESQL15",
    "TRIBUREAU_TEST_CHROMIUM",
    "TRIBUREAU_TEST_STRIPE_KEY",
    "TRIBUREAU_TEST_LOB_KEY",
    "TRIBUREAU_INSTALL_SYSTEM_PACKAGES",
}


def code_in(text: str) -> str:
    """Blocks and words in backticks."""
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_own_words(name: str) -> None:
    field = Settings.model_fields[name]
    row = re.search(rf"^\| `TRIBUREAU_{name.upper()}` \| ([^|]*) \| (.*) \|$", SETTINGS, re.MULTILINE)

    assert row, f"docs/settings.md has no row for TRIBUREAU_{name.upper()}"
    assert field.description
    assert row[2] == field.description


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_that_is_named_exists(document: Path) -> None:
    known = {f"TRIBUREAU_{name.upper()}" for name in Settings.model_fields} | TEST_SETTINGS
    named = set(re.findall(r"TRIBUREAU_[A-Z0-9_]*[A-Z0-9]", document.read_text()))

    assert named - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_verb_that_is_named_exists(document: Path) -> None:
    named = set(
        re.findall(r"(?:^|&& |sudo )make ((?:[A-Z]+=\S+ )*)([a-z-]+)", code_in(document.read_text()), re.MULTILINE)
    )

    assert {verb for _, verb in named} - VERBS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_named_exists(document: Path) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:^|bin/|&& )tribureau ([a-z][a-z-]+)", code_in(document.read_text()), re.MULTILINE))

    assert named - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text())
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_the_verbs_that_the_project_promises_are_listed_by_help() -> None:
    shown = subprocess.run(["/usr/bin/env", "make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^  ([a-z-]+)", shown.stdout, re.MULTILINE))

    assert listed >= {"help", "setup", "run", "test", "lint", "clean", "bench", "soak", "lock"}
    assert listed == VERBS


def test_readme_names_the_two_commands_and_the_limits() -> None:
    readme = (ROOT / "README.md").read_text()

    assert "make test" in readme
    assert "make run" in readme
    assert "no legal advice" in readme
    assert re.search(r"!\[[^]]+\]\(docs/images/[\w-]+\.png\)", readme)
