"""The site: JSON API, identity endpoints and pages in one application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from importlib import resources
from typing import Any

from fastapi import FastAPI
from starlette.formparsers import MultiPartParser
from starlette.staticfiles import StaticFiles

from tribureau import __version__
from tribureau.bootstrap import WebParts
from tribureau.settings import Settings
from tribureau.web import errors, security
from tribureau.web.api import (
    account,
    accounts,
    auth,
    beside_accounts,
    bureau_responses,
    cloud_reading,
    comparison,
    deadlines,
    dispute_answers,
    disputes,
    docs,
    events,
    evidence,
    findings,
    health,
    letters,
    next_steps,
    notifications,
    page_pictures,
    profile,
    report_uploads,
    tradelines,
    values_to_check,
)
from tribureau.web.body_limit import BodyLimit
from tribureau.web.pages import router as pages
from tribureau.web.pages.errors import error_page

_UPLOADS = ("/api/v1/report-uploads", "/api/v1/enclosures", "/reports", "/enclosures")
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": errors.ErrorShape, "description": HTTPStatus(status).phrase}
    for status in (400, 401, 403, 404, 409, 413, 415, 422, 503)
}


def create_app(settings: Settings, open_parts: Callable[[], AbstractAsyncContextManager[WebParts]]) -> FastAPI:
    """The application; `open_parts` opens its database, storage and providers when it starts and closes them after."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_parts() as parts:
            app.state.parts = parts
            yield

    _keep_uploads_off_the_disk(settings.max_upload_bytes)
    app = FastAPI(
        title="Tribureau",
        version=__version__,
        summary="Reads credit reports and explains every negative mark.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    errors.install(app, error_page)
    for api in (
        report_uploads,
        page_pictures,
        events,
        tradelines,
        values_to_check,
        accounts,
        findings,
        bureau_responses,
        disputes,
        evidence,
        dispute_answers,
        next_steps,
        letters,
        comparison,
        deadlines,
        notifications,
        cloud_reading,
        beside_accounts,
        profile,
        account,
    ):
        app.include_router(api.router, responses=_REFUSALS)
    for other in (auth.router, health.router, docs.router, pages):
        app.include_router(other)
    app.mount("/static", StaticFiles(directory=str(resources.files("tribureau.web") / "static")), name="static")
    security.install(app, settings)
    app.add_middleware(BodyLimit, largest_file=settings.max_upload_bytes, uploads=_UPLOADS)
    return app


def _keep_uploads_off_the_disk(largest: int) -> None:
    """A credit report in clear must not reach the temporary folder, where Starlette puts parts of over 1 MB."""
    MultiPartParser.spool_max_size = largest + 1024 * 1024
