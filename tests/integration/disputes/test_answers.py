"""What a bureau answered moves its dispute: once, by whoever says it, and back when it is taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege
from tests.integration.disputes.conftest import Desk

from tribureau.database.migrate import migrate
from tribureau.domain.disputes import Answer, DisputeStatus, status_after
from tribureau.domain.disputes.proposals import FITTING

pytestmark = pytest.mark.postgresql15
MAILED: LiteralString = "2026-09-01"


@dataclass
class Letter:
    """A dispute at Equifax that was mailed, and an item of Equifax's answer to it."""

    user: UUID
    dispute: UUID
    upload: UUID
    response: UUID
    item: UUID
    account: UUID


@pytest.fixture
def letter(desk: Desk) -> Letter:
    return write(desk, desk.new_user())


def write(desk: Desk, user: UUID, outcome: str = "deleted", dated: str | None = "2026-10-05") -> Letter:
    line = desk.new_tradeline(user)
    (account,) = desk.run("system", user, "insert into public.accounts (user_id, creditor_name) "
                          "values (%(user)s, 'Northbank') returning account_id", user=user)  # fmt: skip
    desk.run("system", user, "update public.tradelines set account_id = %(account)s where tradeline_id = %(line)s",
             account=account["account_id"], line=line)  # fmt: skip
    dispute = desk.begin(user, line)
    mail: LiteralString = (
        "update public.disputes set status = 'Pending', mailing_service = 'Manual', "
        "mailing_date = %(day)s::timestamptz where dispute_id = %(dispute)s"
    )
    desk.run("system", user, mail, dispute=dispute, day=MAILED)
    upload, response, item = answer(desk, user, account["account_id"], outcome, dated)
    return Letter(user, dispute, upload, response, item, account["account_id"])


def answer(desk: Desk, user: UUID, account: UUID, outcome: str, dated: str | None) -> tuple[UUID, UUID, UUID]:
    (row,) = desk.run(
        "system",
        user,
        """
        with upload as (
          insert into public.report_uploads (user_id, original_filename, file_size_bytes, file_hash, is_answer)
          values (%(user)s, 'answer.pdf', 1, encode(sha256(gen_random_uuid()::text::bytea), 'hex'), true) returning id
        ), response as (
          insert into public.bureau_responses (user_id, report_upload_id, kind, bureau, letter_date)
          select %(user)s, id, 'results', 'Equifax', %(dated)s::date from upload returning response_id
        )
        select (select id from upload) as upload, (select response_id from response) as response""",
        user=user,
        dated=dated,
    )
    (item,) = desk.run(
        "system",
        user,
        "insert into public.bureau_response_items (user_id, response_id, item_key, position, kind, creditor_name, "
        "read_outcome, outcome, outcome_text, changes, suggested_account_id, account_id) values (%(user)s, "
        "%(response)s, 'a', 1, 'account', 'Northbank', %(outcome)s, %(outcome)s, 'As we found', "
        """'[{"field": "past_due", "before": "$90", "after": "$0"}]', %(account)s, %(account)s) returning item_id""",
        user=user,
        response=row["response"],
        outcome=outcome,
        account=account,
    )
    return row["upload"], row["response"], item["item_id"]


def say(desk: Desk, one: Letter, status: str, **facts: object) -> None:
    """By the data API: one column of the item after the other is what a user may write."""
    sets = ", ".join(["status = %(status)s", *(f"{name} = %({name})s" for name in facts)])
    statement: Any = f"update public.bureau_response_items set {sets} where item_id = %(item)s"
    assert desk.run("user", one.user, statement, item=one.item, status=status, **facts) == [{"rows": 1}]


def stands(desk: Desk, one: Letter) -> tuple[Any, ...]:
    (row,) = desk.see(
        "select status, status_updated_by, bureau_response_date, bureau_response_summary from public.disputes "
        "where dispute_id = %(dispute)s",
        dispute=one.dispute,
    )
    return tuple(row.values())


def steps(desk: Desk, one: Letter) -> list[str]:
    rows = desk.see(
        "select new_status from public.dispute_status_history where dispute_id = %(dispute)s order by position",
        dispute=one.dispute,
    )
    return [row["new_status"] for row in rows]


def test_the_database_and_the_domain_say_the_same(desk: Desk) -> None:
    for outcome in Answer:
        (row,) = desk.see("select tribureau.status_after(%(outcome)s) as status", outcome=outcome)
        assert row["status"] == status_after(outcome), outcome
    for kind, fitting in FITTING.items():
        for status in DisputeStatus:
            (row,) = desk.see("select tribureau.proposal_fits(%(kind)s, %(status)s) as fits", kind=kind, status=status)
            assert row["fits"] == (status in fitting), (kind, status)


def test_a_confirmed_item_moves_its_dispute_and_undo_moves_it_back(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    summary = "Northbank: «As we found» past due: $90 → $0."
    assert stands(desk, letter) == ("Deleted", "user", date(2026, 10, 5), summary)
    (linked,) = desk.see("select dispute_id, without_dispute from public.bureau_response_items")
    assert linked == {"dispute_id": letter.dispute, "without_dispute": False}
    say(desk, letter, "proposed")
    assert stands(desk, letter) == ("Pending", "user", None, None), "its receipt was never known"
    assert steps(desk, letter) == ["Draft", "Pending", "Deleted", "Investigating", "Pending"]
    (linked,) = desk.see("select dispute_id, status from public.bureau_response_items")
    assert linked == {"dispute_id": None, "status": "proposed"}
    say(desk, letter, "rejected")
    assert len(steps(desk, letter)) == 5
    assert desk.problems(letter.user) == []


def test_a_dispute_of_which_the_receipt_is_known_goes_back_to_being_investigated(letter: Letter, desk: Desk) -> None:
    desk.run("system", letter.user, "update public.disputes set status = 'Investigating', received_on = '2026-09-04'")
    say(desk, letter, "confirmed")
    say(desk, letter, "proposed")
    assert stands(desk, letter) == ("Investigating", "user", None, None)


def test_it_never_moves_twice(letter: Letter, desk: Desk) -> None:
    for _ in range(3):
        say(desk, letter, "confirmed")
    assert steps(desk, letter) == ["Draft", "Pending", "Deleted"]
    assert desk.see("select count(*) as n from public.dispute_answers") == [{"n": 1}]


def test_another_outcome_is_another_answer(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    say(desk, letter, "confirmed", outcome="verified")
    assert stands(desk, letter)[0] == "Verified"
    rows = desk.see("select outcome, withdrawn_at is null as holds from public.dispute_answers order by recorded_at")
    assert [tuple(row.values()) for row in rows] == [("deleted", False), ("verified", True)]


@pytest.mark.parametrize("outcome", ["rejected_frivolous", "needs_information", "under_investigation"])
def test_what_ends_nothing_is_a_note(outcome: str, desk: Desk) -> None:
    one = write(desk, desk.new_user(), outcome)
    say(desk, one, "confirmed")
    assert stands(desk, one)[::2] == ("Pending", None)
    (entry,) = desk.see("select previous_status, new_status, change_reason, change_notes from "
                        "public.dispute_status_history where position = 3")  # fmt: skip
    assert entry["previous_status"] == entry["new_status"] == "Pending"
    assert outcome.replace("_", " ") in entry["change_reason"] and "As we found" in entry["change_notes"]
    say(desk, one, "proposed")
    assert steps(desk, one) == ["Draft", *["Pending"] * 3]


def test_an_answer_before_the_mailing_is_refused_in_words(desk: Desk) -> None:
    one = write(desk, desk.new_user(), dated="2026-08-31")
    with pytest.raises(CheckViolation, match="This answer is of 2026-08-31, but the dispute was mailed later, on 2026"):
        say(desk, one, "confirmed")
    assert steps(desk, one) == ["Draft", "Pending"]
    say(desk, one, "confirmed", without_dispute=True)
    assert steps(desk, one) == ["Draft", "Pending"]
    assert desk.see("select status, dispute_id from public.bureau_response_items") == [
        {"status": "confirmed", "dispute_id": None}
    ]


def test_a_draft_and_another_bureaus_dispute_take_no_answer(letter: Letter, desk: Desk) -> None:
    draft = desk.begin(letter.user, desk.new_tradeline(letter.user))
    with pytest.raises(CheckViolation, match="This dispute is Draft, so no answer belongs to it"):
        say(desk, letter, "confirmed", dispute_id=draft)
    elsewhere = desk.begin(letter.user, desk.new_tradeline(letter.user, "Experian"), "Experian")
    with pytest.raises(CheckViolation, match="This letter is Equifax's, but that dispute is at Experian"):
        say(desk, letter, "confirmed", dispute_id=elsewhere)


def test_the_user_chooses_another_dispute(letter: Letter, desk: Desk) -> None:
    other = write(desk, letter.user)
    say(desk, letter, "confirmed", dispute_id=other.dispute)
    assert (stands(desk, letter)[0], stands(desk, other)[0]) == ("Pending", "Deleted")
    say(desk, letter, "confirmed", without_dispute=True)
    assert (stands(desk, letter)[0], stands(desk, other)[0]) == ("Pending", "Pending")


def test_an_answer_outlives_its_upload_and_its_item(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    desk.run("user", letter.user, "delete from public.report_uploads where id = %(id)s", id=letter.upload)
    assert desk.see("select 1 from public.bureau_response_items") == []
    (kept,) = desk.see("select outcome, answered_on, item_id, response_id, withdrawn_at from public.dispute_answers")
    assert tuple(kept.values()) == ("deleted", date(2026, 10, 5), None, None, None)
    assert stands(desk, letter)[0] == "Deleted"
    desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = now()")
    assert stands(desk, letter)[0] == "Pending", "it may be taken back by itself now"
    assert desk.problems(letter.user) == []


def test_answers_are_taken_back_in_any_order(letter: Letter, desk: Desk) -> None:
    """The first of two leaves without a trace in the dispute; then the second leads to what was before both."""
    say(desk, letter, "confirmed")
    desk.run("user", letter.user, "insert into public.dispute_answers (dispute_id, outcome, answered_on, summary) "
             "values (%(dispute)s, 'verified', '2026-10-20', 'After all')", dispute=letter.dispute)  # fmt: skip
    assert stands(desk, letter) == ("Verified", "user", date(2026, 10, 20), "After all")
    say(desk, letter, "proposed")
    assert stands(desk, letter)[0] == "Verified"
    desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = now() where item_id is null "
             "and outcome = 'verified'")  # fmt: skip
    assert stands(desk, letter)[0] == "Pending"


def test_the_second_of_two_leads_back_to_the_first(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    first = stands(desk, letter)
    desk.run("user", letter.user, "insert into public.dispute_answers (dispute_id, outcome, answered_on) "
             "values (%(dispute)s, 'updated', '2026-10-20')", dispute=letter.dispute)  # fmt: skip
    desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = now() where outcome = 'updated'")
    assert stands(desk, letter) == first


def test_an_answer_of_a_closed_round_stays(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    desk.run("user", letter.user, "update public.disputes set status = 'Escalated' where dispute_id = %(dispute)s",
             dispute=letter.dispute)  # fmt: skip
    with pytest.raises(CheckViolation, match="The next round has begun"):
        say(desk, letter, "proposed")
    assert steps(desk, letter)[-1] == "Escalated"


HOSTILE: tuple[LiteralString, ...] = (
    "update public.dispute_answers set outcome = 'deleted'",
    "update public.dispute_answers set new_status = 'Deleted', previous_status = 'Draft'",
    "update public.dispute_answers set item_id = gen_random_uuid()",
    "update public.dispute_answers set recorded_by = 'system'",
    "delete from public.dispute_answers",
    "insert into public.dispute_answers (dispute_id, outcome, answered_on, recorded_by) "
    "select dispute_id, 'deleted', current_date, 'system' from public.disputes",
    "insert into public.dispute_answers (dispute_id, outcome, answered_on, item_id, response_id) "
    "select d.dispute_id, 'deleted', current_date, item_id, response_id "
    "from public.disputes d, public.bureau_response_items",
    "insert into public.dispute_proposals (dispute_id, kind, report_upload_id, report_date) "
    "select dispute_id, 'deleted', id, current_date from public.disputes, public.report_uploads",
    "update public.dispute_proposals set kind = 'deleted'",
    "update public.dispute_proposals set decided_by = 'system'",
    "delete from public.dispute_proposals",
)


@pytest.mark.parametrize("statement", HOSTILE)
def test_a_user_forges_no_answer(statement: LiteralString, letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    with pytest.raises(InsufficientPrivilege):
        desk.run("user", letter.user, statement)


def test_an_answer_that_a_letter_gave_is_undone_at_the_letter(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    with pytest.raises(CheckViolation, match="confirmed elsewhere"):
        desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = now()")


def test_a_future_answer_and_a_resurrected_one_are_refused(letter: Letter, desk: Desk) -> None:
    enter: LiteralString = (
        "insert into public.dispute_answers (dispute_id, outcome, answered_on) "
        "values (%(dispute)s, 'needs_information', current_date + %(days)s)"
    )
    with pytest.raises(CheckViolation, match="has not come yet"):
        desk.run("user", letter.user, enter, dispute=letter.dispute, days=3)
    desk.run("user", letter.user, enter, dispute=letter.dispute, days=0)
    desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = now()")
    with pytest.raises(CheckViolation, match="taken back"):
        desk.run("user", letter.user, "update public.dispute_answers set withdrawn_at = null")


def test_nobody_answers_anothers_dispute(letter: Letter, desk: Desk) -> None:
    attacker = write(desk, desk.new_user())
    with pytest.raises((InsufficientPrivilege, ForeignKeyViolation)):
        desk.run("user", attacker.user, "insert into public.dispute_answers (dispute_id, outcome, answered_on) "
                 "values (%(dispute)s, 'deleted', '2026-10-05')", dispute=letter.dispute)  # fmt: skip
    with pytest.raises((InsufficientPrivilege, ForeignKeyViolation)):
        desk.run("user", attacker.user, "insert into public.dispute_answers (user_id, dispute_id, outcome, "
                 "answered_on) values (%(user)s, %(dispute)s, 'deleted', '2026-10-05')",
                 user=letter.user, dispute=letter.dispute)  # fmt: skip
    with pytest.raises((InsufficientPrivilege, ForeignKeyViolation)):
        say(desk, attacker, "confirmed", dispute_id=letter.dispute)
    assert steps(desk, letter) == ["Draft", "Pending"]


def test_a_text_beside_the_letters_is_refused(letter: Letter, desk: Desk) -> None:
    draft = desk.begin(letter.user, desk.new_tradeline(letter.user))
    tell: LiteralString = "update public.disputes set letter_content = %(text)s where dispute_id = %(id)s"
    desk.run("user", letter.user, tell, id=draft, text="Alone")
    desk.run(
        "user", letter.user, "insert into public.dispute_letters (bureau, kind) values ('Equifax', 'first_dispute')"
    )
    desk.run("user", letter.user, "insert into public.dispute_letter_items (dispute_id, letter_id, position) "
             "select %(id)s, letter_id, 1 from public.dispute_letters", id=draft)  # fmt: skip
    with pytest.raises(CheckViolation, match="the letter's text is what counts"):
        desk.run("user", letter.user, tell, id=draft, text="Otherwise")
    desk.run("user", letter.user, "update public.dispute_letters set content = 'As the letter'")
    desk.run("user", letter.user, tell, id=draft, text="As the letter")


def test_nobody_makes_temporary_tables(empty_database_url: str) -> None:
    """In a database that was migrated itself: a copy of one does not take its rights along."""
    migrate(empty_database_url, {})
    with psycopg.connect(empty_database_url) as connection:
        for role in ("anon", "authenticated", "tribureau_web", "tribureau_worker"):
            row = connection.execute(
                "select has_database_privilege(%s, current_database(), 'temporary')", (role,)
            ).fetchone()
            assert row == (False,), role


def test_a_dispute_that_is_moved_back_by_itself_takes_its_answers_along(letter: Letter, desk: Desk) -> None:
    say(desk, letter, "confirmed")
    desk.run("user", letter.user, "update public.disputes set status = 'Investigating'")
    assert desk.see("select 1 from public.dispute_answers where withdrawn_at is null") == []
    assert stands(desk, letter) == ("Investigating", "user", None, None)
    say(desk, letter, "proposed")
    assert stands(desk, letter)[0] == "Investigating", "there is nothing left to take back"
    assert desk.problems(letter.user) == []
