"""Stripe and Lob: whether they are set, answer, and know our keys."""

import asyncio
from collections.abc import Iterator

from pydantic import SecretStr

from tribureau import bootstrap
from tribureau.diagnosis.findings import Finding, good, note, off
from tribureau.domain.mailing.mail_house import MailHouse
from tribureau.domain.payments.processor import PaymentProcessor
from tribureau.domain.vendor_errors import KeyRefused, Refused, TryLater
from tribureau.settings import Settings


def vendors(settings: Settings) -> Iterator[Finding]:
    processor, house = bootstrap.payment_processor(settings), bootstrap.mail_house(settings)
    if processor is None and house is None:
        pretended = "the sandbox stands in for them" if settings.runs_sandbox else "letters are posted by hand"
        yield good("Stripe, Lob", f"not used: {pretended}")
        return
    if processor is None or house is None:
        one, missing = ("Lob", "TRIBUREAU_STRIPE_SECRET_KEY") if house else ("Stripe", "TRIBUREAU_LOB_API_KEY")
        yield note("Stripe, Lob", f"only {one} has a key, so no letter can be paid and mailed", f"Set {missing}.")
    if processor is not None:
        yield _answer(processor, "TRIBUREAU_STRIPE", settings.stripe_webhook_secret)
    if house is not None:
        yield _answer(house, "TRIBUREAU_LOB", settings.lob_webhook_secret)


def _answer(service: PaymentProcessor | MailHouse, named: str, webhook_secret: SecretStr | None) -> Finding:
    try:
        asyncio.run(service.check())
    except (KeyRefused, Refused):
        return off(service.name, "it does not accept the key", f"Correct the key among the settings {named}_….")
    except TryLater:
        return off(service.name, "it can't be reached", f"Check {named}_API_BASE, and that this machine reaches it.")
    if webhook_secret is None:
        return note(
            service.name,
            "answers; its webhooks are not believed, so news comes by asking, some minutes later",
            f"Set {named}_WEBHOOK_SECRET where this site has a public address.",
        )
    return good(service.name, "answers")
