"""Stacked columns, and one bar of shares: where each part stands in the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tribureau.charts.scales import Scale, round_steps
from tribureau.charts.shapes import Columns, Part, Shares, Tone

WIDTH: Final = 420
_LEFT, _RIGHT, _TOP, _FOOT = 30, 8, 18, 24
_PLOT_HEIGHT: Final = 150
_WIDEST_COLUMN: Final = 44
_SHARES_HEIGHT: Final = 8
_LABELS_AT_MOST: Final = 8
_ROOM_FOR_SIGN: Final = 14


@dataclass(frozen=True, slots=True)
class Block:
    """A part's rectangle."""

    tone: Tone
    x: float
    y: float
    width: float
    height: float
    words: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    x: float
    top: float
    label: str
    total: int


@dataclass(frozen=True, slots=True)
class BarsLayout:
    """Everything in units of a drawing that is `width` by `height`, from its upper left corner."""

    title: str
    width: int
    height: int
    left: int
    right: int
    bottom: int
    steps: list[tuple[float, int]]
    columns: list[DrawnColumn]
    blocks: list[Block]


def columns_layout(chart: Columns) -> BarsLayout:
    """Raises ValueError for a chart without a column."""
    if not chart.columns:
        raise ValueError("a chart of columns needs a column")
    bottom = _TOP + _PLOT_HEIGHT
    totals = [sum(part.count for part in column.parts) for column in chart.columns]
    steps = round_steps(0, max(*totals, 1))
    up = Scale(0, steps[-1], bottom, _TOP)
    room = (WIDTH - _LEFT - _RIGHT) / len(totals)
    wide = round(min(room * 0.64, _WIDEST_COLUMN), 1)
    every = -(-len(totals) // _LABELS_AT_MOST)
    columns, blocks = [], []
    for index, (column, total) in enumerate(zip(chart.columns, totals, strict=True)):
        middle = round(_LEFT + room * (index + 0.5), 1)
        columns.append(DrawnColumn(middle, up(total), "" if index % every else column.label, total))
        below = 0
        for part in column.parts:
            upper, lower = up(below + part.count), up(below)
            words = f"{column.label}: {part.count} {part.name}"
            if part.count:
                blocks.append(
                    Block(
                        part.tone,
                        round(middle - wide / 2, 1),
                        upper,
                        wide,
                        round(lower - upper, 1),
                        words,
                        part.sign if lower - upper >= _ROOM_FOR_SIGN else "",
                    )
                )
            below += part.count
    return BarsLayout(
        chart.title,
        WIDTH,
        bottom + _FOOT,
        _LEFT,
        WIDTH - _RIGHT,
        bottom,
        [(up(step), step) for step in steps],
        columns,
        blocks,
    )


def shares_layout(chart: Shares) -> BarsLayout:
    """Raises ValueError where all counts are nought."""
    shown = [part for part in chart.parts if part.count]
    if not shown:
        raise ValueError("a bar of shares needs a count")
    return BarsLayout(chart.title, WIDTH, _SHARES_HEIGHT, 0, WIDTH, _SHARES_HEIGHT, [], [], _side_by_side(shown))


def _side_by_side(parts: Sequence[Part]) -> list[Block]:
    across = Scale(0, sum(part.count for part in parts), 0, WIDTH)
    blocks, before = [], 0
    for part in parts:
        x, end = across(before), across(before + part.count)
        words = f"{part.count} {part.name}"
        blocks.append(Block(part.tone, x, 0, round(end - x, 1), _SHARES_HEIGHT, words))
        before += part.count
    return blocks
