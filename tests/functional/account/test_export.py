"""Taking everything away: asked for, made, downloaded, gone after a day; with what only its user may do."""

import asyncio
import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import psycopg
import pyotp
from httpx import codes
from tests.functional.account.lives import BORN, PROFILE, SSN, STREET, Life, lived
from tests.functional.conftest import PASSWORD, Site, until_read, working_with

from tribureau.bootstrap import open_worker
from tribureau.workflows.exporting.sweep_exports import sweep_exports

PROOF = {"current_password": PASSWORD}


async def until_made(client: httpx.AsyncClient) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            found: dict[str, Any] = (await client.get("/api/v1/export")).raise_for_status().json()
            if found["state"] in ("ready", "failed"):
                return found
            await asyncio.sleep(0.05)


async def exported(client: httpx.AsyncClient) -> ZipFile:
    asked = await client.post("/api/v1/export", json=PROOF)
    assert asked.status_code == codes.ACCEPTED, asked.text
    made = await until_made(client)
    assert made["state"] == "ready", made
    answer = await client.post("/api/v1/export/download", json=PROOF)
    assert answer.status_code == codes.OK, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(answer.content) == made["size_bytes"]
    archive = ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


async def test_one_file_holds_everything_and_proves_itself(site: Site, worker: None, tmp_path: Path) -> None:
    life = await lived(await site.somebody(), until_read)
    archive = await exported(life.client)
    about = json.loads(archive.read("export.json"))
    assert (about["format"], about["version"]) == ("tribureau-export", 1)
    _has_the_files(archive, about, life)
    await _has_the_records(archive, about, life)
    _has_the_spreadsheets(archive)
    _proves_itself(archive, tmp_path)


async def test_a_disputed_name_is_open_in_its_users_own_file(site: Site, worker: None) -> None:
    client = await site.somebody()
    life = await lived(client, until_read)
    found = (await client.get("/api/v1/personal-information", params={"upload_id": life.report})).json()["items"]
    named = next(one for one in found if one["kind"] in ("name", "current_address", "previous_address"))
    pick = {"information_id": named["information_id"], "bureau": named["bureau"] or "Equifax"}
    (await client.post("/api/v1/letters", json={"picks": [pick]})).raise_for_status()
    archive = await exported(client)
    rows = json.loads(archive.read("data/disputes.json"))
    (disputed,) = [row for row in rows if row["item_kind"] == "personal"]
    assert disputed["disputed_value"] == named["value"]
    assert all("disputed_value" not in row for row in rows if row is not disputed)
    cells = csv.DictReader(io.StringIO(archive.read("disputes.csv").decode("utf-8-sig")))
    assert sorted(row["disputed_value"] for row in cells) == ["", "", named["value"]]


def _has_the_files(archive: ZipFile, about: dict[str, Any], life: Life) -> None:
    files = {file["path"]: file for file in about["files"]}
    assert not [path for path, file in files.items() if file.get("missing")]
    for folder, kept in (("reports", life.report), ("answers", life.answer), ("letters", life.letter),
                         ("enclosures", life.enclosure)):  # fmt: skip
        [path] = [path for path in files if path.startswith(f"{folder}/") and path.endswith(f"{kept[:8]}.pdf")]
        assert archive.read(path).startswith(b"%PDF"), path
        assert len(archive.read(path)) == files[path]["size_bytes"]
    assert not [path for path in files if path.startswith("other/")]


async def _has_the_records(archive: ZipFile, about: dict[str, Any], life: Life) -> None:
    assert json.loads(archive.read("data/profiles.json"))[0]["profile"]["date_of_birth"] == PROFILE["date_of_birth"]
    named = json.loads(archive.read("data/reported_personal_information.json"))
    assert any(STREET in (row["value"] or "").title() for row in named)
    disputes = json.loads(archive.read("data/disputes.json"))
    assert {row["dispute_id"] for row in disputes} == set(life.disputes)
    account = json.loads(archive.read("account.json"))
    assert account["email"] == (await life.client.get("/auth/v1/user")).json()["email"]
    assert len(account["sessions"]) == 1
    described = json.loads(archive.read("schema.json"))
    for table, count in about["records"].items():
        rows = json.loads(archive.read(f"data/{table}.json"))
        assert len(rows) == count, table
        columns = {column["name"] for column in described[table]["columns"]} | {"profile", "value"}
        assert all(set(row) <= columns for row in rows), table
    everything = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf"))
    assert BORN.isoformat().encode() in everything, "what is sealed on the server is open in the user's own file"


def _has_the_spreadsheets(archive: ZipFile) -> None:
    for name, heading in (("tradelines", "creditor_name"), ("disputes", "status"), ("history", "new_status"),
                          ("scores", "score_value")):  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
        assert all(heading in row for row in rows), name
        assert rows or name == "scores"


def _proves_itself(archive: ZipFile, tmp_path: Path) -> None:
    """As the README says, with no database and no key of the site at hand; and a changed entry is found."""
    chains = tmp_path / "chains.jsonl"
    chains.write_bytes(archive.read("history/chains.jsonl"))
    key = archive.read("history/public-key.txt").decode().strip()
    assert f"audit verify history/chains.jsonl --public-key {key}" in archive.read("README.txt").decode()
    assert _verified(chains, key, tmp_path).stdout.strip().endswith("everything holds.")
    chains.write_text(chains.read_text().replace('"Pending"', '"Draft"', 1))
    assert _verified(chains, key, tmp_path).returncode == 1


def _verified(chains: Path, key: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tribureau", "audit", "verify", str(chains), "--public-key", key]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={"TRIBUREAU_HOME": str(home / "nowhere")}
    )


async def test_it_takes_the_password_again_and_the_code(site: Site, worker: None) -> None:
    client = await site.somebody()
    for proof in ({}, {"current_password": "wrong"}, {"current_password": "", "code": "123456"}):
        for path in ("/api/v1/export", "/api/v1/export/download"):
            refused = await client.post(path, json=proof)
            assert (refused.status_code, refused.json()["code"]) == (codes.FORBIDDEN, "reauthentication_needed"), path
    assert (await client.get("/api/v1/export")).status_code == codes.NOT_FOUND

    secret, client = await _with_second_factor(client)
    refused = await client.post("/api/v1/export", json=PROOF)
    assert (refused.status_code, refused.json()["code"]) == (codes.UNPROCESSABLE_ENTITY, "mfa_verification_failed")
    next_code = pyotp.TOTP(secret).at(int(time.time()) + 30)
    assert (await client.post("/api/v1/export", json={**PROOF, "code": next_code})).status_code == codes.ACCEPTED
    again = await client.post("/api/v1/export/download", json={**PROOF, "code": next_code})
    assert again.json()["code"] == "mfa_verification_failed", "no code counts twice"


async def _with_second_factor(client: httpx.AsyncClient) -> tuple[str, httpx.AsyncClient]:
    body = {"factor_type": "totp", "friendly_name": "phone"}
    factor = (await client.post("/auth/v1/factors", json=body)).raise_for_status().json()
    secret, address = factor["totp"]["secret"], f"/auth/v1/factors/{factor['id']}"
    challenge = (await client.post(f"{address}/challenge")).raise_for_status().json()
    code = {"challenge_id": challenge["id"], "code": pyotp.TOTP(secret).now()}
    tokens = (await client.post(f"{address}/verify", json=code)).raise_for_status().json()
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    return secret, client


async def test_one_at_a_time_and_a_new_one_replaces_the_old(site: Site, site_settings: Any) -> None:
    client = await site.somebody()
    assert (await client.post("/api/v1/export", json=PROOF)).status_code == codes.ACCEPTED
    refused = await client.post("/api/v1/export", json=PROOF)
    assert refused.status_code == codes.CONFLICT
    assert "already" in refused.json()["message"]
    not_ready = await client.post("/api/v1/export/download", json=PROOF)
    assert not_ready.status_code == codes.NOT_FOUND
    async with working_with(site_settings):
        first = await until_made(client)
        assert (await client.post("/api/v1/export", json=PROOF)).status_code == codes.ACCEPTED
        second = await until_made(client)
    assert first["requested_at"] < second["requested_at"]
    assert len(_parts(site)) == 1
    told = (await client.get("/api/v1/notifications")).json()
    assert [one["kind"] for one in (told if isinstance(told, list) else told["items"])].count("export_ready") == 2


async def test_it_ends_after_a_day_and_can_be_removed_before(site: Site, worker: None, database_url: str) -> None:
    client = await site.somebody()
    await exported(client)
    assert (await client.delete("/api/v1/export")).status_code == codes.NO_CONTENT
    assert _parts(site) == []
    assert (await client.delete("/api/v1/export")).status_code == codes.NOT_FOUND
    await exported(client)
    with psycopg.connect(database_url) as connection:
        connection.execute("update public.exports set expires_at = now() - interval '1 second'")
    assert (await client.get("/api/v1/export")).status_code == codes.NOT_FOUND
    assert (await client.post("/api/v1/export/download", json=PROOF)).status_code == codes.NOT_FOUND
    async with open_worker(site.settings) as parts:
        assert await sweep_exports(parts.reports) == 1
    assert _parts(site) == []
    assert (await client.post("/api/v1/export", json=PROOF)).status_code == codes.ACCEPTED


async def test_nobody_elses(site: Site, worker: None) -> None:
    ann, bob = await site.somebody(), await site.somebody()
    await exported(ann)
    assert (await bob.get("/api/v1/export")).status_code == codes.NOT_FOUND
    assert (await bob.post("/api/v1/export/download", json=PROOF)).status_code == codes.NOT_FOUND
    assert (await bob.delete("/api/v1/export")).status_code == codes.NOT_FOUND
    nobody = site.nobody()
    assert (await nobody.post("/api/v1/export", json=PROOF)).status_code == codes.UNAUTHORIZED
    mine = json.loads((await exported(bob)).read("export.json"))
    assert mine["user_id"] == (await bob.get("/auth/v1/user")).json()["id"]
    assert SSN not in json.dumps(mine)


def _parts(site: Site) -> list[Path]:
    return list(site.settings.reports_folder.rglob("*.part"))
