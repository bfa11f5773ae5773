"""What somebody changes behind the triggers' back is found: in the database, and in an export far from it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import InvalidInput
from tribureau.storage.keys import MasterKey
from tribureau.storage.signing import SignatureCheck, Signer
from tribureau.workflows.audit_history import Audit, audit, chains_in_database, chains_in_export
from tribureau.workflows.sign_history import sign_history

pytestmark = pytest.mark.postgresql15
SIGNER = Signer(MasterKey(b"k" * 32))
CHECK = SignatureCheck([SIGNER.public_key])
REHASH = """
  create function pg_temp.rehash() returns void language plpgsql as $$
  declare h record; before bytea := decode(repeat('00', 32), 'hex');
  begin
    for h in select * from public.dispute_status_history order by position loop
      update public.dispute_status_history set previous_hash = before, hash = sha256(before || convert_to(
        jsonb_build_array(h.position, h.history_id, h.user_id, h.dispute_id, h.previous_status, h.new_status,
          h.changed_by, h.change_reason, h.change_notes,
          to_char(h.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), h.facts)::text, 'UTF8'))
        where history_id = h.history_id returning hash into before;
    end loop;
  end $$;
  select pg_temp.rehash();
"""
TAMPERING = {
    "a reason reworded": ("update public.dispute_status_history set change_reason = 'x' where position = 2", "entry 2"),
    "who did it": ("update public.dispute_status_history set changed_by = 'user' where position = 2", "entry 2"),
    "when it was": ("update public.dispute_status_history set changed_at = changed_at - interval '1 s'", "entry 1"),
    "facts of an entry": ("update public.dispute_status_history set facts = facts || '{\"round\": 9}'", "entry 1"),
    "the last entry cut off": ("delete from public.dispute_status_history where position = 3", "signed and is gone"),
    "an entry in between": ("delete from public.dispute_status_history where position = 2", "entry 2 is missing"),
    "all of it": ("delete from public.dispute_status_history", "no history"),
    "a rewritten chain": (
        "update public.dispute_status_history set change_reason = 'x' where position = 2;" + REHASH,
        "was signed and is another one now",
    ),
    "the status": ("update public.disputes set status = 'Deleted'", "the dispute says Deleted, its history Verified"),
    "the tracking number": ("update public.disputes set tracking_number = '1'", "tracking_number"),
    "the bureau": ("update public.disputes set bureau = 'Experian'", "bureau"),
    "the letter": ("update public.disputes set letter_content = 'another'", "letter_sha256"),
    "the disputed values": ("update public.disputes set disputed_values = '{}'", "disputed_values_sha256"),
    "when it changed": ("update public.disputes set status_updated_at = now()", "when and by whom"),
    "the dispute": ("delete from public.disputes", "the dispute itself is gone"),
    "a signature": ("update public.dispute_chain_heads set signature = hash || hash", "signature"),
    "a signed position": ("update public.dispute_chain_heads set position = 2", "signature"),
    "a signature by another key": ("update public.dispute_chain_heads set key_id = 'mine'", "not at hand"),
}


@pytest.fixture
def whose(desk: Desk) -> UserId:
    """A user with one dispute that was answered: three entries."""
    user = UserId(desk.new_user())
    dispute = desk.begin(user, desk.new_tradeline(user))
    desk.run("system", user, "update public.disputes set status = 'Pending', mailing_service = 'Lob', "
             "mailing_date = now() - interval '9 days', tracking_number = '9407', change_notes = 'ü \"\\'")  # fmt: skip
    desk.move(user, dispute, "Verified")
    return user


def _audit(url: str, **options: Any) -> Audit:
    return audit(chains_in_database(url), CHECK, **options)


async def _sign(database: Database, user: UserId) -> int:
    return await sign_history(database, SIGNER, user, 0)


async def test_what_nobody_touched_holds(whose: UserId, worker_database: Database, database_url: str) -> None:
    assert _audit(database_url) == Audit(disputes=1, entries=3, unsigned=3)
    assert await _sign(worker_database, whose) == 1
    assert await _sign(worker_database, whose) == 0
    assert _audit(database_url) == Audit(disputes=1, entries=3, unsigned=0)


async def test_each_newest_entry_is_signed_in_turn(
    whose: UserId, worker_database: Database, desk: Desk, database_url: str
) -> None:
    await _sign(worker_database, whose)
    (row,) = desk.see("select dispute_id from public.disputes")
    desk.move(whose, UUID(str(row["dispute_id"])), "Deleted")
    assert _audit(database_url).unsigned == 1
    await _sign(worker_database, whose)
    assert desk.see("select position from public.dispute_chain_heads order by 1") == [{"position": 3}, {"position": 4}]
    assert _audit(database_url) == Audit(disputes=1, entries=4, unsigned=0)


@pytest.mark.parametrize("change", TAMPERING)
async def test_tampering_is_found(
    change: str, whose: UserId, worker_database: Database, database_url: str, tmp_path: Path
) -> None:
    """Both in the database and in an export of it."""
    await _sign(worker_database, whose)
    statement, words = TAMPERING[change]
    _behind_the_triggers(database_url, statement)
    found = [text for _, _, text in _audit(database_url).problems]
    assert any(words in text for text in found), found
    lines = [json.dumps(chain) for chain in chains_in_database(database_url)]
    assert [text for _, _, text in audit(chains_in_export(lines), CHECK).problems] == found


async def test_a_broken_chain_is_not_signed(whose: UserId, worker_database: Database, database_url: str) -> None:
    _behind_the_triggers(database_url, "update public.dispute_status_history set change_reason = 'x'")
    assert await _sign(worker_database, whose) == 0
    assert _audit(database_url).unsigned == 3


async def test_a_whole_rollback_shows_against_an_earlier_export(
    whose: UserId, worker_database: Database, database_url: str
) -> None:
    """Signatures taken away together with what they signed leave no trace in the database alone."""
    await _sign(worker_database, whose)
    earlier = list(chains_in_database(database_url))
    assert _audit(database_url, earlier=earlier).problems == []
    _behind_the_triggers(database_url, "delete from public.disputes; delete from public.dispute_status_history; "
                         "delete from public.dispute_chain_heads")  # fmt: skip
    assert _audit(database_url).problems == []
    assert [text for *_, text in _audit(database_url, earlier=earlier).problems] == [
        "the earlier export has it, it is gone now"
    ]


def test_what_is_no_export_is_said(tmp_path: Path) -> None:
    for line in ("{}", "no json", "[]", '{"user_id": 1}'):
        with pytest.raises(InvalidInput, match="Line 1 is no dispute history"):
            list(chains_in_export([line]))


def test_the_command_checks_a_database_and_a_file(whose: UserId, database_url: str, tmp_path: Path) -> None:
    def tribureau(*words: str | Path) -> subprocess.CompletedProcess[str]:
        env = os.environ | {"TRIBUREAU_DATABASE_URL": database_url, "TRIBUREAU_HOME": str(tmp_path)}
        command = [sys.executable, "-m", "tribureau", "audit", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    checked = tribureau("verify")
    assert checked.stderr == ""
    assert (checked.returncode, checked.stdout) == (
        0,
        "1 disputes, 3 entries, 3 of them not signed yet: everything holds.\n",
    )
    assert tribureau("export", tmp_path / "chains").stdout == "1 disputes.\n"
    _behind_the_triggers(database_url, "update public.disputes set status = 'Deleted'")
    assert tribureau("verify").returncode == 1
    key = tribureau("key").stdout.strip()
    assert tribureau("verify", tmp_path / "chains", "--public-key", key).returncode == 0
    refused = tribureau("verify", tmp_path / "chains", "--public-key", "abc")
    assert refused.returncode == 1
    assert "64 hexadecimal digits" in refused.stderr


def _behind_the_triggers(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(b"set session_replication_role = replica;" + statement.encode())
