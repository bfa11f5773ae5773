"""What the walls around a reader keep in, and what becomes of a reader that misbehaves."""

import asyncio
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tribureau.domain.errors import Damaged, NotFound, ReaderKilled, TooComplex, Unavailable, WrongPassword
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import make_report

LIMITS = Limits(1024 * 2**20, 60)
ENOUGH = 60
"""Seconds after which nobody ended what never ends by itself."""
PRISONER = """
import os, socket, subprocess, sys
from tribureau.reader.walls import Limits, raise_walls
missing = raise_walls(Limits(512 * 2**20, 60))
secret, own_file = sys.argv[1], sys.modules["tribureau.reader.walls"].__file__
crimes = {
    "socket": lambda: socket.socket(),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "fork": lambda: os.fork(),
    "program": lambda: os.execv("/bin/true", ["true"]),
    "child": lambda: subprocess.run(["/bin/true"]),
    "write": lambda: open(secret, "a"),
    "create": lambda: open(secret + ".new", "x"),
    "unlink": lambda: os.unlink(secret),
    "rename": lambda: os.rename(secret, secret + ".new"),
    "chmod": lambda: os.chmod(secret, 0o777),
    "kill": lambda: os.kill(os.getppid(), 0),
    "read": lambda: open(secret).read(),
    "environment of the parent": lambda: open(f"/proc/{os.getppid()}/environ").read(),
    "memory": lambda: bytearray(2**30),
    "nothing wrong": lambda: None,
}
done = []
for name, crime in crimes.items():
    try:
        crime()
    except (PermissionError, MemoryError):
        continue
    done.append(name)
print(",".join(missing), ",".join(done), len(open(own_file).read()) > 0, sep=";")
"""


def test_no_network_no_process_no_file_no_memory_beyond(tmp_path: Path) -> None:
    secret = tmp_path / "master.key"
    secret.write_text("secret")
    run = subprocess.run(
        [sys.executable, "-I", "-c", PRISONER, secret], env={}, capture_output=True, text=True, check=True
    )
    missing, done, reads_own_code = run.stdout.strip().split(";")
    unguarded = {"nothing wrong"}
    if "landlock" in missing:
        unguarded |= {"read", "environment of the parent"}
    if "seccomp" in missing:
        pytest.skip(f"Not tested: this system lacks {missing}.")
    assert set(done.split(",")) == unguarded
    assert reads_own_code == "True"
    assert secret.read_text() == "secret"


async def test_a_reader_has_no_environment(sandbox: Sandbox) -> None:
    sandbox.warm_up()
    assert sandbox._next
    waiting = await sandbox._next
    assert Path(f"/proc/{waiting.pid}/environ").read_bytes() == b""  # noqa: ASYNC240


async def test_one_process_serves_one_file(sandbox: Sandbox) -> None:
    pdf = make_report("experian", seed=1).pdf
    used = []
    for _ in range(3):
        sandbox.warm_up()
        assert sandbox._next
        used.append((await sandbox._next).pid)
        await sandbox.read(pdf)
    assert len(set(used)) == 3
    assert not any(Path(f"/proc/{pid}/exe").exists() for pid in used)  # noqa: ASYNC240


async def test_a_warm_reader_that_died_is_replaced(sandbox: Sandbox) -> None:
    sandbox.warm_up()
    assert sandbox._next
    process = await sandbox._next
    process.kill()
    await process.wait()
    assert (await sandbox.read(make_report("experian", seed=1).pdf)).tradelines


async def test_progress_passes_30_60_and_90(sandbox: Sandbox) -> None:
    heard: list[tuple[int, str]] = []
    await sandbox.read(make_report("experian", seed=1).pdf, progress=lambda *step: heard.append(step))
    assert [percent for percent, _ in heard] == [30, 60, 90]
    assert all(message for _, message in heard)


async def test_drawing_a_page(sandbox: Sandbox) -> None:
    pdf = make_report("experian", seed=1).pdf
    assert Image.open(BytesIO(await sandbox.render_page(pdf, 1, 700))).width in range(699, 702)
    with pytest.raises(NotFound):
        await sandbox.render_page(pdf, 999, 700)


async def test_unlocking_takes_the_password_off(sandbox: Sandbox) -> None:
    locked = make_report("experian", seed=1, locked_with="opensesame")
    with pytest.raises(WrongPassword):
        await sandbox.unlock(locked.pdf, "guess")
    opened = await sandbox.unlock(locked.pdf, "opensesame")
    assert len((await sandbox.read(opened)).tradelines) == len(locked.truth["tradelines"])


class _Rogue(Sandbox):
    """A reader process that was taken over: it says it is ready, then does as it likes."""

    @classmethod
    def that(cls, does: str) -> type["_Rogue"]:
        begin = "import os,sys,time,struct\nfrom tribureau.reader.messages import *\n"
        begin += "out=sys.stdout.buffer\nout.write(frame(Ready([])));out.flush()\nsys.stdin.buffer.read(9)\n"
        return type("_Taken", (cls,), {"_program": ("-I", "-c", begin + does)})


@pytest.mark.parametrize(
    ("does", "verdict"),
    [
        ("os._exit(0)", Damaged),
        ("os.kill(os.getpid(), 11)", Damaged),
        ("os.kill(os.getpid(), 9)", ReaderKilled),
        ("os.abort()", TooComplex),
        ("out.write(b'garbage of more than four bytes');out.flush();time.sleep(600)", Damaged),
        ("out.write(struct.pack('>I', 2**32 - 1));out.flush();time.sleep(600)", Damaged),
        ("out.write(frame_bytes(b'\\x81\\xa4type\\xa3no!'));out.flush();time.sleep(600)", Damaged),
        ("out.write(frame(Content(b'picture')));out.flush();time.sleep(600)", Damaged),
        ("out.write(frame(Failed('no such code', 'x' * 10**6, '')));out.flush()", Damaged),
        ("time.sleep(600)", TooComplex),
        ("while True: out.write(frame(Progress(50, 'still here')))", Damaged),
    ],
)
async def test_a_rogue_reader_harms_nobody(does: str, verdict: type[Exception]) -> None:
    sandbox = _Rogue.that(does)(Limits(2**30, 2), max_pages=10)
    async with asyncio.timeout(ENOUGH):
        with pytest.raises(verdict) as caught:
            await sandbox.read(b"%PDF-1.7 " * 50_000)
        await sandbox.close()
    assert len(str(caught.value)) < 500


async def test_a_reader_that_talks_to_nobody_is_ended() -> None:
    """Its answers fill what is kept for them, and asyncio stops to look."""
    program = "import sys,time\nfrom tribureau.reader.messages import *\nout=sys.stdout.buffer\n"
    program += "out.write(frame(Ready([])) + bytes(2**20));out.flush();time.sleep(600)"
    sandbox = type("_Talking", (Sandbox,), {"_program": ("-I", "-c", program)})(LIMITS, max_pages=10)
    async with asyncio.timeout(ENOUGH):
        sandbox.warm_up()
        waiting = await sandbox._next
        while not waiting.stdout._paused:
            await asyncio.sleep(0.01)
        await sandbox.close()


async def test_a_reader_that_still_starts_is_ended(sandbox: Sandbox) -> None:
    sandbox.warm_up()
    while not (started := _readers()):
        await asyncio.sleep(0)
    await sandbox.close()
    assert started and _readers() == []


def _readers() -> list[int]:
    """The processes that this one has started and not yet ended."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return [int(child) for child in children.split() if _is_reader(Path(f"/proc/{child}/cmdline"))]


def _is_reader(command: Path) -> bool:
    try:
        return b"tribureau.reader.sandboxed" in command.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_a_reader_that_can_not_start_is_nobodys_file_at_fault() -> None:
    class Broken(Sandbox):
        _program = ("-I", "-c", "raise SystemExit(1)")

    with pytest.raises(Unavailable):
        await Broken(LIMITS, max_pages=10).read(b"%PDF-1.7")
