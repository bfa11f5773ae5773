"""The stand-in's answers against the vendors' own descriptions: no field may be there that they don't have.

Those are not part of this repository: TRIBUREAU_SPECS names a folder with lob-openapi.yml and stripe-fixtures.json.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator
from tests.contract.vendors.wishes import checkout_wish, letter_wish, new
from tests.sandboxed import Sandboxed

from tribureau.providers.mailing.lob import Lob
from tribureau.providers.payments.stripe import Stripe

FOLDER = Path(os.environ.get("TRIBUREAU_SPECS") or "/nowhere")

pytestmark = pytest.mark.skipif(
    not (FOLDER / "lob-openapi.yml").exists(),
    reason="Not tested: the sandbox's answers against the vendors' descriptions. Name their folder in TRIBUREAU_SPECS.",
)
STRIPE = {"Authorization": "Bearer sk_test_1"}
LOB = ("test_1", "")
ONLY_URL_DESCRIBED = (
    "https://lob-assets.com/letters/ltr_4868c3b754655f90_signature.pdfversion=v1&expires=1540372221&signature=s"
)
"""The description's pattern for it fits no address that Lob gives, its own example not either."""


@cache
def described() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((FOLDER / "lob-openapi.yml").read_text(), Loader=yaml.CSafeLoader)
    return read


def resolved(node: Any) -> Any:
    if isinstance(node, dict) and "$ref" in node:
        found: Any = described()
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return resolved(found)
    if isinstance(node, dict):
        return {name: resolved(part) for name, part in node.items()}
    return [resolved(part) for part in node] if isinstance(node, list) else node


def complaints(path: str, method: str, answer: Any) -> list[str]:
    content = resolved(described()["paths"][path][method]["responses"]["200"])["content"]
    schema = content["application/json"]["schema"]
    return [
        f"{'/'.join(map(str, error.path))}: {error.message}" for error in OAS30Validator(schema).iter_errors(answer)
    ]


async def test_lobs_letters_have_the_described_shape(sandbox: Sandboxed, lob: Lob) -> None:
    sandbox.rules(cancel_window_seconds=0)
    sent = await lob.send(letter_wish(), new())
    sandbox.wait_until(lambda: sandbox.waiting()["plans"] == 0)

    letter = sandbox.http.get(f"/lob/v1/letters/{sent.id}", auth=LOB).json()

    assert len(letter["tracking_events"]) == 5
    assert letter["url"].endswith(".pdf?version=v1&expires=1&signature=of-the-sandbox")
    assert complaints("/letters/{ltr_id}", "get", letter | {"url": ONLY_URL_DESCRIBED}) == []


async def test_lobs_verdicts_have_the_described_shape(sandbox: Sandboxed) -> None:
    asked = {"primary_line": "1 Main St", "city": "Springfield", "state": "IL", "zip_code": "62701"}

    told = sandbox.http.post("/lob/v1/us_verifications", auth=LOB, json=asked).json()

    assert complaints("/us_verifications", "post", told) == []


async def test_stripes_objects_have_no_field_of_our_own(sandbox: Sandboxed, stripe: Stripe) -> None:
    known = json.loads((FOLDER / "stripe-fixtures.json").read_text())["resources"]
    wish = checkout_wish()
    opened = await stripe.open_checkout(wish, new())
    sandbox.pay(opened.id)
    there = (await stripe.checkout(opened.id)).payment_there or ""
    charge = (await stripe.payment(there)).charge
    await stripe.refund(there, wish.payment, new())
    second = await stripe.open_checkout(checkout_wish(), new())
    sandbox.pay(second.id)
    taken_back = (await stripe.checkout(second.id)).payment_there or ""
    sandbox.http.post(f"/control/disputes/{taken_back}").raise_for_status()

    answers = {
        path: sandbox.http.get(f"/stripe/v1/{path}", headers=STRIPE).json()
        for path in (f"checkout/sessions/{opened.id}", f"payment_intents/{there}", f"charges/{charge}")
    } | {
        path: sandbox.http.get(f"/stripe/v1/{path}", headers=STRIPE).json()["data"][0]
        for path in (f"refunds?payment_intent={there}", f"disputes?payment_intent={taken_back}")
    }

    assert {one["object"] for one in answers.values()} == {
        *("checkout.session", "payment_intent", "charge", "refund", "dispute"),
    }
    for path, one in answers.items():
        assert one.keys() <= known[one["object"]].keys(), path
