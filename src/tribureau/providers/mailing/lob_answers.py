"""Between Lob's objects and ours."""

from datetime import UTC, datetime
from typing import Any, Final

from tribureau.domain.mailing.mail_house import (
    Deliverability,
    LetterThere,
    LetterWish,
    MailAddress,
    MailEvent,
    TrackedStep,
    VerifiedAddress,
)

_VERDICTS: Final = {
    "deliverable": (Deliverability.DELIVERABLE, ""),
    "deliverable_unnecessary_unit": (
        Deliverability.UNIT_DOUBTFUL,
        "The building is known, but without apartments. Leave the apartment out if there is none.",
    ),
    "deliverable_incorrect_unit": (
        Deliverability.UNIT_DOUBTFUL,
        "The building is known, but not this apartment. Check its number.",
    ),
    "deliverable_missing_unit": (
        Deliverability.UNIT_DOUBTFUL,
        "The building is known and has apartments. Add the number of yours.",
    ),
}
_UNDELIVERABLE: Final = (
    Deliverability.UNDELIVERABLE,
    "The Postal Service does not know this address. Check the street, its number and the ZIP code.",
)


def address_wish(address: MailAddress) -> dict[str, str]:
    return {
        "primary_line": address.line1,
        "secondary_line": address.line2,
        "city": address.city,
        "state": address.state,
        "zip_code": address.zip_code,
    }


def letter_wish(wish: LetterWish, *, color: bool) -> list[tuple[str, str]]:
    """The form of a letter without its file. Disputes are no advertising, hence operational."""
    metadata = {"mailing_id": wish.mailing, "attempt": str(wish.attempt), "user_id": wish.user}
    return [
        *_address("to", wish.recipient),
        *_address("from", wish.sender),
        *((f"metadata[{name}]", value) for name, value in metadata.items()),
        ("color", str(color).lower()),
        ("double_sided", str(wish.double_sided).lower()),
        ("address_placement", "insert_blank_page"),
        ("extra_service", wish.service.value),
        ("mail_type", "usps_first_class"),
        ("use_type", "operational"),
    ]


def verified(told: dict[str, Any]) -> VerifiedAddress:
    verdict, advice = _VERDICTS.get(str(told.get("deliverability")), _UNDELIVERABLE)
    return VerifiedAddress(
        verdict,
        str(told.get("primary_line", "")),
        str(told.get("secondary_line", "")),
        str(told.get("last_line", "")),
        advice,
    )


def letter(told: dict[str, Any]) -> LetterThere:
    metadata = {str(name): str(value) for name, value in (told.get("metadata") or {}).items()}
    return LetterThere(
        id=told["id"],
        mailing=metadata.get("mailing_id", ""),
        tracking_number=told.get("tracking_number") or None,
        carrier=told.get("carrier") or "USPS",
        leaves_at=_instant(told["send_date"]) if told.get("send_date") else None,
        expected_on=told.get("expected_delivery_date") or None,
        steps=tuple(_step(one) for one in told.get("tracking_events") or ()),
        standing=told.get("status") or "",
        cents=_cents(told),
        metadata=metadata,
        made_at=_instant(told["date_created"]),
    )


def event(told: dict[str, Any]) -> MailEvent:
    """Of a verified webhook. Raises KeyError and the like for what is no event."""
    thing, kind = told["body"], str(told["event_type"]["id"])
    metadata = thing.get("metadata") or {}
    return MailEvent(
        str(told["id"]), kind, _when(thing, kind, told), str(told["reference_id"]), str(metadata.get("mailing_id", ""))
    )


def _address(field: str, address: MailAddress) -> list[tuple[str, str]]:
    parts = {
        "name": address.name,
        "company": address.company,
        "address_line1": address.line1,
        "address_line2": address.line2,
        "address_city": address.city,
        "address_state": address.state,
        "address_zip": address.zip_code,
        "address_country": "US",
    }
    return [(f"{field}[{name}]", value) for name, value in parts.items() if value]


def _when(thing: dict[str, Any], kind: str, told: dict[str, Any]) -> datetime:
    """The time of the tracked step that an event is about; the event's own for what is no step of the mail."""
    steps = [_step(one) for one in thing.get("tracking_events") or ()]
    times = [step.at for step in steps if kind == f"letter.certified.{step.kind}"]
    return max(times) if times else _instant(told["date_created"])


def _step(told: dict[str, Any]) -> TrackedStep:
    kind = str(told["name"]).lower().replace(" ", "_")
    at = told.get("time") or told["date_created"]
    return TrackedStep(str(told["id"]), kind, _instant(at), str(told.get("location") or ""))


def _cents(told: dict[str, Any]) -> int | None:
    """Lob tells a letter's price to some accounts only, in dollars."""
    price = told.get("price")
    return round(float(price) * 100) if price is not None else None


def _instant(printed: str) -> datetime:
    at = datetime.fromisoformat(printed)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
