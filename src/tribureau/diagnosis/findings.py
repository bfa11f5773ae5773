"""What a look at one part gave."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    GOOD = "good"
    NOTE = "note"
    """Works, and something could be better."""
    OFF = "off"
    """Does not work until it is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` say what was found, `mend` what to do about it."""

    part: str
    state: State
    words: str
    mend: str = ""


def good(part: str, words: str) -> Finding:
    return Finding(part, State.GOOD, words)


def note(part: str, words: str, mend: str = "") -> Finding:
    return Finding(part, State.NOTE, words, mend)


def off(part: str, words: str, mend: str) -> Finding:
    return Finding(part, State.OFF, words, mend)
