"""An answer that is no success, in the words of the vendor that it stands in for."""

from typing import Any


class Refusal(Exception):
    """What a handler raises; `vendor` decides about the shape."""

    def __init__(
        self,
        vendor: str,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str = "",
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.vendor, self.status, self.message = vendor, status, message
        self.kind, self.code, self.more = kind, code, more

    def body(self) -> dict[str, Any]:
        if self.vendor == "lob":
            return {"error": {"message": self.message, "status_code": self.status, "code": self.code or "invalid"}}
        said: dict[str, Any] = {"type": self.kind, "message": self.message, **self.more}
        return {"error": said | ({"code": self.code} if self.code else {})}


def stripe_refusal(status: int, message: str, **how: Any) -> Refusal:
    return Refusal("stripe", status, message, **how)


def lob_refusal(status: int, message: str, code: str) -> Refusal:
    return Refusal("lob", status, message, code=code)


def not_at_stripe(kind: str, id_: str) -> Refusal:
    return stripe_refusal(404, f"No such {kind}: '{id_}'", code="resource_missing", param="id")
