"""What somebody changes behind the triggers' back is found: in the database, and in an export far from it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database, UserId
from tribureau.domain.disputes.history import Head
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
  declare h record; before bytea;
  begin
    for h in select * from public.dispute_status_history order by dispute_id, position loop
      if h.position = 1 then before := decode(repeat('00', 32), 'hex'); end if;
      update public.dispute_status_history set previous_hash = before, hash = sha256(before || convert_to(
        jsonb_build_array(h.position, h.history_id, h.user_id, h.dispute_id, h.previous_status, h.new_status,
          h.changed_by, h.change_reason, h.change_notes,
          to_char(h.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), h.facts)::text, 'UTF8'))
        where history_id = h.history_id returning hash into before;
    end loop;
  end $$;
  select pg_temp.rehash();
"""
EVERYTHING = (
    "delete from public.disputes; delete from public.dispute_status_history; delete from public.dispute_chain_heads; "
    "delete from public.dispute_pages;"
)
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
    "a step that nobody may take": (
        "update public.dispute_status_history set previous_status = 'Draft', changed_by = 'system' where position = 3; "
        "update public.dispute_status_history set new_status = 'Draft' where position = 2;" + REHASH,
        "goes from Draft to Verified, which the system can't",
    ),
    "a day before the one before it": (
        "update public.dispute_status_history set changed_at = changed_at - interval '1 day' where position = 3;"
        + REHASH,
        "entry 3 is dated before the one before it",
    ),
    "another round": (
        "update public.dispute_status_history set facts = facts || '{\"round\": 2}' where position = 3;" + REHASH,
        "round 1 of this dispute is gone",
    ),
    "the dispute with all that was signed of it": (EVERYTHING, "roll of"),
    "the roll": ("delete from public.dispute_rolls", "the signed roll of this user's disputes is gone"),
    "what the roll says": ("update public.dispute_rolls set disputes = 2", "signature of the roll"),
    "whose roll it is": (
        "update public.dispute_rolls set key_id = 'mine'",
        "the roll of disputes is signed with the key",
    ),
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
    return audit(chains_in_database(url), CHECK, **{"now": datetime.now(UTC), **options})


def _words(url: str, **options: Any) -> list[str]:
    return [text for *_, text in _audit(url, **options).problems]


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
    """Both in the database and in an export of it, which only can't tell whether its roll was left out."""
    await _sign(worker_database, whose)
    statement, words = TAMPERING[change]
    _behind_the_triggers(database_url, statement)
    found = [text for _, _, text in _audit(database_url).problems]
    assert any(words in text for text in found), found
    lines = [json.dumps(chain) for chain in chains_in_database(database_url)]
    in_export = [text for _, _, text in audit(chains_in_export(lines), CHECK).problems]
    assert in_export == [text for text in found if change != "the roll"]


async def test_a_broken_chain_is_not_signed(whose: UserId, worker_database: Database, database_url: str) -> None:
    _behind_the_triggers(database_url, "update public.dispute_status_history set change_reason = 'x'")
    assert await _sign(worker_database, whose) == 0
    assert _audit(database_url).unsigned == 3


async def test_a_whole_rollback_shows_against_an_earlier_export(
    whose: UserId, worker_database: Database, database_url: str
) -> None:
    """Who takes away all that there is of a user, the roll too, leaves no trace in the database alone."""
    await _sign(worker_database, whose)
    earlier = list(chains_in_database(database_url))
    assert _audit(database_url, earlier=earlier).problems == []
    _behind_the_triggers(database_url, EVERYTHING + "delete from public.dispute_rolls")
    assert _audit(database_url).problems == []
    assert [text for *_, text in _audit(database_url, earlier=earlier).problems] == [
        "the earlier export has it, it is gone now"
    ]


async def test_the_newest_entry_taken_away_with_its_signature_is_missed_by_the_roll(
    whose: UserId, worker_database: Database, desk: Desk, database_url: str
) -> None:
    """And stays so, however much is written and signed afterwards."""
    await _sign(worker_database, whose)
    before = desk.see("select * from public.disputes")[0]
    desk.move(whose, before["dispute_id"], "Deleted")
    await _sign(worker_database, whose)
    assert _words(database_url) == []
    _behind_the_triggers(
        database_url,
        "delete from public.dispute_status_history where position = 4; "
        "delete from public.dispute_chain_heads where position = 4; "
        "update public.disputes set status = 'Verified', status_updated_at = (select changed_at from "
        "public.dispute_status_history where position = 3), status_updated_by = 'system', version = 3",
    )
    (words,) = _words(database_url)
    assert "some were taken away" in words
    desk.move(whose, before["dispute_id"], "Updated")
    assert await _sign(worker_database, whose) == 1
    assert _words(database_url) == [words]


async def test_a_history_that_is_made_anew_without_signatures_is_not_signed_into_truth(
    whose: UserId, worker_database: Database, desk: Desk, database_url: str
) -> None:
    other = UUID(str(desk.begin(whose, desk.new_tradeline(whose))))
    await _sign(worker_database, whose)
    _behind_the_triggers(
        database_url,
        f"delete from public.dispute_chain_heads where dispute_id <> '{other}'; "
        "update public.dispute_status_history set change_notes = 'forged' where position = 2;" + REHASH,
    )
    assert any("some were taken away" in words for words in _words(database_url))
    await _sign(worker_database, whose)
    assert any("some were taken away" in words for words in _words(database_url))


async def test_signatures_that_come_late_or_never_are_told(whose: UserId, database_url: str) -> None:
    """Whoever strips all signatures of a user leaves entries that were not signed when they were written."""
    month = datetime.now(UTC) + timedelta(days=30)
    (words,) = _words(database_url, now=month)
    assert words == "entry 1 is not signed after 30 days: an earlier signature may have been taken away"
    chains = list(chains_in_database(database_url))
    assert audit(chains, CHECK).problems == [], "nobody knows how old a file is"
    entries = chains[0]["entries"]
    late = Head(whose, UUID(chains[0]["dispute_id"]), 3, bytes.fromhex(entries[2]["hash"][2:]), month)
    chains[0]["heads"] = [_head_row(late)]
    ((_, _, words),) = audit(chains, CHECK).problems
    assert "entry 1 was signed 30 days after it was written" in words


async def test_a_round_that_is_gone_leaves_a_gap(
    whose: UserId, worker_database: Database, desk: Desk, database_url: str
) -> None:
    (row,) = desk.see("select dispute_id from public.disputes")
    desk.move(whose, row["dispute_id"], "Escalated", who="user")
    assert _words(database_url) == []
    chains = list(chains_in_database(database_url))
    for kept, words in ((0, "it was escalated, and round 2 is gone"), (1, "round 1 of this dispute is gone")):
        alone = sorted(chains, key=lambda chain: chain["entries"][0]["facts"]["round"])[kept]
        assert [text for *_, text in audit([alone], CHECK).problems] == [words]


async def test_a_chain_under_another_disputes_name_is_told(
    whose: UserId, worker_database: Database, desk: Desk, database_url: str
) -> None:
    """Its hashes and signatures hold, where they belong."""
    desk.begin(whose, desk.new_tradeline(whose))
    await _sign(worker_database, whose)
    one, other, _ = chains_in_database(database_url)
    one["dispute_id"], other["dispute_id"] = other["dispute_id"], one["dispute_id"]
    found = [text for *_, text in audit([one, other], CHECK).problems]
    assert "entry 1 belongs to another dispute" in found
    assert "the signature of entry 1 belongs to another dispute" in found


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


def _head_row(head: Head) -> dict[str, Any]:
    return {
        "user_id": str(head.user_id), "dispute_id": str(head.dispute_id), "position": head.position,
        "hash": "\\x" + head.hash.hex(), "signed_at": head.signed_at.isoformat(), "key_id": SIGNER.key_id,
        "signature": "\\x" + SIGNER.sign(head.statement()).hex(),
    }  # fmt: skip


def _behind_the_triggers(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(b"set session_replication_role = replica;" + statement.encode())
