"""Answers entered and taken back in any order, and by several at once: the dispute is what the last that holds says."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, timedelta
from typing import LiteralString

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.disputes.conftest import Desk, DeskMaker
from tests.integration.disputes.test_answers import Letter, say, stands, steps, write

from tribureau.domain.disputes import Answer, status_after

ENTER: LiteralString = (
    "insert into public.dispute_answers (dispute_id, outcome, answered_on, summary) "
    "values (%(dispute)s, %(outcome)s, %(day)s, %(summary)s) returning answer_id"
)
TAKE_BACK: LiteralString = "update public.dispute_answers set withdrawn_at = now() where answer_id = %(id)s"
FIRST_DAY = date(2026, 9, 2)
STEPS = st.lists(st.one_of(st.sampled_from(Answer), st.integers(0, 9)), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_the_last_answer_that_holds_has_the_say(desk: Desk, walk: list[Answer | int]) -> None:
    """A number takes back the answer at that place; the others are entered, each a day later."""
    one = write(desk, desk.new_user())
    holding: list[tuple[str, Answer, date]] = []
    for number, step in enumerate(walk):
        if isinstance(step, Answer):
            day = FIRST_DAY + timedelta(days=number)
            given_facts = {"dispute": one.dispute, "outcome": step, "day": day, "summary": f"Number {number}"}
            (row,) = desk.run("user", one.user, ENTER, **given_facts)
            holding.append((str(row["answer_id"]), step, day))
        elif holding:
            id_, _, _ = holding.pop(step % len(holding))
            desk.run("user", one.user, TAKE_BACK, id=id_)
        said = [(status_after(answer), day) for _, answer, day in holding if status_after(answer)]
        expected = said[-1] if said else ("Pending", None)
        status, _, answered_on, _ = stands(desk, one)
        assert (status, answered_on) == expected
    assert desk.problems(one.user) == []


def test_many_who_confirm_one_item_at_once_move_its_dispute_once(desks: DeskMaker, desk: Desk) -> None:
    letters = [write(desk, desk.new_user()) for _ in range(5)]

    def confirm_and_take_back(letter: Letter) -> None:
        with ExitStack() as closing:
            other = desks.open(closing)
            for status in ("confirmed", "proposed", "confirmed"):
                say(other, letter, status)

    with ThreadPoolExecutor(4) as people:
        list(people.map(confirm_and_take_back, letters * 4))
    for letter in letters:
        walked = steps(desk, letter)
        assert stands(desk, letter)[0] == walked[-1] == "Deleted"
        assert walked.count("Deleted") == walked.count("Investigating") + 1, "each confirmation was taken back once"
        (holding,) = desk.see(
            "select count(*) as n from public.dispute_answers where dispute_id = %(id)s and withdrawn_at is null",
            id=letter.dispute,
        )
        assert holding == {"n": 1}
        assert desk.problems(letter.user) == []
