"""Every named statement is understood by the database, allowed to somebody, and quick where it is asked often."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import ClientCursor, sql

from tribureau.database.queries import names, statement

_PARAMETER = re.compile(r"%\((\w+)\)s")
_ACTORS = ("authenticated", "tribureau_identity", "tribureau_worker")
_BIG = {
    "tradelines",
    "tradeline_provenance",
    "tradeline_corrections",
    "report_uploads",
    "notifications",
    "findings",
    "finding_tradelines",
    "account_links",
    "disputes",
    "dispute_status_history",
    "dispute_chain_heads",
    "dispute_letters",
    "dispute_pages",
    "dispute_letter_items",
    "dispute_enclosures",
    "dispute_letter_enclosures",
    "consumer_statements",
    "bureau_responses",
    "bureau_response_items",
    "dispute_answers",
    "dispute_proposals",
    "compared_accounts",
}


def _numbered(text: str) -> bytes:
    """psycopg's named parameters as PostgreSQL's own."""
    numbers: dict[str, int] = {}
    numbered = _PARAMETER.sub(lambda match: f"${numbers.setdefault(match[1], len(numbers) + 1)}", text)
    return numbered.replace("%%", "%").encode()


@pytest.mark.postgresql15
def test_every_statement_prepares(database_url: str) -> None:
    refused = {}
    with psycopg.connect(database_url, autocommit=True) as connection:
        for name in names():
            result = connection.pgconn.prepare(b"", _numbered(statement(name).decode()))
            if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
                refused[name] = result.error_message.decode()
    assert names()
    assert refused == {}


def test_every_statement_is_allowed_to_somebody(database_url: str) -> None:
    """EXPLAIN checks the rights to every table and column that a statement touches."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        forbidden = [name for name in names() if not any(_may(connection, actor, name) for actor in _ACTORS)]
    assert forbidden == []


def _may(connection: psycopg.Connection, actor: str, name: str) -> bool:
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(actor)))
        explained = connection.pgconn.exec_(b"explain (generic_plan) " + _numbered(statement(name).decode()))
        return explained.status == psycopg.pq.ExecStatus.TUPLES_OK


@pytest.fixture
def crowd(database_url: str) -> UUID:
    """A hundred users with ten reports of twenty accounts each: 20,000 tradelines. One of them."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            """
            insert into auth.users (id, email)
              select gen_random_uuid(), n || '@example.org' from generate_series(1, 100) n;
            alter table public.report_uploads disable trigger user;
            alter table public.notifications disable trigger user;
            alter table public.tradelines disable trigger user;
            alter table public.account_links disable trigger user;
            alter table public.bureau_response_items disable trigger user;
            insert into public.report_uploads (user_id, original_filename, file_size_bytes, file_hash, uploaded_at)
              select u.id, 'report.pdf', 1, encode(sha256(convert_to(u.id || n::text, 'UTF8')), 'hex'),
                now() - make_interval(days => n)
              from auth.users u, generate_series(1, 10) n;
            insert into public.tradelines (user_id, report_upload_id, position, bureau, creditor_name, is_negative)
              select user_id, id, n, 'Equifax', 'Northbank', n % 5 = 0
              from public.report_uploads, generate_series(1, 20) n;
            insert into public.tradeline_provenance
              (user_id, tradeline_id, field, page, x0, y0, x1, y1, printed_text, rule, confidence)
              select user_id, tradeline_id, field, 1, 0, 0, 1, 1, '', '', 1
              from public.tradelines, unnest(array['balance', 'creditor_name']) field;
            insert into public.notifications (user_id, kind, deduplication_key, title, created_at)
              select u.id, 'x', n::text, 'x', now() - make_interval(hours => n)
              from auth.users u, generate_series(1, 100) n;
            insert into public.tradeline_corrections (user_id, tradeline_id, field, read_value, corrected_value)
              select user_id, tradeline_id, 'balance', '1', '2' from public.tradelines where is_negative;
            insert into public.findings
              (user_id, finding_key, kind, explanation, rule, source, request, certainty, "values")
              select user_id, 'too_old ' || tradeline_id, 'too_old', 'x', 'x', 'x', 'x', 'printed',
                jsonb_build_array(jsonb_build_object('tradeline_id', tradeline_id))
              from public.tradelines where is_negative;
            insert into public.finding_tradelines (user_id, finding_id, tradeline_id)
              select user_id, finding_id, ("values" -> 0 ->> 'tradeline_id')::uuid from public.findings;
            insert into public.account_links (
                user_id, decision_id, one_tradeline_id, together, one_print, other_print)
              select user_id, gen_random_uuid(), tradeline_id, true, '{a}', '{b}'
              from public.tradelines where is_negative;
            insert into public.bureau_responses (user_id, report_upload_id, kind, bureau)
              select user_id, id, 'results', 'Equifax' from public.report_uploads;
            insert into public.bureau_response_items (
                user_id, response_id, item_key, position, kind, creditor_name, read_outcome, outcome, outcome_text)
              select user_id, response_id, n::text, n, 'account', 'Northbank', 'deleted', 'deleted', 'Deleted'
              from public.bureau_responses, generate_series(1, 6) n;
            alter table public.disputes disable trigger user;
            alter table public.dispute_status_history disable trigger user;
            insert into public.disputes (user_id, tradeline_id, disputed_tradeline_id, disputed_values, bureau)
              select user_id, tradeline_id, tradeline_id, '{}', bureau from public.tradelines;
            insert into public.dispute_status_history
              (user_id, dispute_id, position, new_status, changed_by, changed_at, facts, previous_hash, hash)
              select user_id, dispute_id, 1, 'Draft', 'user', now(), '{}', sha256(''), sha256('')
              from public.disputes;
            insert into public.dispute_chain_heads
              (user_id, dispute_id, position, hash, signed_at, key_id, signature)
              select user_id, dispute_id, 1, hash, now(), 'key', hash || hash from public.dispute_status_history;
            insert into public.dispute_pages (user_id, dispute_id, report_upload_id, report_sha256, places)
              select user_id, dispute_id, gen_random_uuid(), repeat('0', 64), '[]' from public.disputes;
            insert into public.consumer_statements (user_id, dispute_id, content)
              select user_id, dispute_id, 'Not mine.' from public.disputes;
            alter table public.dispute_answers disable trigger user;
            insert into public.dispute_answers (user_id, dispute_id, outcome, answered_on)
              select user_id, dispute_id, 'verified', '2026-11-02' from public.disputes;
            insert into public.dispute_proposals (user_id, dispute_id, kind, report_upload_id, report_date)
              select d.user_id, d.dispute_id, 'deleted', t.report_upload_id, '2026-11-02'
              from public.disputes d join public.tradelines t using (user_id, tradeline_id);
            alter table public.dispute_letter_items disable trigger user;
            insert into public.dispute_letters (user_id, letter_id, bureau, kind)
              select user_id, dispute_id, bureau, 'first_dispute' from public.disputes;
            insert into public.dispute_letter_items (user_id, dispute_id, letter_id, position)
              select user_id, dispute_id, dispute_id, 1 from public.disputes;
            insert into public.dispute_enclosures (user_id, enclosure_id, kind, name, size_bytes, sha256)
              select user_id, gen_random_uuid(), 'evidence', 'a.pdf', 1, file_hash from public.report_uploads;
            insert into public.dispute_letter_enclosures (user_id, letter_id, enclosure_id)
              select l.user_id, l.letter_id, e.enclosure_id
              from public.dispute_letters l
              join lateral (
                select enclosure_id from public.dispute_enclosures e where e.user_id = l.user_id limit 1) e on true;
            select count(tribureau.compare_accounts(known.user_id, known.which)) from (
              select user_id, array_agg(tradeline_id) as which from public.tradelines group by user_id) known;
            """
        )
        connection.execute("vacuum analyze")
        row = connection.execute("select id from auth.users limit 1").fetchone()
        assert row
        return UUID(str(row[0]))


_EVERYTHING = {"before": None, "before_id": None, "before_position": None, "limit": 50}
_CHECK = {"check_below": 0.8}
HOT: dict[str, dict[str, Any]] = {
    "api.tradelines": _EVERYTHING | {"upload_id": None, "bureau": None, "is_negative": None},
    "api.tradelines of a report": _EVERYTHING | {"upload_id": uuid4(), "bureau": None, "is_negative": None},
    "api.tradelines that are negative": _EVERYTHING | {"upload_id": None, "bureau": None, "is_negative": True},
    "api.uploads": _EVERYTHING,
    "api.notifications": _EVERYTHING | {"unread_only": False},
    "api.unread_notifications": {},
    "pages.frame": {},
    "pages.today": _CHECK,
    "pages.reports": _CHECK,
    "pages.report": _CHECK | {"upload_id": uuid4()},
    "pages.account": _CHECK | {"tradeline_id": uuid4()},
    "pages.account_notes": {},
    "today.accounts": {},
    "today.letters": {},
    "today.months": {},
    "today.scores": {},
    "today.deletions": {},
    "pages.compared_details": {"tradeline_ids": [uuid4()]},
    "pages.notifications": {},
    "pages.account_entries": {"account_id": uuid4()},
    "pages.account_decisions": {},
    "values_to_check.queue": _CHECK | {"upload_id": None},
    "values_to_check.queue of a report": _CHECK | {"upload_id": uuid4()},
    "values_to_check.one": {"tradeline_id": uuid4(), "field": "balance"},
    "values_to_check.list": _CHECK | {"upload_id": None, "after_id": None, "after_field": None, "limit": 50},
    "findings.list": _EVERYTHING | {"upload_id": None, "tradeline_id": None, "kind": None},
    "findings.list of a report": _EVERYTHING | {"upload_id": uuid4(), "tradeline_id": None, "kind": None},
    "findings.list of an account": _EVERYTHING | {"upload_id": None, "tradeline_id": uuid4(), "kind": None},
    "beside_accounts.inquiries": {"upload_id": None, "before": None, "before_id": None, "limit": 50},
    "beside_accounts.inquiries of a report": {"upload_id": uuid4(), "before": None, "before_id": None, "limit": 50},
    "beside_accounts.public_records": {"upload_id": None},
    "beside_accounts.information": {"upload_id": uuid4()},
    "beside_accounts.findings_of_upload": {"upload_id": uuid4()},
    "beside_accounts.newest_inquiries": {},
    "beside_accounts.newest_public_records": {},
    "beside_accounts.all_information": {},
    "findings.of_tradeline": {"tradeline_id": uuid4()},
    "findings.reported": {},
    "accounts.decisions_wait": {},
    "disputes.comparison": {"everything": False},
    "disputes.comparison of everything": {"everything": True},
    "disputes.chains_to_sign": {},
    "disputes.newest_heads": {},
    "disputes.roll": {},
    "disputes.list": _EVERYTHING | {"status": None, "bureau": None, "tradeline_id": None, "current_only": True},
    "disputes.find": {"dispute_id": uuid4()},
    "disputes.history": {"dispute_id": uuid4()},
    "disputes.figures": {},
    "evidence.rounds": {"dispute_id": uuid4()},
    "evidence.enclosures": {"letter_ids": [uuid4()]},
    "evidence.answers": {"dispute_ids": [uuid4()]},
    "dispute_pages.wanted": {"limit": 20},
    "dispute_pages.is_wanted": {"upload_id": uuid4()},
    "deadlines.running": {},
    "deadlines.investigated": {
        "received_until": "2026-11-22",
        "expired_since": "2026-09-20",
        "after": None,
        "limit": 100,
    },
    "timeline.list": {
        "chosen": "current",
        "after_rank": None,
        "after_place": None,
        "after_id": None,
        "usual_days": 30,
        "extended_days": 45,
        "free_report_days": 45,
        "limit": 51,
    },
    "timeline.counts": {},
    "timeline.rounds": {"dispute_id": uuid4()},
    "timeline.report": {"dispute_id": uuid4()},
    "timeline.statement": {"dispute_id": uuid4()},
    "company_letters.running": {},
    "company_letters.about": {"dispute_id": uuid4(), "tradeline_id": None},
    "letters.choices": {},
    "letters.list": {},
    "letters.find": {"letter_id": uuid4()},
    "letters.items": {"letter_id": uuid4()},
    "letters.of_dispute": {"dispute_id": uuid4()},
    "letters.places": {"letter_id": uuid4()},
    "letters.enclosures": {"letter_id": uuid4()},
    "bureau_responses.list": _EVERYTHING | {"upload_id": None},
    "bureau_responses.one": {"response_id": uuid4()},
    "bureau_responses.accounts_to_choose": {"bureau": "Equifax"},
    "bureau_responses.deletions": {},
    "dispute_answers.of_dispute": {"dispute_id": uuid4()},
    "dispute_answers.letters_items": {"dispute_id": uuid4()},
    "dispute_answers.choices": {"bureau": "Equifax"},
    "dispute_proposals.waiting": {},
    "dispute_proposals.of_dispute": {"dispute_id": uuid4()},
}


def test_hot_statements_find_their_rows_by_an_index_that_leads_with_the_user(crowd: UUID, web_url: str) -> None:
    plans = {case: _plan(web_url, crowd, statement(case.split(" ")[0]), given) for case, given in HOT.items()}
    assert {case: tables for case, plan in plans.items() if (tables := list(_whole_tables(plan)))} == {}


def test_a_scan_would_be_noticed(crowd: UUID, web_url: str) -> None:
    plan = _plan(web_url, crowd, b"select count(*) from public.tradelines", {}, indexes=False)
    assert list(_whole_tables(plan)) == ["tradelines"]


def _plan(url: str, user: UUID, text: bytes, parameters: dict[str, Any], *, indexes: bool = True) -> dict[str, Any]:
    with psycopg.connect(url, cursor_factory=ClientCursor) as connection:
        if not indexes:
            connection.execute(
                "set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off"
            )
        claims = f'{{"sub": "{user}", "role": "authenticated"}}'
        connection.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('role', 'authenticated', true)", (claims,)
        )
        row = connection.execute(b"explain (format json) " + text, parameters or None).fetchone()
        assert row
        plan: dict[str, Any] = row[0][0]["Plan"]
        return plan


def _whole_tables(plan: dict[str, Any]) -> Iterator[str]:
    """Big tables that this plan reads from end to end, or through an index that another key leads."""
    table = plan.get("Relation Name")
    indexed = plan.get("Index Cond", "") + plan.get("Recheck Cond", "")
    if table in _BIG and "user_id" not in indexed:
        yield str(table)
    for part in plan.get("Plans", []):
        yield from _whole_tables(part)
