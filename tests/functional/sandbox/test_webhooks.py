"""Webhooks of the sandbox as a site hears them: signed, repeated until answered, doubled and shuffled on command."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.contract.vendors.wishes import checkout_wish, letter_wish, new
from tests.sandboxed import LOB_SECRET, STRIPE_SECRET, Sandboxed, sandboxed

from tribureau.domain.payments.processor import PaymentEvent
from tribureau.providers.mailing.lob import Lob, LobOptions
from tribureau.providers.payments.stripe import Stripe, StripeOptions


@dataclass
class Site:
    """Keeps what comes; the first `refusals` deliveries it answers with 503."""

    url: str
    refusals: int = 0
    heard: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if len(site.refused) < site.refusals:
                site.refused.append(body)
                self.send_response(503)
            else:
                site.heard.append((self.path, body, {name.lower(): value for name, value in self.headers.items()}))
                self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Heard:
    site: Site
    sandbox: Sandboxed
    stripe: Stripe
    lob: Lob

    def paid(self) -> list[PaymentEvent]:
        return [self.stripe.event(body, told) for path, body, told in self.site.heard if path == "/webhooks/stripe"]

    def mailed(self) -> list[str]:
        return [self.lob.event(body, told).kind for path, body, told in self.site.heard if path == "/webhooks/lob"]


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    with listening() as site, sandboxed(tmp_path, site.url) as sandbox:
        stripe = Stripe(StripeOptions("sk_test_1", f"{sandbox.url}/stripe", (STRIPE_SECRET,)))
        lob = Lob(LobOptions("test_1", f"{sandbox.url}/lob/v1", (LOB_SECRET,)))
        sandbox.rules(pace_seconds=0.1, cancel_window_seconds=0)
        yield Heard(site, sandbox, stripe, lob)


async def test_a_payment_and_its_refund_are_told_in_signed_words(heard: Heard) -> None:
    wish = checkout_wish()
    opened = await heard.stripe.open_checkout(wish, new())
    heard.sandbox.pay(opened.id)
    there = (await heard.stripe.checkout(opened.id)).payment_there or ""
    await heard.stripe.refund(there, wish.payment, new())

    heard.sandbox.wait_until(lambda: len(heard.paid()) >= 3)

    events = heard.paid()
    assert {event.kind for event in events} == {"checkout.session.completed", "refund.created", "charge.refunded"}
    assert {event.payment_there for event in events} == {there}
    assert {event.metadata["payment_id"] for event in events} == {wish.payment}
    assert not any(event.live for event in events)


async def test_a_site_that_is_away_hears_the_same_event_later(heard: Heard) -> None:
    heard.site.refusals = 2
    opened = await heard.stripe.open_checkout(checkout_wish(), new())
    await heard.stripe.expire_checkout(opened.id, new())

    heard.sandbox.wait_until(lambda: len(heard.site.heard) == 1)

    assert len(heard.site.refused) == 2
    assert {json.loads(body)["id"] for body in heard.site.refused} == {heard.paid()[0].id}
    heard.sandbox.wait_until(lambda: heard.sandbox.waiting()["deliveries"] == 0)


async def test_events_are_doubled_and_shuffled_and_the_letter_keeps_the_truth(heard: Heard) -> None:
    heard.sandbox.rules(doubled=1.0, shuffled=1.0)
    wish = letter_wish()
    sent = await heard.lob.send(wish, new())

    heard.sandbox.wait_until(lambda: heard.sandbox.waiting() == {"plans": 0, "deliveries": 0})

    told = Counter(heard.mailed())
    assert set(told.values()) == {2}
    assert {"letter.created", "letter.rendered_pdf", "letter.certified.delivered"} < set(told)
    read = await heard.lob.letter(sent.id)
    assert read and [step.kind for step in read.steps][-1] == "delivered"


async def test_nobody_hears_of_what_is_not_announced(heard: Heard) -> None:
    heard.sandbox.rules(webhooks=False)
    sent = await heard.lob.send(letter_wish(), new())
    heard.sandbox.wait_until(lambda: heard.sandbox.waiting()["plans"] == 0)
    heard.sandbox.rules(webhooks=True)

    heard.sandbox.happen(sent.id, "issue")
    heard.sandbox.wait_until(heard.mailed)

    assert heard.mailed() == ["letter.certified.issue"]
