"""Whether `make run` and `make test` install Tesseract: asked once, answered ahead, and never a reason to fail."""

import os
import pty
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "system-packages"
_TOOLS = ("sh", "cat", "dirname", "env", "timeout", "chmod")
_APT = """#!/bin/sh
echo "$@" >>"{log}"
case "$*" in *" tesseract-ocr") {then} ;; esac
"""
_INSTALLED = "printf '#!/bin/sh\\n' >{folder}/tesseract; chmod +x {folder}/tesseract"


@dataclass
class Machine:
    """A folder with our script and a .venv, and the only programs that it can find."""

    folder: Path
    programs: Path

    @property
    def installed(self) -> list[str]:
        """What apt-get and pip were asked for."""
        log = self.folder / "log"
        return [line.split()[-1] for line in log.read_text().splitlines() if "install" in line] if log.exists() else []

    def program(self, name: str, text: str) -> None:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, purpose: str = "run", *, types: str | None = None, answer: str = "") -> str:
        """What it says; `types` is what somebody at a terminal answers. It must succeed."""
        environment = {"PATH": str(self.programs), "TRIBUREAU_INSTALL_SYSTEM_PACKAGES": answer}
        command = [str(self.folder / "tools" / "system-packages"), purpose]
        if types is None:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            return done.stderr
        ours, theirs = pty.openpty()
        process = subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, types.encode())
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:  # Linux says so at the end of a terminal
            pass
        os.close(ours)
        assert process.wait(60) == 0, said
        return said.decode()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Root's, with apt-get and without Tesseract."""
    programs = tmp_path / "programs"
    for folder in (programs, tmp_path / "tools", tmp_path / ".venv" / "bin"):
        folder.mkdir(parents=True)
    for name in _TOOLS:
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    shutil.copy(SCRIPT, tmp_path / "tools")
    machine = Machine(tmp_path, programs)
    machine.program("id", "#!/bin/sh\necho 0\n")
    log = tmp_path / "log"
    machine.program("apt-get", _APT.format(log=log, then=_INSTALLED.format(folder=programs)))
    (tmp_path / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\n[ "$1" = -m ] || exit 1\necho "$@" >>"{log}"\n')
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    return machine


def test_nothing_is_installed_where_nobody_can_be_asked_and_the_command_is_said(machine: Machine) -> None:
    assert "TRIBUREAU_INSTALL_SYSTEM_PACKAGES=yes make run" in machine.run()
    assert machine.installed == []


def test_an_answer_ahead_is_obeyed(machine: Machine) -> None:
    machine.run(answer="yes")
    assert machine.installed == ["tesseract-ocr"]
    assert machine.run(answer="yes") == ""


def test_somebody_is_asked_once_and_a_no_gets_the_wheels(machine: Machine) -> None:
    asked = machine.run(types="n\n")
    assert "Install Tesseract? [y/N]" in asked and "ten times" in asked
    assert machine.installed == ["requirements/ocr.txt"]
    assert "Install Tesseract?" not in machine.run(types="")


def test_a_yes_installs_and_is_not_asked_for_again(machine: Machine) -> None:
    assert "Install Tesseract?" in machine.run(types="y\n")
    assert machine.installed == ["tesseract-ocr"]
    assert machine.run(types="") == ""


def test_an_installation_that_fails_stops_nothing_and_is_not_tried_at_every_start(machine: Machine) -> None:
    machine.program("apt-get", _APT.format(log=machine.folder / "log", then="exit 100"))
    assert "could not be installed" in machine.run(types="y\n")
    machine.run()
    assert machine.installed == ["tesseract-ocr", "requirements/ocr.txt"]


def test_a_machine_without_apt_get_is_asked_nothing(machine: Machine) -> None:
    (machine.programs / "apt-get").unlink()
    assert "[y/N]" not in machine.run(types="")
    assert "apt-get and root: tesseract-ocr" in machine.run("tests")


def test_tests_get_each_package_once(machine: Machine) -> None:
    machine.run("tests")
    assert [name for name in machine.installed if name != "postgresql-15"] == ["tesseract-ocr", "chromium"]
