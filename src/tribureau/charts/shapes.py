"""What a chart shows, before anything is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """A colour's meaning; the style sheet gives it a colour for light and for dark, `PRINTED` one for paper."""

    EQUIFAX = "equifax"
    TRANSUNION = "transunion"
    EXPERIAN = "experian"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Line:
    """Values over time; `points` may come in any order, one for a day."""

    name: str
    tone: Tone
    points: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in few words: `✓ Capital One deleted`."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over time on one scale, with events. `title` names the chart for who can't see it."""

    title: str
    lines: Sequence[Line]
    events: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A count of one kind; its `sign` stands in it where there is room, so that its colour is not the only signal."""

    name: str
    tone: Tone
    count: int
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What is stacked over one label, from the bottom up."""

    label: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns in the order given; parts of one name have one tone in all of them."""

    title: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar of states, side by side in their shares. It shows no words: those stand beside it."""

    title: str
    parts: Sequence[Part]


Chart = Lines | Columns | Shares
