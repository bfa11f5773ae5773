"""The same suite on the stand-in and, where their keys are set, on the vendors' test modes."""

import os
from collections.abc import Iterator

import pytest
from tests.sandboxed import LOB_SECRET, STRIPE_SECRET, Sandboxed, sandboxed

from tribureau.providers.mailing.lob import Lob, LobOptions
from tribureau.providers.payments.stripe import Stripe, StripeOptions


@pytest.fixture(scope="module")
def running_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandboxed]:
    with sandboxed(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def sandbox(running_sandbox: Sandboxed) -> Sandboxed:
    running_sandbox.begin()
    running_sandbox.rules(webhooks=False, pace_seconds=0.2)
    return running_sandbox


def stripe_at(sandbox: Sandboxed, seconds: float = 20) -> Stripe:
    return Stripe(StripeOptions("sk_test_of_a_test", f"{sandbox.url}/stripe", ("old", STRIPE_SECRET), seconds))


def lob_at(sandbox: Sandboxed, seconds: float = 20) -> Lob:
    return Lob(LobOptions("test_of_a_test", f"{sandbox.url}/lob/v1", ("old", LOB_SECRET), seconds))


@pytest.fixture
def stripe(sandbox: Sandboxed) -> Stripe:
    return stripe_at(sandbox)


@pytest.fixture
def lob(sandbox: Sandboxed) -> Lob:
    return lob_at(sandbox)


@pytest.fixture(params=["stand-in", "test mode"])
def any_stripe(request: pytest.FixtureRequest) -> Stripe:
    if request.param == "stand-in":
        return stripe_at(request.getfixturevalue("sandbox"))
    return Stripe(StripeOptions(_test_key("TRIBUREAU_TEST_STRIPE_KEY", "sk_test_")))


@pytest.fixture(params=["stand-in", "test mode"])
def any_lob(request: pytest.FixtureRequest) -> Lob:
    if request.param == "stand-in":
        return lob_at(request.getfixturevalue("sandbox"))
    return Lob(LobOptions(_test_key("TRIBUREAU_TEST_LOB_KEY", "test_")))


def _test_key(name: str, beginning: str) -> str:
    key = os.environ.get(name, "")
    if not key.startswith(beginning):
        pytest.skip(f"Not tested: the vendor's own test mode. Set {name} to a key that begins with {beginning}.")
    return key
