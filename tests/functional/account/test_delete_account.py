"""Leaving for good, by program and by page: only by who shows again that it is them, after their data was offered."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest_asyncio
from httpx import codes
from tests.functional.account.lives import SECRETS, lived
from tests.functional.account.test_export import PROOF, exported
from tests.functional.conftest import PASSWORD, Site, until_read
from tests.functional.pages.conftest import Browser, browser_of

LEAVING = {**PROOF, "confirmation": "delete my account"}


async def leave(client: httpx.AsyncClient, **said: Any) -> httpx.Response:
    return await client.request("DELETE", "/api/v1/account", json={**LEAVING, **said})


async def test_a_life_is_erased(site: Site, worker: None, database_url: str) -> None:
    life = await lived(await site.somebody(), until_read)
    other = await site.somebody()
    await exported(life.client)
    user = (await life.client.get("/auth/v1/user")).json()
    assert (await leave(life.client)).status_code == codes.NO_CONTENT
    assert (await life.client.get("/api/v1/disputes")).status_code == codes.UNAUTHORIZED
    account = {"email": user["email"], "password": PASSWORD}
    back = await site.nobody().post("/auth/v1/token?grant_type=password", json=account)
    assert back.json()["error_code"] == "invalid_credentials"
    assert (await other.get("/api/v1/disputes")).status_code == codes.OK
    _nothing_is_left(site.settings.home, database_url, user)
    again = await site.nobody().post("/auth/v1/signup", json=account)
    assert again.is_success, "the address is free again"


def _nothing_is_left(home: Path, database_url: str, user: dict[str, Any]) -> None:
    wanted = (user["id"], user["email"], *SECRETS)
    for path in home.rglob("*"):
        assert user["id"] not in str(path)
        if path.is_file():
            assert not [one for one in wanted if one.encode() in path.read_bytes()], path
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and "
            "c.relnamespace::regnamespace::text in ('public', 'tribureau', 'identity', 'auth', 'queue')"
        ).fetchall()
        for (table,) in tables:
            text = str(connection.execute(f"select * from {table}".encode()).fetchall())
            assert not [one for one in wanted if one in text], table
        assert connection.execute(
            "select asked_by, counts ->> 'letters', signature is not null from tribureau.erasures"
        ).fetchall() == [("user", "1", True)]


async def test_what_is_refused_changes_nothing(site: Site) -> None:
    client, nobody = await site.somebody(), site.nobody()
    for said, status, code in (
        ({"confirmation": ""}, codes.UNPROCESSABLE_ENTITY, "invalid_input"),
        ({"confirmation": "delete"}, codes.UNPROCESSABLE_ENTITY, "invalid_input"),
        ({"current_password": ""}, codes.FORBIDDEN, "reauthentication_needed"),
        ({"current_password": "another river"}, codes.FORBIDDEN, "reauthentication_needed"),
        ({}, codes.CONFLICT, "export_first"),
    ):
        refused = await leave(client, **said)
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
        assert refused.json()["hint"]
    assert (await leave(nobody)).status_code == codes.UNAUTHORIZED
    assert (await client.get("/auth/v1/user")).status_code == codes.OK
    assert (await leave(client, without_export=True)).status_code == codes.NO_CONTENT
    assert (await leave(client, without_export=True)).status_code == codes.UNAUTHORIZED


async def test_guessing_the_password_is_slowed_down(site: Site) -> None:
    client = await site.somebody()
    answers = [await leave(client, current_password=f"guess {number}") for number in range(12)]
    assert answers[-1].status_code == codes.TOO_MANY_REQUESTS
    assert (await leave(client, without_export=True)).status_code == codes.TOO_MANY_REQUESTS


@pytest_asyncio.fixture
async def browser(site: Site) -> Browser:
    return await browser_of(site)


async def test_by_the_page_without_scripts(browser: Browser) -> None:
    page, settings = "/settings/delete-account", (await browser.see("/settings")).text
    assert page in settings and "/settings/export" in settings
    fields = {"confirmation": "delete my account", "current_password": PASSWORD}
    refused = await browser.send(page, page, **{**fields, "confirmation": "no"})
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    assert "Type: delete my account" in refused.text
    offered = await browser.send(page, page, **fields)
    assert offered.status_code == codes.CONFLICT
    assert "You have no copy of your data." in offered.text
    mistyped = await browser.send(page, page, **{**fields, "current_password": "no"}, without_export="true")
    assert mistyped.status_code == codes.FORBIDDEN
    assert 'value="delete my account"' in mistyped.text and "required checked>" in mistyped.text
    gone = await browser.send(page, page, **fields, without_export="true")
    assert (gone.status_code, gone.headers["location"]) == (codes.SEE_OTHER, "/account-deleted")
    assert "Your account is deleted" in (await browser.see("/account-deleted")).text
    assert (await browser.see("/settings")).headers["location"].startswith("/sign-in")


async def test_a_form_of_another_page_deletes_nothing(browser: Browser) -> None:
    fields = {"confirmation": "delete my account", "current_password": PASSWORD, "without_export": "true"}
    refused = await browser.client.post("/settings/delete-account", data={**fields, "csrf_token": "x"})
    assert refused.status_code == codes.FORBIDDEN
    assert (await browser.see("/settings")).status_code == codes.OK


async def test_the_page_of_ones_data_without_scripts(browser: Browser, worker: None) -> None:
    page = "/settings/export"
    wrong = await browser.send(page, page, current_password="no")
    assert wrong.status_code == codes.FORBIDDEN and "This is not your password." in wrong.text
    asked = await browser.send(page, page, current_password=PASSWORD)
    assert (asked.status_code, asked.headers["location"]) == (codes.SEE_OTHER, page)
    async with asyncio.timeout(30):
        while "Download the ZIP file" not in (await browser.see(page)).text:
            await asyncio.sleep(0.05)
    wrong = await browser.send(page, f"{page}/download", current_password="no")
    assert wrong.status_code == codes.FORBIDDEN
    zipped = await browser.send(page, f"{page}/download", current_password=PASSWORD)
    assert zipped.headers["content-type"] == "application/zip" and zipped.content.startswith(b"PK")
    removed = await browser.send(page, f"{page}/remove")
    assert removed.headers["location"] == f"{page}?done=export-removed"
    assert "Make my copy" in (await browser.see(page)).text
