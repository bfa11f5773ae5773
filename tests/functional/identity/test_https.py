"""Behind https: cookies that browsers hold to this host, and the promise to stay on https."""

from typing import Any

import pytest

from tribureau.settings import Settings
from tribureau.web.security import answered_names

ANN = {"email": "ann@example.com", "password": "a long and quiet river"}
PUBLIC = {"Host": "credit.example"}


@pytest.fixture
def site_settings(site_settings: Settings) -> Settings:
    return site_settings.model_copy(update={"public_url": "https://credit.example/"})


async def test_cookies_are_secure_and_bound_to_the_host(site: Any, site_settings: Settings) -> None:
    client = site.nobody()
    client.base_url = f"http://127.0.0.1:{site_settings.port}"
    page = await client.get("/sign-up", headers=PUBLIC)
    (form_cookie,) = page.headers.get_list("set-cookie")
    assert form_cookie.startswith("__Host-tribureau-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(form_cookie.split("; "))
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    headers = {**PUBLIC, "Cookie": form_cookie.partition(";")[0], "Origin": "https://credit.example"}
    answer = await client.post("/sign-up", data={**ANN, "csrf_token": token}, headers=headers)
    assert answer.status_code == 303, answer.text
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-tribureau=") and "Secure" in cookie and "Domain" not in cookie


def test_names_come_from_the_public_address_and_the_setting(site_settings: Settings) -> None:
    settings = site_settings.model_copy(update={"allowed_hosts": ["Credit.home", "[fd00::1]"]})
    assert answered_names(settings) == {
        "credit.example", "credit.home", "fd00::1", "localhost", "127.0.0.1", "::1"
    }  # fmt: skip
