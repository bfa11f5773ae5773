"""What a browser is told and what is not believed of it: cookies, forms, hosts, origins, headers."""

import re
from typing import Any

import httpx

PASSWORD = "a long and quiet river"
ANN = {"email": "ann@example.com", "password": PASSWORD}


def _csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


async def _signed_in(site: Any) -> httpx.AsyncClient:
    """A browser that signed up through the form."""
    browser: httpx.AsyncClient = site.nobody()
    form = {**ANN, "csrf_token": _csrf(await browser.get("/sign-up"))}
    answer = await browser.post("/sign-up", data=form)
    assert answer.status_code == 303, answer.text
    return browser


async def _is_signed_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/api/v1/tradelines")).status_code == 200


# The cookie


async def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(site: Any) -> None:
    browser = site.nobody()
    form = {**ANN, "csrf_token": _csrf(await browser.get("/sign-up"))}
    answer = await browser.post("/sign-up", data=form)
    (cookie,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith("tribureau=")]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert re.fullmatch(r"tribureau=[\w-]{43}", cookie.split("; ")[0])
    assert "eyJ" not in "".join(answer.headers.values())
    assert await _is_signed_in(browser)


async def test_a_cookie_planted_before_signing_in_is_not_the_session(site: Any) -> None:
    """Session fixation."""
    browser = site.nobody()
    browser.cookies.set("tribureau", "planted", domain="127.0.0.1")
    form = {**ANN, "csrf_token": _csrf(await browser.get("/sign-up"))}
    await browser.post("/sign-up", data=form)
    planted = site.nobody()
    planted.cookies.set("tribureau", "planted", domain="127.0.0.1")
    assert not await _is_signed_in(planted)


async def test_a_stolen_cookie_is_worthless_after_signing_out(site: Any) -> None:
    browser = await _signed_in(site)
    stolen = site.nobody()
    stolen.cookies.set("tribureau", browser.cookies["tribureau"], domain="127.0.0.1")
    assert await _is_signed_in(stolen)
    answer = await browser.post("/sign-out", data={"csrf_token": _csrf(await browser.get("/settings"))})
    assert answer.status_code == 303
    assert "tribureau" not in browser.cookies
    assert not await _is_signed_in(stolen)


async def test_signing_in_again_changes_the_cookie_and_ends_the_old_one(site: Any) -> None:
    browser = await _signed_in(site)
    old = browser.cookies["tribureau"]
    token = _csrf(await browser.get("/settings"))
    await browser.post("/sign-in", data={**ANN, "csrf_token": token})
    assert browser.cookies["tribureau"] != old
    former = site.nobody()
    former.cookies.set("tribureau", old, domain="127.0.0.1")
    assert not await _is_signed_in(former)


# Forms


async def test_a_form_without_its_token_does_nothing(site: Any) -> None:
    browser = site.nobody()
    for path in ("/sign-up", "/sign-in", "/forgotten-password", "/reset-password", "/confirm"):
        _csrf(await browser.get(path))
        for token in ("", "made.up", "😀"):
            answer = await browser.post(path, data={**ANN, "csrf_token": token})
            assert answer.status_code == 403, path
            assert "out of date" in answer.text
    assert "tribureau" not in browser.cookies


async def test_a_token_is_bound_to_its_browser_and_its_session(site: Any) -> None:
    stranger = site.nobody()
    strangers = _csrf(await stranger.get("/sign-in"))
    browser = site.nobody()
    before = _csrf(await browser.get("/sign-up"))
    assert (await browser.post("/sign-up", data={**ANN, "csrf_token": strangers})).status_code == 403
    assert (await browser.post("/sign-up", data={**ANN, "csrf_token": before})).status_code == 303
    for token in (strangers, before):
        assert (await browser.post("/sign-out", data={"csrf_token": token})).status_code == 403
    assert await _is_signed_in(browser)


async def test_the_api_takes_no_change_by_cookie_alone(site: Any) -> None:
    browser = await _signed_in(site)
    account = {"bureau": "Equifax", "creditor_name": "Harbor Bank"}
    refused = await browser.post("/api/v1/tradelines", json=account)
    assert (refused.status_code, refused.json()["code"]) == (403, "form_expired")
    header = {"X-CSRF-Token": _csrf(await browser.get("/settings"))}
    assert (await browser.post("/api/v1/tradelines", json=account, headers=header)).status_code == 201


# Other sites


ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


async def test_a_change_that_another_site_asks_for_is_refused(site: Any) -> None:
    browser = await _signed_in(site)
    form = {"csrf_token": _csrf(await browser.get("/settings"))}
    for headers in ELSEWHERE:
        answer = await browser.post("/sign-out", data=form, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site"), headers
    assert await _is_signed_in(browser)


async def test_our_own_forms_pass(site: Any) -> None:
    browser = await _signed_in(site)
    for fetched in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        form = {"csrf_token": _csrf(await browser.get("/settings")), **ANN}
        headers = {"Origin": site.settings.site_url, **fetched}
        assert (await browser.post("/sign-in", data=form, headers=headers)).status_code == 303, fetched


STRANGE_HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "evil.example:8000",
    "",
    "[",
    "localhost@evil.example",
    "a b",
)


async def test_a_host_that_is_not_ours_is_refused(site: Any) -> None:
    client = site.nobody()
    for host in STRANGE_HOSTS:
        answer = await client.get("/sign-in", headers={"Host": host})
        assert answer.status_code == 400, host
        assert "evil" not in answer.text


async def test_our_own_names_are_answered_on_any_port(site: Any) -> None:
    client = site.nobody()
    for host in ("localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:8000", "localhost."):
        assert (await client.get("/sign-in", headers={"Host": host})).status_code == 200, host


async def test_a_host_header_never_ends_in_a_mail(site: Any) -> None:
    client = site.nobody()
    await client.post("/auth/v1/signup", json=ANN)
    await client.post("/auth/v1/recover", json={"email": ANN["email"]}, headers={"Host": "localhost:6666"})
    (mail,) = site.settings.mails_folder.glob("*.eml")
    assert "6666" not in mail.read_text()


# Headers


PATHS = ("/sign-in", "/", "/api/v1/tradelines", "/auth/v1/user", "/nowhere", "/api/docs")


async def test_every_answer_tells_browsers_what_it_may_do(site: Any) -> None:
    client = site.nobody()
    for path in PATHS:
        _check((await client.get(path)).headers)


def _check(headers: httpx.Headers) -> None:
    policy = dict(directive.split(" ", 1) for directive in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
    assert "access-control-allow-origin" not in headers


async def test_a_refused_host_has_the_headers_too(site: Any) -> None:
    headers = (await site.nobody().get("/", headers={"Host": "evil.example"})).headers
    assert headers["x-content-type-options"] == "nosniff"
