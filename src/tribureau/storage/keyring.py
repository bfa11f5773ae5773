"""One user's data keys, every version of them, unwrapped for as long as a request or a job lasts."""

import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tribureau.storage.keys import KeyMismatch, MasterKey, Sealer

_HEAD: Final = struct.Struct(">4sI")
_MARK: Final = b"TRB1"
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row of `tribureau.user_keys`."""

    version: int
    wrapped: bytes


class Keyring:
    """Seals under the newest key and opens under the one that a blob names in its head."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self._sealers = {version: Sealer(key) for version, key in keys.items()}
        self.newest = max(keys)
        self._fingerprints = HKDF(hashes.SHA256(), _DIGEST_BYTES, salt=None, info=b"tribureau:fingerprints").derive(
            keys[min(keys)]
        )

    @classmethod
    def unwrap(cls, master: MasterKey, user: str, wrapped: list[WrappedKey]) -> "Keyring":
        """Raises KeyMismatch where another master key wrapped them."""
        return cls({key.version: master.unwrap_user_key(key.wrapped, user, key.version) for key in wrapped})

    def sealer(self, version: int) -> Sealer:
        """For rows that keep their key's version in a column. KeyMismatch where there is no such version."""
        try:
            return self._sealers[version]
        except KeyError:
            raise KeyMismatch from None

    def seal(self, content: bytes, context: str) -> bytes:
        """Mark and key version, then nonce, ciphertext and tag."""
        return _HEAD.pack(_MARK, self.newest) + self.sealer(self.newest).seal(content, context)

    def fingerprint(self, content: bytes) -> bytes:
        """32 bytes that are the same for the same content of this user, and tell nothing without their key.

        HMAC-SHA256 under what the oldest key gives, so that a newer key changes none.
        """
        return hmac.digest(self._fingerprints, content, "sha256")

    def open(self, blob: bytes, context: str) -> bytes:
        """Raises KeyMismatch where key, context or content differ."""
        if len(blob) < _HEAD.size:
            raise KeyMismatch
        mark, version = _HEAD.unpack_from(blob)
        if mark != _MARK:
            raise KeyMismatch
        return self.sealer(version).open(blob[_HEAD.size :], context)
