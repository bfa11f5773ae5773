"""The walls around the process that opens a stranger's PDF: limits, no network, no other process, no file to write.

`raise_walls` is called in the child after its imports and before it sees the first byte of the file. What a kernel
does not offer is left out and named in the answer, so that the parent can say so once.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_SECCOMP_FILTER: Final = 2
_NOT_DUMPABLE: Final = (4, 0)
_OPEN_FILES: Final = 64

# Classic BPF, as seccomp(2) runs it over `struct seccomp_data`.
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000 | 1  # EPERM
_UNKNOWN_CALL: Final = 0x00050000 | 38  # ENOSYS: the C library falls back to the older call
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0o20000000  # … and O_TMPFILE
_THREAD: Final = 0x00010000  # CLONE_THREAD


@dataclass(frozen=True)
class _Machine:
    """System call numbers of one processor family; `refused` are those that nothing here may call."""

    audit: int
    x32_calls_from: int | None
    open: int | None
    openat: int
    clone: int
    clone3: int
    tgkill: int
    refused: tuple[int, ...]


# In this order: sockets; other programs and processes; descriptors by the back door; changes to files;
# mounts and namespaces; the kernel; limits and identities; shared memory and queues; file watches.
_X86_64: Final = _Machine(
    0xC000003E, 0x40000000, 2, 257, 56, 435, 234,
    (
        41, 53, 42, 43, 288, 49, 50, 44, 46, 307, 45, 47, 299,
        59, 322, 57, 58, 101, 310, 311, 434, 438, 424, 62, 200, 129, 297, 440,
        425, 426, 427, 437, 303, 304, 85, 319, 447,
        87, 263, 82, 264, 316, 86, 265, 88, 266, 83, 258, 84, 133, 259, 76, 90, 91, 268, 452, 92, 93, 94, 260,
        132, 235, 280, 261, 188, 189, 190, 197, 198, 199,
        165, 166, 429, 428, 430, 432, 431, 433, 442, 155, 161, 308, 272,
        321, 298, 323, 250, 248, 249, 246, 320, 175, 313, 176, 169, 167, 168, 163, 179, 103, 170, 171, 227, 164, 159,
        305, 172, 173, 135, 256, 279,
        302, 160, 105, 106, 113, 114, 117, 119, 116, 122, 123, 126, 141, 144, 251,
        29, 30, 31, 68, 69, 70, 64, 65, 240,
        253, 294, 300,
    ),
)  # fmt: skip
_AARCH64: Final = _Machine(
    0xC00000B7, None, None, 56, 220, 435, 131,
    (
        198, 199, 203, 202, 242, 200, 201, 206, 211, 269, 207, 212, 243,
        221, 281, 117, 270, 271, 434, 438, 424, 129, 130, 138, 240, 440,
        425, 426, 427, 437, 264, 265, 279, 447,
        35, 38, 276, 37, 36, 34, 33, 45, 52, 53, 452, 55, 54, 88, 5, 6, 7, 14, 15, 16,
        40, 39, 429, 428, 430, 432, 431, 433, 442, 41, 51, 268, 97,
        280, 241, 282, 219, 217, 218, 104, 273, 105, 106, 142, 224, 225, 89, 60, 116, 161, 162, 112, 170, 171, 92,
        238, 239,
        261, 164, 146, 144, 145, 143, 147, 149, 159, 151, 152, 91, 140, 119, 30,
        194, 196, 195, 186, 189, 188, 190, 193, 180,
        26, 262,
    ),
)  # fmt: skip
_MACHINES: Final = {"x86_64": _X86_64, "aarch64": _AARCH64}

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_ENFORCE = 444, 445, 446
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory_bytes: int
    seconds: int


def raise_walls(limits: Limits) -> list[str]:
    """Shuts this process in, for good. Returns the walls that this system does not offer."""
    _limit_resources(limits)
    missing = []
    if not _call_prctl(_NO_NEW_PRIVILEGES, 1):
        return ["landlock", "seccomp"]
    _call_prctl(*_NOT_DUMPABLE)
    if not _read_only_own_files():
        missing.append("landlock")
    if not _filter_system_calls():
        missing.append("seccomp")
    return missing


def _limit_resources(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def _call_prctl(option: int, value: int) -> bool:
    try:
        return bool(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def _filter_system_calls() -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None or not sys.platform.startswith("linux"):
        return False
    program = b"".join(_program(machine))
    instructions = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions)))
    done = ctypes.CDLL(None, use_errno=True).prctl(_SET_SECCOMP, _SECCOMP_FILTER, header, 0, 0)
    return bool(done == 0)


def _program(machine: _Machine) -> Iterator[bytes]:
    yield _step(_LOAD, _ARCHITECTURE)
    yield from _unless(_EQUAL, machine.audit, _KILL)
    yield _step(_LOAD, _CALL)
    if machine.x32_calls_from is not None:
        yield from _when(_AT_LEAST, machine.x32_calls_from, _KILL)
    for number in machine.refused:
        yield from _when(_EQUAL, number, _REFUSE)
    yield from _when(_EQUAL, machine.clone3, _UNKNOWN_CALL)
    yield from _judge_argument(machine.openat, 2, _when(_ANY_BIT, _WRITING, _REFUSE))
    if machine.open is not None:
        yield from _judge_argument(machine.open, 1, _when(_ANY_BIT, _WRITING, _REFUSE))
    yield from _judge_argument(machine.clone, 0, _unless(_ANY_BIT, _THREAD, _REFUSE))
    yield from _judge_argument(machine.tgkill, 0, _unless(_EQUAL, os.getpid(), _REFUSE))
    yield _step(_RETURN, _ALLOW)


def _judge_argument(number: int, argument: int, verdict: Iterator[bytes]) -> Iterator[bytes]:
    """For one system call: looks at the low half of an argument, then at the call's number again."""
    steps = [_step(_LOAD, _FIRST_ARGUMENT + 8 * argument), *verdict, _step(_LOAD, _CALL)]
    yield _step(_EQUAL, number, 0, len(steps))
    yield from steps


def _when(test: int, operand: int, verdict: int) -> Iterator[bytes]:
    yield _step(test, operand, 0, 1)
    yield _step(_RETURN, verdict)


def _unless(test: int, operand: int, verdict: int) -> Iterator[bytes]:
    yield _step(test, operand, 1, 0)
    yield _step(_RETURN, verdict)


def _step(code: int, operand: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("@HBBI", code, when_true, when_false, operand)


def _read_only_own_files() -> bool:
    """Landlock: of all files only Python's and our own may still be read, so neither the keys nor the parent's
    environment in /proc."""
    if not sys.platform.startswith("linux"):
        return False
    system = ctypes.CDLL(None, use_errno=True).syscall
    release = system(_LANDLOCK_CREATE, None, 0, 1)
    if release < 1:
        return False
    rules = _create_rules(system, release)
    if rules < 0:
        return False
    for folder in _own_folders():
        _allow_reading(system, rules, folder)
    done = system(_LANDLOCK_ENFORCE, rules, 0)
    os.close(rules)
    return bool(done == 0)


def _create_rules(system: "ctypes._FuncPointer", release: int) -> int:
    rights = 13 + (release >= 2) + (release >= 3) + (release >= 5)
    network = (0b11,) if release >= 4 else ()
    scopes = (0b11,) if release >= 6 else ()
    attributes = struct.pack(f"={1 + len(network) + len(scopes)}Q", (1 << rights) - 1, *network, *scopes)
    return int(system(_LANDLOCK_CREATE, attributes, len(attributes), 0))


def _allow_reading(system: "ctypes._FuncPointer", rules: int, folder: Path) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        system(_LANDLOCK_ADD, rules, 1, struct.pack("=Qi", _READ_FILE | _READ_FOLDER, descriptor), 0)
    finally:
        os.close(descriptor)


def _own_folders() -> list[Path]:
    wanted = {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[1], Path("/usr/lib"), Path("/lib")}
    return [folder for folder in wanted if folder.is_dir()]
