"""Letters to companies by free SQL: what their rows may say, and nothing at all in hosted mode."""

from typing import Any

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege

from tribureau.database.operation import keep_mode

pytestmark = pytest.mark.postgresql15
BEGIN = "insert into public.dispute_letters (bureau, kind) values ('Equifax', %(kind)s) returning letter_id"
WRITE = "update public.dispute_letters set content = 'You report …' where letter_id = %(letter)s"


def _written(run: Any, kind: str = "furnisher") -> Any:
    (row,) = run(BEGIN, kind=kind)
    run(WRITE, letter=row["letter_id"])
    return row["letter_id"]


def test_a_mailed_one_stays_and_its_way_is_told(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        letter = _written(run)
        told = "update public.dispute_letters set {} where letter_id = %(letter)s"
        run(told.format("mailed_on = '2026-03-02', tracking_number = '1'"), letter=letter)
        assert run("select state from public.dispute_letters where letter_id = %(id)s", id=letter) == [
            {"state": "mailed"}
        ]
        for change in ("content = 'Another'", "recipient_lines = '{A,B}'", "language = 'es'", "facts = '{\"a\": 1}'"):
            with pytest.raises(CheckViolation, match="in the mail"):
                run(told.format(change), letter=letter)
        for change in ("received_on = '2026-03-01'", "received_on = current_date + 3", "mailed_on = current_date + 3"):
            with pytest.raises(CheckViolation):
                run(told.format(change), letter=letter)
        run(told.format("received_on = '2026-03-05'"), letter=letter)
        run(told.format("mailed_on = null, received_on = null"), letter=letter)
        run(told.format("content = 'Another'"), letter=letter)


def test_what_no_letter_may_be(two_files: Any, as_user: Any) -> None:
    owner = two_files[0]
    with as_user(owner.user) as run:
        (unwritten,) = run(BEGIN, kind="collector")
        letter, bureaus = _written(run), owner.letter
        for statement, id_ in (
            ("mailed_on = '2026-03-02'", unwritten["letter_id"]),
            ("received_on = '2026-03-02'", letter),
            ("kind = 'first_dispute'", letter),
            ("kind = 'furnisher'", bureaus),
            ("mailed_on = '2026-03-02'", bureaus),
            ("recipient_lines = '{A,B}'", bureaus),
            ("recipient_lines = '{1,2,3,4,5,6}'", letter),
            ("recipient_lines = '{A,null}'", letter),
        ):
            with pytest.raises(CheckViolation):
                run(f"update public.dispute_letters set {statement} where letter_id = %(id)s", id=id_)
        add = "insert into public.direct_letter_items (letter_id, tradeline_id, position) values (%(l)s, %(t)s, 1)"
        with pytest.raises(CheckViolation, match="is about disputes"):
            run(add, l=bureaus, t=owner.tradeline)
        assert run(add, l=letter, t=owner.tradeline) == 1
        (kept,) = run("select disputed_values from public.direct_letter_items where letter_id = %(l)s", l=letter)
        assert kept["disputed_values"]["creditor_name"] == "Northbank"
        run("update public.dispute_letters set mailed_on = '2026-03-02' where letter_id = %(l)s", l=letter)
        for change in (
            "delete from public.direct_letter_items",
            "update public.direct_letter_items set reason = 'paid'",
        ):
            with pytest.raises(CheckViolation, match="in the mail"):
                run(f"{change} where letter_id = %(l)s", l=letter)


def test_an_answer_is_of_a_mailed_letter_to_a_company(two_files: Any, as_user: Any) -> None:
    owner = two_files[0]
    with as_user(owner.user) as run:
        letter = _written(run)
        told = "update public.dispute_letters set {} where letter_id = %(letter)s"
        answer = "answered_on = '2026-03-20', answer_outcome = 'kept', answer_note = 'By phone'"
        for where in (letter, owner.letter):
            with pytest.raises(CheckViolation):
                run(told.format(answer), letter=where)
        run(told.format("mailed_on = '2026-03-02'"), letter=letter)
        for wrong in (
            "answered_on = '2026-03-20'",
            "answer_note = 'By phone'",
            "answered_on = '2026-03-01', answer_outcome = 'kept'",
            "answered_on = current_date + 3, answer_outcome = 'kept'",
            "answered_on = '2026-03-20', answer_outcome = 'who knows'",
        ):
            with pytest.raises(CheckViolation):
                run(told.format(wrong), letter=letter)
        run(told.format(answer), letter=letter)
        with pytest.raises(CheckViolation):
            run(told.format("mailed_on = null"), letter=letter)
        run(told.format("answered_on = null, answer_outcome = null, answer_note = null"), letter=letter)


def test_hosted_mode_holds_for_whoever_writes(two_files: Any, as_user: Any, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as admin:
        (letter,) = admin.execute(
            "insert into public.dispute_letters (user_id, bureau, kind) values (%s, 'Equifax', 'furnisher') "
            "returning letter_id",
            (two_files[0].user,),
        ).fetchone() or (None,)
        keep_mode(database_url, "hosted")
        keep_mode(database_url, "hosted")
        with as_user(two_files[0].user) as run:
            for kind in ("furnisher", "collector"):
                with pytest.raises(InsufficientPrivilege, match="not written here"):
                    run(BEGIN, kind=kind)
            with pytest.raises(InsufficientPrivilege, match="not written here"):
                run(WRITE, letter=letter)
            run(BEGIN, kind="first_dispute")
        with pytest.raises(InsufficientPrivilege, match="not written here"):
            admin.execute("update public.dispute_letters set content = 'x' where letter_id = %s", (letter,))
        keep_mode(database_url, "personal")
        with as_user(two_files[0].user) as run:
            assert run(WRITE, letter=letter) == 1
