"""Lob by Lob's SDK: translates and does not decide. `MailHouse` says what each method means."""

import asyncio
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any, Final, TypeVar

from lob_python import ApiClient, Configuration
from lob_python.api.letters_api import LettersApi
from lob_python.api.us_verifications_api import UsVerificationsApi
from lob_python.exceptions import OpenApiException
from lob_python.model.us_verifications_writable import UsVerificationsWritable
from urllib3.exceptions import HTTPError

from tribureau.domain.mailing.mail_house import LetterThere, LetterWish, MailAddress, MailEvent, VerifiedAddress
from tribureau.domain.vendor_errors import NotSigned, Refused, TryLater
from tribureau.providers.mailing import lob_answers as answers
from tribureau.providers.mailing.lob_refusals import Answered, failure_of

_CONNECT_SECONDS: Final = 5.0
_STALE_SECONDS: Final = 300
_SEVERAL: Final = 50
_DIGITS_OF_SECONDS: Final = 10
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class LobOptions:
    """`api_base` is the service's address with its version, `seconds` the time for one answer."""

    api_key: str = field(repr=False)
    api_base: str = "https://api.lob.com/v1"
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    seconds: float = 30.0
    color: bool = False


class Lob:
    """A `MailHouse`. The SDK blocks, so each question is asked in a thread.

    Answers are read as they come: the SDK's own models refuse a value that is newer than they are.
    """

    name = "Lob"

    def __init__(self, options: LobOptions) -> None:
        configuration = Configuration(host=options.api_base.rstrip("/"), username=options.api_key)
        configuration.retries = False
        self._secrets = options.webhook_secrets
        self._color = options.color
        self._client = ApiClient(configuration)
        self._letters = LettersApi(self._client)
        self._addresses = UsVerificationsApi(self._client)
        self._how = {"_preload_content": False, "_request_timeout": (_CONNECT_SECONDS, options.seconds)}

    async def check(self) -> None:
        await _reading(lambda: self._letters.list(limit=1, **self._how))

    async def verify(self, address: MailAddress) -> VerifiedAddress:
        wanted = UsVerificationsWritable(**answers.address_wish(address))
        return answers.verified(await _reading(lambda: self._addresses.verifySingle(wanted, **self._how)))

    async def send(self, wish: LetterWish, key: str) -> LetterThere:
        return answers.letter(await _changing(lambda: self._upload(wish, key)))

    async def letter(self, id_: str) -> LetterThere | None:
        try:
            told = await _reading(lambda: self._letters.get(id_, **self._how))
        except Refused as refused:
            if refused.reason == "missing":
                return None
            raise
        return None if told.get("deleted") else answers.letter(told)

    async def find_letters(self, mailing: str) -> list[LetterThere]:
        told = await _reading(lambda: self._search(mailing))
        found = [answers.letter(one) for one in told["data"] if not one.get("deleted")]
        if any(letter.mailing != mailing for letter in found):
            raise TryLater  # the search did not look for what it was asked, so its silence means nothing
        return found

    async def cancel(self, id_: str) -> None:
        try:
            await _changing(lambda: self._letters.cancel(id_, **self._how))
        except Refused as refused:
            if refused.reason != "missing":
                raise

    def event(self, body: bytes, headers: Mapping[str, str]) -> MailEvent:
        stamp, signed = headers.get("lob-signature-timestamp", ""), headers.get("lob-signature", "")
        if not any(_signed_by(secret, stamp, body, signed) for secret in self._secrets) or _is_stale(stamp):
            raise NotSigned
        try:
            return answers.event(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSigned from error

    def _search(self, mailing: str) -> Any:
        """The SDK writes the filter as JSON, Lob's description of its interface in brackets."""
        return self._client.call_api(
            "/letters",
            "GET",
            header_params={"Accept": "application/json"},
            query_params=[("metadata[mailing_id]", mailing), ("limit", _SEVERAL)],
            auth_settings=["basicAuth"],
            **self._how,
        )

    def _upload(self, wish: LetterWish, key: str) -> Any:
        """The SDK's method for letters sends JSON, which holds no PDF; its client sends a form with a file."""
        file = BytesIO(wish.pdf)
        file.name = "letter.pdf"
        return self._client.call_api(
            "/letters",
            "POST",
            header_params={
                "Accept": "application/json",
                "Content-Type": "multipart/form-data",
                "Idempotency-Key": key,
            },
            query_params=[],
            post_params=answers.letter_wish(wish, color=self._color),
            files={"file": [file]},
            auth_settings=["basicAuth"],
            **self._how,
        )


def _signed_by(secret: str, stamp: str, body: bytes, signed: str) -> bool:
    """Lob signs its time, a full stop and the raw body."""
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
    return hmac.compare_digest(mac.encode(), signed.encode())


def _is_stale(stamp: str) -> bool:
    """The stamp counts milliseconds; one in seconds is understood too."""
    if not stamp.isdigit():
        return True
    at = int(stamp) / 1000 if len(stamp) > _DIGITS_OF_SECONDS else int(stamp)
    return abs(time.time() - at) > _STALE_SECONDS


async def _reading(ask: Callable[[], Any]) -> dict[str, Any]:
    return await asyncio.to_thread(_asked, ask, changes=False)


async def _changing(ask: Callable[[], Any]) -> dict[str, Any]:
    return await asyncio.to_thread(_asked, ask, changes=True)


def _asked(ask: Callable[[], Any], *, changes: bool) -> dict[str, Any]:
    """Whatever the SDK raises is translated, without its words, which quote what was asked."""
    try:
        told = json.loads(ask().data)
    except (OpenApiException, HTTPError, OSError, ValueError) as error:
        raise failure_of(error, changes=changes) from None
    if not isinstance(told, dict):
        raise failure_of(Answered(), changes=changes)
    return told
