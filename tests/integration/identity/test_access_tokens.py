"""Which access tokens are believed: ours, Supabase's where settings say so, and nothing else."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import jwt
import psycopg
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import Unavailable
from tribureau.providers.identity.errors import AccountBanned, InvalidToken, SessionEnded
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device, Tokens
from tribureau.providers.identity.supabase_keys import SupabaseTokens
from tribureau.storage.keys import MasterKey

PASSWORD = "seven quiet lanterns"
SECRET = "a supabase project's own secret of enough length"
ISSUER = "https://project.example/auth/v1"
_NOW = int(time.time())
_A_DAY = 86_400  # far beyond what a whole run of the tests takes


@pytest_asyncio.fixture
async def tokens(identity: LocalIdentity, device: Device) -> Tokens:
    signed_up = await identity.sign_up("ann@example.org", PASSWORD, device)
    assert signed_up.tokens
    return signed_up.tokens


def _claims(user: object, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "sub": str(user),
        "aud": "authenticated",
        "iss": ISSUER,
        "role": "authenticated",
        "iat": now,
        "exp": now + 60,
        "email": "ann@example.org",
        "session_id": str(uuid4()),
        "aal": "aal1",
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def _unsigned(token: str, **header: Any) -> str:
    head = base64.urlsafe_b64encode(json.dumps({"typ": "JWT", **header}).encode()).decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


# Ours


async def test_its_claims_are_supabases(tokens: Tokens, identity: LocalIdentity) -> None:
    header = jwt.get_unverified_header(tokens.access_token)
    (jwk,) = (await identity.jwks())["keys"]
    assert (header["alg"], header["kid"]) == ("ES256", jwk["kid"])
    assert "d" not in jwk
    claims = jwt.decode(tokens.access_token, jwt.PyJWK(jwk), algorithms=["ES256"], audience="authenticated")
    assert claims["iss"] == "http://127.0.0.1:8000/auth/v1"
    assert claims["role"] == "authenticated"
    assert claims["amr"][0]["method"] == "password"
    assert claims["exp"] - claims["iat"] == 3600 == tokens.expires_in


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", ""])
async def test_an_unsigned_token_is_refused(tokens: Tokens, identity: LocalIdentity, algorithm: str) -> None:
    kid = jwt.get_unverified_header(tokens.access_token)["kid"]
    for header in ({"alg": algorithm}, {"alg": algorithm, "kid": kid}):
        with pytest.raises(InvalidToken):
            await identity.verify(_unsigned(tokens.access_token, **header))


async def test_the_public_key_is_no_secret_to_sign_with(tokens: Tokens, identity: LocalIdentity) -> None:
    """Algorithm confusion: HS256 under the published key."""
    (jwk,) = (await identity.jwks())["keys"]
    key = jwt.PyJWK(jwk).key
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for secret in (pem, der, json.dumps(jwk).encode()):
        forged = _hs256(tokens.access_token, secret, kid=jwk["kid"])
        with pytest.raises(InvalidToken):
            await identity.verify(forged)


def _hs256(token: str, secret: bytes, **header: str) -> str:
    unsigned = _unsigned(token, alg="HS256", **header).removesuffix(".")
    seal = jwt.get_algorithm_by_name("HS256").sign(unsigned.encode(), secret)
    return f"{unsigned}.{base64.urlsafe_b64encode(seal).decode().rstrip('=')}"


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b.c", "ä.ö.ü", "\x00", "x" * 20_000, "e30.e30.e30", "bnVsbA.e30.e30"]
)
async def test_what_is_no_token_is_refused(identity: LocalIdentity, token: str) -> None:
    with pytest.raises(InvalidToken):
        await identity.verify(token)


async def test_a_changed_token_is_refused(tokens: Tokens, identity: LocalIdentity) -> None:
    head, body, seal = tokens.access_token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["sub"] = str(uuid4())
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    for forged in (f"{head}.{changed}.{seal}", f"{head}.{body}.{seal[:-4]}AAAA"):
        with pytest.raises(InvalidToken):
            await identity.verify(forged)


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": _NOW - 60},
        {"exp": None},
        {"iat": None},
        {"iat": _NOW + _A_DAY},
        {"nbf": _NOW + _A_DAY},
        {"aud": "someone else"},
        {"aud": None},
        {"iss": "http://elsewhere.example/auth/v1"},
        {"iss": None},
        {"sub": None},
        {"sub": "ann"},
        {"sub": 7},
        {"role": "anon"},
        {"role": "service_role"},
        {"role": None},
        {"is_anonymous": True},
        {"session_id": None},
        {"session_id": "ann"},
    ],
    ids=lambda changes: next(iter(changes)),  # the same on every worker of pytest-xdist
)
async def test_our_own_key_does_not_make_wrong_claims_right(
    tokens: Tokens, identity: LocalIdentity, changes: dict[str, Any]
) -> None:
    signer = await identity._keys.signer()
    good = {"iss": identity.options.issuer, "session_id": str(tokens.session_id)}
    assert await identity.verify(signer.sign(_claims(tokens.user.user_id, **good)))
    with pytest.raises(InvalidToken):
        await identity.verify(signer.sign(_claims(tokens.user.user_id, **good | changes)))


async def test_a_session_is_only_its_own_users(tokens: Tokens, identity: LocalIdentity, device: Device) -> None:
    other = (await identity.sign_up("bob@example.org", PASSWORD, device)).user
    signer = await identity._keys.signer()
    claims = _claims(other.user_id, iss=identity.options.issuer, session_id=str(tokens.session_id))
    with pytest.raises(SessionEnded):
        await identity.verify(signer.sign(claims))


@pytest.mark.parametrize("scope", ["local", "global"])
async def test_a_signed_out_token_is_refused_at_once(tokens: Tokens, identity: LocalIdentity, scope: Any) -> None:
    await identity.sign_out(await identity.verify(tokens.access_token), scope)
    with pytest.raises(SessionEnded):
        await identity.verify(tokens.access_token)


async def test_signing_out_others_keeps_this_one(tokens: Tokens, identity: LocalIdentity, device: Device) -> None:
    other = await identity.sign_in("ann@example.org", PASSWORD, device)
    await identity.sign_out(await identity.verify(tokens.access_token), "others")
    assert await identity.verify(tokens.access_token)
    with pytest.raises(SessionEnded):
        await identity.verify(other.access_token)


async def test_a_banned_or_deleted_users_token_is_refused(
    tokens: Tokens, identity: LocalIdentity, administrator: psycopg.Connection
) -> None:
    administrator.execute("update auth.users set banned_until = now() + interval '1 hour'")
    with pytest.raises(AccountBanned):
        await identity.verify(tokens.access_token)
    administrator.execute("update auth.users set banned_until = null, deleted_at = now()")
    with pytest.raises(SessionEnded):
        await identity.verify(tokens.access_token)
    administrator.execute("delete from auth.users")
    with pytest.raises(SessionEnded):
        await identity.verify(tokens.access_token)


# Signing keys


async def test_rotation_keeps_tokens_that_are_out_and_signs_with_the_new_key(
    tokens: Tokens, identity: LocalIdentity, device: Device
) -> None:
    new = await identity.rotate_signing_key()
    assert await identity.verify(tokens.access_token)
    later = await identity.sign_in("ann@example.org", PASSWORD, device)
    assert jwt.get_unverified_header(later.access_token)["kid"] == new
    assert len((await identity.jwks())["keys"]) == 2


async def test_a_retired_key_is_forgotten_when_no_token_can_live(
    tokens: Tokens, make_identity: Any, identity: LocalIdentity, administrator: psycopg.Connection
) -> None:
    await identity.rotate_signing_key()
    administrator.execute(
        "update identity.signing_keys set retired_at = now() - interval '2 hours' where retired_at is not null"
    )
    restarted = make_identity()
    with pytest.raises(InvalidToken):
        await restarted.verify(tokens.access_token)
    await restarted.sweep()
    assert administrator.execute("select count(*) from identity.signing_keys").fetchone() == (1,)


async def test_another_process_learns_of_a_rotation(
    identity: LocalIdentity, make_identity: Any, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_identity()
    await other.jwks()
    await identity.rotate_signing_key()
    tokens = (await identity.sign_up("ann@example.org", PASSWORD, device)).tokens
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3)
    assert await other.verify(tokens.access_token)


async def test_processes_that_start_at_once_make_one_key(make_identity: Any, administrator: psycopg.Connection) -> None:
    sets = await asyncio.gather(*(make_identity().jwks() for _ in range(6)))
    assert all(keys == sets[0] for keys in sets)
    assert administrator.execute("select count(*) from identity.signing_keys").fetchone() == (1,)


async def test_the_private_key_is_sealed(identity: LocalIdentity, administrator: psycopg.Connection) -> None:
    await identity.jwks()
    row = administrator.execute("select sealed_private_key, public_jwk ? 'd' from identity.signing_keys").fetchone()
    assert row and row[1] is False
    with pytest.raises(ValueError, match=r".*"):
        jwt.algorithms.ECAlgorithm("ES256").prepare_key(row[0])


async def test_another_master_key_is_told_and_nothing_is_made_anew(
    identity: LocalIdentity, web_database: Database, mails: Any, administrator: psycopg.Connection
) -> None:
    await identity.jwks()
    stranger = LocalIdentity(web_database, MasterKey(bytes(32)), mails, identity.options)
    with pytest.raises(Unavailable, match="another master key"):
        await stranger.jwks()
    assert administrator.execute("select count(*) from identity.signing_keys").fetchone() == (1,)


# Supabase's


async def test_supabases_tokens_are_refused_unless_settings_say_so(tokens: Tokens, identity: LocalIdentity) -> None:
    with pytest.raises(InvalidToken):
        await identity.verify(jwt.encode(_claims(tokens.user.user_id), SECRET, "HS256"))


async def test_supabases_secret_is_accepted_with_its_issuer_only(tokens: Tokens, make_identity: Any) -> None:
    identity = make_identity(supabase=SupabaseTokens(secret=SECRET, issuer=ISSUER))
    claims = await identity.verify(jwt.encode(_claims(tokens.user.user_id, aal="aal2"), SECRET, "HS256"))
    assert (claims.user_id, claims.aal, claims.email) == (tokens.user.user_id, "aal2", "ann@example.org")
    assert await identity.verify(tokens.access_token)
    for changes in ({"iss": "https://elsewhere.example"}, {"role": "anon"}, {"aud": "x"}, {"exp": 1}, {"sub": "x"}):
        with pytest.raises(InvalidToken):
            await identity.verify(jwt.encode(_claims(tokens.user.user_id, **changes), SECRET, "HS256"))
    with pytest.raises(InvalidToken):
        another = "another secret of at least as many bytes"
        await identity.verify(jwt.encode(_claims(tokens.user.user_id), another, "HS256"))
    with pytest.raises(InvalidToken):
        await identity.verify(jwt.encode(_claims(tokens.user.user_id), SECRET, "HS512"))
    with pytest.raises(SessionEnded):
        await identity.verify(jwt.encode(_claims(uuid4()), SECRET, "HS256"))


class KeyServer:
    """A JSON Web Key Set over HTTP, which counts how often it is read."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = []
        self.reads = 0
        self.away = False
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.reads += 1
        body = json.dumps({"keys": self.keys}).encode()
        status = "503 Away" if self.away else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()


@pytest_asyncio.fixture
async def key_server() -> AsyncIterator[KeyServer]:
    served = KeyServer()
    server = await asyncio.start_server(served.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    served.url = f"http://127.0.0.1:{port}/auth/v1/.well-known/jwks.json"
    async with server:
        yield served


def _ec_key(kid: str) -> tuple[ec.EllipticCurvePrivateKey, dict[str, Any]]:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "ES256", "use": "sig"}


def _rsa_key(kid: str) -> tuple[rsa.RSAPrivateKey, dict[str, Any]]:
    key = rsa.generate_private_key(65537, 2048)
    return key, {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "RS256", "use": "sig"}


def _signed(user: UserId, key: Any, algorithm: str, kid: str, url: str) -> str:
    claims = _claims(user, iss=url.removesuffix("/.well-known/jwks.json"))
    return jwt.encode(claims, key, algorithm, headers={"kid": kid})


async def test_supabases_published_keys_are_read_cached_and_followed_when_they_change(
    tokens: Tokens, make_identity: Any, key_server: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = tokens.user.user_id
    identity = make_identity(supabase=SupabaseTokens(jwks_url=key_server.url))
    (first, described), (second, described_too) = _ec_key("one"), _rsa_key("two")
    key_server.keys = [
        described,
        {"kty": "oct", "kid": "oct", "k": "c2VjcmV0" * 6, "alg": "HS256"},
    ]
    for _ in range(5):
        assert (await identity.verify(_signed(user, first, "ES256", "one", key_server.url))).user_id == user
    assert key_server.reads == 1
    with pytest.raises(InvalidToken):
        await identity.verify(_signed(user, "secret" * 6, "HS256", "oct", key_server.url))
    key_server.keys = [described_too]
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 31)
    assert await identity.verify(_signed(user, second, "RS256", "two", key_server.url))
    with pytest.raises(InvalidToken):
        await identity.verify(_signed(user, first, "ES256", "one", key_server.url))
    assert key_server.reads == 2


async def test_made_up_kids_do_not_make_us_hammer_the_key_server(
    tokens: Tokens, make_identity: Any, key_server: KeyServer
) -> None:
    identity = make_identity(supabase=SupabaseTokens(jwks_url=key_server.url))
    key, described = _ec_key("one")
    key_server.keys = [described]
    for number in range(20):
        with pytest.raises(InvalidToken):
            await identity.verify(_signed(tokens.user.user_id, key, "ES256", f"made up {number}", key_server.url))
    assert key_server.reads == 1


async def test_keys_that_were_read_hold_while_their_server_is_away(
    tokens: Tokens, make_identity: Any, key_server: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = make_identity(supabase=SupabaseTokens(jwks_url=key_server.url))
    key, described = _ec_key("one")
    token = _signed(tokens.user.user_id, key, "ES256", "one", key_server.url)
    key_server.away = True
    with pytest.raises(Unavailable):
        await identity.verify(token)
    key_server.away, key_server.keys = False, [described]
    assert await identity.verify(token)
    key_server.away = True
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3600)
    assert await identity.verify(token)


async def test_an_rsa_key_does_not_verify_as_a_secret(
    tokens: Tokens, make_identity: Any, key_server: KeyServer
) -> None:
    identity = make_identity(supabase=SupabaseTokens(secret=SECRET, jwks_url=key_server.url))
    key, described = _rsa_key("one")
    key_server.keys = [described]
    good = _signed(tokens.user.user_id, key, "RS256", "one", key_server.url)
    assert await identity.verify(good)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(InvalidToken):
        await identity.verify(_hs256(good, pem, kid="one"))
