"""Charts as SVG: well formed, named, without style or script, and the same said as a table."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
import typst

from tribureau.charts import Chart, Column, Columns, Event, Line, Lines, Part, Shares, Tone, svg, table_of
from tribureau.charts.lines import layout_of

SCORES = Lines(
    "Scores of two bureaus",
    [
        Line("Equifax", Tone.EQUIFAX, [(date(2026, 10, 5), 668), (date(2026, 3, 5), 612)]),
        Line("TransUnion", Tone.TRANSUNION, [(date(2026, 3, 5), 598), (date(2026, 10, 5), 664)]),
        Line("Experian", Tone.EXPERIAN, []),
    ],
    [Event(date(2026, 7, 2), "✓ Ham & <Sons> deleted"), Event(date(2025, 7, 2), "✓ of before")],
)
MONTHS = Columns(
    "Disputes by month",
    [
        Column("Oct", [Part("deleted", Tone.GOOD, 2), Part("in progress", Tone.INFO, 1)]),
        Column("Nov", [Part("in progress", Tone.INFO, 0)]),
    ],
)
STATES = Shares("In progress", [Part("mailed", Tone.WARN, 3), Part("overdue", Tone.BAD, 0), Part("new", Tone.INFO, 1)])
SVG = "{http://www.w3.org/2000/svg}"


def _parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


@pytest.mark.parametrize("chart", [SCORES, MONTHS, STATES])
def test_a_chart_is_an_image_with_a_name_that_any_policy_lets_in(chart: Chart) -> None:
    root = _parsed(svg(chart, "one"))
    title = root.find(f"{SVG}title")
    assert title is not None and title.text == chart.title
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", title.get("id"))
    assert not [element.tag for element in root.iter() if element.get("style") or element.tag.endswith("script")]


def test_lines_end_in_their_last_value_and_events_outside_are_left_out() -> None:
    drawn = svg(SCORES)
    assert "668 EQ" in drawn and "664 TU" in drawn and "EX</text>" not in drawn
    assert "✓ Ham &amp; &lt;Sons&gt; deleted" in drawn and "of before" not in drawn
    layout = layout_of(SCORES)
    assert abs(layout.lines[0].label_y - layout.lines[1].label_y) >= 11.9
    assert layout.lines[0].path.startswith("M36.0 ")


def test_many_events_keep_their_lines_and_lose_only_words_that_have_no_room() -> None:
    crowd = [Event(date(2026, 7, day), f"✓ Creditor number {day} deleted") for day in range(1, 11)]
    layout = layout_of(Lines("Scores", SCORES.lines, crowd))
    assert len(layout.events) == 10
    assert 1 <= sum(bool(event.words) for event in layout.events) <= 3
    assert all(0 <= event.words_x <= layout.width for event in layout.events)


def test_one_score_alone_is_a_chart_too() -> None:
    assert "700 EQ" in svg(Lines("Scores", [Line("Equifax", Tone.EQUIFAX, [(date(2026, 10, 5), 700)])]))


def test_columns_stack_their_parts_and_say_the_sum() -> None:
    root = _parsed(svg(MONTHS))
    words = [title.text for title in root.iter(f"{SVG}title")]
    assert words == ["Disputes by month", "Oct: 2 deleted", "Oct: 1 in progress"]
    lower, upper = root.findall(f"{SVG}rect")
    assert float(upper.get("y", "")) + float(upper.get("height", "")) == pytest.approx(float(lower.get("y", "")))
    assert "3" in [text.text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "bold"]


def test_shares_fill_the_bar() -> None:
    blocks = _parsed(svg(STATES)).findall(f"{SVG}rect")
    assert [block.get("width") for block in blocks] == ["315.0", "105.0"]


@pytest.mark.parametrize("empty", [Lines("Scores", []), Columns("Months", []), Shares("States", [])])
def test_nothing_is_no_chart(empty: Chart) -> None:
    with pytest.raises(ValueError, match="needs a"):
        svg(empty)


def test_the_table_says_all_of_it() -> None:
    assert table_of(SCORES).heads == ["Day", "Equifax", "TransUnion", "Experian", "What happened"]
    assert ["Jul 2, 2026", "", "", "", "✓ Ham & <Sons> deleted"] in table_of(SCORES).rows
    assert ["Oct 5, 2026", "668", "664", "", ""] in table_of(SCORES).rows
    assert table_of(MONTHS).rows == [["Oct", "2", "1"], ["Nov", "0", "0"]]
    assert table_of(STATES).rows == [["mailed", "3"], ["overdue", "0"], ["new", "1"]]


def test_the_same_drawing_stands_in_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "scores.svg").write_text(svg(SCORES))
    (tmp_path / "page.typ").write_text('#image("scores.svg")')
    compiler = typst.Compiler(str(tmp_path / "page.typ"), root=str(tmp_path), ignore_system_fonts=True)
    document = pypdfium2.PdfDocument(compiler.compile(format="pdf"))
    words = document[0].get_textpage().get_text_bounded()
    assert "668 EQ" in words and "Ham & <Sons> deleted" in words
