"""A chart's SVG. Colours are attributes, which any style sheet overrules: alone, or in a PDF, it is drawn for paper."""

from typing import Final, assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tribureau.charts.bars import columns_layout, shares_layout
from tribureau.charts.lines import layout_of
from tribureau.charts.shapes import Chart, Columns, Lines, Shares, Tone

PRINTED: Final = {
    Tone.EQUIFAX: "#1f5e54",
    Tone.TRANSUNION: "#2a5a8c",
    Tone.EXPERIAN: "#a86a00",
    Tone.GOOD: "#2d6a2f",
    Tone.BAD: "#a3341f",
    Tone.WARN: "#8a5a00",
    Tone.INFO: "#2a5a8c",
    Tone.QUIET: "#8b8778",
}
_DASHES: Final = {Tone.TRANSUNION: "7 3", Tone.EXPERIAN: "2 3"}
"""So that lines are told apart without their colours."""
_TEMPLATES: Final = Environment(
    loader=PackageLoader("tribureau.charts"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals |= {"printed": PRINTED, "dashes": _DASHES}


def svg(chart: Chart, name: str = "chart") -> Markup:
    """An `<svg>` to stand in a page or in a file of its own; `name` is its id, unique in its page.

    Raises ValueError where there is nothing to draw.
    """
    match chart:
        case Lines():
            return _filled("lines.svg", name, layout_of(chart))
        case Columns():
            return _filled("columns.svg", name, columns_layout(chart))
        case Shares():
            return _filled("shares.svg", name, shares_layout(chart))
        case _:
            assert_never(chart)


def _filled(template: str, name: str, layout: object) -> Markup:
    return Markup(_TEMPLATES.get_template(template).render(name=name, chart=layout))  # noqa: S704 - escaped by Jinja
