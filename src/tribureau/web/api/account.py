"""Everything that is the user's: to take away as one file, and to have erased."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from tribureau.domain.errors import NotFound
from tribureau.web.dependencies import CurrentClaims, CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows.delete_account import check_confirmation
from tribureau.workflows.delete_account import delete_account as erase
from tribureau.workflows.exporting.ask import Download, ask_for_export, drop_export, find_export, open_export

router = APIRouter(prefix="/api/v1", tags=["account"])
Secret = Annotated[str, Field(max_length=1000, repr=False)]
_ZIP: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/zip": {}}, "description": "Everything of the user; README.txt in it explains it"}
}


class Proof(BaseModel):
    """That it is you. With a token of Supabase Auth it is enough to have signed in within the last 15 minutes."""

    current_password: Secret = ""
    code: Secret = Field("", description="Of your authenticator app, where you have one.")


class Leaving(Proof):
    confirmation: str = Field(max_length=100, description="«delete my account»")
    without_export: bool = Field(False, description="Whether to go without a copy of your data.")


class ExportShape(BaseModel):
    """Where the copy of everything stands. It can be downloaded until `expires_at`."""

    state: Literal["waiting", "working", "ready", "failed"]
    progress_percentage: int
    progress_message: str
    size_bytes: int | None
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime


@router.get("/export", summary="Where your copy of everything stands")
async def get_export(parts: Parts, user: CurrentUser) -> ExportShape:
    if (row := await find_export(parts.receiving, user)) is None:
        raise NotFound("You have no copy of your data.", hint="POST here to have one made.")
    return ExportShape.model_validate(row)


@router.post("/export", status_code=202, summary="Have a copy of everything made; an older one goes")
async def post_export(proof: Proof, parts: Parts, claims: CurrentClaims) -> ExportShape:
    await parts.identity.prove_again(claims, proof.current_password, proof.code)
    await ask_for_export(parts.receiving, claims.user_id, await parts.identity.closing.facts(claims))
    return await get_export(parts, claims.user_id)


@router.post("/export/download", summary="Download it", response_class=StreamingResponse, responses=_ZIP)
async def download_export(proof: Proof, parts: Parts, claims: CurrentClaims) -> StreamingResponse:
    await parts.identity.prove_again(claims, proof.current_password, proof.code)
    return zip_answer(await open_export(parts.receiving, claims.user_id))


@router.delete("/export", status_code=204, summary="Remove it before its day is over")
async def delete_export(parts: Parts, user: CurrentUser) -> None:
    await drop_export(parts.receiving, user)


@router.delete("/account", status_code=204, summary="Erase your account and everything in it, for good")
async def delete_account(leaving: Leaving, parts: Parts, claims: CurrentClaims) -> None:
    check_confirmation(leaving.confirmation)
    await parts.identity.prove_again(claims, leaving.current_password, leaving.code)
    await erase(parts.erasing, claims.user_id, "user", without_export=leaving.without_export)


def zip_answer(download: Download) -> StreamingResponse:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="tribureau-{download.made_at:%Y-%m-%d}.zip"',
        "Content-Length": str(download.size_bytes),
    }
    return StreamingResponse(download.pieces, media_type="application/zip", headers=headers)
