"""What the tests of the schema look through: its catalogue, as text and as rows."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from tribureau.database.server_programs import embedded_programs
from tribureau.database.transactions import UserId

Rows = Callable[..., list[dict[str, object]]]
Statement = Callable[..., Any]


@dataclass(frozen=True)
class CreditFile:
    """Ids of what one user has."""

    user: UserId
    upload: UUID
    account: UUID
    tradeline: UUID
    notification: UUID
    finding: UUID
    dispute: UUID
    letter: UUID
    enclosure: UUID
    response: UUID
    inquiry: UUID
    public_record: UUID
    information: UUID


def schema_of(url: str) -> str:
    """The database's schema as SQL."""
    password = str(conninfo_to_dict(url)["password"])
    dumped = subprocess.run(
        [embedded_programs() / "pg_dump", "--schema-only", "--dbname", make_conninfo(url, password=None)],
        env={**os.environ, "PGPASSWORD": password},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return "\n".join(line for line in dumped.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


@pytest.fixture
def schema() -> Callable[[str], str]:
    return schema_of


@pytest.fixture
def rows(database_url: str) -> Rows:
    """Runs a query as the administrator."""

    def run(query: str, *parameters: object) -> list[dict[str, object]]:
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            return connection.execute(query.encode(), parameters or None).fetchall()

    return run


@contextmanager
def acting_as(url: str, role: str | None, user: UUID | None) -> Iterator[Statement]:
    """Statements under a role and a user's claims, as Supabase's data API would run them; rolled back at the end."""
    claims = json.dumps({"sub": str(user), "role": role}) if user else "{}"
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('role', coalesce(%s, session_user), true)",
            (claims, role),
        )

        def run(statement: str, **parameters: object) -> list[dict[str, object]] | int:
            with connection.transaction():
                cursor = connection.execute(statement.encode(), parameters)
                return cursor.fetchall() if cursor.description else cursor.rowcount

        yield run
        connection.rollback()


@pytest.fixture
def as_user(web_url: str) -> Callable[[UUID], AbstractContextManager[Statement]]:
    return partial(acting_as, web_url, "authenticated")


@pytest.fixture
def as_anon(web_url: str) -> Callable[[], AbstractContextManager[Statement]]:
    return partial(acting_as, web_url, "anon", None)


@pytest.fixture
def as_worker(worker_url: str) -> Callable[[UUID | None], AbstractContextManager[Statement]]:
    return partial(acting_as, worker_url, None)


@pytest.fixture
def two_files(database_url: str, two_users: tuple[UserId, UserId]) -> tuple[CreditFile, CreditFile]:
    """A row of each table for each of two users."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        first, second = (fill(connection, user) for user in two_users)
    return first, second


def fill(connection: psycopg.Connection, user: UserId) -> CreditFile:
    file = CreditFile(user, *(uuid4() for _ in range(12)))
    for statement in _ONE_ROW_EACH:
        connection.execute(statement, {**asdict(file), "hash": uuid4().hex * 2})
    return file


_ONE_ROW_EACH: tuple[LiteralString, ...] = (
    "insert into tribureau.user_keys (user_id, wrapped_key) values (%(user)s, 'wrapped')",
    "insert into public.cloud_consents (user_id, wording_version) values (%(user)s, 1)",
    "insert into public.profiles (user_id, sealed) values (%(user)s, 'sealed')",
    "insert into public.report_uploads (user_id, id, original_filename, file_size_bytes, file_hash, processing_status, "
    "total_tradelines) values (%(user)s, %(upload)s, 'report.pdf', 1000, %(hash)s, 'complete', 1)",
    "insert into public.accounts (user_id, account_id, creditor_name) values (%(user)s, %(account)s, 'Northbank')",
    "insert into public.tradelines (user_id, tradeline_id, report_upload_id, account_id, bureau, creditor_name, "
    "balance) values (%(user)s, %(tradeline)s, %(upload)s, %(account)s, 'Equifax', 'Northbank', 120)",
    "insert into public.tradeline_provenance (user_id, tradeline_id, field, page, x0, y0, x1, y1, printed_text, rule, "
    "confidence) values (%(user)s, %(tradeline)s, 'balance', 1, 0, 0, 9, 9, '$120', 'label', 1)",
    "insert into public.tradeline_corrections (user_id, tradeline_id, field, read_value, corrected_value) "
    "values (%(user)s, %(tradeline)s, 'terms', '\"36 months\"', '\"48 months\"')",
    "insert into public.findings (user_id, finding_id, finding_key, kind, explanation, rule, source, request, "
    'certainty, "values") '
    "values (%(user)s, %(finding)s, 'too_old', 'too_old', 'Old.', 'Seven years', 'FCRA', 'Ask.', 'printed', '[]')",
    "insert into public.finding_tradelines (user_id, finding_id, tradeline_id) "
    "values (%(user)s, %(finding)s, %(tradeline)s)",
    "insert into public.bureau_responses (user_id, response_id, report_upload_id, kind, bureau) "
    "values (%(user)s, %(response)s, %(upload)s, 'results', 'Equifax')",
    "insert into public.bureau_response_items (user_id, response_id, item_key, position, kind, creditor_name, "
    "read_outcome, outcome, outcome_text, suggested_account_id, account_id) values (%(user)s, %(response)s, 'a', 1, "
    "'account', 'Northbank', 'deleted', 'deleted', 'Deleted', %(account)s, %(account)s)",
    'insert into public.credit_scores (user_id, "timestamp", score_value, bureau, report_upload_id) '
    "values (%(user)s, '2026-11-02', 640, 'Equifax', %(upload)s)",
    "insert into public.inquiries (user_id, inquiry_id, report_upload_id, position, bureau, creditor_name, "
    "inquired_on, kind) values (%(user)s, %(inquiry)s, %(upload)s, 1, 'Equifax', 'Northbank', '2026-01-02', 'hard')",
    "insert into public.public_records (user_id, public_record_id, report_upload_id, position, bureau, kind, "
    "printed_kind) values (%(user)s, %(public_record)s, %(upload)s, 1, 'Equifax', 'tax_lien', 'State tax lien')",
    "insert into public.reported_personal_information (user_id, information_id, report_upload_id, position, bureau, "
    "kind, sealed, page, x0, y0, x1, y1, rule, confidence) "
    "values (%(user)s, %(information)s, %(upload)s, 1, 'Equifax', 'name', 'sealed', 1, 0, 0, 9, 9, 'label', 1)",
    "insert into public.finding_items (user_id, finding_id, item_id, public_record_id) "
    "values (%(user)s, %(finding)s, %(public_record)s, %(public_record)s)",
    "insert into public.account_links (user_id, decision_id, one_tradeline_id, together) "
    "values (%(user)s, gen_random_uuid(), %(tradeline)s, false)",
    "insert into public.disputes (user_id, dispute_id, tradeline_id, bureau) "
    "values (%(user)s, %(dispute)s, %(tradeline)s, 'Equifax')",
    "insert into public.dispute_letters (user_id, letter_id, bureau, kind) "
    "values (%(user)s, %(letter)s, 'Equifax', 'first_dispute')",
    "insert into public.dispute_letter_items (user_id, dispute_id, letter_id, position) "
    "values (%(user)s, %(dispute)s, %(letter)s, 1)",
    # A letter to a company takes it, and there is one letter.
    "alter table public.direct_letter_items disable trigger join_letter",
    "insert into public.direct_letter_items (user_id, letter_id, tradeline_id, position, disputed_tradeline_id, "
    "disputed_values) values (%(user)s, %(letter)s, %(tradeline)s, 1, %(tradeline)s, '{}')",
    "alter table public.direct_letter_items enable trigger join_letter",
    "insert into public.consumer_statements (user_id, dispute_id, content) values (%(user)s, %(dispute)s, 'Not mine.')",
    "insert into public.dispute_enclosures (user_id, enclosure_id, kind, name, size_bytes, sha256) "
    "values (%(user)s, %(enclosure)s, 'identity', 'license.jpg', 1000, %(hash)s)",
    "insert into public.dispute_letter_enclosures (user_id, letter_id, enclosure_id) "
    "values (%(user)s, %(letter)s, %(enclosure)s)",
    "insert into public.dispute_proposals (user_id, dispute_id, kind, report_upload_id, report_date) "
    "values (%(user)s, %(dispute)s, 'deleted', %(upload)s, '2026-11-02')",
    # Not yet mailed, so no trigger lets one be entered.
    "alter table public.dispute_answers disable trigger take_answer",
    "insert into public.dispute_answers (user_id, dispute_id, outcome, answered_on) "
    "values (%(user)s, %(dispute)s, 'needs_information', '2026-11-02')",
    "alter table public.dispute_answers enable trigger take_answer",
    "insert into public.dispute_chain_heads (user_id, dispute_id, position, hash, signed_at, key_id, signature) "
    "select user_id, dispute_id, position, hash, now(), 'a key', hash || hash from public.dispute_status_history "
    "where user_id = %(user)s",
    "insert into public.dispute_rolls (user_id, disputes, digest, signed_at, key_id, signature) "
    "select user_id, 1, hash, now(), 'a key', signature from public.dispute_chain_heads where user_id = %(user)s",
    "insert into tribureau.calendar_links (user_id, token_hash) values (%(user)s, sha256(%(hash)s::text::bytea))",
    "insert into public.exports (user_id, state, parts, size_bytes) values (%(user)s, 'ready', 1, 1000)",
    "insert into public.notifications (user_id, notification_id, kind, deduplication_key, title) "
    "values (%(user)s, %(notification)s, 'report_read', 'report:1', 'Found 1 account')",
)
