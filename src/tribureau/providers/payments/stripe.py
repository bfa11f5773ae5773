"""Stripe Checkout by Stripe's SDK: translates and does not decide. `PaymentProcessor` says what each method means."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import requests
import stripe

from tribureau.domain.payments.processor import (
    ChargeDispute,
    Checkout,
    CheckoutWish,
    PaymentEvent,
    PaymentThere,
    Refund,
)
from tribureau.domain.vendor_errors import NotSigned
from tribureau.providers.payments import stripe_answers as answers
from tribureau.providers.payments.stripe_refusals import failure_of

_CONNECT_SECONDS: Final = 5.0
_PAGE: Final = 100
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class StripeOptions:
    """`api_base` is the service's address, `seconds` the time for one answer; `webhook_secrets` hold beside each other
    while one is replaced."""

    secret_key: str = field(repr=False)
    api_base: str = "https://api.stripe.com"
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    seconds: float = 20.0


class Stripe:
    """A `PaymentProcessor`. The SDK blocks, so each question is asked in a thread."""

    name = "Stripe"

    def __init__(self, options: StripeOptions) -> None:
        self._secrets = options.webhook_secrets
        session = requests.Session()
        session.trust_env = options.api_base.startswith("https://")  # its proxies
        http = stripe.RequestsClient(timeout=(_CONNECT_SECONDS, options.seconds), session=session)
        self._v1 = stripe.StripeClient(
            options.secret_key,
            base_addresses={"api": options.api_base.rstrip("/")},
            max_network_retries=0,
            http_client=http,
        ).v1

    async def check(self) -> None:
        await _reading(lambda: self._v1.checkout.sessions.list({"limit": 1}))

    async def open_checkout(self, wish: CheckoutWish, key: str) -> Checkout:
        wanted = answers.session_wish(wish)
        return answers.checkout(await _changing(lambda: self._v1.checkout.sessions.create(wanted, _under(key))))

    async def checkout(self, id_: str) -> Checkout:
        return answers.checkout(await _reading(lambda: self._v1.checkout.sessions.retrieve(id_)))

    async def find_checkouts(self, payment: str, since: datetime, until: datetime) -> list[Checkout]:
        def ask() -> list[Any]:
            page = self._v1.checkout.sessions.list(
                {"created": {"gte": int(since.timestamp()), "lte": int(until.timestamp()) + 1}, "limit": _PAGE}
            )
            return [session for session in page.auto_paging_iter() if session.client_reference_id == payment]

        return [answers.checkout(session) for session in await _reading(ask)]

    async def expire_checkout(self, id_: str, key: str) -> Checkout:
        return answers.checkout(await _changing(lambda: self._v1.checkout.sessions.expire(id_, None, _under(key))))

    async def payment(self, payment_there: str) -> PaymentThere:
        return answers.payment(
            await _reading(lambda: self._v1.payment_intents.retrieve(payment_there, {"expand": ["latest_charge"]}))
        )

    async def capture(self, payment_there: str, key: str) -> PaymentThere:
        await _changing(lambda: self._v1.payment_intents.capture(payment_there, None, _under(key)))
        return await self.payment(payment_there)

    async def release(self, payment_there: str, key: str) -> PaymentThere:
        await _changing(lambda: self._v1.payment_intents.cancel(payment_there, None, _under(key)))
        return await self.payment(payment_there)

    async def refund(self, payment_there: str, payment: str, key: str) -> Refund:
        wanted: Any = {"payment_intent": payment_there, "metadata": {"payment_id": payment}}
        return answers.refund(await _changing(lambda: self._v1.refunds.create(wanted, _under(key))))

    async def refunds(self, payment_there: str) -> list[Refund]:
        def ask() -> list[Any]:
            return list(self._v1.refunds.list({"payment_intent": payment_there, "limit": _PAGE}).data)

        return [answers.refund(given) for given in await _reading(ask)]

    async def charge_disputes(self, payment_there: str) -> list[ChargeDispute]:
        def ask() -> list[Any]:
            return list(self._v1.disputes.list({"payment_intent": payment_there, "limit": _PAGE}).data)

        return [answers.charge_dispute(made) for made in await _reading(ask)]

    def event(self, body: bytes, headers: Mapping[str, str]) -> PaymentEvent:
        signed = headers.get("stripe-signature", "")
        for secret in self._secrets:
            try:
                stripe.WebhookSignature.verify_header(body, signed, secret, stripe.Webhook.DEFAULT_TOLERANCE)
                return answers.event(body)
            except (stripe.SignatureVerificationError, ValueError):
                continue
        raise NotSigned


def _under(key: str) -> Any:
    return {"idempotency_key": key}


async def _reading(ask: Callable[[], Answer]) -> Answer:
    return await _asked(ask, changes=False)


async def _changing(ask: Callable[[], Answer]) -> Answer:
    return await _asked(ask, changes=True)


async def _asked(ask: Callable[[], Answer], *, changes: bool) -> Answer:
    """Whatever the SDK raises is translated, without its words, which may quote what was asked."""
    try:
        return await asyncio.to_thread(ask)
    except stripe.StripeError as error:
        raise failure_of(error, changes=changes) from None
