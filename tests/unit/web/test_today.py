"""The first page's words: the headline, what is to be done by when and why, and the four figures."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from tribureau.web.pages.dispute_tasks import by_when, deadline_tasks, letter_tasks, proposal_tasks, who
from tribureau.web.pages.to_do import Task, headline, in_order, report_tasks
from tribureau.web.pages.today import figures_of
from tribureau.workflows.deadlines import OpenDispute, open_dispute

SUNDAY = date(2026, 11, 22)
ACCOUNTS: dict[str, Any] = {
    "negative_items": 11,
    "negative_accounts": 7,
    "negative_bureaus": 3,
    "accounts": 12,
    "bureaus": ["Equifax", "TransUnion", "Experian"],
}
NOTHING: dict[str, Any] = {"reports": [], "unread": [], "findings": 0, "answers": [], "beside": []}
FIGURES: dict[str, Any] = {
    "total_disputes": 11,
    "successful_deletions": 5,
    "in_progress": 3,
    "success_rate_percentage": Decimal("45.45"),
    "avg_days_to_resolution": Decimal("24.3"),
}


def running(
    status: str, mailed: int, received: int | None = None, bureau: str = "Equifax", name: str = "Northbank"
) -> OpenDispute:
    """A dispute that was mailed and received so many days before the Sunday."""
    row = {
        "dispute_id": uuid4(),
        "bureau": bureau,
        "creditor_name": name,
        "round": 1,
        "status": status,
        "version": 1,
        "mailed_on": SUNDAY - timedelta(days=mailed),
        "received_on": None if received is None else SUNDAY - timedelta(days=received),
        "report_source": "monitoring",
        "more_information_received_on": None,
        "updated_at": SUNDAY,
    }
    return open_dispute(row, SUNDAY, timedelta(days=7))


def task(on: date | None = None, *, urgent: bool = True) -> Task:
    return Task("warn", "!", str(on), "", "Look", "/", urgent, on)


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([], "Nothing needs you this week"),
        ([task()], "One thing needs you this week"),
        (
            [task(), task(SUNDAY + timedelta(days=7)), task(SUNDAY - timedelta(days=90))],
            "Three things need you this week",
        ),
        ([task(SUNDAY + timedelta(days=8)), task(urgent=False)], "Nothing needs you this week"),
        ([task()] * 11, "11 things need you this week"),
    ],
)
def test_the_headline_counts_what_the_week_asks_for(tasks: list[Task], words: str) -> None:
    assert headline(tasks, SUNDAY, reading=False) == words


def test_a_report_that_is_being_read_is_the_headline_where_nothing_else_is() -> None:
    assert headline([], SUNDAY, reading=True) == "Your report is being read"
    assert headline([task()], SUNDAY, reading=True) == "One thing needs you this week"


def test_what_has_a_day_comes_first_and_what_can_wait_last() -> None:
    late, soon, undated = task(SUNDAY - timedelta(days=2)), task(SUNDAY + timedelta(days=4)), task()
    calm = task(SUNDAY + timedelta(days=1), urgent=False)
    assert in_order([undated, calm, soon, late]) == [late, soon, undated, calm]


def test_no_answer_is_an_argument_for_the_next_letter() -> None:
    dispute = running("Expired", 60, 55)
    (found,) = deadline_tasks([dispute], SUNDAY)
    assert found.title == "No answer from Equifax in 30 days"
    assert found.detail == (
        "Northbank · received Sep 28 · an item that can't be verified in time must be deleted, 15 USC 1681i(a)(5)(A)"
    )
    assert (found.action, found.address) == ("Next letter", f"/disputes/{dispute.dispute_id}#next")
    assert (found.on, found.urgent, found.tone) == (date(2026, 10, 28), True, "bad")


def test_an_answer_that_is_due_says_by_when_and_by_which_rule() -> None:
    (found,) = deadline_tasks([running("Investigating", 30, 26)], SUNDAY)
    assert found.title == "Equifax answers by Thursday"
    assert found.detail == "Northbank · received Oct 27 · day 26 of 30, 15 USC 1681i(a)(1)(A)"
    assert (found.on, found.urgent, found.action) == (date(2026, 11, 26), True, "Timeline")


def test_an_answer_that_is_not_due_soon_waits_and_one_far_off_is_left_out() -> None:
    (found,) = deadline_tasks([running("Investigating", 21, 20), running("Investigating", 6, 5)], SUNDAY)
    assert (found.title, found.urgent) == ("Equifax answers by Dec 2", False)


def test_after_the_period_the_mail_is_waited_for() -> None:
    (found,) = deadline_tasks([running("Investigating", 36, 33)], SUNDAY)
    assert found.title == "Equifax's time is over" and not found.urgent
    assert "may still be in the mail until Dec 4, 15 USC 1681i(a)(6)(A)" in found.detail


def test_a_letter_that_should_have_arrived_asks_when_it_did() -> None:
    dispute = running("Pending", 12)
    (found,) = deadline_tasks([dispute, running("Pending", 9)], SUNDAY)
    assert found.title == "Has your letter to Equifax arrived?"
    assert found.address == f"/disputes/{dispute.dispute_id}#now" and found.on is None
    assert "runs from the day it has your letter" in found.detail


def test_what_went_in_one_letter_is_one_task() -> None:
    together = [running("Investigating", 30, 26, name=name) for name in ("A", "B", "C", "B")]
    apart = running("Investigating", 30, 26, bureau="Experian")
    first, second = deadline_tasks([*together, apart], SUNDAY)
    assert first.detail.startswith("A, B and 1 more · ") and first.address == "/disputes?show=Investigating"
    assert second.title.startswith("Experian")


def test_a_letter_of_before_the_act_asks_for_nothing() -> None:
    assert deadline_tasks([running("Investigating", 15_000, 14_990)], SUNDAY) == []


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["A"], "A"),
        (["A", "A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B and 2 more"),
        (["", ""], "what you dispute"),
    ],
)
def test_creditors_are_named_twice_at_most(names: list[str], words: str) -> None:
    assert who(names) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(0, "today"), (1, "tomorrow"), (2, "Tuesday"), (6, "Saturday"), (7, "Nov 29"), (60, "Jan 21, 2027")],
)
def test_a_day_is_named_as_one_speaks(ahead: int, words: str) -> None:
    assert by_when(SUNDAY + timedelta(days=ahead), SUNDAY) == words


def test_letters_are_finished_or_posted() -> None:
    base: dict[str, Any] = {"letter_id": UUID(int=1), "bureau": "Experian", "creditors": ["Northbank"]}
    ready, begun = letter_tasks([{**base, "state": "ready"}, {**base, "state": "draft"}])
    assert (ready.title, ready.action) == ("Your letter to Experian is ready to post", "Print")
    assert (begun.title, begun.action) == ("Your letter to Experian is not finished", "Go on")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("deleted", "Northbank is gone from your new report"),
        ("reinserted", "Northbank is back on your new report"),
        ("updated", "Northbank looks different on your new report"),
    ],
)
def test_a_newer_report_asks_for_the_users_word(kind: str, words: str) -> None:
    row: dict[str, Any] = {
        "kind": kind,
        "creditor_name": "Northbank",
        "bureau": "Experian",
        "report_date": SUNDAY,
        "dispute_id": 7,
    }
    assert proposal_tasks([row])[0].title == words


def test_reports_ask_in_singular_and_plural() -> None:
    report: dict[str, Any] = {
        "id": 1,
        "processing_status": "complete",
        "to_check": 1,
        "bureaus": [],
        "original_filename": "a.pdf",
    }
    one = report_tasks(NOTHING | {"reports": [report], "findings": 1}, ACCOUNTS)
    two = report_tasks(NOTHING | {"reports": [report | {"to_check": 2}], "findings": 2}, ACCOUNTS)
    assert [found.title for found in one] == ["One thing does not add up", "One value to check"]
    assert [found.title for found in two] == ["Two things do not add up", "Two values to check"]


def test_missing_bureaus_are_asked_for_without_haste() -> None:
    (found,) = report_tasks(NOTHING, ACCOUNTS | {"bureaus": ["Equifax"]})
    assert (found.title, found.urgent) == ("Add your TransUnion and Experian reports", False)
    assert report_tasks(NOTHING, ACCOUNTS | {"bureaus": ["All"]}) == []


def test_the_four_figures_in_words() -> None:
    disputes = [
        running("Pending", 3),
        running("Investigating", 30, 26),
        running("Investigating", 36, 33),
        running("Expired", 60, 55),
    ]
    figures = figures_of(ACCOUNTS, FIGURES, disputes, SUNDAY)
    assert (figures.negative, figures.negative_words) == (11, "on 7 accounts, 3 bureaus")
    assert figures.in_progress_words == "1 mailed · 1 investigating · 1 overdue · 1 not answered"
    assert figures.states and sum(part.count for part in figures.states.parts) == figures.in_progress == 3
    assert (figures.deleted, figures.disputed, figures.deleted_words) == (5, 11, "45.5 % · 24 days on average")
    sixth = {"total_disputes": 6, "successful_deletions": 1, "avg_days_to_resolution": Decimal("0.01")}
    assert figures_of(ACCOUNTS, FIGURES | sixth, [], SUNDAY).deleted_words == "16.7 %"
    assert (figures.next_day, figures.next_words) == ("Nov 26", "Equifax must answer")


def test_the_figures_of_who_disputed_nothing() -> None:
    none = {"total_disputes": 0, "successful_deletions": 0, "in_progress": 0}
    clean = ACCOUNTS | {"negative_items": 0, "negative_accounts": 0, "negative_bureaus": 0}
    figures = figures_of(clean, none, [], SUNDAY)
    assert (figures.negative_words, figures.in_progress_words) == ("nothing negative so far", "nothing disputed yet")
    assert (figures.deleted_words, figures.next_day, figures.states) == ("nothing disputed yet", "–", None)


def test_an_estimate_says_so_and_gives_way_to_what_is_known() -> None:
    sent = running("Pending", 3, bureau="Experian")
    assert figures_of(ACCOUNTS, FIGURES, [sent], SUNDAY).next_words == "Experian must answer (estimate)"
    both = [sent, running("Investigating", 3, 0)]
    assert figures_of(ACCOUNTS, FIGURES, both, SUNDAY).next_words == "Equifax must answer"
