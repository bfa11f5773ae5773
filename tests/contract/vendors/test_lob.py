"""Mailing by Lob's SDK: what every Lob must do, and what is commanded of the stand-in."""

import json
import time
from dataclasses import replace

import pytest
from tests.contract.vendors.conftest import lob_at
from tests.contract.vendors.wishes import PDF, SENDER, letter_wish, new
from tests.sandboxed import LOB_SECRET, Sandboxed

from tribureau.domain.mail import checked_tracking_number
from tribureau.domain.mailing.mail_house import Deliverability, Service
from tribureau.domain.vendor_errors import KeyRefused, NotSigned, Refused, TryLater, UnknownOutcome
from tribureau.providers.mailing.lob import Lob, LobOptions
from tribureau.sandbox.webhooks import signature

WAY = ["mailed", "in_transit", "in_local_area", "processed_for_delivery", "delivered"]


@pytest.mark.parametrize("service", Service)
async def test_a_letter_tells_what_was_wished(any_lob: Lob, service: Service) -> None:
    wish = letter_wish(service=service)

    sent = await any_lob.send(wish, new())
    read = await any_lob.letter(sent.id)

    assert read is not None
    assert (read.id, read.mailing, read.carrier) == (sent.id, wish.mailing, "USPS")
    assert (read.metadata["attempt"], read.metadata["user_id"]) == ("1", wish.user)
    assert read.leaves_at is not None and read.leaves_at >= read.made_at


async def test_one_key_sends_one_letter(any_lob: Lob) -> None:
    wish, key = letter_wish(), new()

    first, again = await any_lob.send(wish, key), await any_lob.send(wish, key)

    assert again.id == first.id


async def test_letters_are_found_by_their_mailing(any_lob: Lob) -> None:
    wish = letter_wish()
    sent = [await any_lob.send(replace(wish, attempt=attempt), new()) for attempt in (1, 2)]
    await any_lob.send(letter_wish(), new())

    assert {letter.id for letter in await any_lob.find_letters(wish.mailing)} == {letter.id for letter in sent}
    assert await any_lob.find_letters(new()) == []


async def test_what_does_not_exist_is_not_there(any_lob: Lob) -> None:
    assert await any_lob.letter("ltr_0123456789abcdef") is None


async def test_a_letter_that_is_no_pdf_or_has_no_address_is_refused(any_lob: Lob) -> None:
    for broken in (letter_wish(pdf=b"made up"), letter_wish(recipient=replace(SENDER, zip_code="1"))):
        with pytest.raises(Refused):
            await any_lob.send(broken, new())


async def test_the_same_key_for_another_letter_sends_none(sandbox: Sandboxed, lob: Lob) -> None:
    key = new()
    await lob.send(letter_wish(), key)

    with pytest.raises(TryLater):
        await lob.send(letter_wish(), key)
    assert len(sandbox.ledger("letter")) == 1


async def test_a_letter_goes_its_way_to_its_reader(sandbox: Sandboxed, lob: Lob) -> None:
    sandbox.rules(cancel_window_seconds=0)
    sent = await lob.send(letter_wish(), new())
    sandbox.wait_until(lambda: sandbox.waiting()["plans"] == 0)

    read = await lob.letter(sent.id)

    assert read and [step.kind for step in read.steps] == WAY
    assert read.tracking_number and checked_tracking_number(read.tracking_number)
    assert [entry["act"] for entry in sandbox.ledger()] == ["letter", "mailed", "delivered"]


@pytest.mark.parametrize(
    ("fate", "last", "standing"),
    [
        ("letter_returned", "returned_to_sender", "processed"),
        ("letter_issue", "delivered", "processed"),
        ("letter_rejected", None, "rejected"),
        ("letter_failed", None, "failed"),
    ],
)
async def test_a_letter_meets_its_fate(
    sandbox: Sandboxed, lob: Lob, fate: str, last: str | None, standing: str
) -> None:
    sandbox.rules(cancel_window_seconds=0)
    sandbox.fail("letter.create", fate)
    sent = await lob.send(letter_wish(), new())
    sandbox.wait_until(lambda: sandbox.waiting()["plans"] == 0)

    read = await lob.letter(sent.id)

    assert read and read.standing == standing
    assert (read.steps[-1].kind if read.steps else None) == last


async def test_a_letter_is_cancelled_inside_its_window_and_not_after(sandbox: Sandboxed, lob: Lob) -> None:
    sandbox.rules(cancel_window_seconds=600)
    first, second = await lob.send(letter_wish(), new()), await lob.send(letter_wish(), new())

    for _ in range(2):
        await lob.cancel(first.id)
    sandbox.rules(ahead_seconds=601)

    assert await lob.letter(first.id) is None
    assert await lob.find_letters(first.mailing) == []
    with pytest.raises(Refused) as refused:
        await lob.cancel(second.id)
    assert refused.value.reason == "too_late"
    assert [entry["object"] for entry in sandbox.ledger("cancelled")] == [first.id]


@pytest.mark.parametrize(
    ("kind", "carried_out"),
    [
        ("timeout_before", 0),
        ("timeout_after", 1),
        ("reset_before", 0),
        ("reset_after", 1),
        ("status_500_before", 0),
        ("status_500_after", 1),
    ],
)
async def test_silence_leaves_the_outcome_unknown_and_looking_finds_it(
    sandbox: Sandboxed, kind: str, carried_out: int
) -> None:
    wish, key = letter_wish(), new()
    sandbox.fail("letter.create", kind)

    with pytest.raises(UnknownOutcome):
        await lob_at(sandbox, seconds=1).send(wish, key)

    assert len(await lob_at(sandbox).find_letters(wish.mailing)) == carried_out
    await lob_at(sandbox).send(wish, key)
    assert len(sandbox.ledger("letter")) == 1


async def test_who_is_too_busy_or_away_did_nothing(sandbox: Sandboxed, lob: Lob) -> None:
    sandbox.fail("letter.create", "status_429")
    with pytest.raises(TryLater) as later:
        await lob.send(letter_wish(), new())
    assert later.value.after == 1

    with pytest.raises(TryLater):
        await Lob(LobOptions("test_x", "http://127.0.0.1:9/v1", seconds=1)).send(letter_wish(), new())
    assert sandbox.ledger() == []


async def test_a_wrong_key_is_the_operators_affair(sandbox: Sandboxed) -> None:
    with pytest.raises(KeyRefused) as refused:
        await Lob(LobOptions("live_secret", f"{sandbox.url}/lob/v1")).send(letter_wish(), new())

    assert "live_secret" not in repr(refused.value) + repr(refused.value.__dict__)
    assert "live_secret" not in repr(LobOptions("live_secret"))


@pytest.mark.parametrize(
    ("line", "zip_code", "verdict"),
    [
        ("1 Main St", "62701", Deliverability.DELIVERABLE),
        ("missing unit", "62701", Deliverability.UNIT_DOUBTFUL),
        ("undeliverable", "62701", Deliverability.UNDELIVERABLE),
    ],
)
async def test_an_address_is_verified(lob: Lob, line: str, zip_code: str, verdict: Deliverability) -> None:
    verified = await lob.verify(replace(SENDER, line1=line, zip_code=zip_code))

    assert verified.verdict is verdict
    assert bool(verified.advice) is (verdict is not Deliverability.DELIVERABLE)


def lob_event(kind: str = "letter.certified.delivered") -> str:
    step = {"id": "evnt_1", "name": "Delivered", "time": "2026-03-02T10:00:00.000Z", "location": None}
    letter = {"id": "ltr_1", "metadata": {"mailing_id": "m"}, "tracking_events": [step]}
    told = {"id": "evt_1", "reference_id": "ltr_1", "date_created": "2026-03-05T08:00:00.000Z", "body": letter}
    return json.dumps(told | {"event_type": {"id": kind}})


def headers_of(body: str, secret: str = LOB_SECRET, at: float | None = None) -> dict[str, str]:
    signed = signature("lob", secret, body, time.time() if at is None else at)
    return {name.lower(): value for name, value in signed.items()}


def test_a_signed_event_tells_when_the_mail_was_there() -> None:
    lob = Lob(LobOptions("test_x", webhook_secrets=("old", LOB_SECRET)))
    body = lob_event()

    event = lob.event(body.encode(), headers_of(body))

    assert (event.kind, event.letter_there, event.mailing) == ("letter.certified.delivered", "ltr_1", "m")
    assert event.at.isoformat() == "2026-03-02T10:00:00+00:00"
    created = lob_event("letter.created")
    assert lob.event(created.encode(), headers_of(created)).at.isoformat() == "2026-03-05T08:00:00+00:00"


@pytest.mark.parametrize("fault", ["forged", "stale", "changed", "unsigned", "no event", "not json"])
def test_what_lob_did_not_sign_just_now_is_no_event(fault: str) -> None:
    lob = Lob(LobOptions("test_x", webhook_secrets=(LOB_SECRET,)))
    body = {"no event": '{"id": 1}', "not json": "made up"}.get(fault, lob_event())
    headers = {
        "forged": headers_of(body, "another"),
        "stale": headers_of(body, at=time.time() - 3600),
        "unsigned": {},
    }.get(fault, headers_of(body))

    with pytest.raises(NotSigned):
        lob.event((body + " " if fault == "changed" else body).encode(), headers)


def test_the_letters_bytes_are_in_no_repr() -> None:
    wish = letter_wish()

    assert "%PDF" not in repr(wish)
    assert SENDER.name not in repr(wish)
    assert wish.pdf == PDF
