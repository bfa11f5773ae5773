"""How a question to a service that moves money or mail can fail; each asks for another next step.

VendorError
├── TryLater         it was surely not carried out: ask again, not before `after` seconds
├── UnknownOutcome   it may have been carried out: look at the vendor before anything else
├── Refused          the vendor said no to this wish, and will again; the message is for the user
├── KeyRefused       the vendor does not know our key, or its account may not do this: the operator's affair
└── NotSigned        a webhook that the vendor did not sign, or that is too old
"""

from tribureau.domain.errors import InvalidInput, NotAllowed, Unavailable


class TryLater(Unavailable):
    """The service for payment or mail can't be asked just now. Nothing happened."""

    code = "vendor_away"

    def __init__(self, message: str = "", *, hint: str = "", after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.after = after


class UnknownOutcome(Unavailable):
    """The service did not answer, so it is not known yet whether it acted. We find out before anything is repeated."""

    code = "vendor_silent"
    hint = "There is nothing to do; look again in a few minutes."


class Refused(InvalidInput):
    """The service for payment or mail refuses this."""

    code = "vendor_refused"

    def __init__(self, message: str = "", *, hint: str = "", reason: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class KeyRefused(Unavailable):
    """The service for payment or mail does not accept this site's key."""

    code = "vendor_key_refused"
    hint = "Whoever runs this site must check its keys: `tribureau doctor`."


class NotSigned(NotAllowed):
    """This message does not come from the service that it names."""

    code = "not_signed"


VendorError = TryLater | UnknownOutcome | Refused | KeyRefused
