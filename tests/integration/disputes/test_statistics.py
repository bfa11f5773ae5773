"""The figures are the seed's own, at every moment and after any crowd of writers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from random import Random
from typing import Any, LiteralString
from uuid import UUID

import pytest
from psycopg.errors import CheckViolation, DeadlockDetected, ForeignKeyViolation, UniqueViolation
from tests.integration.disputes.conftest import KEPT_FIGURES, SEEDS_QUERY, Desk, DeskMaker
from tests.integration.disputes.test_compared_accounts import all_together
from tests.integration.disputes.test_compared_accounts import kept as kept_comparison

pytestmark = pytest.mark.postgresql15

WRITERS = 8
BUREAUS = ("Equifax", "TransUnion", "Experian")
STATUSES = ("Pending", "Investigating", "Verified", "Deleted", "Updated", "Expired")


def test_a_user_sees_their_own_figures_only(desk: Desk) -> None:
    mine, other = desk.new_user(), desk.new_user()
    for user in (mine, other):
        desk.begin(user, desk.new_tradeline(user))
    assert desk.run("user", mine, "select user_id, total_disputes from public.user_dispute_stats") == [
        {"user_id": mine, "total_disputes": 1}
    ]


def test_the_seeds_figures_for_a_known_file(desk: Desk) -> None:
    user = desk.new_user()
    for bureau, status in zip(BUREAUS, ("Deleted", "Verified", "Investigating"), strict=True):
        dispute = desk.begin(user, desk.new_tradeline(user, bureau), bureau)
        desk.see(
            "update public.disputes set created_at = now() - interval '10 days' where dispute_id = %(id)s", id=dispute
        )
        desk.move(user, dispute, "Pending")
        desk.move(user, dispute, status)
    (row,) = desk.see(
        "select *, round(avg_days_to_resolution, 2) as days, "
        "last_update = (select max(updated_at) from public.disputes) as is_newest from public.user_dispute_stats"
    )
    expected = {
        "total_disputes": 3, "successful_deletions": 1, "in_progress": 1, "unsuccessful": 1, "equifax_deletions": 1,
        "transunion_deletions": 0, "experian_deletions": 0, "is_newest": True,
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    assert float(row["success_rate_percentage"]) == 33.33
    assert float(row["days"]) == 10.0


def test_a_deletion_counts_as_the_last_update(desk: Desk) -> None:
    user = desk.new_user()
    desk.begin(user, desk.new_tradeline(user))
    (before,) = desk.see("select last_update from public.user_dispute_stats")
    desk.see("delete from public.disputes")
    (after,) = desk.see("select last_update, total_disputes, success_rate_percentage from public.user_dispute_stats")
    assert after["last_update"] > before["last_update"]
    assert (after["total_disputes"], after["success_rate_percentage"]) == (0, None)


def test_what_is_rolled_back_was_never_counted(desk: Desk) -> None:
    user = desk.new_user()
    tradeline = desk.new_tradeline(user)
    desk.begin(user, tradeline)
    with pytest.raises(UniqueViolation):
        desk.begin(user, tradeline)
    assert desk.see(KEPT_FIGURES) == desk.see(SEEDS_QUERY)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4))
def test_eight_writers_at_random_leave_no_drift(seed: int, desks: DeskMaker) -> None:
    write_at_random(desks, seed)


def write_at_random(desks: DeskMaker, seed: int, hint: str = "") -> None:
    """Users, the worker and an administrator who moves rows between bureaus and owners and deletes them."""
    with ExitStack() as closing:
        desk = desks.open(closing)
        users = [desk.new_user() for _ in range(4)]
        lines = {user: [desk.new_tradeline(user, "All") for _ in range(6)] for user in users}
        with ThreadPoolExecutor(WRITERS) as threads:
            done = list(threads.map(lambda n: _write(desks, Random(f"{seed} {n}"), lines), range(WRITERS)))  # noqa: S311
        assert sum(done, Counter())["done"] > 100, hint
        kept = desk.see(KEPT_FIGURES)
        assert kept == desk.see(SEEDS_QUERY), hint
        assert kept
        for user in users:
            assert kept_comparison(desk, user) == all_together(desk, user), hint


@pytest.mark.timeout(600)
def test_writers_of_one_user_never_lock_each_other_out(desks: DeskMaker) -> None:
    """Several disputes changed in one transaction, in any order, beside each other."""
    with ExitStack() as closing:
        desk = desks.open(closing)
        user = desk.new_user()
        disputes = [desk.begin(user, desk.new_tradeline(user)) for _ in range(5)]

        def write(number: int) -> int:
            chance = Random(number)  # noqa: S311
            with ExitStack() as mine:
                own = desks.open(mine)
                for _ in range(12):
                    some = chance.sample(disputes, 3)
                    own.run("user", user, _NOTE_THREE, a=some[0], b=some[1], c=some[2])
            return 12

        with ThreadPoolExecutor(WRITERS) as threads:
            assert sum(threads.map(write, range(WRITERS))) == 12 * WRITERS
        assert len(desk.see("select position from public.dispute_status_history")) == 5 + 3 * 12 * WRITERS
        assert desk.problems(user) == []


_NOTE_THREE: LiteralString = """
  with a as (update public.disputes set change_notes = 'x' where dispute_id = %(a)s),
       b as (update public.disputes set change_notes = 'x' where dispute_id = %(b)s)
  update public.disputes set change_notes = 'x' where dispute_id = %(c)s"""


def _write(desks: DeskMaker, chance: Random, lines: dict[UUID, list[UUID]]) -> Counter[str]:
    done: Counter[str] = Counter()
    with ExitStack() as closing:
        desk = desks.open(closing)
        for _ in range(40):
            try:
                _one_write(desk, chance, lines)
                done["done"] += 1
            except (CheckViolation, UniqueViolation, ForeignKeyViolation, DeadlockDetected) as refused:
                done[type(refused).__name__] += 1
    return done


def _one_write(desk: Desk, chance: Random, lines: dict[UUID, list[UUID]]) -> None:
    user = chance.choice(list(lines))
    what = chance.choices(("begin", "move", "many", "bureau", "owner", "delete", "line"), (8, 10, 4, 2, 1, 1, 4))[0]
    match what:
        case "begin":
            desk.begin(user, chance.choice(lines[user]), chance.choice(BUREAUS), chance.choice(("user", "system")))
        case "move":
            desk.run("system", user, _MOVE_ONE, status=chance.choice(STATUSES), skip=chance.randrange(4))
        case "many":
            both: Any = _MOVE_MANY
            desk.run("admin", None, both, before=chance.choice(("Draft", *STATUSES)), status=chance.choice(STATUSES))
        case "bureau":
            desk.see("update public.disputes set bureau = %(bureau)s where dispute_id = (select dispute_id from "
                     "public.disputes order by random() limit 1)", bureau=chance.choice(BUREAUS))  # fmt: skip
        case "owner":
            desk.see(_MOVE_TO_ANOTHER_OWNER, user=user)
        case "line":
            desk.run("user", user, "update public.tradelines set balance = %(balance)s where tradeline_id = %(line)s",
                     balance=chance.randrange(3), line=chance.choice(lines[user]))  # fmt: skip
        case "delete":
            desk.see("delete from public.disputes where dispute_id = (select dispute_id from public.disputes "
                     "order by random() limit 1)")  # fmt: skip


_MOVE_ONE: LiteralString = """
  update public.disputes set status = %(status)s where dispute_id = (
    select dispute_id from public.disputes where is_current order by created_at desc offset %(skip)s limit 1)"""
_MOVE_TO_ANOTHER_OWNER: LiteralString = """
  with moved as (select user_id, dispute_id from public.disputes order by random() limit 1),
  answers as (
    delete from public.dispute_answers a using moved
    where (a.user_id, a.dispute_id) = (moved.user_id, moved.dispute_id))
  update public.disputes set user_id = %(user)s, tradeline_id = null
  where dispute_id = (select dispute_id from moved)"""
_MOVE_MANY: LiteralString = "update public.disputes set status = %(status)s where status = %(before)s"
