"""Addresses at Lob: checked for form, and some words that make one undeliverable, as in Lob's own test mode."""

import re
from typing import Any, Final

from tribureau.sandbox.books import Object, new_id, printed
from tribureau.sandbox.refusals import lob_refusal

_STATES: Final = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP AA AE AP"
)
_VERDICTS: Final = {
    "undeliverable": "undeliverable",
    "missing unit": "deliverable_missing_unit",
    "incorrect unit": "deliverable_incorrect_unit",
    "unnecessary unit": "deliverable_unnecessary_unit",
}
"""A primary line that holds such words gets that verdict."""


def verify(wish: dict[str, Any]) -> Object:
    """A `us_verification`. Raises Refusal where the request lacks what an address must have."""
    line, zip_code = str(wish.get("primary_line", "")), str(wish.get("zip_code", ""))
    if not line or not (zip_code or (wish.get("city") and wish.get("state"))):
        raise lob_refusal(422, "primary_line, and zip_code or city and state, are required", "invalid")
    verdict = next((verdict for words, verdict in _VERDICTS.items() if words in line.lower()), "deliverable")
    if not _formed(str(wish.get("state", "")), zip_code):
        verdict = "undeliverable"
    city, state = str(wish.get("city", "")).upper(), str(wish.get("state", "")).upper()
    return {
        "id": new_id("us_ver"),
        "recipient": str(wish.get("recipient", "")).upper(),
        "primary_line": line.upper(),
        "secondary_line": str(wish.get("secondary_line", "")).upper(),
        "urbanization": "",
        "last_line": f"{city} {state} {zip_code}".strip(),
        "deliverability": verdict,
        "valid_address": verdict != "undeliverable",
        "object": "us_verification",
    }


def shown_address(address: Any, field: str, now: float) -> Object:
    """The address of a letter as Lob shows it. Raises Refusal where it can't be mailed to."""
    if not isinstance(address, dict):
        raise lob_refusal(422, f"{field} is required", "invalid")
    for part, longest in (("address_line1", 64), ("address_city", 200), ("address_state", 2), ("address_zip", 10)):
        if not 0 < len(str(address.get(part, ""))) <= longest:
            raise lob_refusal(422, f"{field}.{part} is required and has at most {longest} characters", "invalid")
    if not address.get("name") and not address.get("company"):
        raise lob_refusal(422, f"{field}.name or {field}.company is required", "invalid")
    if any(len(str(address.get(part, ""))) > 40 for part in ("name", "company")):
        raise lob_refusal(422, f"{field}.name has at most 40 characters", "invalid")
    undeliverable = "undeliverable" in str(address["address_line1"]).lower()
    if undeliverable or not _formed(str(address["address_state"]), str(address["address_zip"])):
        raise lob_refusal(422, f"{field} is not a deliverable address", "failed_deliverability_strictness")
    return {
        "id": new_id("adr"),
        "description": None,
        "name": address.get("name"),
        "company": address.get("company"),
        "phone": None,
        "email": None,
        "address_line1": str(address["address_line1"]).upper(),
        "address_line2": str(address["address_line2"]).upper() if address.get("address_line2") else None,
        "address_city": str(address["address_city"]).upper(),
        "address_state": str(address["address_state"]).upper(),
        "address_zip": address["address_zip"],
        "address_country": "UNITED STATES",
        "metadata": {},
        "date_created": printed(now),
        "date_modified": printed(now),
        "object": "address",
    }


def _formed(state: str, zip_code: str) -> bool:
    state_fits = not state or state.upper() in _STATES.split()
    return state_fits and (not zip_code or re.fullmatch(r"\d{5}(-\d{4})?", zip_code) is not None)
