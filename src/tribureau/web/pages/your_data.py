"""Settings: taking everything away as one file, and leaving for good."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tribureau.domain.errors import TribureauError
from tribureau.web.api.account import zip_answer
from tribureau.web.errors import status_of
from tribureau.web.pages.rendering import render
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.web.sessions import SignedIn as Session
from tribureau.web.sessions import end_session
from tribureau.workflows.delete_account import CONFIRMATION, check_confirmation, delete_account
from tribureau.workflows.exporting.ask import ask_for_export, drop_export, find_export, open_export

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


@router.get("/settings/export")
async def export(visitor: SignedIn, session: Session) -> HTMLResponse:
    return await _export_page(visitor, session)


@router.post("/settings/export", response_model=None)
async def make(visitor: SignedIn, session: Session, current_password: Text = "", code: Text = "") -> Response:
    identity = visitor.parts.identity
    try:
        await identity.prove_again(session.claims, current_password, code)
        await ask_for_export(visitor.parts.receiving, visitor.user, await identity.closing.facts(session.claims))
    except TribureauError as error:
        return await _export_page(visitor, session, error)
    return go_to("/settings/export")


@router.post("/settings/export/download", response_model=None)
async def download(visitor: SignedIn, session: Session, current_password: Text = "", code: Text = "") -> Response:
    try:
        await visitor.parts.identity.prove_again(session.claims, current_password, code)
        return zip_answer(await open_export(visitor.parts.receiving, visitor.user))
    except TribureauError as error:
        return await _export_page(visitor, session, error)


@router.post("/settings/export/remove")
async def remove(visitor: SignedIn) -> RedirectResponse:
    await drop_export(visitor.parts.receiving, visitor.user)
    return go_to("/settings/export", "export-removed")


@router.get("/settings/delete-account")
async def ask_to_leave(visitor: SignedIn, session: Session) -> HTMLResponse:
    return await _leaving_page(visitor, session)


@router.post("/settings/delete-account", response_model=None)
async def leave(
    visitor: SignedIn,
    session: Session,
    confirmation: Text = "",
    current_password: Text = "",
    code: Text = "",
    *,
    without_export: Annotated[bool, Form()] = False,
) -> Response:
    try:
        check_confirmation(confirmation)
        await visitor.parts.identity.prove_again(session.claims, current_password, code)
        await delete_account(visitor.parts.erasing, visitor.user, "user", without_export=without_export)
    except TribureauError as error:
        return await _leaving_page(visitor, session, error, typed=confirmation, without_export=without_export)
    response = RedirectResponse("/account-deleted", 303)
    await end_session(response, visitor.request)
    return response


@router.get("/account-deleted")
async def left() -> HTMLResponse:
    return render("account_deleted.html")


async def _export_page(visitor: Visitor, session: Session, error: TribureauError | None = None) -> HTMLResponse:
    return await visitor.page(
        "export.html",
        "settings",
        status_of(error) if error else 200,
        problem=error,
        export=await find_export(visitor.parts.receiving, visitor.user),
        **await _proof(visitor, session),
    )


async def _leaving_page(
    visitor: Visitor,
    session: Session,
    error: TribureauError | None = None,
    *,
    typed: str = "",
    without_export: bool = False,
) -> HTMLResponse:
    return await visitor.page(
        "account_delete.html",
        "settings",
        status_of(error) if error else 200,
        problem=error,
        export=await find_export(visitor.parts.receiving, visitor.user),
        confirmation=CONFIRMATION,
        typed=typed,
        without_export=without_export,
        backups_kept=visitor.parts.settings.backups_kept,
        **await _proof(visitor, session),
    )


async def _proof(visitor: Visitor, session: Session) -> dict[str, object]:
    """What the fields take by which the user shows that it is them."""
    user = await visitor.parts.identity.user(session.claims)
    return {"email": user.email, "needs_code": user.has_second_factor}
