"""Random secrets that people or browsers hold: 256 bits each, known to the database by their SHA-256 only."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """No salt and no stretching: what is random needs neither."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
