"""The page about the person and the form about oneself, without scripts."""

import asyncio
import re

import pytest
from tests.functional.conftest import until_read
from tests.functional.pages.conftest import Browser

from tribureau.samples import make_report

pytestmark = pytest.mark.usefixtures("worker")
MINE = {
    "name": "Boris Solvang",
    "former_names": "Boris Fenwick\n",
    "street": "5 Old Mill Rd",
    "unit": "Apt 4",
    "city": "Tarn Hollow",
    "state": "zx",
    "zip_code": "00018",
    "earlier_addresses": "77 Saltmarsh Ln, Eastmere, QJ 00022",
    "date_of_birth": "1931-07-29",
    "ssn_last4": "7193",
}


async def _uploaded(browser: Browser) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', (await browser.see("/")).text)
    assert token
    pdf = make_report("transunion", seed=2, accounts=1).pdf
    sent = await browser.client.post(
        "/reports", files={"file": ("r.pdf", pdf, "application/pdf")}, data={"csrf_token": token[1]}
    )
    assert sent.status_code == 303, sent.text
    found = re.search(r"/reports/([0-9a-f-]{36})", sent.headers["location"] + (await browser.see("/reports")).text)
    assert found
    await until_read(browser.client, found[1])
    return f"/reports/{found[1]}/about-you"


async def test_the_form_about_oneself_keeps_what_is_typed(browser: Browser) -> None:
    answer = await browser.send("/settings/profile", "/settings/profile", **MINE)
    assert answer.headers["location"] == "/settings/profile?done=profile"
    page = (await browser.see("/settings/profile")).text
    for shown in ("Boris Solvang", "Boris Fenwick", 'value="ZX"', "77 Saltmarsh Ln, Eastmere, QJ 00022", "7193"):
        assert shown in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ssn_last4": "71932"}, "The last four digits only."),
        ({"zip_code": "1"}, "not filled in right"),
        ({"date_of_birth": "29/7/31"}, "no date"),
        ({"earlier_addresses": "somewhere"}, "One in a line"),
    ],
)
async def test_what_can_not_be_is_refused_and_stays_typed(browser: Browser, wrong: dict[str, str], words: str) -> None:
    answer = await browser.send("/settings/profile", "/settings/profile", **(MINE | wrong))
    assert answer.status_code == 422
    assert words in answer.text and "Boris Solvang" in answer.text


async def test_what_is_not_ones_own_is_said_and_taken_back(browser: Browser) -> None:
    here = await _uploaded(browser)
    page = (await browser.see(here)).text
    assert "You, as this report names you" in page and "Finding: a name" not in page
    assert "Finding: a lien or judgment that bureaus leave out" in page
    assert "Finding: a public record that is too old" in page
    assert f'<a href="{here}">You, as this report names you</a>' in (await browser.see(here.rpartition("/")[0])).text
    ids = re.search(rf'action="{here}/information/not-mine".*?name="ids" value="([^"]+)"', page, re.DOTALL)
    assert ids
    await browser.send(here, f"{here}/information/not-mine", ids=ids[1])
    async with asyncio.timeout(20):
        while "Finding: a name that is not yours" not in (page := (await browser.see(here)).text):
            await asyncio.sleep(0.05)
    assert "✕</span> not mine" in page
    aside = re.search(rf'action="({here}/findings/[^"]+/dismiss)"', page)
    assert aside
    assert (await browser.send(here, aside[1])).headers["location"] == f"{here}?done=set-aside#findings"
    await browser.send(here, f"{here}/information/undo", ids=ids[1])
    assert "✕</span> not mine" not in (await browser.see(here)).text
