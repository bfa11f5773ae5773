"""The one place that knows HTTP statuses: every error leaves as `{"code", "message", "hint"}` or as a page."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg_pool import PoolTimeout
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from tribureau.domain import errors

_log = structlog.get_logger(__name__)

_STATUS: dict[type[errors.TribureauError], int] = {
    errors.NotFound: 404,
    errors.InvalidInput: 422,
    errors.Conflict: 409,
    errors.NotAllowed: 403,
    errors.Unauthenticated: 401,
    errors.TooManyTries: 429,
    errors.Unavailable: 503,
    errors.NotAPdf: 415,
    errors.EmptyFile: 400,
    errors.TooLarge: 413,
    errors.UnreadableReport: 422,
}

ErrorPage = Callable[[Request, int, errors.TribureauError], Awaitable[Response]]


class ErrorShape(BaseModel):
    """What every refused call answers."""

    code: str
    message: str
    hint: str


def status_of(error: errors.TribureauError) -> int:
    if isinstance(error, _OtherStatus):
        return error.status
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)


def install(app: FastAPI, error_page: ErrorPage) -> None:
    """Registers the handlers; `error_page` renders what a person sees where a page was asked for."""

    async def answer(request: Request, error: errors.TribureauError) -> Response:
        status = status_of(error)
        if _is_page(request):
            return await error_page(request, status, error)
        body = ErrorShape(code=error.code, message=error.message, hint=error.hint)
        return JSONResponse(body.model_dump(), status, headers=_headers(error))

    async def known(request: Request, error: Exception) -> Response:
        return await answer(request, _as_ours(error))

    async def unknown(request: Request, error: Exception) -> Response:
        _log.error("request_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
        return await answer(request, errors.TribureauError("Something went wrong on our side; nothing was lost."))

    for kind in (errors.TribureauError, RequestValidationError, HTTPException, psycopg.Error, PoolTimeout):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(Exception, unknown)


def _is_page(request: Request) -> bool:
    return not request.url.path.startswith(("/api/", "/auth/")) and "text/html" in request.headers.get("accept", "")


def _headers(error: errors.TribureauError) -> dict[str, str]:
    if isinstance(error, errors.TooManyTries):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, errors.Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    return {}


def _as_ours(error: Exception) -> errors.TribureauError:
    match error:
        case errors.TribureauError():
            return error
        case RequestValidationError():
            return errors.InvalidInput("Some values are not acceptable.", hint=_what_is_wrong(error))
        case HTTPException(__cause__=errors.TribureauError() as refused):
            return refused  # raised by BodyLimit while FastAPI was reading the body
        case HTTPException():
            return _from_status(error)
        case psycopg.OperationalError() | PoolTimeout():
            _log.warning("database_away", error=type(error).__name__)
            return errors.Unavailable("The database can't be reached just now; nothing was lost.")
        case psycopg.errors.InsufficientPrivilege() | psycopg.errors.ForeignKeyViolation():
            return errors.NotFound()
        case psycopg.errors.CheckViolation():
            return errors.InvalidInput(hint=f"The database refuses it by its rule {error.diag.constraint_name}.")
        case psycopg.errors.DataError():
            return errors.InvalidInput(hint="A value is too long, too large or of another kind.")
        case _:
            _log.error("database_refused", error=type(error).__name__, exc_info=error)
            return errors.TribureauError("Something went wrong on our side; nothing was lost.")


def _from_status(error: HTTPException) -> errors.TribureauError:
    match error.status_code:
        case 401:
            return errors.Unauthenticated()
        case 403:
            return errors.NotAllowed(str(error.detail))
        case 404:
            return errors.NotFound()
        case 413:
            return errors.TooLarge()
        case status:
            return _OtherStatus(status, HTTPStatus(status).phrase)


class _OtherStatus(errors.InvalidInput):
    """A request that HTTP itself refuses (405, 415 …)."""

    def __init__(self, status: int, phrase: str) -> None:
        super().__init__(f"{phrase}.", hint="See /api/docs for what this address takes.")
        self.status = status


def _what_is_wrong(error: RequestValidationError) -> str:
    places = ((".".join(str(step) for step in problem["loc"][1:]), problem["msg"]) for problem in error.errors())
    return "; ".join(f"{place}: {message}" if place else message for place, message in places)
