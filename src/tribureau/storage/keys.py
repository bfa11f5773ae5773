"""The key hierarchy: one master key, outside the database, wraps a data key of each user (AES-256-GCM).

Deleting a user's wrapped key makes everything under it unreadable, in backups too.
"""

import base64
import binascii
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class KeyMismatch(Exception):
    """This does not open under the key at hand: another master key made it, or it was changed."""


class UnusableMasterKey(ValueError):
    """What is given as the master key is none."""


class Sealer:
    """Seals small and large byte strings under one key; `context` binds them to their place and is not stored."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, content: bytes, context: str) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, content, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Raises KeyMismatch where key, context or content differ."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyMismatch from error


class MasterKey:
    """Wraps users' keys and derives the secrets of this installation."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise UnusableMasterKey(f"The master key must be {KEY_BYTES} bytes in base64; this one has {len(key)}.")
        self._key = key
        self._wrapper = Sealer(self.derive("wrap user keys"))

    @classmethod
    def from_base64(cls, text: str) -> "MasterKey":
        """Raises UnusableMasterKey."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except binascii.Error as error:
            raise UnusableMasterKey(f"The master key must be {KEY_BYTES} bytes in base64.") from error

    @classmethod
    def load_or_create(cls, path: Path) -> "MasterKey":
        """Reads `path`, or makes it (mode 0600) with a new key; safe when two processes start at once."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            _put_on_disk(draft)
            try:
                os.link(draft, path)
                _put_on_disk(path.parent)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls.from_base64(path.read_text())

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only this master key gives for `purpose` (HKDF-SHA256, RFC 5869)."""
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"tribureau:{purpose}".encode()).derive(self._key)

    def sealer(self, purpose: str) -> Sealer:
        """A sealer for what belongs to the installation rather than to one user (session tokens, signing keys)."""
        return Sealer(self.derive(purpose))

    def new_user_key(self, user: str, version: int) -> tuple[bytes, bytes]:
        """A fresh data key, and the same wrapped for the database."""
        key = secrets.token_bytes(KEY_BYTES)
        return key, self._wrapper.seal(key, _user_context(user, version))

    def unwrap_user_key(self, wrapped: bytes, user: str, version: int) -> bytes:
        return self._wrapper.open(wrapped, _user_context(user, version))


def _put_on_disk(path: Path) -> None:
    """A key that a power cut takes away takes everything sealed under it along."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _user_context(user: str, version: int) -> str:
    return f"user:{user}:key:{version}"
