"""Charts as SVG, one drawing for page and paper: in a page's colours where its style sheet names them, else in print.

`svg` draws, `table_of` says the same in words and numbers; a page shows both.
"""

from tribureau.charts.drawing import svg
from tribureau.charts.shapes import Chart, Column, Columns, Event, Line, Lines, Part, Shares, Tone
from tribureau.charts.tables import Table, table_of

__all__ = ["Chart", "Column", "Columns", "Event", "Line", "Lines", "Part", "Shares", "Table", "Tone", "svg", "table_of"]
