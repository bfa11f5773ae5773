"""Paying by Stripe's SDK: what every Stripe must do, and what is commanded of the stand-in."""

import asyncio
import json
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.vendors.conftest import lob_at, stripe_at
from tests.contract.vendors.wishes import checkout_wish, letter_wish, new
from tests.sandboxed import STRIPE_SECRET, Sandboxed

from tribureau.domain.payments.processor import CheckoutStanding, MoneyStanding
from tribureau.domain.vendor_errors import KeyRefused, NotSigned, Refused, TryLater, UnknownOutcome
from tribureau.logs import write_logs
from tribureau.providers.payments.stripe import Stripe, StripeOptions
from tribureau.sandbox.webhooks import signature


def around_now() -> tuple[datetime, datetime]:
    return datetime.now(UTC) - timedelta(minutes=5), datetime.now(UTC) + timedelta(minutes=5)


async def test_a_checkout_tells_what_was_wished(any_stripe: Stripe) -> None:
    wish = checkout_wish()

    opened = await any_stripe.open_checkout(wish, new())
    read = await any_stripe.checkout(opened.id)

    assert read == opened
    assert (read.standing, read.paid, read.cents, read.currency) == (CheckoutStanding.OPEN, False, 800, "usd")
    assert read.payment == wish.payment
    assert read.metadata["user_id"] == wish.user
    assert read.metadata["letter_ids"] == ",".join(wish.letters)
    assert read.url and read.url.startswith("http")


async def test_one_key_opens_one_checkout_and_belongs_to_one_wish(any_stripe: Stripe) -> None:
    wish, key = checkout_wish(), new()

    first, again = await any_stripe.open_checkout(wish, key), await any_stripe.open_checkout(wish, key)

    assert again.id == first.id
    with pytest.raises(Refused) as refused:
        await any_stripe.open_checkout(replace(wish, cents=900), key)
    assert refused.value.reason == "key_used_otherwise"


async def test_a_checkout_is_found_by_our_payment(any_stripe: Stripe) -> None:
    wish = checkout_wish()
    opened = [await any_stripe.open_checkout(wish, new()) for _ in range(2)]
    await any_stripe.open_checkout(checkout_wish(), new())

    found = await any_stripe.find_checkouts(wish.payment, *around_now())

    assert {one.id for one in found} == {one.id for one in opened}
    assert await any_stripe.find_checkouts(new(), *around_now()) == []


async def test_a_checkout_is_closed_once(any_stripe: Stripe) -> None:
    opened = await any_stripe.open_checkout(checkout_wish(), new())

    closed = await any_stripe.expire_checkout(opened.id, new())

    assert (closed.standing, closed.url) == (CheckoutStanding.EXPIRED, None)
    with pytest.raises(Refused):
        await any_stripe.expire_checkout(opened.id, new())


async def test_what_does_not_exist_is_missing(any_stripe: Stripe) -> None:
    with pytest.raises(Refused) as refused:
        await any_stripe.checkout("cs_test_nothing")
    assert refused.value.reason == "missing"


async def paid(sandbox: Sandboxed, stripe: Stripe, *, hold: bool = False) -> str:
    opened = await stripe.open_checkout(checkout_wish(hold=hold), new())
    assert sandbox.pay(opened.id).status_code == 303
    there = (await stripe.checkout(opened.id)).payment_there
    assert there
    return there


async def test_a_paid_checkout_is_refunded_once(sandbox: Sandboxed, stripe: Stripe) -> None:
    there, key, payment = await paid(sandbox, stripe), new(), new()
    before = await stripe.payment(there)

    first, again = await stripe.refund(there, payment, key), await stripe.refund(there, payment, key)

    assert (before.money, before.received_cents, before.refunded_cents) == (MoneyStanding.PAID, 800, 0)
    assert (first.id, first.cents, first.standing) == (again.id, 800, "succeeded")
    assert (await stripe.payment(there)).refunded_cents == 800
    assert await stripe.refunds(there) == [first]
    with pytest.raises(Refused) as refused:
        await stripe.refund(there, payment, new())
    assert refused.value.reason == "already_refunded"
    assert [(entry["object"], entry["cents"]) for entry in sandbox.ledger("refunded")] == [(there, 800)]


async def test_a_held_payment_moves_money_once_it_is_captured(sandbox: Sandboxed, stripe: Stripe) -> None:
    opened = await stripe.open_checkout(checkout_wish(hold=True), new())
    sandbox.pay(opened.id)
    held = await stripe.checkout(opened.id)
    assert held.payment_there and not held.paid
    assert (await stripe.payment(held.payment_there)).money is MoneyStanding.HELD
    assert sandbox.ledger("charged") == []

    captured = await stripe.capture(held.payment_there, new())

    assert (captured.money, captured.received_cents) == (MoneyStanding.PAID, 800)
    assert (await stripe.checkout(opened.id)).paid
    assert len(sandbox.ledger("captured")) == 1
    with pytest.raises(Refused) as refused:
        await stripe.release(held.payment_there, new())
    assert refused.value.reason == "not_in_this_state"


async def test_a_held_payment_is_released_without_a_charge(sandbox: Sandboxed, stripe: Stripe) -> None:
    there = await paid(sandbox, stripe, hold=True)

    assert (await stripe.release(there, new())).money is MoneyStanding.RELEASED
    with pytest.raises(Refused):
        await stripe.capture(there, new())
    assert [entry["act"] for entry in sandbox.ledger()] == ["session", "authorised", "released"]


async def test_a_declined_card_leaves_the_checkout_open(sandbox: Sandboxed, stripe: Stripe) -> None:
    opened = await stripe.open_checkout(checkout_wish(), new())

    answer = sandbox.pay(opened.id, "declined")

    assert answer.status_code == 402
    assert "declined" in answer.text
    assert (await stripe.checkout(opened.id)).standing is CheckoutStanding.OPEN
    assert sandbox.ledger("charged") == []


@pytest.mark.parametrize(
    ("card", "paid_then", "money"),
    [("later", True, MoneyStanding.PAID), ("fails_later", False, MoneyStanding.FAILED)],
)
async def test_a_bank_payment_takes_its_time(
    sandbox: Sandboxed, stripe: Stripe, card: str, paid_then: bool, money: MoneyStanding
) -> None:
    sandbox.rules(pace_seconds=600)
    opened = await stripe.open_checkout(checkout_wish(), new())
    sandbox.pay(opened.id, card)
    complete = await stripe.checkout(opened.id)
    assert complete.standing is CheckoutStanding.COMPLETE and complete.payment_there
    assert (await stripe.payment(complete.payment_there)).money is MoneyStanding.PENDING

    sandbox.rules(ahead_seconds=601)
    sandbox.wait_until(lambda: sandbox.waiting()["plans"] == 0)

    assert (await stripe.checkout(opened.id)).paid is paid_then
    assert (await stripe.payment(complete.payment_there)).money is money
    assert len(sandbox.ledger("charged")) == paid_then


async def test_a_disputed_charge_is_seen_and_not_refunded(sandbox: Sandboxed, stripe: Stripe) -> None:
    there = await paid(sandbox, stripe)
    sandbox.http.post(f"/control/disputes/{there}").raise_for_status()

    assert (await stripe.payment(there)).disputed
    assert [(one.cents, one.standing) for one in await stripe.charge_disputes(there)] == [(800, "needs_response")]
    with pytest.raises(Refused) as refused:
        await stripe.refund(there, new(), new())
    assert refused.value.reason == "disputed"


@pytest.mark.parametrize(
    ("kind", "carried_out"),
    [("timeout_before", 0), ("timeout_after", 1), ("reset_before", 0), ("reset_after", 1)],
)
async def test_silence_leaves_the_outcome_unknown_and_the_same_key_finds_it(
    sandbox: Sandboxed, kind: str, carried_out: int
) -> None:
    stripe = stripe_at(sandbox, seconds=1)
    wish, key = checkout_wish(), new()
    sandbox.fail("session.create", kind)

    with pytest.raises(UnknownOutcome):
        await stripe.open_checkout(wish, key)

    assert len(await stripe_at(sandbox).find_checkouts(wish.payment, *around_now())) == carried_out
    await stripe_at(sandbox).open_checkout(wish, key)
    assert len(sandbox.ledger("session")) == 1


async def test_a_failure_after_accepting_is_repeated_by_its_key_so_that_only_looking_helps(
    sandbox: Sandboxed, stripe: Stripe
) -> None:
    wish, key = checkout_wish(), new()
    sandbox.fail("session.create", "status_500_after")

    for _ in range(2):
        with pytest.raises(UnknownOutcome):
            await stripe.open_checkout(wish, key)

    assert len(await stripe.find_checkouts(wish.payment, *around_now())) == 1


async def test_a_key_is_forgotten_after_a_day(sandbox: Sandboxed, stripe: Stripe) -> None:
    wish, key = checkout_wish(), new()
    await stripe.open_checkout(wish, key)
    sandbox.rules(ahead_seconds=25 * 3600)

    await stripe.open_checkout(wish, key)

    assert len(sandbox.ledger("session")) == 2


async def test_who_is_too_busy_or_away_did_nothing(sandbox: Sandboxed, stripe: Stripe) -> None:
    sandbox.fail("session.create", "status_429")
    with pytest.raises(TryLater) as later:
        await stripe.open_checkout(checkout_wish(), new())
    assert later.value.after == 1

    away = Stripe(StripeOptions("sk_test_x", "http://127.0.0.1:9", seconds=1))
    with pytest.raises(TryLater):
        await away.open_checkout(checkout_wish(), new())

    sandbox.fail("session.read", "reset_before")
    with pytest.raises(TryLater):
        await stripe.checkout("cs_test_1")
    assert sandbox.ledger() == []


async def test_a_wrong_key_is_the_operators_affair(sandbox: Sandboxed) -> None:
    stripe = Stripe(StripeOptions("sk_live_secret", f"{sandbox.url}/stripe", ("whsec_secret",)))

    with pytest.raises(KeyRefused) as refused:
        await stripe.open_checkout(checkout_wish(), new())

    assert "sk_live_secret" not in repr(refused.value) + repr(refused.value.__dict__)
    assert "secret" not in repr(StripeOptions("sk_live_secret", webhook_secrets=("whsec_secret",))).replace(
        "secrets", ""
    )


async def test_a_talkative_log_quotes_nothing(sandbox: Sandboxed, capfd: pytest.CaptureFixture[str]) -> None:
    handlers, level = logging.root.handlers[:], logging.root.level
    write_logs("debug", as_json=False)
    wish = checkout_wish(email="ann@example.com")
    try:
        stripe = stripe_at(sandbox)
        await stripe.open_checkout(wish, new())
        sandbox.fail("session.create", "reset_after")
        with pytest.raises(UnknownOutcome):
            await stripe.open_checkout(wish, new())
        await lob_at(sandbox).send(letter_wish(), new())
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)

    said = "".join(capfd.readouterr())
    assert [word for word in ("ann@example.com", "sk_test_of", "test_of_a_test", "Main St") if word in said] == []


async def test_a_proxy_is_not_asked_for_this_machine(sandbox: Sandboxed, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    await stripe_at(sandbox).check()
    await lob_at(sandbox).check()


async def test_many_presses_of_one_button_are_one_charge(sandbox: Sandboxed, stripe: Stripe) -> None:
    opened = await stripe.open_checkout(checkout_wish(), new())

    presses = [asyncio.to_thread(sandbox.pay, opened.id) for _ in range(8)]
    answers = [answer.status_code for answer in await asyncio.gather(*presses)]

    assert sorted(answers) == [303] + [402] * 7
    assert len(sandbox.ledger("charged")) == 1


def stripe_event(**other: object) -> str:
    thing = {"id": "cs_test_1", "object": "checkout.session", "payment_intent": "pi_1", "metadata": {"payment_id": "p"}}
    told = {"id": "evt_1", "type": "checkout.session.completed", "created": 1_700_000_000, "livemode": False}
    return json.dumps(told | {"data": {"object": thing}} | other)


def headers_of(body: str, secret: str = STRIPE_SECRET, at: float | None = None) -> dict[str, str]:
    signed = signature("stripe", secret, body, time.time() if at is None else at)
    return {name.lower(): value for name, value in signed.items()}


def test_a_signed_event_tells_whom_to_ask_about() -> None:
    stripe = Stripe(StripeOptions("sk_test_x", webhook_secrets=("old", STRIPE_SECRET)))
    body = stripe_event()

    event = stripe.event(body.encode(), headers_of(body))

    assert (event.id, event.kind, event.subject, event.payment_there) == (
        *("evt_1", "checkout.session.completed", "cs_test_1", "pi_1"),
    )
    assert (event.metadata, event.live) == ({"payment_id": "p"}, False)


@pytest.mark.parametrize("fault", ["forged", "stale", "changed", "unsigned", "no event", "not json"])
def test_what_stripe_did_not_sign_just_now_is_no_event(fault: str) -> None:
    stripe = Stripe(StripeOptions("sk_test_x", webhook_secrets=(STRIPE_SECRET,)))
    body = {"no event": '{"id": 1}', "not json": "made up"}.get(fault, stripe_event())
    headers = {
        "forged": headers_of(body, "another"),
        "stale": headers_of(body, at=time.time() - 3600),
        "unsigned": {},
    }.get(fault, headers_of(body))

    with pytest.raises(NotSigned):
        stripe.event((body + " " if fault == "changed" else body).encode(), headers)
