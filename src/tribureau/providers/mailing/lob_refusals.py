"""What an error of Lob's SDK means for us: again later, unknown, refused, or the operator's affair."""

import json
from typing import Final

from lob_python.exceptions import ApiException, OpenApiException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from tribureau.domain.vendor_errors import KeyRefused, Refused, TryLater, UnknownOutcome, VendorError

_WORDS: Final = {
    "failed_deliverability_strictness": ("address", "The Postal Service does not deliver to this address."),
    "address_length_exceeds_limit": ("address", "This address is too long for the envelope."),
    "file_size_exceeds_limit": ("file", "This letter is larger than the mail house takes."),
    "file_pages_exceed_max": ("file", "This letter has more pages than the mail house takes."),
    "invalid_file": ("file", "The mail house can't print this letter's file."),
    "not_found": ("missing", "The mail house knows no such letter."),
    "payment_method_unverified": ("account", "The mail house waits for its operator's means of payment."),
}


class Answered(Exception):
    """An answer that says nothing we understand."""


def failure_of(error: Exception, *, changes: bool) -> VendorError:
    """`changes`: whether the request may have changed something, so that silence leaves its outcome open."""
    match error:
        case ApiException() if error.status:
            return _of_status(error, changes=changes)
        case NewConnectionError() | ConnectTimeoutError():
            return TryLater()
        case OpenApiException() if not isinstance(error, ApiException):
            return Refused(reason="form")  # the SDK's own check, before anything was sent
        case _:
            return UnknownOutcome() if changes else TryLater()


def _of_status(error: ApiException, *, changes: bool) -> VendorError:
    match error.status:
        case 401 | 403:
            return KeyRefused()
        case 408 | 409 | 429:
            return TryLater(after=_seconds(error))
        case status if 400 <= status < 500:
            return _refused(error)
        case _:
            return UnknownOutcome() if changes else TryLater(after=_seconds(error))


def _refused(error: ApiException) -> Refused:
    code, message = _said(error)
    if error.status == 404:
        code = "not_found"
    if "cancel" in message or "send_date" in message:
        return Refused("The letter is in production and can't be cancelled any more.", reason="too_late")
    reason, words = _WORDS.get(code, (code or "invalid", ""))
    return Refused(words, reason=reason)


def _said(error: ApiException) -> tuple[str, str]:
    try:
        told = json.loads(error.body)["error"]
        return str(told.get("code", "")), str(told.get("message", ""))
    except (ValueError, TypeError, KeyError, AttributeError):
        return "", ""


def _seconds(error: ApiException) -> float | None:
    named = {name.lower(): value for name, value in (error.headers or {}).items()}.get("retry-after", "")
    return float(named) if named.isdigit() else None
