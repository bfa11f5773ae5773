"""Signatures of this installation (Ed25519, RFC 8032) under a key that is derived from the master key."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tribureau.storage.keys import MasterKey

_PURPOSE: Final = "sign dispute histories"


class Signer:
    """Signs; its `public_key` (32 bytes) is all that checking takes."""

    def __init__(self, master: MasterKey) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(master.derive(_PURPOSE))
        self.public_key = self._key.public_key().public_bytes_raw()
        self.key_id = _key_id(self.public_key)

    def sign(self, statement: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(statement)


class SignatureCheck:
    """Checks signatures against public keys of 32 bytes each. Raises ValueError for one that is none."""

    def __init__(self, public_keys: Iterable[bytes]) -> None:
        self._keys = {_key_id(key): Ed25519PublicKey.from_public_bytes(key) for key in public_keys}

    def __call__(self, statement: bytes, signature: bytes, key_id: str) -> bool | None:
        """None where no key of that id is known."""
        if (key := self._keys.get(key_id)) is None:
            return None
        try:
            key.verify(signature, statement)
        except InvalidSignature:
            return False
        return True


def _key_id(public_key: bytes) -> str:
    """16 hexadecimal digits that tell keys apart."""
    return sha256(public_key).hexdigest()[:16]
