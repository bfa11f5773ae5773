"""What a chart says, as a table: for who can't see it, and for who wants the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from tribureau.charts.scales import MONTHS
from tribureau.charts.shapes import Chart, Columns, Lines, Part, Shares


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` begin with what the row is about; a bureau that said nothing then has an empty text."""

    caption: str
    heads: list[str]
    rows: list[list[str]]


def table_of(chart: Chart) -> Table:
    match chart:
        case Lines():
            return _of_lines(chart)
        case Columns():
            names = list(dict.fromkeys(part.name for column in chart.columns for part in column.parts))
            rows = [[column.label, *_counts(column.parts, names)] for column in chart.columns]
            return Table(chart.title, ["", *names], rows)
        case Shares():
            return Table(chart.title, ["", "Number"], [[part.name, str(part.count)] for part in chart.parts])
        case _:
            assert_never(chart)


def _of_lines(chart: Lines) -> Table:
    values = [dict(line.points) for line in chart.lines]
    events: dict[object, list[str]] = {}
    for event in chart.events:
        events.setdefault(event.on, []).append(event.words)
    days = sorted({day for known in values for day in known} | {event.on for event in chart.events})
    heads = ["Day", *(line.name for line in chart.lines), *(["What happened"] if events else [])]
    rows = [
        [
            f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
            *(f"{known[day]:,}" if day in known else "" for known in values),
            *(["; ".join(events.get(day, []))] if events else []),
        ]
        for day in days
    ]
    return Table(chart.title, heads, rows)


def _counts(parts: Sequence[Part], names: Sequence[str]) -> list[str]:
    found = {part.name: part.count for part in parts}
    return [str(found.get(name, 0)) for name in names]
