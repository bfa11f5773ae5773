"""E-mail addresses in the one form that accounts are kept under."""

import json
from typing import Any, Final

from email_validator import EmailNotValidError, validate_email

from tribureau.providers.identity.errors import InvalidData, InvalidEmail

_LONGEST_ADDRESS: Final = 320
_LONGEST_DATA: Final = 4096


def account_address(email: str) -> str:
    """Small letters, no blanks around; a home network's own names are welcome. Raises InvalidEmail."""
    try:
        valid = validate_email(email.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise InvalidEmail from error
    return valid.normalized.casefold()


def typed_address(text: str) -> str:
    """What was typed at sign-in, in the form of an account's address; never refused, so it gives nothing away."""
    return text.strip().replace("\0", "")[:_LONGEST_ADDRESS].casefold()


def own_data(data: dict[str, Any] | None) -> dict[str, Any]:
    """What users say about themselves: it travels in each access token, so it is short. Raises InvalidData."""
    try:
        written = json.dumps(data or {}, allow_nan=False, ensure_ascii=False).encode()
    except ValueError as error:
        raise InvalidData("`data` holds what JSON or Unicode does not know.") from error
    if len(written) > _LONGEST_DATA:
        raise InvalidData(f"`data` may take {_LONGEST_DATA} bytes at most.")
    if b"\\u0000" in written:
        raise InvalidData("`data` may not hold the character U+0000.")
    return data or {}
