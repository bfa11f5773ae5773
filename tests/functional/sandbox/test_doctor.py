"""`tribureau doctor` on Stripe and Lob."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from tests.sandboxed import sandboxed

from tribureau.diagnosis import State
from tribureau.diagnosis.vendors import vendors
from tribureau.settings import Settings

STRIPE: dict[str, Any] = {"stripe_secret_key": SecretStr("sk_test_1"), "stripe_webhook_secret": SecretStr("a,b")}
LOB: dict[str, Any] = {"lob_api_key": SecretStr("test_1"), "lob_webhook_secret": SecretStr("a")}


def states(**settings: Any) -> dict[str, State]:
    return {finding.part: finding.state for finding in vendors(Settings(**settings))}


def test_without_keys_nothing_is_asked() -> None:
    said = [finding.words for sandbox in ("auto", "off") for finding in vendors(Settings(sandbox=sandbox))]

    assert said == ["not used: the sandbox stands in for them", "not used: letters are posted by hand"]


def test_what_answers_is_good_and_what_does_not_is_off(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as running:
        here = {"stripe_api_base": f"{running.url}/stripe", "lob_api_base": f"{running.url}/lob/v1"}

        assert states(**STRIPE, **LOB, **here) == {"Stripe": State.GOOD, "Lob": State.GOOD}
        unheard = {"lob_webhook_secret": None, "stripe_secret_key": SecretStr("pk_test_1")}
        assert states(**(STRIPE | LOB | here | unheard)) == {"Stripe": State.OFF, "Lob": State.NOTE}
        assert states(**LOB, **here) == {"Stripe, Lob": State.NOTE, "Lob": State.GOOD}
    away = {"stripe_api_base": "http://127.0.0.1:9", "lob_api_base": "http://127.0.0.1:9"}
    assert states(**STRIPE, **LOB, **away) == {"Stripe": State.OFF, "Lob": State.OFF}


@pytest.mark.parametrize(("stripe", "lob"), [("sk_live_1", "test_1"), ("rk_live_1", "test_1"), ("sk_test_1", "live_1")])
def test_real_money_is_for_real_mail_alone(stripe: str, lob: str) -> None:
    with pytest.raises(ValidationError, match="must be live where"):
        Settings(stripe_secret_key=SecretStr(stripe), lob_api_key=SecretStr(lob))
    assert Settings(stripe_secret_key=SecretStr("sk_live_1"), lob_api_key=SecretStr("live_1"))
