"""Days without a calendar, amounts that are no number, texts without an end: refused before they have to be read."""

from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege
from tests.integration.disputes.conftest import Desk

from tribureau.database.operation import keep_mode

pytestmark = pytest.mark.postgresql15
each_odd_day = pytest.mark.parametrize("day", ["-infinity", "4000-01-01 BC", "0001-01-01", "1899-12-31"])
MAIL: LiteralString = "select public.record_manual_mailing(%(dispute)s, 1, %(day)s::date)"


@pytest.fixture
def user(desk: Desk) -> UUID:
    return desk.new_user()


@pytest.fixture
def mailed(user: UUID, desk: Desk) -> UUID:
    dispute = desk.begin(user, desk.new_tradeline(user))
    desk.run("user", user, MAIL, dispute=dispute, day="1990-01-02")
    return dispute


@each_odd_day
def test_no_letter_is_mailed_before_there_were_bureaus(day: str, user: UUID, desk: Desk) -> None:
    dispute = desk.begin(user, desk.new_tradeline(user))
    with pytest.raises(CheckViolation, match="too far"):
        desk.run("user", user, MAIL, dispute=dispute, day=day)
    assert desk.problems(user) == []


@pytest.mark.parametrize("day", ["-infinity", "4000-01-01 BC"])
def test_no_answer_is_older_than_any_letter(day: str, user: UUID, desk: Desk, mailed: UUID) -> None:
    for told in (
        "select public.record_receipt(%(dispute)s, 2, %(day)s::date)",
        "insert into public.dispute_answers (dispute_id, outcome, answered_on) "
        "values (%(dispute)s, 'verified', %(day)s)",
        "update public.disputes set status = 'Verified', bureau_response_date = %(day)s where dispute_id = %(dispute)s",
    ):
        with pytest.raises(CheckViolation):
            desk.run("user", user, told, dispute=mailed, day=day)
    assert desk.problems(user) == []


@pytest.mark.parametrize("day", ["-infinity", "infinity", "4000-01-01 BC", "10000-01-01"])
def test_a_day_of_the_users_own_has_four_digits(day: str, two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        for statement in (
            "insert into public.tradelines (bureau, creditor_name, date_opened) values ('Equifax', 'X', %(day)s)",
            "update public.tradelines set date_of_first_delinquency = %(day)s",
            "update public.notifications set read_at = %(day)s",
            "update public.findings set dismissed_at = %(day)s",
            "update public.tradeline_provenance set checked_at = %(day)s",
            "update public.account_links set withdrawn_at = %(day)s",
            "update tribureau.calendar_links set created_at = %(day)s",
        ):
            with pytest.raises(CheckViolation, match="too far"):
                run(statement, day=day)


@pytest.mark.parametrize("table", ["dispute_letter_items", "direct_letter_items"])
def test_nobody_dates_a_confirmation_back(table: str, two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        run(f"update public.{table} set confirmed_at = '1999-01-01'")
        assert run(f"select confirmed_at > now() - interval '1 hour' as is_now from public.{table}") == [
            {"is_now": True}
        ]
        run(f"update public.{table} set confirmed_at = null")
        assert run(f"select confirmed_at from public.{table}") == [{"confirmed_at": None}]


@pytest.mark.parametrize(
    "statement",
    [
        "update public.tradelines set balance = 'NaN'",
        "update public.tradelines set remarks = repeat('x', 100001)",
        "update public.tradelines set comments = repeat('x', 100001)",
        "update public.tradelines set payment_history = jsonb_build_object('2026-01', repeat('x', 200001))",
        "update public.profiles set sealed = convert_to(repeat('x', 100001), 'UTF8')",
        "insert into tribureau.user_keys (version, wrapped_key) values (7, convert_to(repeat('x', 10001), 'UTF8'))",
        "insert into public.exports (sealed_account) values (convert_to(repeat('x', 1000001), 'UTF8'))",
    ],
)
def test_no_row_is_too_large_to_be_read(statement: str, two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run, pytest.raises(CheckViolation, match="too much"):
        run(statement)


@pytest.mark.parametrize("space", ["\n", "\t", "\u00a0", "\u2003", "\u3000", "  "])
def test_no_other_space_makes_a_statement_longer(space: str, two_files: Any, as_user: Any) -> None:
    keep = "update public.consumer_statements set content = %(words)s"
    with as_user(two_files[0].user) as run:
        assert run(keep, words=" ".join(["word"] * 100)) == 1
        with pytest.raises(CheckViolation):
            run(keep, words=space.join(["word"] * 300))
        with pytest.raises(CheckViolation):
            run(keep, words=f"one{space}two")


def test_what_was_begun_before_is_not_posted_in_hosted_mode(two_files: Any, as_user: Any, database_url: str) -> None:
    owner, letter = two_files[0], uuid4()
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(
            "insert into public.dispute_letters (user_id, letter_id, bureau, kind, content) "
            "values (%s, %s, 'Equifax', 'furnisher', 'You report …')",
            (owner.user, letter),
        )
    keep_mode(database_url, "hosted")
    with as_user(owner.user) as run:
        for statement in (
            "update public.dispute_letters set mailed_on = '2026-03-02' where letter_id = %(letter)s",
            "update public.dispute_letters set recipient_lines = array['A', 'B', 'C'] where letter_id = %(letter)s",
            "insert into public.direct_letter_items (letter_id, position, tradeline_id) "
            "select %(letter)s, 1, tradeline_id from public.tradelines",
        ):
            with pytest.raises(InsufficientPrivilege, match="not written here"):
                run(statement, letter=letter)
        assert run("delete from public.dispute_letters where letter_id = %(letter)s", letter=letter) == 1
