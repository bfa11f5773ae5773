"""What an error of Stripe's SDK means for us: again later, unknown, refused, or the operator's affair."""

from typing import Final

import requests
import stripe
from urllib3.exceptions import NewConnectionError

from tribureau.domain.vendor_errors import KeyRefused, Refused, TryLater, UnknownOutcome, VendorError

_REASONS: Final = {
    "charge_already_refunded": ("already_refunded", "This payment was refunded already."),
    "charge_disputed": ("disputed", "The payer's bank was asked to take this payment back, so it can't be refunded."),
    "payment_intent_unexpected_state": ("not_in_this_state", "This payment is at another step by now."),
    "resource_missing": ("missing", "The payment service knows no such payment."),
    "card_declined": ("declined", "The card was declined."),
    "amount_too_small": ("amount", "The payment service takes no amount as small as this."),
    "email_invalid": ("email", "The payment service does not accept this e-mail address."),
}


def failure_of(error: stripe.StripeError, *, changes: bool) -> VendorError:
    """`changes`: whether the request may have changed something, so that silence leaves its outcome open."""
    status = error.http_status or 0
    match error:
        case stripe.APIConnectionError():
            return TryLater() if _never_sent(error) or not changes else UnknownOutcome()
        case stripe.RateLimitError():
            return TryLater(after=_seconds(error))
        case stripe.AuthenticationError() | stripe.PermissionError():
            return KeyRefused()
        case stripe.IdempotencyError():
            return TryLater() if status == 409 else Refused(reason="key_used_otherwise")
        case _ if status == 409 or error.code == "lock_timeout":
            return TryLater(after=_seconds(error))
        case stripe.InvalidRequestError() | stripe.CardError():
            return _refused(error)
        case _:
            return UnknownOutcome() if changes else TryLater(after=_seconds(error))


def _refused(error: stripe.StripeError) -> Refused:
    reason, words = _REASONS.get(error.code or "", ("", ""))
    if not reason and "status" in str(error.user_message) and "expired" in str(error.user_message):
        reason, words = "not_open", "This payment page is over."
    return Refused(words, reason=reason or error.code or "invalid")


def _never_sent(error: BaseException) -> bool:
    """Whether the connection failed before a byte of the request left."""
    cause: BaseException | None = error.__cause__ or error.__context__
    while cause is not None:
        if isinstance(cause, NewConnectionError | requests.ConnectTimeout):
            return True
        inner = cause.args[0] if cause.args else None
        reason = getattr(inner, "reason", None)
        if isinstance(reason, NewConnectionError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _seconds(error: stripe.StripeError) -> float | None:
    named = {name.lower(): value for name, value in (error.headers or {}).items()}.get("retry-after", "")
    return float(named) if named.isdigit() else None
