"""Who the user is: a form of its own under Settings; what it holds is sealed under their key."""

import re
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from tribureau.domain.errors import InvalidInput, TribureauError
from tribureau.domain.profile import PostalAddress, Profile
from tribureau.web.api.beside_shapes import PostalAddressShape, ProfileShape
from tribureau.web.api.profile import as_profile
from tribureau.web.errors import status_of
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.profile import save_profile, show_profile

router = APIRouter(prefix="/settings/profile", include_in_schema=False)
Line = Annotated[str, Form(max_length=200)]
Lines = Annotated[str, Form(max_length=4000)]
_ADDRESS: Final = re.compile(
    r"(?P<street>.+?),\s*(?P<city>[^,]+),\s*(?P<state>[A-Za-z]{2})\.?,?\s+(?P<zip_code>\d{5}(?:-\d{4})?)\s*"
)
_FIELDS: Final = {
    "name": "Your name",
    "former_names": "Other names",
    "street": "Street",
    "city": "City",
    "state": "State",
    "zip_code": "ZIP code",
    "date_of_birth": "Date of birth",
    "ssn_last4": "Social security number",
}
_HINTS: Final = {
    "state": "Two letters, such as TX.",
    "zip_code": "Five digits, or nine as 12345-6789.",
    "ssn_last4": "The last four digits only.",
    "date_of_birth": "A day in the past.",
}


@router.get("")
async def profile(visitor: SignedIn) -> HTMLResponse:
    return await _page(visitor, _as_form(await show_profile(visitor.parts.receiving, visitor.user)))


@router.post("", response_model=None)
async def change_profile(
    visitor: SignedIn,
    *,
    name: Line = "",
    former_names: Lines = "",
    street: Line = "",
    unit: Line = "",
    city: Line = "",
    state: Line = "",
    zip_code: Line = "",
    earlier_addresses: Lines = "",
    date_of_birth: Line = "",
    ssn_last4: Line = "",
) -> Response:
    typed = {
        "name": name.strip(),
        "former_names": former_names,
        "street": street.strip(),
        "unit": unit.strip(),
        "city": city.strip(),
        "state": state.strip().upper(),
        "zip_code": zip_code.strip(),
        "earlier_addresses": earlier_addresses,
        "date_of_birth": date_of_birth.strip(),
        "ssn_last4": ssn_last4.strip(),
    }
    try:
        await save_profile(visitor.parts.receiving, visitor.user, as_profile(_shape(typed)))
    except TribureauError as error:
        return await _page(visitor, typed, error)
    return go_to("/settings/profile", "profile")


async def _page(visitor: Visitor, typed: dict[str, str], error: TribureauError | None = None) -> HTMLResponse:
    status = status_of(error) if error else 200
    return await visitor.page("profile.html", "settings", status, problem=error, typed=typed)


def _shape(typed: dict[str, str]) -> ProfileShape:
    """Raises InvalidInput with what to mend."""
    parts = {name: typed[name] for name in ("street", "unit", "city", "state", "zip_code")}
    try:
        return ProfileShape(
            name=typed["name"],
            former_names=_lines(typed["former_names"]),
            address=PostalAddressShape(**parts) if any(parts.values()) else None,
            earlier_addresses=[_address(line) for line in _lines(typed["earlier_addresses"])],
            date_of_birth=_day(typed["date_of_birth"]),
            ssn_last4=typed["ssn_last4"] or None,
        )
    except ValidationError as error:
        wrong = str(error.errors()[0]["loc"][0])
        raise InvalidInput(
            f"{_FIELDS.get(wrong, 'A field')} is not filled in right.", hint=_HINTS.get(wrong, "")
        ) from None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise InvalidInput("This date of birth is no date.", hint="Write it as 1988-05-17.") from None


def _address(line: str) -> PostalAddressShape:
    found = _ADDRESS.fullmatch(line)
    if found is None:
        raise InvalidInput(
            "An earlier address can't be understood.", hint="One in a line: 77 Old Mill Rd, Millrace, TX 75013"
        )
    return PostalAddressShape(**(found.groupdict() | {"state": found["state"].upper()}))


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _as_form(known: Profile) -> dict[str, str]:
    address: Any = known.address or PostalAddress("", "", "", "")
    return {
        "name": known.name,
        "former_names": "\n".join(known.former_names),
        "street": address.street,
        "unit": address.unit,
        "city": address.city,
        "state": address.state,
        "zip_code": address.zip_code,
        "earlier_addresses": "\n".join(one.line for one in known.earlier_addresses),
        "date_of_birth": known.date_of_birth.isoformat() if known.date_of_birth else "",
        "ssn_last4": known.ssn_last4 or "",
    }
