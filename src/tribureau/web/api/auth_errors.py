"""Refusals in Supabase Auth's shape: `{"code": <HTTP status>, "error_code", "msg"}`."""

from typing import Final

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from tribureau.domain.errors import TooManyTries, TribureauError, Unauthenticated
from tribureau.providers.identity.errors import WeakPassword
from tribureau.web.errors import status_of

_STATUS: Final = {
    "bad_jwt": 403,
    "email_address_invalid": 400,
    "email_exists": 422,
    "email_not_confirmed": 400,
    "insufficient_aal": 403,
    "invalid_credentials": 400,
    "mfa_challenge_expired": 422,
    "mfa_factor_name_conflict": 422,
    "mfa_factor_not_found": 404,
    "mfa_verification_failed": 422,
    "no_authorization": 401,
    "otp_expired": 403,
    "reauthentication_needed": 400,
    "refresh_token_already_used": 400,
    "refresh_token_not_found": 400,
    "same_password": 422,
    "session_expired": 400,
    "session_not_found": 403,
    "signup_disabled": 422,
    "too_many_enrolled_mfa_factors": 422,
    "user_already_exists": 422,
    "user_banned": 403,
    "validation_failed": 400,
    "weak_password": 422,
}
"""The statuses that Supabase Auth answers with for its `error_code`; others as on the rest of the site."""

_OTHER_NAMES: Final = {"too_many_tries": "over_request_rate_limit", "not_found": "session_not_found"}


class NoBearerToken(Unauthenticated):
    """This endpoint requires a valid Bearer token"""

    code = "no_authorization"


def answer(error: TribureauError) -> JSONResponse:
    name = _OTHER_NAMES.get(error.code, error.code)
    status = _STATUS.get(error.code) or status_of(error)
    body: dict[str, object] = {"code": status, "error_code": name, "msg": error.message}
    if isinstance(error, WeakPassword):
        body["weak_password"] = {"reasons": error.reasons}
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyTries) else {}
    return JSONResponse(body, status, headers)


def invalid_request(error: RequestValidationError) -> JSONResponse:
    problem = error.errors()[0]
    if problem["type"] == "json_invalid":
        return JSONResponse({"code": 400, "error_code": "bad_json", "msg": "The body is not JSON."}, 400)
    place = ".".join(str(step) for step in problem["loc"][1:])
    return JSONResponse({"code": 400, "error_code": "validation_failed", "msg": f"{place}: {problem['msg']}"}, 400)
