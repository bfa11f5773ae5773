"""Tokens that prove a form came from our own page (CSRF): signed, and bound to the cookies of its browser."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode


class FormTokens:
    """Nothing is stored: a token is a random part and its HMAC together with what it is bound to."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, binding: str) -> str:
        """Another one each time, so that compression can't give it away (BREACH)."""
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._seal(nonce, binding)}"

    def holds(self, token: str, binding: str) -> bool:
        nonce, _, seal = token.partition(".")
        return hmac.compare_digest(seal.encode(), self._seal(nonce, binding).encode())

    def _seal(self, nonce: str, binding: str) -> str:
        sealed = hmac.digest(self._key, f"{nonce}\n{binding}".encode(), hashlib.sha256)
        return urlsafe_b64encode(sealed).decode().rstrip("=")
