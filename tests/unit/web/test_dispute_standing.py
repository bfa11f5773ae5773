"""A dispute's standing in a cell of the comparison: its status and few words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.web.dispute_standing import DisputeStanding, standings_of
from tribureau.web.dispute_words import STATUSES
from tribureau.web.pages.rendering import templates
from tribureau.workflows.deadlines import open_dispute

TODAY = date(2026, 11, 22)


def standing(status: str, mailed: int | None = None, received: int | None = None) -> DisputeStanding:
    """Of a dispute at Equifax that changed on Nov 20 and was mailed and received so many days ago."""
    dispute = uuid4()
    row: dict[str, Any] = {f"{bureau}_dispute_id": None for bureau in ("transunion", "experian")} | {
        "equifax_dispute_id": dispute,
        "equifax_status": status,
        "equifax_last_update": datetime(2026, 11, 20, 12, tzinfo=UTC),
    }
    running = {
        "dispute_id": dispute,
        "bureau": "Equifax",
        "creditor_name": "Northbank",
        "round": 1,
        "status": status,
        "version": 1,
        "mailed_on": TODAY - timedelta(days=mailed or 0),
        "received_on": None if received is None else TODAY - timedelta(days=received),
        "report_source": None,
        "more_information_received_on": None,
        "updated_at": TODAY,
    }
    clocks = [] if mailed is None else [open_dispute(running, TODAY, timedelta(days=7))]
    found = standings_of([row], clocks, TODAY, "America/New_York")
    assert list(found) == [dispute]
    return found[dispute]


@pytest.mark.parametrize(
    ("status", "mailed", "received", "words", "due"),
    [
        ("Draft", None, None, "not sent", None),
        ("Pending", 20, None, "mailed Nov 2", date(2026, 12, 9)),
        ("Investigating", 22, 19, "day 19 of 30", date(2026, 12, 3)),
        ("Investigating", 36, 33, "3 days over", date(2026, 11, 19)),
        ("Expired", 60, 55, "Nov 20", date(2026, 11, 11)),
        ("Deleted", None, None, "Nov 20", None),
        ("Verified", None, None, "Nov 20", None),
    ],
)
def test_few_words_follow_the_status(
    status: str, mailed: int | None, received: int | None, words: str, due: date | None
) -> None:
    found = standing(status, mailed, received)
    assert (found.status, found.words, found.next_date) == (status, words, due)
    assert not found.may_begin
    assert found.awaits_answer == (status in {"Pending", "Investigating", "Expired"})


def test_after_a_round_was_closed_or_taken_back_one_may_begin_anew() -> None:
    assert standing("Escalated").may_begin and DisputeStanding().may_begin


@pytest.mark.parametrize("status", DisputeStatus)
def test_every_status_has_a_chip_of_sign_and_word(status: DisputeStatus) -> None:
    macro = '{% from "parts/status_chip.html" import status_chip %}{{ status_chip(status) }}'
    chip = templates.from_string(macro).render(status=status)
    known = STATUSES[status]
    assert f'<span aria-hidden="true">{known.sign}</span> {status}</span>' in chip
    assert len({other.sign for other in STATUSES.values()}) == len(STATUSES)
