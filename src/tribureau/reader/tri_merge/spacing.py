"""Distances between lines of one page, in points."""

from typing import Final

from tribureau.reader.pages import Line

_CLOSE: Final = 1.5


def white_space(above: Line, below: Line) -> float:
    """What is free between two lines; negative where they overlap."""
    return below.box.y0 - above.box.y1


def distance(above: Line, below: Line) -> float:
    """From middle to middle."""
    return (below.box.y0 + below.box.y1 - above.box.y0 - above.box.y1) / 2


def are_close(above: Line, below: Line) -> bool:
    """Whether the lower line could be the next line of the same text."""
    return above.page == below.page and distance(above, below) < _CLOSE * below.size
