"""What Supabase's own access tokens are verified with, where settings say that they are accepted."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final

import httpx
import jwt

from tribureau.domain.errors import Unavailable

_FRESH_SECONDS: Final = 600.0
_SHORTEST_PAUSE_SECONDS: Final = 30.0
_WELL_KNOWN: Final = "/.well-known/jwks.json"
_ASYMMETRIC: Final = frozenset({"ES256", "RS256"})


@dataclass(frozen=True)
class SupabaseTokens:
    """Which tokens are Supabase's: signed with `secret` (HS256) or with a key at `jwks_url`, naming `issuer`."""

    secret: str = ""
    jwks_url: str = ""
    issuer: str = ""

    @property
    def expected_issuer(self) -> str | None:
        """The issuer named, else the one that the keys' address belongs to, else None: not checked."""
        return self.issuer or self.jwks_url.removesuffix(_WELL_KNOWN) or None


class SupabaseKeys:
    """The key set at an address: cached, read again for a `kid` that is not in it, kept while the address is away."""

    def __init__(self, url: str, client: httpx.AsyncClient | None = None) -> None:
        self._url = url
        self._client = client or httpx.AsyncClient(timeout=5)
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def key(self, kid: str) -> jwt.PyJWK | None:
        """None where there is no such key; raises Unavailable where no key could ever be read."""
        age = time.monotonic() - self._read_at
        if age > _FRESH_SECONDS or (kid not in self._keys and age > _SHORTEST_PAUSE_SECONDS):
            async with self._reading:
                if time.monotonic() - self._read_at >= age:
                    await self._read()
        return self._keys.get(kid)

    async def close(self) -> None:
        await self._client.aclose()

    async def _read(self) -> None:
        try:
            response = await self._client.get(self._url)
            response.raise_for_status()
            self._keys = _usable(response.json())
        except (httpx.HTTPError, jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError) as error:
            if not self._keys:
                raise Unavailable("The keys of Supabase's tokens can't be read just now.") from error
        self._read_at = time.monotonic()


def _usable(key_set: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """Public keys by `kid`; symmetric ones and those for other uses are left out."""
    keys: dict[str, jwt.PyJWK] = {}
    for described in key_set["keys"]:
        if described.get("kty") in {"EC", "RSA"} and described.get("use", "sig") == "sig" and "kid" in described:
            key = jwt.PyJWK(described)
            if key.algorithm_name in _ASYMMETRIC:
                keys[described["kid"]] = key
    return keys
