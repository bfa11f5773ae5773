"""The house rules that a reader of the repository relies on."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
PINNED = sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))
VAGUE_NAMES = re.compile(r"^(utils?|helpers?|common|core|services?|misc|managers?)(\.py)?$")
REGISTRY_HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "deb" + r"ian\.org"])
)


def tracked(*patterns: str) -> list[Path]:
    """The project's files: what git knows, or all but the obvious where there is no git."""
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("Not tested outside of a git clone: which files belong to the project is not known.")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_imports_go_in_the_agreed_direction() -> None:
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_a_room_should_be() -> None:
    lengths = {path: len(text_of(path).splitlines()) for path in tracked("src/*.py", "tests/*.py", "benchmarks/*.py")}

    assert lengths
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_names_say_what_is_inside() -> None:
    parts = {part for path in tracked("src/*") for part in path.relative_to(ROOT).parts}

    assert [part for part in sorted(parts) if VAGUE_NAMES.match(part)] == []


def test_nothing_names_the_place_that_packages_come_from() -> None:
    assert [str(path) for path in tracked() if REGISTRY_HOSTS.search(text_of(path))] == []


def test_no_path_of_one_machine_is_named() -> None:
    machine = re.compile("/(wo" + "rk|fa" + r"rm)/|\.\./sha" + "red")
    read_by_users = tracked("src", "docs", "README.md", "CONTRIBUTING.md", "benchmarks")

    assert [str(path) for path in read_by_users if machine.search(text_of(path))] == []


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_with_hashes_and_without_an_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry and not entry.startswith("#")]

    assert entries
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://", text)


@pytest.mark.parametrize("name", PINNED)
def test_every_wish_is_pinned(name: str) -> None:
    wishes = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    pinned = (ROOT / "requirements" / f"{name}.txt").read_text() + (ROOT / "requirements" / "runtime.txt").read_text()
    names = [re.split(r"[\[;<>=]", wish)[0].strip().lower() for wish in wishes if wish and wish[0] not in "#-"]

    assert [wish for wish in names if not re.search(rf"^{re.escape(wish)}(\[[^]]*\])?==", pinned, re.MULTILINE)] == []


def test_ci_runs_the_tests_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text().splitlines() if "make" in line]

    assert os.access(script, os.X_OK)
    assert commands == ["exec make test"]
