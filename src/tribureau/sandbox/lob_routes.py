"""Lob's paths, as far as mailing a letter needs them."""

import base64
import binascii
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from tribureau.sandbox import lob_addresses, lob_letters
from tribureau.sandbox.books import Object
from tribureau.sandbox.forms import unfolded
from tribureau.sandbox.idempotency import once
from tribureau.sandbox.refusals import lob_refusal
from tribureau.sandbox.schemas import Schemas
from tribureau.sandbox.stripe_routes import BooksHere

_TRUTHS: Final = ("color", "double_sided", "return_envelope")
_LARGEST_FILE: Final = 5_000_000


def _authorised(request: Request) -> None:
    """HTTP Basic with the key as the name."""
    try:
        scheme, _, coded = request.headers.get("authorization", "").partition(" ")
        key = base64.b64decode(coded).decode().partition(":")[0] if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        key = ""
    if not key.startswith("test_"):
        raise lob_refusal(401, "Only keys that begin with test_ are known in the sandbox.", "unauthorized")


router = APIRouter(prefix="/lob/v1", dependencies=[Depends(_authorised)])


@router.post("/us_verifications")
async def verify(request: Request) -> Object:
    wish = await request.json()
    _check(request, "/us_verifications", wish, "application/json")
    return lob_addresses.verify(wish)


@router.post("/letters")
async def create(request: Request, books: BooksHere) -> JSONResponse:
    wish, pdf = await _letter(request)
    _check(request, "/letters", wish, "multipart/form-data")
    key = request.headers.get("idempotency-key")
    return once(books, "lob", key, [wish, pdf.hex()], lambda: lob_letters.create(books, wish, pdf))


@router.get("/letters")
async def list_letters(request: Request, books: BooksHere) -> Object:
    asked = unfolded(request.query_params.multi_items())
    metadata = asked.get("metadata", {})
    if not isinstance(metadata, dict):
        raise lob_refusal(422, "metadata must be written as metadata[name]=value", "invalid")
    found = lob_letters.matching(books, metadata, int(asked.get("limit", 10)))
    return {"data": found, "object": "list", "count": len(found), "next_url": None, "previous_url": None}


@router.get("/letters/{id_}")
async def read(books: BooksHere, id_: str) -> Object:
    return lob_letters.shown(lob_letters.letter_of(books, id_))


@router.delete("/letters/{id_}")
async def cancel(books: BooksHere, id_: str) -> Object:
    with books.change():
        return lob_letters.cancel(books, id_)


async def _letter(request: Request) -> tuple[dict[str, Any], bytes]:
    """The form, with the file's name in its place, and the file."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise lob_refusal(422, "A letter's PDF comes as multipart/form-data here.", "invalid")
    form = await request.form()
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise lob_refusal(422, "file is required", "invalid")
    pdf = await upload.read()
    if len(pdf) > _LARGEST_FILE:
        raise lob_refusal(413, "file has at most 5 MB", "file_size_exceeds_limit")
    wish = unfolded((name, value) for name, value in form.multi_items() if isinstance(value, str))
    wish |= {name: wish[name] == "true" for name in _TRUTHS if name in wish}
    for required in ("color", "use_type", "to", "from"):
        if required not in wish:
            raise lob_refusal(422, f"{required} is required", "invalid")
    return wish | {"file": upload.filename or ""}, pdf


def _check(request: Request, path: str, wish: dict[str, Any], kind: str) -> None:
    schemas: Schemas = request.app.state.schemas
    schemas.check("lob", path, "post", wish, kind)
