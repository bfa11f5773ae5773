"""Supabase's own Python client, unchanged, signs people up, in and out of this site over real HTTP."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest
import pytest_asyncio
from supabase_auth import AsyncGoTrueClient
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

PASSWORD = "a long and quiet river"


@pytest_asyncio.fixture
async def client(site: Any) -> AsyncIterator[AsyncGoTrueClient]:
    async with httpx.AsyncClient(follow_redirects=True) as http_client:
        yield AsyncGoTrueClient(
            url=f"{site.settings.site_url}/auth/v1", http_client=http_client, auto_refresh_token=False
        )


async def test_it_signs_up_in_refreshes_and_out(client: AsyncGoTrueClient) -> None:
    credentials = {"email": "ann@example.com", "password": PASSWORD}
    signed_up = await client.sign_up({**credentials, "options": {"data": {"name": "Ann"}}})  # type: ignore[typeddict-item]
    assert signed_up.session and signed_up.user
    assert signed_up.user.user_metadata == {"name": "Ann"}
    assert signed_up.user.identities and signed_up.user.identities[0].provider == "email"
    signed_in = await client.sign_in_with_password(credentials)  # type: ignore[arg-type]
    assert signed_in.session and signed_in.user and signed_in.user.id == signed_up.user.id
    refreshed = await client.refresh_session()
    assert refreshed.session and refreshed.session.refresh_token != signed_in.session.refresh_token
    shown = await client.get_user()
    assert shown and shown.user.email == "ann@example.com"
    await client.sign_out()
    assert await client.get_session() is None
    with pytest.raises(AuthApiError) as refusal:
        await client.get_user(refreshed.session.access_token)
    assert (refusal.value.status, refusal.value.code) == (403, "session_not_found")


async def test_it_verifies_tokens_by_the_published_keys(client: AsyncGoTrueClient) -> None:
    signed_up = await client.sign_up({"email": "ann@example.com", "password": PASSWORD})
    claims = await client.get_claims()
    assert claims and signed_up.user
    assert claims["headers"]["alg"] == "ES256"
    assert claims["claims"]["sub"] == signed_up.user.id


async def test_it_learns_why_it_was_refused(client: AsyncGoTrueClient) -> None:
    with pytest.raises(AuthWeakPasswordError) as weak:
        await client.sign_up({"email": "ann@example.com", "password": "short"})
    assert weak.value.reasons == ["length"]
    await client.sign_up({"email": "ann@example.com", "password": PASSWORD})
    with pytest.raises(AuthApiError) as taken:
        await client.sign_up({"email": "ANN@example.com", "password": PASSWORD})
    assert (taken.value.status, taken.value.code) == (422, "user_already_exists")
    with pytest.raises(AuthApiError) as wrong:
        await client.sign_in_with_password({"email": "ann@example.com", "password": "another password"})
    assert (wrong.value.status, wrong.value.code) == (400, "invalid_credentials")


async def test_a_reused_refresh_token_ends_the_family(client: AsyncGoTrueClient) -> None:
    first = (await client.sign_up({"email": "ann@example.com", "password": PASSWORD})).session
    second = (await client.refresh_session()).session
    assert first and second
    with pytest.raises(AuthApiError) as reused:
        await client.refresh_session(first.refresh_token)
    assert reused.value.code == "refresh_token_already_used"
    with pytest.raises(AuthApiError) as ended:
        await client.refresh_session(second.refresh_token)
    assert ended.value.code == "refresh_token_not_found"


async def test_it_enrols_an_authenticator_and_reaches_the_second_level(client: AsyncGoTrueClient) -> None:
    await client.sign_up({"email": "ann@example.com", "password": PASSWORD})
    enrolled = await client.mfa.enroll({"factor_type": "totp", "friendly_name": "phone", "issuer": "Tribureau"})
    assert enrolled.totp and enrolled.totp.qr_code.startswith("data:image/svg+xml;utf-8,<svg")
    verified = await client.mfa.challenge_and_verify(
        {"factor_id": enrolled.id, "code": pyotp.TOTP(enrolled.totp.secret).now()}
    )
    assert verified.user.factors and verified.user.factors[0].status == "verified"
    level = await client.mfa.get_authenticator_assurance_level()
    assert (level.current_level, level.next_level) == ("aal2", "aal2")
    assert [method.method for method in level.current_authentication_methods] == ["totp", "password"]
    assert [factor.id for factor in (await client.mfa.list_factors()).totp] == [enrolled.id]
    assert (await client.mfa.unenroll({"factor_id": enrolled.id})).id == enrolled.id
    assert (await client.mfa.list_factors()).all == []


async def test_it_changes_the_user_and_sets_a_new_password_by_a_link(client: AsyncGoTrueClient, site: Any) -> None:
    await client.sign_up({"email": "ann@example.com", "password": PASSWORD})
    changed = await client.update_user({"data": {"name": "Ann"}, "email": "new@example.com"})
    assert (changed.user.email, changed.user.user_metadata) == ("new@example.com", {"name": "Ann"})
    await client.update_user({"password": "another long river"})
    await client.sign_out()
    await client.reset_password_for_email("new@example.com")
    token = _newest_link_token(site)
    recovered = await client.verify_otp({"token_hash": token, "type": "recovery"})
    assert recovered.session
    await client.update_user({"password": "a third long river"})
    await client.sign_in_with_password({"email": "new@example.com", "password": "a third long river"})


async def test_a_clicked_link_leads_back_with_tokens_and_nowhere_else(client: AsyncGoTrueClient, site: Any) -> None:
    await client.sign_up({"email": "ann@example.com", "password": PASSWORD})
    await client.reset_password_for_email("ann@example.com")
    link = f"/auth/v1/verify?type=recovery&token={_newest_link_token(site)}&redirect_to=https://evil.example/"
    answer = await site.nobody().get(link)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{site.settings.site_url}/#access_token=")
    await client.initialize(url=answer.headers["location"])
    assert await client.get_user()
    again = await site.nobody().get(link)
    facts = parse_qs(urlsplit(again.headers["location"]).fragment)
    assert facts["error_code"] == ["otp_expired"]


def _newest_link_token(site: Any) -> str:
    newest = max(site.settings.mails_folder.glob("*.eml"))
    text: str = newest.read_text().replace("=\n", "").replace("=3D", "=")
    return text.partition("token=")[2].split()[0].split('"')[0]
