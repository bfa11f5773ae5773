"""An answer that somebody writes into the dispute itself is kept, and taken back, as one that is entered."""

from datetime import date, timedelta
from typing import LiteralString

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import CheckViolation, InsufficientPrivilege
from tests.integration.disputes.conftest import Desk, Who
from tests.integration.disputes.test_answers import Letter, say, stands, steps, write

pytestmark = pytest.mark.postgresql15

ANSWERED = ("Verified", "Deleted", "Updated")
FIRST_DAY = date(2026, 9, 2)
STEP: LiteralString = (
    "update public.disputes set status = %(status)s, bureau_response_date = %(day)s, "
    "bureau_response_summary = %(said)s where dispute_id = %(dispute)s"
)
ENTER: LiteralString = (
    "insert into public.dispute_answers (dispute_id, outcome, answered_on, summary) "
    "values (%(dispute)s, lower(%(status)s), %(day)s, %(said)s)"
)
TAKE_BACK: LiteralString = "update public.dispute_answers set withdrawn_at = now() where answer_id = %(id)s"
HOLDING: LiteralString = (
    "select answer_id, outcome, new_status, answered_on, summary, recorded_by from public.dispute_answers "
    "where dispute_id = %(dispute)s and withdrawn_at is null order by recorded_at"
)


@pytest.fixture
def letter(desk: Desk) -> Letter:
    return write(desk, desk.new_user())


def step(desk: Desk, one: Letter, status: str, day: date | None, said: str | None = None, who: Who = "user") -> None:
    assert desk.run(who, one.user, STEP, dispute=one.dispute, status=status, day=day, said=said) == [{"rows": 1}]


@pytest.mark.parametrize("who", ["user", "system"])
@pytest.mark.parametrize("status", ANSWERED)
def test_a_step_to_an_answer_is_one(status: str, who: Who, letter: Letter, desk: Desk) -> None:
    step(desk, letter, status, FIRST_DAY, "As typed", who)
    (kept,) = desk.see(HOLDING, dispute=letter.dispute)
    assert tuple(kept.values())[1:] == (status.lower(), status, FIRST_DAY, "As typed", who)
    assert steps(desk, letter) == ["Draft", "Pending", status], "the dispute moved once"
    desk.run("user", letter.user, TAKE_BACK, id=kept["answer_id"])
    assert stands(desk, letter) == ("Pending", "user", None, None)
    assert desk.problems(letter.user) == []


def test_a_day_and_words_are_corrected_and_the_correction_taken_back(letter: Letter, desk: Desk) -> None:
    step(desk, letter, "Verified", FIRST_DAY)
    step(desk, letter, "Verified", FIRST_DAY)
    assert len(desk.see(HOLDING, dispute=letter.dispute)) == 1, "nothing else was said"
    step(desk, letter, "Verified", FIRST_DAY + timedelta(days=1), "Mended")
    _, second = desk.see(HOLDING, dispute=letter.dispute)
    assert (second["answered_on"], second["summary"]) == (FIRST_DAY + timedelta(days=1), "Mended")
    desk.run("user", letter.user, TAKE_BACK, id=second["answer_id"])
    assert stands(desk, letter) == ("Verified", "user", FIRST_DAY, None)


def test_a_step_back_takes_all_answers_along_and_is_one_entry(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    step(desk, letter, "Verified", date(2026, 10, 9))
    desk.run("user", letter.user, "update public.disputes set status = 'Investigating'")
    assert desk.see(HOLDING, dispute=letter.dispute) == []
    assert steps(desk, letter) == ["Draft", "Pending", "Deleted", "Verified", "Investigating"]


def test_a_note_beside_an_answer_is_none(letter: Letter, desk: Desk) -> None:
    step(desk, letter, "Verified", FIRST_DAY)
    desk.run("user", letter.user, "update public.disputes set change_notes = 'Called them' where status = 'Verified'")
    assert len(desk.see(HOLDING, dispute=letter.dispute)) == 1


def test_a_day_that_the_system_does_not_know_is_the_day_it_says_so(letter: Letter, desk: Desk) -> None:
    step(desk, letter, "Deleted", None, who="system")
    (kept,) = desk.see(HOLDING, dispute=letter.dispute)
    (today,) = desk.see("select (status_updated_at at time zone 'UTC')::date as day from public.disputes")
    assert kept["answered_on"] == today["day"]


def test_a_refused_step_leaves_no_answer(letter: Letter, desk: Desk) -> None:
    for status, day in (("Verified", None), ("Verified", date(2026, 8, 31)), ("Expired", None)):
        with pytest.raises((CheckViolation, InsufficientPrivilege)):
            step(desk, letter, status, day)
    draft = desk.begin(letter.user, desk.new_tradeline(letter.user))
    with pytest.raises(CheckViolation, match="can't go from Draft to Deleted"):
        desk.run("user", letter.user, STEP, dispute=draft, status="Deleted", day=FIRST_DAY, said=None)
    assert desk.see("select 1 from public.dispute_answers") == []


def test_a_step_after_a_confirmed_result_and_the_other_way_round(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    step(desk, letter, "Verified", date(2026, 10, 9), "After all")
    say(desk, letter, "proposed")
    assert stands(desk, letter) == ("Verified", "user", date(2026, 10, 9), "After all")
    say(desk, letter, "confirmed")
    assert stands(desk, letter)[0] == "Deleted"
    say(desk, letter, "proposed")
    assert stands(desk, letter) == ("Verified", "user", date(2026, 10, 9), "After all")


def test_nobody_says_what_an_answer_leads_back_to(letter: Letter, desk: Desk) -> None:
    """What `write_answer` alone gives: with it an answer would be kept beside its dispute and not move it."""
    for who in ("user", "system"):
        with pytest.raises(InsufficientPrivilege):
            desk.run(who, letter.user, "insert into public.dispute_answers (user_id, dispute_id, outcome, answered_on, "
                     "previous_status) values (%(user)s, %(dispute)s, 'deleted', '2026-10-05', 'Pending')",
                     user=letter.user, dispute=letter.dispute)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["step", "enter"]), st.sampled_from(ANSWERED)),
            st.tuples(st.just("back"), st.integers(0, 9)),
            st.just(("mistake", 0)),
        ),
        max_size=10,
    )
)
def test_a_dispute_says_what_its_newest_answer_says(desk: Desk, walk: list[tuple[str, str | int]]) -> None:
    one = write(desk, desk.new_user())
    for number, (what, which) in enumerate(walk):
        holding = desk.see(HOLDING, dispute=one.dispute)
        facts = {
            "dispute": one.dispute,
            "status": which,
            "day": FIRST_DAY + timedelta(days=number),
            "said": f"{number}",
        }
        if what == "back" and holding:
            desk.run("user", one.user, TAKE_BACK, id=holding[int(which) % len(holding)]["answer_id"])
        elif what == "mistake" and holding:
            desk.run("user", one.user, "update public.disputes set status = 'Investigating' where dispute_id = %(id)s",
                     id=one.dispute)  # fmt: skip
        elif what in ("step", "enter"):
            desk.run("user", one.user, STEP if what == "step" else ENTER, **facts)
        said = [
            (row["new_status"], row["answered_on"], row["summary"]) for row in desk.see(HOLDING, dispute=one.dispute)
        ]
        status, _, day, summary = stands(desk, one)
        assert said[-1:] == ([(status, day, summary)] if status in ANSWERED else [])
    assert desk.problems(one.user) == []
