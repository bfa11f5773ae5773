"""One current dispute of an account at a bureau, whichever report it is of; accounts that are merged and split."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Literal
from uuid import UUID, uuid4

import pytest
from psycopg.errors import UniqueViolation
from tests.integration.disputes.conftest import KEPT_FIGURES, SEEDS_QUERY, Desk, DeskMaker, Who

pytestmark = pytest.mark.postgresql15


def _account(desk: Desk, user: UUID) -> UUID:
    account = uuid4()
    desk.see(
        "insert into public.accounts (user_id, account_id, creditor_name) values (%(user)s, %(account)s, 'Northbank')",
        user=user,
        account=account,
    )
    return account


def _of(desk: Desk, account: UUID, *tradelines: UUID) -> None:
    """As the matching puts tradelines into an account."""
    desk.see(
        "update public.tradelines set account_id = %(account)s where tradeline_id = any(%(lines)s)",
        account=account,
        lines=list(tradelines),
    )


def _statuses(desk: Desk) -> list[str]:
    return [row["status"] for row in desk.see("select status from public.disputes where is_current order by status")]


@pytest.mark.parametrize("who", ["user", "system", "admin"])
@pytest.mark.parametrize("status", ["Draft", "Pending", "Deleted"])
def test_a_newer_report_begins_no_second_dispute(who: Who, status: str, desk: Desk) -> None:
    user = desk.new_user()
    older, newer, elsewhere = (desk.new_tradeline(user, bureau) for bureau in ("Equifax", "Equifax", "Experian"))
    _of(desk, _account(desk, user), older, newer, elsewhere)
    first = desk.begin(user, older)
    if status != "Draft":
        desk.move(user, first, "Pending")
    if status == "Deleted":
        desk.move(user, first, "Deleted")
    with pytest.raises(UniqueViolation, match="already"):
        desk.begin(user, newer, who=who)
    assert _statuses(desk) == [status]
    desk.begin(user, elsewhere, "Experian", who)
    assert desk.problems(user) == []


def test_a_draft_that_was_taken_back_leaves_room_and_comes_back_only_into_room(desk: Desk) -> None:
    user = desk.new_user()
    older, newer = desk.new_tradeline(user), desk.new_tradeline(user)
    _of(desk, _account(desk, user), older, newer)
    first = desk.begin(user, older)
    desk.move(user, first, "Blank", "user")
    second = desk.begin(user, newer)
    with pytest.raises(UniqueViolation, match="already"):
        desk.move(user, first, "Draft", "user")
    desk.move(user, second, "Blank", "user")
    desk.move(user, first, "Draft", "user")
    assert _statuses(desk) == ["Draft"]


def test_merged_accounts_keep_both_disputes_and_begin_no_third(desk: Desk) -> None:
    user = desk.new_user()
    one, other, third = (desk.new_tradeline(user) for _ in range(3))
    first, second = _account(desk, user), _account(desk, user)
    _of(desk, first, one)
    _of(desk, second, other, third)
    disputes = desk.begin(user, one), desk.begin(user, other)
    for dispute in disputes:
        desk.move(user, dispute, "Pending")
    _of(desk, first, other, third)
    assert _statuses(desk) == ["Pending", "Pending"]
    with pytest.raises(UniqueViolation):
        desk.begin(user, third)
    desk.move(user, disputes[0], "Verified")
    desk.move(user, disputes[0], "Escalated", "user")
    assert _statuses(desk) == ["Draft", "Pending"], "the next round of one goes on beside the other"
    with pytest.raises(UniqueViolation):
        desk.begin(user, third)
    assert desk.see(KEPT_FIGURES) == desk.see(SEEDS_QUERY)
    assert desk.problems(user) == []


def test_a_split_account_takes_its_dispute_along_and_leaves_room(desk: Desk) -> None:
    user = desk.new_user()
    one, other = desk.new_tradeline(user), desk.new_tradeline(user)
    together = _account(desk, user)
    _of(desk, together, one, other)
    dispute = desk.begin(user, one)
    _of(desk, apart := _account(desk, user), one)
    (row,) = desk.see("select account_id from public.disputes where dispute_id = %(id)s", id=dispute)
    assert row["account_id"] == apart
    desk.begin(user, other)
    assert _statuses(desk) == ["Draft", "Draft"]


@pytest.mark.parametrize("who", ["user", "admin"])
def test_of_many_at_once_one_begins(who: Literal["user", "admin"], desk: Desk, desks: DeskMaker) -> None:
    user = desk.new_user()
    lines = [desk.new_tradeline(user) for _ in range(6)]
    _of(desk, _account(desk, user), *lines)
    with ExitStack() as closing, ThreadPoolExecutor(len(lines)) as pool:
        opened = [desks.open(closing) for _ in lines]

        def begin(number: int) -> bool:
            try:
                opened[number].begin(user, lines[number], who=who)
            except UniqueViolation:
                return False
            return True

        assert sorted(pool.map(begin, range(len(lines)))) == [False] * 5 + [True]
    assert _statuses(desk) == ["Draft"]


def test_moving_between_accounts_is_no_change_of_the_dispute(desk: Desk) -> None:
    """Also of one that a change with a reason was made of before."""
    user = desk.new_user()
    line = desk.new_tradeline(user)
    dispute = desk.begin(user, line)
    desk.run("user", user, "update public.disputes set change_reason = 'A note of mine'")
    before = desk.see("select position, hash from public.dispute_status_history order by position")
    _of(desk, _account(desk, user), line)
    assert desk.see("select position, hash from public.dispute_status_history order by position") == before
    desk.run("system", user, "delete from public.tradelines")
    assert desk.see("select position, hash from public.dispute_status_history order by position") == before
    assert desk.see("select version from public.disputes where dispute_id = %(id)s", id=dispute) == [{"version": 2}]
