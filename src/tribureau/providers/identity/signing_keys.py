"""The keys that sign our access tokens: ES256 (RFC 7518), kept and rotated in the database under the master key."""

import asyncio
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from jwt.algorithms import ECAlgorithm
from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database
from tribureau.domain.errors import Unavailable
from tribureau.storage.keys import KeyMismatch, Sealer

ALGORITHM: Final = "ES256"
_FRESH_SECONDS: Final = 60.0
_SHORTEST_PAUSE_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Signer:
    """The current key, ready to use where the database must not be asked."""

    kid: str
    private: EllipticCurvePrivateKey

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.private, ALGORITHM, headers={"kid": self.kid})


@dataclass(frozen=True)
class _Keys:
    signer: Signer
    public: dict[str, EllipticCurvePublicKey]
    jwks: list[dict[str, Any]]
    read_at: float


class SigningKeys:
    """Signs with the current key and knows every key that a living token may bear.

    Other processes learn of a rotation within a minute, or as soon as they meet a `kid` that they don't know.
    """

    def __init__(self, database: Database, sealer: Sealer, *, verifiable: timedelta) -> None:
        self._database = database
        self._sealer = sealer
        self._verifiable = verifiable
        self._known: _Keys | None = None
        self._reading = asyncio.Lock()

    async def signer(self) -> Signer:
        return (await self._keys()).signer

    async def public_key(self, kid: str) -> EllipticCurvePublicKey | None:
        """None where no living token can bear this `kid`."""
        keys = await self._keys()
        if kid not in keys.public and time.monotonic() - keys.read_at > _SHORTEST_PAUSE_SECONDS:
            keys = await self._keys(newer_than=keys.read_at)
        return keys.public.get(kid)

    async def jwks(self) -> dict[str, Any]:
        """The JSON Web Key Set (RFC 7517) that others verify our tokens with."""
        return {"keys": (await self._keys()).jwks}

    async def rotate(self) -> str:
        """Retires the current key and makes a new one, whose `kid` it returns; tokens that are out keep holding."""
        async with self._database.as_identity() as transaction:
            await transaction.run("identity.retire_signing_key")
            await transaction.run("identity.add_signing_key", **self._new_key())
        return (await self._keys(newer_than=time.monotonic())).signer.kid

    async def _keys(self, newer_than: float | None = None) -> _Keys:
        oldest = time.monotonic() - _FRESH_SECONDS if newer_than is None else newer_than
        if not self._known or self._known.read_at <= oldest:
            async with self._reading:
                if not self._known or self._known.read_at <= oldest:
                    self._known = await self._read()
        return self._known

    async def _read(self) -> _Keys:
        async with self._database.as_identity() as transaction:
            rows = await transaction.all("identity.signing_keys", verifiable=self._verifiable)
            if not rows or not rows[0]["current"]:
                await transaction.run("identity.add_signing_key", **self._new_key())
                rows = await transaction.all("identity.signing_keys", verifiable=self._verifiable)
        kid = rows[0]["kid"]
        return _Keys(
            signer=Signer(kid, self._open(rows[0]["sealed_private_key"], kid)),
            public={row["kid"]: _public_key(row["public_jwk"]) for row in rows},
            jwks=[row["public_jwk"] for row in rows],
            read_at=time.monotonic(),
        )

    def _new_key(self) -> dict[str, Any]:
        kid = str(uuid.uuid4())
        private = generate_private_key(SECP256R1())
        content = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        jwk = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
        described = {**jwk, "kid": kid, "alg": ALGORITHM, "use": "sig", "key_ops": ["verify"]}
        return {
            "kid": kid,
            "public_jwk": Jsonb(described),
            "sealed_private_key": self._sealer.seal(content, f"signing key {kid}"),
        }

    def _open(self, sealed: bytes, kid: str) -> EllipticCurvePrivateKey:
        try:
            content = self._sealer.open(sealed, f"signing key {kid}")
        except KeyMismatch as error:
            raise Unavailable(
                "Nobody can sign in: this database was made under another master key.",
                hint="Whoever runs this site has to give that master key back (TRIBUREAU_MASTER_KEY or its file).",
            ) from error
        private = load_der_private_key(content, password=None)
        if not isinstance(private, EllipticCurvePrivateKey):
            raise TypeError(f"Signing key {kid} is not an elliptic-curve key.")
        return private


def _public_key(jwk: dict[str, Any]) -> EllipticCurvePublicKey:
    key = ECAlgorithm(ECAlgorithm.SHA256).from_jwk(jwk)
    if not isinstance(key, EllipticCurvePublicKey):
        raise TypeError("A public signing key holds a private part.")
    return key
