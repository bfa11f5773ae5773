"""Passwords: what makes one good enough (NIST SP 800-63B-4, 3.1.1), and their argon2id hashes (RFC 9106)."""

import asyncio
import unicodedata
from functools import cache
from importlib import resources
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tribureau.providers.identity.errors import WeakPassword

SHORTEST: Final = 10
LONGEST: Final = 200
_FEWEST_DIFFERENT: Final = 5
_HASHED_AT_ONCE: Final = 2
_NOBODYS: Final = "$argon2id$v=19$m=65536,t=3,p=4$v7Bt5ByAinFZy8JPgG7iuQ$Ridgp8pH+gHn2WxUNnaDBgqerd0nDTb66AP0qOpki0E"


def require_good_password(password: str, email: str) -> None:
    """Raises WeakPassword with a sentence that says what to change."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password needs at least {SHORTEST} characters.", "length")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password may have {LONGEST} characters at most.", "length")
    folded = _normal(password).casefold()
    if email and (email.casefold() in folded or folded == email.partition("@")[0].casefold()):
        raise WeakPassword("Your address is not a good password: it is the first that is tried.", "characters")
    if len(set(folded)) < _FEWEST_DIFFERENT:
        raise WeakPassword("This password repeats too few different characters.", "characters")
    if folded in _common() or folded.rstrip("0123456789!.?") in _common():
        raise WeakPassword("This is one of the passwords that most people use, so it is tried first.", "characters")


class PasswordHashes:
    """Hashes and checks in threads, a few at a time: each takes 64 MiB for its moment, and that is meant."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = asyncio.Semaphore(_HASHED_AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """False for an account without a password too, after the same work."""
        async with self._slots:
            matched = await asyncio.to_thread(self._matches, _normal(password[:LONGEST]), password_hash or _NOBODYS)
        return matched and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Made at another cost than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def _matches(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def _normal(password: str) -> str:
    """One form for what looks the same, however the keyboard composed it."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    return frozenset(resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8").split())
