"""Which chart the first page shows."""

from datetime import UTC, date, datetime
from typing import Any

from tribureau.charts import Columns, Lines, svg
from tribureau.web.pages.today_charts import chart_of

TODAY = date(2026, 11, 22)


def score(bureau: str, month: int, value: int, model: str = "VantageScore 3.0") -> dict[str, Any]:
    when = datetime(2026, month, 5, 12, tzinfo=UTC)
    return {"bureau": bureau, "timestamp": when, "score_value": value, "score_type": model}


def test_scores_of_the_newest_model_with_what_was_deleted() -> None:
    scores = [
        score("Equifax", 3, 612),
        score("Equifax", 10, 668),
        score("Experian", 10, 650),
        score("Equifax", 4, 700, "FICO"),
    ]
    deleted = [{"creditor_name": "HARBOR POINT BANK OF THE NORTH", "deleted_on": date(2026, 7, 2)}]
    shown = chart_of(scores, deleted, [], TODAY, "America/New_York")
    assert shown and isinstance(shown.drawn, Lines)
    assert (shown.title, shown.note) == ("Scores", "VantageScore 3.0")
    assert [line.name for line in shown.drawn.lines] == ["Equifax", "Experian"]
    assert "Equifax 668, Experian 650" in shown.drawn.title
    assert shown.drawn.events[0].words == "✓ Harbor Point Bank O… deleted"
    assert "668 EQ" in svg(shown.drawn)


def test_without_scores_disputes_by_month_where_they_stand() -> None:
    months = [
        {"month": "2026-09", "status": "Deleted", "disputes": 2},
        {"month": "2026-09", "status": "Pending", "disputes": 1},
        {"month": "2026-09", "status": "Investigating", "disputes": 1},
        {"month": "2026-11", "status": "Draft", "disputes": 4},
    ]
    shown = chart_of([], [], months, TODAY, "UTC")
    assert shown and isinstance(shown.drawn, Columns)
    assert [column.label for column in shown.drawn.columns] == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    september = {part.name: part.count for part in shown.drawn.columns[3].parts}
    assert september == {"deleted": 2, "in progress": 2, "not sent": 0}
    assert [part.name for part in shown.legend] == list(september)


def test_every_status_of_a_current_dispute_has_its_place() -> None:
    statuses = ("Draft", "Pending", "Investigating", "Verified", "Deleted", "Updated", "Expired")
    months = [{"month": "2026-11", "status": status, "disputes": 1} for status in statuses]
    shown = chart_of([], [], months, TODAY, "UTC")
    assert shown and isinstance(shown.drawn, Columns)
    assert sum(part.count for part in shown.drawn.columns[-1].parts) == len(statuses)


def test_a_year_ago_is_twelve_columns_over_the_turn_of_the_year() -> None:
    shown = chart_of([], [], [{"month": "2025-12", "status": "Draft", "disputes": 1}], TODAY, "UTC")
    assert shown and isinstance(shown.drawn, Columns)
    labels = [column.label for column in shown.drawn.columns]
    assert (labels[0], labels[-1], len(labels)) == ("Dec", "Nov", 12)


def test_nothing_is_no_chart() -> None:
    assert chart_of([], [], [], TODAY, "UTC") is None
