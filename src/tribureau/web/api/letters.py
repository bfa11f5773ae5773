"""Letters: begin, choose reasons, edit, print, mark as posted; and the proofs that go with them."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile

from tribureau.domain.errors import NotFound
from tribureau.domain.letters.enclosures import EnclosureKind
from tribureau.web.api.disputes import IfMatch, version_of
from tribureau.web.api.letter_shapes import (
    BegunLetters,
    ChosenEnclosures,
    CompanyAnswered,
    EnclosureShape,
    LetterChoices,
    LetterShape,
    LetterSummary,
    LetterText,
    NewDirectLetters,
    NewLetters,
    Posting,
    Receipt,
)
from tribureau.web.dependencies import CurrentUser
from tribureau.web.parts import Parts
from tribureau.workflows import post_letter as posting
from tribureau.workflows import write_letter as letters
from tribureau.workflows.begin_letters import Pick, begin_letters
from tribureau.workflows.direct_letters import begin_direct_letters, refuse_direct
from tribureau.workflows.keep_enclosure import choose_enclosures, forget_enclosure, keep_enclosure
from tribureau.workflows.print_letter import letter_pdf
from tribureau.workflows.start_letters import start_letters

router = APIRouter(prefix="/api/v1", tags=["letters"])
NO_LETTER: Final = UUID(int=0)
_PDF: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/pdf": {}}, "description": "The letter and what it encloses"}
}


@router.get("/letters", summary="List letters, newest first")
async def list_letters(parts: Parts, user: CurrentUser) -> list[LetterSummary]:
    return [LetterSummary.model_validate(row) for row in await parts.database.read_as_user(user, "letters.list")]


@router.post("/letters", status_code=201, summary="Begin letters about drafts or tradelines, one for each bureau")
async def new_letters(new: NewLetters, parts: Parts, user: CurrentUser) -> BegunLetters:
    if new.dispute_ids:
        return BegunLetters(letter_ids=await start_letters(parts.database, user, new.dispute_ids, new.language))
    picks = [Pick(getattr(one, one.about), one.bureau, one.reason, one.about) for one in new.picks]
    begun = await begin_letters(parts.database, user, picks, language=new.language, leave_out=new.leave_out)
    return BegunLetters(letter_ids=begun.letter_ids, left_out=begun.left_out)


@router.post("/letters/direct", status_code=201, summary="Begin letters to the companies behind accounts")
async def new_direct_letters(new: NewDirectLetters, parts: Parts, user: CurrentUser) -> BegunLetters:
    allowed = parts.settings.writes_to_companies
    begun = await begin_direct_letters(parts.database, user, new.tradeline_ids, allowed=allowed, language=new.language)
    return BegunLetters(letter_ids=begun)


@router.get("/letters/{letter_id}", summary="One letter")
async def get_letter(letter_id: UUID, parts: Parts, user: CurrentUser, response: Response) -> LetterShape:
    return _with_tag(await letters.find_letter(parts.database, user, letter_id), response)


@router.get("/disputes/{dispute_id}/letter", summary="The letter of one dispute")
async def get_letter_of_dispute(dispute_id: UUID, parts: Parts, user: CurrentUser, response: Response) -> LetterShape:
    return await get_letter(await _letter_of(dispute_id, parts, user), parts, user, response)


@router.put("/letters/{letter_id}", summary="Choose reasons and confirm them; writes the text anew")
async def put_letter(
    letter_id: UUID,
    choices: LetterChoices,
    parts: Parts,
    user: CurrentUser,
    response: Response,
    if_match: IfMatch = None,
) -> LetterShape:
    version = version_of(if_match)
    await _allowed(letter_id, parts, user)
    return _with_tag(await letters.save_letter(parts.database, user, letter_id, version, as_choices(choices)), response)


@router.delete("/letters/{letter_id}", status_code=204, summary="Drop a letter that is not mailed")
async def delete_letter(letter_id: UUID, parts: Parts, user: CurrentUser, if_match: IfMatch = None) -> None:
    await letters.drop_letter(parts.database, user, letter_id, version_of(if_match))


@router.put("/letters/{letter_id}/text", summary="Your own words")
async def put_text(
    letter_id: UUID, text: LetterText, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    version = version_of(if_match)
    await _allowed(letter_id, parts, user)
    return _with_tag(await letters.edit_letter(parts.database, user, letter_id, version, text.content), response)


@router.post("/letters/{letter_id}/original", summary="Back to the original words")
async def restore(
    letter_id: UUID, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    await _allowed(letter_id, parts, user)
    return _with_tag(await letters.restore_original(parts.database, user, letter_id, version_of(if_match)), response)


@router.get("/letters/{letter_id}/pdf", summary="The letter as PDF", response_class=Response, responses=_PDF)
async def get_pdf(letter_id: UUID, parts: Parts, user: CurrentUser, dated: date | None = None) -> Response:
    await _allowed(letter_id, parts, user)
    return pdf_answer(await letter_pdf(parts.receiving, user, letter_id, dated or datetime.now(UTC).date()))


@router.post("/letters/{letter_id}/posting", summary="You posted it; every dispute of it goes to Pending")
async def post_letter(
    letter_id: UUID, told: Posting, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    await _allowed(letter_id, parts, user)
    stored = await posting.post_letter(
        parts.receiving, user, letter_id, version_of(if_match), told.mailed_on, told.tracking_number, told.dated
    )
    return _with_tag(stored, response)


@router.delete("/letters/{letter_id}/posting", summary="It never left; its disputes are drafts again")
async def take_posting_back(
    letter_id: UUID, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    return _with_tag(await posting.take_mailing_back(parts.receiving, user, letter_id, version_of(if_match)), response)


@router.post("/letters/{letter_id}/receipt", summary="It arrived; every waiting dispute goes to Investigating")
async def receive_letter(
    letter_id: UUID, told: Receipt, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    stored = await posting.record_receipt(parts.receiving, user, letter_id, version_of(if_match), told.received_on)
    return _with_tag(stored, response)


@router.put("/letters/{letter_id}/answer", summary="What a company answered; it moves no dispute")
async def put_company_answer(
    letter_id: UUID,
    told: CompanyAnswered,
    parts: Parts,
    user: CurrentUser,
    response: Response,
    if_match: IfMatch = None,
) -> LetterShape:
    answered = posting.Answered(told.answered_on, told.outcome, told.note)
    version = version_of(if_match)
    return _with_tag(await posting.record_company_answer(parts.receiving, user, letter_id, version, answered), response)


@router.delete("/letters/{letter_id}/answer", summary="No answer of a company is known")
async def delete_company_answer(
    letter_id: UUID, parts: Parts, user: CurrentUser, response: Response, if_match: IfMatch = None
) -> LetterShape:
    version = version_of(if_match)
    return _with_tag(await posting.record_company_answer(parts.receiving, user, letter_id, version, None), response)


@router.put("/letters/{letter_id}/enclosures", status_code=204, summary="Choose what the letter encloses")
async def put_enclosures(letter_id: UUID, chosen: ChosenEnclosures, parts: Parts, user: CurrentUser) -> None:
    await choose_enclosures(parts.receiving, user, letter_id, chosen.enclosure_ids)


@router.get("/enclosures", summary="List your proofs, newest first")
async def list_enclosures(parts: Parts, user: CurrentUser) -> list[EnclosureShape]:
    rows = await parts.database.read_as_user(user, "letters.enclosures", letter_id=NO_LETTER)
    return [EnclosureShape.model_validate(row) for row in rows]


@router.post("/enclosures", status_code=201, summary="Keep a proof: a PDF, a JPEG or a PNG")
async def add_enclosure(
    file: UploadFile, kind: Annotated[EnclosureKind, Form()], parts: Parts, user: CurrentUser
) -> EnclosureShape:
    content = await file.read()
    kept = await keep_enclosure(parts.receiving, user, content, file.filename or "", kind)
    return next(row for row in await list_enclosures(parts, user) if row.enclosure_id == kept)


@router.delete("/enclosures/{enclosure_id}", status_code=204, summary="Give a proof up that no mailed letter encloses")
async def delete_enclosure(enclosure_id: UUID, parts: Parts, user: CurrentUser) -> None:
    await forget_enclosure(parts.receiving, user, enclosure_id)


def as_choices(shape: LetterChoices) -> letters.Choices:
    return letters.Choices(
        kind=shape.kind,
        language=shape.language,
        sayings=[letters.Saying(**item.model_dump()) for item in shape.items],
        earlier_letter_on=shape.earlier_letter_on,
        answered_on=shape.answered_on,
        with_report_pages=shape.with_report_pages,
        recipient_lines=shape.recipient_lines,
    )


def pdf_answer(content: bytes) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="letter.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


async def _allowed(letter: UUID, parts: Parts, user: CurrentUser) -> None:
    stored = await letters.find_letter(parts.database, user, letter)
    refuse_direct(stored, allowed=parts.settings.writes_to_companies)


async def _letter_of(dispute: UUID, parts: Parts, user: CurrentUser) -> UUID:
    rows = await parts.database.read_as_user(user, "letters.of_dispute", dispute_id=dispute)
    if not rows:
        raise NotFound("There is no letter of such a dispute.", hint="Begin one under /api/v1/letters.")
    found: UUID = rows[0]["letter_id"]
    return found


def _with_tag(stored: letters.StoredLetter, response: Response) -> LetterShape:
    response.headers["ETag"] = f'"{stored.row["version"]}"'
    items = [
        {**item, **{name: item["disputed_values"].get(name) for name in ("creditor_name", "account_number")}}
        for item in stored.items
    ]
    return LetterShape.model_validate({**stored.row, "items": items})
