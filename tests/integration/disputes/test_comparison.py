"""Accounts side by side at the three bureaus, with each bureau's dispute."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database, UserId

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def user(desk: Desk) -> UserId:
    return UserId(desk.new_user())


def _account(desk: Desk, user: UUID, name: str, *, negative: bool = True, **bureaus: dict[str, Any]) -> dict[str, UUID]:
    """One account as each bureau prints it; its tradelines by bureau."""
    (made,) = desk.see(
        "insert into public.accounts (user_id, creditor_name) values (%(user)s, %(name)s) returning account_id",
        user=user,
        name=name,
    )
    lines = {}
    for bureau, values in bureaus.items():
        lines[bureau] = desk.new_tradeline(user, bureau)
        known: dict[str, Any] = {"creditor_name": name, "is_negative": negative, **values}
        values_set = ", ".join(f"{key} = %({key})s" for key in known)
        statement: Any = (
            f"update public.tradelines set account_id = %(account)s, {values_set} where tradeline_id = %(line)s"
        )
        desk.run("system", user, statement, account=made["account_id"], line=lines[bureau], **known)
    return lines


async def test_the_seeds_example(desk: Desk, user: UserId, web_database: Database) -> None:
    example = {
        "Capital One": ("Deleted", "Investigating", "Blank"),
        "Midland Funding": ("Verified", "Pending", "Deleted"),
        "Wells Fargo": ("Pending", "Deleted", "Deleted"),
    }
    for name, statuses in reversed(example.items()):
        lines = _account(desk, user, name, Equifax={}, TransUnion={}, Experian={})
        for (bureau, line), status in zip(lines.items(), statuses, strict=True):
            if status != "Blank":
                dispute = desk.begin(user, line, bureau)
                desk.run("system", user, "update public.disputes set status = 'Pending', mailing_date = now(), "
                         "tracking_number = %(number)s where dispute_id = %(id)s",
                         number=f"{bureau} {name}", id=dispute)  # fmt: skip
                if status != "Pending":
                    desk.move(user, dispute, status)
    rows = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert {
        row["creditor_name"]: (row["equifax_status"], row["transunion_status"], row["experian_status"]) for row in rows
    } == example
    assert [row["creditor_name"] for row in rows] == list(example)
    first = rows[0]
    assert (first["equifax_tracking"], first["experian_tracking"]) == ("Equifax Capital One", "")
    assert first["equifax_last_update"] is not None
    assert first["experian_last_update"] is None


async def test_what_differs_is_named(desk: Desk, user: UserId, web_database: Database) -> None:
    same = {"balance": 100, "date_opened": date(2019, 3, 1), "account_status": "charge_off"}
    _account(desk, user, "Alike", Equifax=same, TransUnion=same | {"date_opened": date(2019, 3, 14)})
    _account(desk, user, "Unlike", Equifax=same | {"late_payments_30": 1}, Experian=same | {"balance": 120})
    rows = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert {row["creditor_name"]: row["differing"] for row in rows} == {
        "Alike": [],
        "Unlike": ["balance", "late_payments"],
    }
    unlike = next(row for row in rows if row["creditor_name"] == "Unlike")
    assert {bureau: reported["balance"] for bureau, reported in unlike["reported"].items()} == {
        "Equifax": 100,
        "Experian": 120,
    }


async def test_negative_accounts_only_unless_asked_for(desk: Desk, user: UserId, web_database: Database) -> None:
    _account(desk, user, "Good", negative=False, Equifax={})
    _account(desk, user, "Bad", Equifax={})
    _account(desk, user, "Best", negative=False, Equifax={})
    shown = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert [row["creditor_name"] for row in shown] == ["Bad"]
    every = await web_database.read_as_user(user, "disputes.comparison", everything=True)
    assert [row["creditor_name"] for row in every] == ["Bad", "Best", "Good"]


async def test_the_current_round_is_shown_and_a_draft_taken_back_is_blank(
    desk: Desk, user: UserId, web_database: Database
) -> None:
    line = _account(desk, user, "Harbor", Equifax={})["Equifax"]
    dispute = desk.begin(user, line)
    for status in ("Pending", "Verified"):
        desk.move(user, dispute, status)
    desk.move(user, dispute, "Escalated", "user")
    (row,) = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert (row["equifax_status"], row["equifax_round"]) == ("Draft", 2)
    desk.run("user", user, "update public.disputes set status = 'Blank' where round = 2")
    (row,) = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert (row["equifax_status"], row["equifax_round"]) == ("Escalated", 1)


async def test_a_source_that_names_no_bureau_is_disputed_at_any(
    desk: Desk, user: UserId, web_database: Database
) -> None:
    line = _account(desk, user, "Typed", All={})["All"]
    desk.begin(user, line, "Experian")
    (row,) = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert (row["equifax_status"], row["experian_status"]) == ("Blank", "Draft")


async def test_others_accounts_are_not_compared(desk: Desk, user: UserId, web_database: Database) -> None:
    _account(desk, desk.new_user(), "Theirs", Equifax={})
    assert await web_database.read_as_user(user, "disputes.comparison", everything=True) == []


async def test_a_dispute_stays_with_its_account_when_its_report_goes(
    desk: Desk, user: UserId, web_database: Database
) -> None:
    """As long as another report shows the account; and it follows the account as accounts are matched."""
    older = _account(desk, user, "Harbor", Equifax={})["Equifax"]
    dispute = desk.begin(user, older)
    newer = _account(desk, user, "Harbor", Equifax={})["Equifax"]
    desk.run("system", user, "update public.tradelines set account_id = (select account_id from public.tradelines "
             "where tradeline_id = %(newer)s)", newer=newer)  # fmt: skip
    desk.run("user", user, "delete from public.tradelines where tradeline_id = %(older)s", older=older)
    (row,) = await web_database.read_as_user(user, "disputes.comparison", everything=False)
    assert (row["equifax_status"], row["equifax_dispute_id"]) == ("Draft", dispute)
    assert desk.see("select version from public.disputes") == [{"version": 1}]
    assert desk.problems(user) == []
