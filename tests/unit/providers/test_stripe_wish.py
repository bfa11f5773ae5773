"""The form of a Checkout Session."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from tests.contract.vendors.wishes import checkout_wish

from tribureau.providers.payments.stripe_answers import session_wish


@given(st.lists(st.uuids(), max_size=60, unique=True))
def test_every_letters_id_fits_into_metadata(ids: list[UUID]) -> None:
    letters = tuple(map(str, ids))

    metadata = session_wish(replace(checkout_wish(), letters=letters))["metadata"]

    pieces = [value for name, value in metadata.items() if name.startswith("letter_ids")]
    assert ",".join(pieces) == ",".join(letters)
    assert all(len(value) <= 500 for value in metadata.values())
    assert len(metadata) <= 50


def test_only_a_held_payment_is_captured_by_hand() -> None:
    forms = {hold: session_wish(checkout_wish(hold=hold)) for hold in (True, False)}

    assert {hold: form["payment_intent_data"]["capture_method"] for hold, form in forms.items()} == {
        True: "manual",
        False: "automatic",
    }
    assert all("payment_method_types" not in form for form in forms.values())
