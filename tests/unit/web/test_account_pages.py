"""The view of one report and one account: filters, facts, payment grid, boxes, devices."""

from typing import Any

import pytest

from tribureau.web.pages import account_facts, page_pictures, payment_grid
from tribureau.web.pages.account_list import ROWS_A_PAGE, account_list
from tribureau.web.pages.devices import device_name


def listed(number: int, bureau: str = "Equifax", *, negative: bool = False, to_check: int = 0) -> dict[str, Any]:
    return {
        "tradeline_id": str(number),
        "bureau": bureau,
        "account_type": "credit_card" if number % 2 else None,
        "is_negative": negative,
        "to_check": to_check,
        "corrected": 0,
        "findings": 0,
    }


def test_negative_accounts_come_first_with_counts_on_every_filter() -> None:
    rows = [listed(1, negative=True), listed(2, "Experian"), listed(3, "Experian", to_check=1)]
    found = account_list(rows, "all", "negative", 1)
    assert {choice.label: choice.count for choice in found.filters} == {
        "All": 3,
        "Negative": 1,
        "Nothing negative": 2,
        "To check": 1,
        "Equifax": 1,
        "Experian": 2,
    }
    assert [group.title for group in found.groups] == ["With something negative", "Nothing negative"]
    by_type = account_list(rows, "Experian", "type", 1)
    assert [(group.title, len(group.rows)) for group in by_type.groups] == [("Credit card", 1), ("Other", 1)]


def test_a_long_list_has_pages_and_strange_wishes_are_harmless() -> None:
    rows = [listed(number) for number in range(ROWS_A_PAGE + 5)]
    found = account_list(rows, "nonsense", "nonsense", 99)
    assert (found.chosen, found.order, found.page, found.pages) == ("all", "negative", 2, 2)
    assert sum(len(group.rows) for group in found.groups) == 5


def tradeline(**values: Any) -> dict[str, Any]:
    known = {field: None for _, fields in account_facts.GROUPS for field in fields}
    return {**known, "disputed": False, "late_payments_30": 0, **values}


def place(field: str, confidence: float = 1.0, **values: Any) -> dict[str, Any]:
    box = {"page": 2, "x0": 10.0, "y0": 20.0, "x1": 40.0, "y1": 30.0, "printed_text": "$915", "rule": "label:Balance"}
    return {"field": field, "confidence": confidence, "is_doubtful": confidence < 0.8, **box, **values}


def test_a_correction_stands_beside_what_was_read() -> None:
    corrections = [{"field": "balance", "read_value": 951.0}]
    groups = account_facts.fact_groups(tradeline(balance=915.0), [place("balance")], corrections)
    (fact,) = groups[0].facts
    assert (fact.value, fact.read_as, fact.doubtful, fact.page) == ("$915", "$951", False, 2)


def test_a_date_is_corrected_too_where_only_its_precision_was() -> None:
    line = tradeline(date_opened="2020-08-01", date_opened_precision="month")
    (group,) = account_facts.fact_groups(line, [], [{"field": "date_opened_precision", "read_value": "day"}])
    (fact,) = group.facts
    assert fact.corrected
    assert ">Aug 2020<" in str(fact.value) and ">Aug 1, 2020<" in str(fact.read_as)


def test_what_is_not_printed_is_listed_apart() -> None:
    missing = {fact.field for fact in account_facts.missing_facts(tradeline(balance=0.0), [], [])}
    assert "balance" not in missing and {"credit_limit", "late_payments_30", "disputed"} <= missing


def test_the_payment_history_is_a_row_a_year_newest_first() -> None:
    years = payment_grid.payment_grid({"2023-12": "OK", "2024-01": "60", "2024-02": "COL"}, {"2024-01": 3}, {"2024-01"})
    assert [year.number for year in years] == [2024, 2023]
    january, february = years[0].months[:2]
    assert january and february
    assert (january.sign, january.meaning, january.tone, january.page) == ("60", "60 days late", "late", 3)
    assert (january.doubtful, february.doubtful) == (True, False)
    assert (february.tone, february.page, years[0].months[2]) == ("bad", None, None)
    assert [meaning for _, meaning, _ in payment_grid.legend({"2024-01": "60", "2024-02": "60"})] == ["60 days late"]


def test_boxes_are_drawn_on_their_own_page_and_in_their_tone() -> None:
    places = [place("balance"), place("past_due"), place("date_opened", 0.4, page=1), place("terms", page=9)]
    pictures = page_pictures.page_pictures(places, [[612, 792], [612, 1008]], {"past_due"})
    assert [(picture.number, picture.view_box) for picture in pictures] == [(1, "0 0 612 792"), (2, "0 0 612 1008")]
    assert {box.field: box.tone for picture in pictures for box in picture.boxes} == {
        "date_opened": "warn",
        "balance": "plain",
        "past_due": "bad",
    }
    box = pictures[1].boxes[0]
    assert (box.x, box.y, box.width, box.height) == (8.0, 18.0, 34.0, 14.0)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox on Linux"),
        ("something of my own", "something of my own"),
        ("", "An unknown device"),
    ],
)
def test_devices_are_named_as_their_owners_know_them(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
