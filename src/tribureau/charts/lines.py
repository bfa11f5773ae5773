"""Lines over time: where each point, step, label and event stands in the drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tribureau.charts.scales import Scale, month_label, month_starts, round_steps, spread
from tribureau.charts.shapes import Event, Line, Lines, Tone

WIDTH: Final = 420
_LEFT, _RIGHT, _FOOT = 30, 54, 24
_EVENT_ROW, _EVENT_ROWS = 14, 3
_PLOT_HEIGHT: Final = 150
_LETTER, _CAPITAL = 5.2, 6.8
"""Widths of letters at the size of an event's words, rather too wide than too narrow."""
_LETTERS: Final = {"Equifax": "EQ", "TransUnion": "TU", "Experian": "EX"}


@dataclass(frozen=True, slots=True)
class DrawnLine:
    name: str
    tone: Tone
    path: str
    end_x: float
    end_y: float
    label_y: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnEvent:
    """`words` are empty where there is no room: its line stays, and the table names it."""

    x: float
    y: float
    words_x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LinesLayout:
    """Everything in units of a drawing that is `width` by `height`, from its upper left corner."""

    title: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    steps: list[tuple[float, int]]
    months: list[tuple[float, str]]
    lines: list[DrawnLine]
    events: list[DrawnEvent]


def layout_of(chart: Lines) -> LinesLayout:
    """Raises ValueError for a chart without a point."""
    lines = [line for line in chart.lines if line.points]
    if not lines:
        raise ValueError("a chart of lines needs a point")
    days = [day for line in lines for day, _ in line.points]
    first, last = min(days), max(days)
    if last - first < timedelta(days=28):
        first, last = first - timedelta(days=14), last + timedelta(days=14)
    shown = [event for event in sorted(chart.events, key=lambda event: event.on) if first <= event.on <= last]
    top = 8 + _EVENT_ROW * min(len(shown), _EVENT_ROWS)
    bottom = top + _PLOT_HEIGHT
    values = [value for line in lines for _, value in line.points]
    steps = round_steps(min(values), max(values))
    across = Scale(first.toordinal(), last.toordinal(), _LEFT + 6, WIDTH - _RIGHT)
    up = Scale(steps[0], steps[-1], bottom, top)
    months = month_starts(first, last)
    with_year = first.year != last.year
    return LinesLayout(
        chart.title,
        WIDTH,
        bottom + _FOOT,
        _LEFT,
        WIDTH - _RIGHT,
        top,
        bottom,
        [(up(step), step) for step in steps],
        [(across(month.toordinal()), month_label(month, with_year=with_year)) for month in months],
        _drawn(lines, across, up, top, bottom),
        list(_placed(shown, across, top)),
    )


def _drawn(lines: list[Line], across: Scale, up: Scale, top: int, bottom: int) -> list[DrawnLine]:
    ends = [max(line.points) for line in lines]
    labels = spread([up(value) for _, value in ends], 12, top, bottom)
    return [
        DrawnLine(
            line.name,
            line.tone,
            " ".join(_steps(line, across, up)),
            across(day.toordinal()),
            up(value),
            label,
            f"{value:,} {_LETTERS.get(line.name, '')}".strip(),
        )
        for line, (day, value), label in zip(lines, ends, labels, strict=True)
    ]


def _steps(line: Line, across: Scale, up: Scale) -> Iterator[str]:
    for index, (day, value) in enumerate(sorted(line.points)):
        yield f"{'L' if index else 'M'}{across(day.toordinal())} {up(value)}"


def _placed(events: list[Event], across: Scale, top: int) -> Iterator[DrawnEvent]:
    """Each event's words beside the head of its line, in the first row that has room: no line runs through words."""
    taken = [0.0] * ((top - 8) // _EVENT_ROW)
    for event in events:
        x, length = across(event.on.toordinal()), _length(event.words)
        fits = x + length <= WIDTH
        begins = x if fits else x - length
        row = next((row for row, end in enumerate(taken) if end <= begins), None)
        if row is None:
            yield DrawnEvent(x, top - 6, 0, "", "start")
        else:
            taken[row] = begins + length + _LETTER
            y = 11 + row * _EVENT_ROW
            yield DrawnEvent(x, y, x + 3 if fits else x - 3, event.words, "start" if fits else "end")


def _length(words: str) -> float:
    return sum(_CAPITAL if letter.isupper() else _LETTER for letter in words)
