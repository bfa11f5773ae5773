"""The real SDK before a stand-in: what goes out is Gemini's own form, what comes back is believed as far as it fits."""

import json
from typing import Any

import pytest
from tests.cloud.stand_ins import MODEL, Answer, Refusal, Silence, StandIn, accounts, generated, stand_in

from tribureau.providers.parsing.bounded import LARGEST_ANSWER
from tribureau.providers.parsing.gemini import Gemini, GeminiOptions
from tribureau.reader.outside.readers import CloudFailed, Failure
from tribureau.reader.outside.said import PageText, Said

PAGES = [PageText(4, ["HARBOR POINT BANK", "Balance | $1,240"])]
ACCOUNT: dict[str, Any] = {
    "creditor": "HARBOR POINT BANK",
    "bureau": "Experian",
    "page": 4,
    "values": [{"question": "balance", "label": "Balance", "printed": "$1,240"}],
}


async def ask(service: StandIn, seconds: float = 20) -> Said:
    gemini = Gemini(GeminiOptions("invented-key", MODEL, service.url, seconds))
    try:
        return await gemini.accounts_on(PAGES)
    finally:
        await gemini.close()
        assert service.faults == []


async def test_a_good_answer_is_what_was_said() -> None:
    with stand_in(accounts(ACCOUNT)) as service:
        said = await ask(service)
    assert [(a.creditor, a.bureau, a.page) for a in said.accounts] == [("HARBOR POINT BANK", "Experian", 4)]
    assert [(v.question, v.printed) for v in said.accounts[0].values] == [("balance", "$1,240")]
    assert said.dropped == 0
    assert "=== Page 4 ===\nHARBOR POINT BANK\nBalance | $1,240" in service.asked[0]
    assert b"invented-key" in service.everything


async def test_it_waits_as_long_as_it_is_told_while_the_service_is_busy() -> None:
    with stand_in(Refusal(429, {"Retry-After": "1"}), Refusal(503), accounts(ACCOUNT)) as service:
        said = await ask(service)
    assert len(said.accounts) == 1
    assert len(service.received) == 3


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Refusal(429), Failure.BUSY),
        (Refusal(429, {"Retry-After": "3600"}), Failure.BUSY),
        (Refusal(500), Failure.ERROR),
        (Refusal(403), Failure.ERROR),
        (Silence(), Failure.LATE),
        (b"this is no JSON", Failure.USELESS),
        (generated('{"accounts": [{"creditor": "HARB'), Failure.USELESS),
        (generated('{"accounts": [', "MAX_TOKENS"), Failure.CUT_OFF),
        (generated("", "SAFETY"), Failure.REFUSED),
        ({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}, Failure.REFUSED),
        ({}, Failure.USELESS),
        (generated(""), Failure.USELESS),
        (generated("[]"), Failure.USELESS),
        (generated('{"accounts": "none"}'), Failure.USELESS),
        (generated("[" * 100_000), Failure.USELESS),
        (b'{"candidates": "' + b"x" * (LARGEST_ANSWER + 1) + b'"}', Failure.USELESS),
    ],
)
async def test_what_is_no_answer_is_a_failure_with_its_reason(answer: Answer, failure: Failure) -> None:
    with stand_in(answer) as service, pytest.raises(CloudFailed) as failed:
        await ask(service, seconds=3)
    assert failed.value.failure is failure


async def test_nobody_at_the_address_is_a_failure() -> None:
    with pytest.raises(CloudFailed) as failed:
        await Gemini(GeminiOptions("k", MODEL, "http://127.0.0.1:9", 5)).accounts_on(PAGES)
    assert failed.value.failure is Failure.AWAY


async def test_what_does_not_fit_the_schema_is_dropped_by_itself_and_counted() -> None:
    wrong = [
        {"question": "balance", "label": "Balance", "printed": 1240},
        {"question": "favourite_colour", "label": "", "printed": "blue"},
        {"question": "terms", "label": "", "printed": ""},
        "a value",
    ]
    strange = {**ACCOUNT, "bureau": "Fourth Bureau"}
    with stand_in(
        accounts({**ACCOUNT, "values": [*ACCOUNT["values"], *wrong]}, strange, {"values": 3}, {**ACCOUNT, "page": "4"})
    ) as service:
        said = await ask(service)
    assert [len(account.values) for account in said.accounts] == [1]
    assert said.dropped == len(wrong) + 2 + 1 + 2


async def test_the_key_and_the_model_can_be_checked() -> None:
    with stand_in({}) as service:
        await Gemini(GeminiOptions("k", MODEL, service.url, 5)).check()
        with pytest.raises(CloudFailed):
            await Gemini(GeminiOptions("k", "no-such-model", service.url, 5)).check()


async def test_an_error_of_the_sdk_does_not_carry_the_report(caplog: pytest.LogCaptureFixture) -> None:
    with stand_in(Refusal(400)) as service, pytest.raises(CloudFailed) as failed:
        await ask(service)
    assert failed.value.__cause__ is None and "HARBOR" not in str(failed.value)
    assert "HARBOR" not in caplog.text and json.dumps(PAGES[0].lines[0]) not in caplog.text
