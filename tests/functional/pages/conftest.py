"""A browser without scripts: cookies, forms and their hidden fields over HTTP."""

import re
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest_asyncio
from tests.functional.conftest import PASSWORD, Site

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    client: httpx.AsyncClient

    async def see(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers={"Accept": "text/html"})

    async def send(self, seen_on: str, path: str, **fields: str) -> httpx.Response:
        """Sends a form as the page `seen_on` gives it out."""
        page = await self.see(seen_on)
        found = _TOKEN.search(page.text)
        assert found, page.text
        data = {"csrf_token": found[1], **fields}
        return await self.client.post(path, data=data, headers={"Accept": "text/html"})


async def browser_of(site: Site) -> Browser:
    """Somebody new, signed up through the form."""
    browser = Browser(site.nobody())
    email = f"{uuid4().hex}@example.com"
    answer = await browser.send("/sign-up", "/sign-up", email=email, password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return browser


@pytest_asyncio.fixture
async def browser(site: Site) -> Browser:
    return await browser_of(site)
