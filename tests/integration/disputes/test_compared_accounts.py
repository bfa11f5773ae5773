"""The kept comparison is, at every moment, what the tradelines and disputes say."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation
from tests.integration.disputes.conftest import Desk, Who

from tribureau.database.queries import statement
from tribureau.database.shapes import ComparedAccount

pytestmark = pytest.mark.postgresql15
ORACLE = Path(__file__).with_name("comparison_of_everything.sql").read_text()
VALUES: dict[str, tuple[Any, ...]] = {
    "creditor_name": ("Northbank", "Harbor Ünion", 'Ash "& Co"'),
    "account_number": (None, "****1234", "5678****"),
    "account_status": (None, "open", "collection"),
    "payment_status": (None, "current", "late_30"),
    "balance": (None, 0, 12.5, 100),
    "past_due": (None, 0, 1),
    "credit_limit": (None, 0, 1),
    "date_opened": (None, date(2019, 3, 1), date(2019, 3, 14), date(2020, 1, 1)),
    "late_payments_30": (0, 1),
    "is_negative": (True, False),
}
_REFUSALS = (CheckViolation, InsufficientPrivilege, UniqueViolation)
BUREAUS = ("Equifax", "TransUnion", "Experian", "All")
STATUSES = ("Pending", "Investigating", "Verified", "Deleted", "Updated", "Blank", "Draft", "Expired", "Escalated")


def all_together(desk: Desk, user: UUID) -> list[dict[str, Any]]:
    """What the tradelines and disputes say, by the one query that reads all of them."""
    text: Any = f"select row_to_json(c)::text as json from ({ORACLE}) c"
    return [json.loads(row["json"]) for row in desk.run("system", user, text)]


def kept(desk: Desk, user: UUID) -> list[dict[str, Any]]:
    text: Any = statement("disputes.comparison").decode()
    return [_named(row["json"]) for row in desk.run("user", user, text, everything=True)]


def _named(values: str) -> dict[str, Any]:
    return dict(zip(ComparedAccount.__annotations__, json.loads(values), strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_it_is_what_one_query_over_everything_says(seed: int, desk: Desk) -> None:
    chance = Random(seed)  # noqa: S311
    user = desk.new_user()
    steps = (_see, _see, _match, _change, _report, _dated, _forget, _begin, _begin, _move, _move, _move, _split)
    for _ in range(40):
        chance.choice(steps)(chance, desk, user)
        assert kept(desk, user) == all_together(desk, user)


def test_it_goes_with_its_user(desk: Desk) -> None:
    user = desk.new_user()
    chance = Random(1)  # noqa: S311
    for step in (_see, _see, _report, _match, _begin, _see):
        step(chance, desk, user)
    assert kept(desk, user)
    desk.see("delete from auth.users where id = %(user)s", user=user)
    assert desk.see("select user_id from tribureau.compared_accounts") == []


def test_good_accounts_are_left_out_unless_asked_for(desk: Desk) -> None:
    user = desk.new_user()
    for negative in (True, False):
        line = desk.new_tradeline(user)
        desk.see(
            "update public.tradelines set is_negative = %(bad)s where tradeline_id = %(id)s", bad=negative, id=line
        )
    text: Any = statement("disputes.comparison").decode()
    negatives = [_named(row["json"])["is_negative"] for row in desk.run("user", user, text, everything=False)]
    assert negatives == [True]
    assert [row["is_negative"] for row in kept(desk, user)] == [True, False]


def test_looking_at_it_reads_its_rows_and_nothing_else(desk: Desk) -> None:
    text: Any = "explain (format json) " + statement("disputes.comparison").decode()
    (row,) = desk.run("user", desk.new_user(), text, everything=False)
    plan = row["QUERY PLAN"][0]["Plan"]
    assert set(_read(plan)) == {"compared_accounts"}


def _read(plan: dict[str, Any]) -> Iterator[str]:
    if "Relation Name" in plan:
        yield plan["Relation Name"]
    for part in plan.get("Plans", []):
        yield from _read(part)


def _see(chance: Random, desk: Desk, user: UUID) -> None:
    """A tradeline by hand, or of a report that is there."""
    (upload,) = desk.see(
        "select (select id from public.report_uploads where user_id = %(user)s order by md5(id || %(n)s) limit 1)",
        user=user,
        n=str(chance.random()),
    )
    line = desk.new_tradeline(user, chance.choice(BUREAUS))
    _set(chance, desk, line)
    if chance.random() < 0.7:
        desk.see(
            "update public.tradelines set report_upload_id = %(upload)s where tradeline_id = %(line)s",
            upload=upload["id"],
            line=line,
        )


def _change(chance: Random, desk: Desk, user: UUID) -> None:
    for line in _any(chance, desk, "select tradeline_id as id from public.tradelines where user_id = %(user)s", user):
        _set(chance, desk, line)


def _set(chance: Random, desk: Desk, line: UUID) -> None:
    values = {name: chance.choice(choices) for name, choices in VALUES.items()}
    text: Any = (
        f"update public.tradelines set {', '.join(f'{k} = %({k})s' for k in values)} where tradeline_id = %(line)s"
    )
    desk.see(text, line=line, **values)


def _report(chance: Random, desk: Desk, user: UUID) -> None:
    desk.see(
        "insert into public.report_uploads (user_id, original_filename, file_size_bytes, file_hash, report_date) "
        "values (%(user)s, 'a.pdf', 1, %(hash)s, %(day)s)",
        user=user,
        hash=uuid4().hex * 2,
        day=chance.choice((None, date(2026, 1, 1), date(2026, 6, 1))),
    )


def _dated(chance: Random, desk: Desk, user: UUID) -> None:
    for upload in _any(chance, desk, "select id from public.report_uploads where user_id = %(user)s", user):
        desk.see(
            "update public.report_uploads set report_date = %(day)s where id = %(id)s",
            id=upload,
            day=chance.choice((None, date(2026, 3, 1), date(2026, 9, 1))),
        )


def _match(chance: Random, desk: Desk, user: UUID) -> None:
    """Half of the tradelines are one account, old or new."""
    known = _any(chance, desk, "select account_id as id from public.accounts where user_id = %(user)s", user)
    if not known or chance.random() < 0.5:
        made = "insert into public.accounts (user_id, creditor_name) values (%(user)s, 'x') returning account_id as id"
        known = [row["id"] for row in desk.see(made, user=user)]
    desk.see(
        "update public.tradelines set account_id = %(account)s where user_id = %(user)s "
        "and md5(tradeline_id || %(n)s) < '8'",
        account=known[0],
        user=user,
        n=str(chance.random()),
    )


def _split(chance: Random, desk: Desk, user: UUID) -> None:
    for account in _any(chance, desk, "select account_id as id from public.accounts where user_id = %(user)s", user):
        desk.see("delete from public.accounts where account_id = %(account)s", account=account)


def _forget(chance: Random, desk: Desk, user: UUID) -> None:
    what, key = chance.choice((("tradelines", "tradeline_id"), ("report_uploads", "id")))
    for one in _any(chance, desk, f"select {key} as id from public.{what} where user_id = %(user)s", user):
        text: Any = f"delete from public.{what} where {key} = %(one)s"
        desk.see(text, one=one)


def _begin(chance: Random, desk: Desk, user: UUID) -> None:
    for line in _any(chance, desk, "select tradeline_id as id from public.tradelines where user_id = %(user)s", user):
        with suppress(*_REFUSALS):
            desk.begin(user, line, chance.choice(BUREAUS[:3]))


def _move(chance: Random, desk: Desk, user: UUID) -> None:
    for one in _any(chance, desk, "select dispute_id as id from public.disputes where user_id = %(user)s", user):
        who: Who = chance.choice(("user", "system"))
        status = chance.choice(STATUSES)
        day = ", bureau_response_date = current_date" if status in ("Verified", "Deleted", "Updated") else ""
        number = ", tracking_number = '94071', mailing_date = now()" if who == "system" else ""
        text: Any = f"update public.disputes set status = %(status)s{day}{number} where dispute_id = %(one)s"
        with suppress(*_REFUSALS):
            desk.run(who, user, text, status=status, one=one)


def _any(chance: Random, desk: Desk, text: Any, user: UUID) -> list[UUID]:
    """One of the ids that the query gives, or none."""
    ids = sorted(row["id"] for row in desk.see(text, user=user))
    return [chance.choice(ids)] if ids else []
