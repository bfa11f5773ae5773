"""A whole Tribureau (site and worker, as processes) on a database of its own, and a real Chromium that looks at it."""

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from tests.conftest import EMBEDDED, PASSWORD, TestServers

from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.samples import sample_reports
from tribureau.samples.responses import sample_answer

USER_PASSWORD = "lantern harbor kestrel 7"
expect.set_options(timeout=20_000)
_START_SECONDS = 30
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium_program() -> str | None:
    """Debian's Chromium, or the one that TRIBUREAU_TEST_CHROMIUM names."""
    named = os.environ.get("TRIBUREAU_TEST_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Jordan Avery's four sample reports and Experian's answer («response») as files, by layout."""
    folder = tmp_path_factory.mktemp("shelf")
    found = {}
    for report in (*sample_reports(), sample_answer()):
        path = folder / report.file_name
        path.write_bytes(report.pdf)
        found[report.truth["layout"]] = path
    return found


@dataclass
class Site:
    """A running site; `url` without a slash at its end, `database_url` is the administrator's."""

    url: str
    database_url: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def stop(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def site(test_servers: TestServers) -> Iterator[Site]:
    """One site and one worker for the session; each test signs up a person of its own."""
    with started_site(test_servers) as site:
        yield site


@contextmanager
def started_site(test_servers: TestServers, **settings: str) -> Iterator[Site]:
    """A site and a worker with these settings besides."""
    database_url = test_servers.create_database(EMBEDDED)
    home = Path(tempfile.mkdtemp(prefix="tribureau-site-"))
    site = Site(f"http://127.0.0.1:{_free_port()}", database_url)
    environment = {
        "PATH": os.environ["PATH"],
        "TRIBUREAU_HOME": str(home),
        "TRIBUREAU_PORT": str(urlsplit(site.url).port),
        "TRIBUREAU_DATABASE_URL": database_url,
        "TRIBUREAU_WEB_DATABASE_URL": login_url(database_url, WEB, PASSWORD),
        "TRIBUREAU_WORKER_DATABASE_URL": login_url(database_url, WORKER, PASSWORD),
        "TRIBUREAU_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "TRIBUREAU_BACKUP_EVERY_HOURS": "0",
        **settings,
    }
    for command in ("serve", "worker"):
        with (home / f"{command}.log").open("wb") as log:
            site.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tribureau", command], env=environment, stdout=log, stderr=subprocess.STDOUT
                )
            )
    try:
        _wait_for(site, home)
        yield site
    finally:
        site.stop()
        test_servers.drop_database(database_url)
        shutil.rmtree(home)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(site: Site, home: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{site.url}/healthz", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    logs = "\n".join(path.read_text()[-2000:] for path in home.glob("*.log"))
    pytest.fail(f"The site did not start within {_START_SECONDS} seconds.\n{logs}")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For a module at a time: while it runs, its event loop bars the asynchronous tests of other modules."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    program = chromium_program()
    if program is None:
        pytest.skip(
            "Not tested: the pages in a browser. Install Debian's chromium, or name one in TRIBUREAU_TEST_CHROMIUM."
        )
    running = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
    yield running
    running.close()


@dataclass
class Person:
    """A browser of its own, signed up and signed in. `complaints` are console errors and requests to other hosts."""

    site: Site
    context: BrowserContext
    page: Page
    email: str
    complaints: list[str]

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site.url}{path}")

    def upload(self, *files: Path) -> None:
        """Chooses files and waits until each is read."""
        self.page.set_input_files("#file", [str(file) for file in files])
        done = self.page.locator(".report[data-status=complete]")
        try:
            expect(done).to_have_count(len(files), timeout=30_000)
        except AssertionError:
            pytest.fail(f"Not read: {self.page.locator('.reports').inner_text()}")


@pytest.fixture
def newcomer(browser: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """Makes people; keyword arguments are those of Playwright's `new_context`. Fails on anything they complain of."""
    with welcoming(browser, site) as make:
        yield make


@contextmanager
def welcoming(browser: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """`newcomer` for as long as the block lasts."""
    people: list[Person] = []

    def make(**options: object) -> Person:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        page = context.new_page()
        person = Person(site, context, page, f"person-{secrets.token_hex(6)}@example.org", [])
        _listen(person)
        people.append(person)
        _sign_up(person)
        return person

    yield make
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.context.close()
    assert complaints == []


def _listen(person: Person) -> None:
    def foreign(address: str) -> bool:
        return address.startswith("http") and urlsplit(address).netloc != urlsplit(person.site.url).netloc

    page, complaints = person.page, person.complaints
    page.on("console", lambda said: complaints.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", lambda sent: complaints.append(f"left: {sent.url}") if foreign(sent.url) else None)


def _sign_up(person: Person) -> None:
    person.go("/sign-up")
    person.page.fill("#email", person.email)
    person.page.fill("#password", USER_PASSWORD)
    person.page.get_by_role("button", name="Sign up").click()
    person.page.get_by_role("heading", name="Start with your credit report").wait_for()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, by npm into a folder of its own."""
    if not shutil.which("npm"):
        pytest.skip("Not tested: the pages with axe-core. It takes npm to get it.")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), "axe-core@4"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("Not tested: the pages with axe-core. npm could not get it.")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text()


def scrolls_sideways(page: Page) -> bool:
    """Of the page as it looks once its style sheets are there, too."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def violations(page: Page, axe: str) -> list[str]:
    """axe's rules that the page breaks, each with the elements. Run outside the page's own content security policy."""
    page.wait_for_load_state()
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    run = f"{axe}; axe.run(document).then(found => JSON.stringify(found.violations))"
    options: dict[str, Any] = {"contextId": world, "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", {"expression": run, **options})
    session.detach()
    found = json.loads(answer["result"]["value"])
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]
