"""Letters: the list, and one letter with its reasons, text, proofs and posting."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from tribureau.domain.deadlines import day_in
from tribureau.domain.deadlines.company_clock import NO_PERIOD
from tribureau.domain.errors import InvalidInput, NotAllowed, TribureauError
from tribureau.domain.evidence.company import ANSWER_WORDS, CompanyAnswer
from tribureau.domain.letters import PLANS, LetterKind, placeholders
from tribureau.domain.letters.enclosures import EnclosureKind
from tribureau.web.api.letters import NO_LETTER, pdf_answer
from tribureau.web.errors import status_of
from tribureau.web.pages import letter_form
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows import post_letter as posting
from tribureau.workflows import write_letter as letters
from tribureau.workflows.direct_letters import refuse_direct
from tribureau.workflows.keep_enclosure import choose_enclosures, forget_enclosure, keep_enclosure
from tribureau.workflows.print_letter import letter_pdf, letter_values, recipient_of

router = APIRouter(include_in_schema=False)
Version = Annotated[int, Form()]
Line = Annotated[str, Form(max_length=200)]
_LABELS: Final = {kind.value: plan.label.en for kind, plan in PLANS.items()}


@router.get("/letters")
async def all_letters(visitor: SignedIn) -> HTMLResponse:
    rows = await visitor.read("letters.list")
    return await visitor.page("letters.html", "letters", letters=rows, labels=_LABELS)


@router.get("/letters/{letter_id}")
async def one_letter(visitor: SignedIn, letter_id: UUID) -> HTMLResponse:
    stored = await letters.find_letter(visitor.parts.database, visitor.user, letter_id)
    return await _page(visitor, stored, letter_form.stored_choices(stored))


@router.post("/letters/{letter_id}", response_model=None)
async def save(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    return await _with_choices(visitor, letter_id, version, keep=True)


@router.post("/letters/{letter_id}/preview", response_model=None)
async def preview(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    """The same page with what was chosen so far; nothing is kept."""
    return await _with_choices(visitor, letter_id, version, keep=False)


@router.post("/letters/{letter_id}/text", response_model=None)
async def edit(
    visitor: SignedIn, letter_id: UUID, version: Version, content: Annotated[str, Form(max_length=100_000)]
) -> Response:
    try:
        await _allowed(visitor, letter_id)
        await letters.edit_letter(visitor.parts.database, visitor.user, letter_id, version, content)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error, content=content)
    return go_to(f"/letters/{letter_id}", "letter-edited", "words")


@router.post("/letters/{letter_id}/original", response_model=None)
async def restore(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    try:
        await _allowed(visitor, letter_id)
        await letters.restore_original(visitor.parts.database, visitor.user, letter_id, version)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "letter-restored", "words")


@router.post("/letters/{letter_id}/drop", response_model=None)
async def drop(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    try:
        await letters.drop_letter(visitor.parts.database, visitor.user, letter_id, version)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to("/letters", "letter-dropped")


@router.get("/letters/{letter_id}/pdf", response_model=None)
async def pdf(visitor: SignedIn, letter_id: UUID) -> Response:
    try:
        await _allowed(visitor, letter_id)
        return pdf_answer(await letter_pdf(visitor.parts.receiving, visitor.user, letter_id, await _today(visitor)))
    except (InvalidInput, NotAllowed) as error:
        return await _refused(visitor, letter_id, error)


@router.post("/letters/{letter_id}/posting", response_model=None)
async def post(
    visitor: SignedIn,
    letter_id: UUID,
    version: Version,
    mailed_on: Line = "",
    tracking_number: Line = "",
    dated: Line = "",
) -> Response:
    typed = {"mailed_on": mailed_on, "tracking_number": tracking_number, "dated": dated}
    parts, user = visitor.parts.receiving, visitor.user
    try:
        await _allowed(visitor, letter_id)
        day = _day(mailed_on, "on which you posted it")
        printed = _day(dated, "that is printed on the letter") if dated.strip() else None
        await posting.post_letter(parts, user, letter_id, version, day, tracking_number, printed)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error, **typed)
    return go_to(f"/letters/{letter_id}", "letter-posted", "posting")


@router.post("/letters/{letter_id}/posting/back", response_model=None)
async def take_back(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    try:
        await posting.take_mailing_back(visitor.parts.receiving, visitor.user, letter_id, version)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "undone-posting", "posting")


@router.post("/letters/{letter_id}/receipt", response_model=None)
async def receive(visitor: SignedIn, letter_id: UUID, version: Version, received_on: Line = "") -> Response:
    try:
        day = _day(received_on, "on which it arrived")
        await posting.record_receipt(visitor.parts.receiving, visitor.user, letter_id, version, day)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error, received_on=received_on)
    return go_to(f"/letters/{letter_id}", "letter-received", "posting")


@router.post("/letters/{letter_id}/answer", response_model=None)
async def answer(
    visitor: SignedIn,
    letter_id: UUID,
    version: Version,
    answered_on: Line = "",
    outcome: Line = "",
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """What the company answered."""
    try:
        if outcome not in set(CompanyAnswer):
            raise InvalidInput("What the answer comes to is missing.", hint="Choose one of the list.")
        told = posting.Answered(_day(answered_on, "of the answer"), CompanyAnswer(outcome), note.replace("\r\n", "\n"))
        await posting.record_company_answer(visitor.parts.receiving, visitor.user, letter_id, version, told)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error, answered_on=answered_on, outcome=outcome, note=note)
    return go_to(f"/letters/{letter_id}", "company-answered", "answer")


@router.post("/letters/{letter_id}/answer/back", response_model=None)
async def take_answer_back(visitor: SignedIn, letter_id: UUID, version: Version) -> Response:
    try:
        await posting.record_company_answer(visitor.parts.receiving, visitor.user, letter_id, version, None)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "company-answer-back", "answer")


@router.post("/letters/{letter_id}/enclosures", response_model=None)
async def enclose(
    visitor: SignedIn, letter_id: UUID, enclosed: Annotated[list[UUID] | None, Form()] = None
) -> Response:
    try:
        await choose_enclosures(visitor.parts.receiving, visitor.user, letter_id, enclosed or [])
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "enclosures", "enclosures")


@router.post("/enclosures", response_model=None)
async def upload(
    visitor: SignedIn,
    file: Annotated[UploadFile, File()],
    letter_id: Annotated[UUID, Form()],
    kind: Annotated[EnclosureKind, Form()],
) -> Response:
    """Keeps the proof, and the letter encloses it beside what it enclosed."""
    parts, user = visitor.parts.receiving, visitor.user
    try:
        kept = await keep_enclosure(parts, user, await file.read(), file.filename or "", kind)
        rows = await visitor.read("letters.enclosures", letter_id=letter_id)
        enclosed = [row["enclosure_id"] for row in rows if row["is_enclosed"]]
        await choose_enclosures(parts, user, letter_id, list(dict.fromkeys([*enclosed, kept])))
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "enclosures", "enclosures")


@router.post("/enclosures/{enclosure_id}/delete", response_model=None)
async def delete(visitor: SignedIn, enclosure_id: UUID, letter_id: Annotated[UUID, Form()] = NO_LETTER) -> Response:
    try:
        await forget_enclosure(visitor.parts.receiving, visitor.user, enclosure_id)
    except TribureauError as error:
        return await _refused(visitor, letter_id, error)
    return go_to(f"/letters/{letter_id}", "deleted", "enclosures")


async def _with_choices(visitor: Visitor, letter_id: UUID, version: int, *, keep: bool) -> Response:
    stored = await letters.find_letter(visitor.parts.database, visitor.user, letter_id)
    fields = {name: value for name, value in (await visitor.request.form()).items() if isinstance(value, str)}
    choices = letter_form.stored_choices(stored)
    try:
        refuse_direct(stored, allowed=visitor.parts.settings.writes_to_companies)
        choices = letter_form.posted_choices(stored, fields)
        if keep:
            await letters.save_letter(visitor.parts.database, visitor.user, letter_id, version, choices)
    except TribureauError as error:
        return await _page(visitor, stored, choices, error, version=version)
    if keep:
        return go_to(f"/letters/{letter_id}", "letter-written", "words")
    return await _page(visitor, stored, choices, version=version, trying=True)


async def _allowed(visitor: Visitor, letter_id: UUID) -> None:
    stored = await letters.find_letter(visitor.parts.database, visitor.user, letter_id)
    refuse_direct(stored, allowed=visitor.parts.settings.writes_to_companies)


async def _refused(visitor: Visitor, letter_id: UUID, error: TribureauError, **typed: str) -> HTMLResponse:
    stored = await letters.find_letter(visitor.parts.database, visitor.user, letter_id)
    return await _page(visitor, stored, letter_form.stored_choices(stored), error, typed=typed)


async def _page(
    visitor: Visitor,
    stored: letters.StoredLetter,
    choices: letters.Choices,
    problem: TribureauError | None = None,
    *,
    version: int | None = None,
    typed: dict[str, str] | None = None,
    trying: bool = False,
) -> HTMLResponse:
    enclosures = await visitor.read("letters.enclosures", letter_id=stored.row["letter_id"])
    known, profile = await letter_values(visitor.parts.receiving, visitor.user, stored, choices.language)
    text, missing = letter_form.current_text(stored, profile), None
    if trying or problem or not text:
        text, missing = letter_form.preview(stored, choices, profile)
    today = await _today(visitor)
    return await visitor.page(
        "letter.html",
        "letters",
        status_of(problem) if problem else 200,
        problem=problem,
        letter=stored.row,
        version=version or stored.row["version"],
        disputes=stored.items,
        items=letter_form.item_forms(stored, choices, profile),
        choices=choices,
        kinds=letter_form.kinds(stored, choices),
        languages=letter_form.LANGUAGES,
        label=_LABELS[choices.kind],
        text=text,
        missing=missing,
        typed=typed or {},
        unsaved=version is not None,
        today=today,
        profile_is_whole=bool(known.name and known.address and not _lacks(stored, profile)),
        recipient=choices.recipient_lines if stored.is_direct else recipient_of(stored, today).lines,
        to=letter_form.company(stored) if stored.is_direct else stored.row["bureau"],
        direct=stored.is_direct,
        answer_by=letter_form.answer_by(stored),
        no_period=NO_PERIOD,
        company_answers={one.value: words.en for one, words in ANSWER_WORDS.items()},
        sender=[known.name, known.address.line] if known.address else [known.name or "[your name]", "[your address]"],
        asked=letter_form.asked_enclosures(LetterKind(choices.kind), enclosures),
    )


def _lacks(stored: letters.StoredLetter, profile: dict[str, Any]) -> set[str]:
    return {name for name in placeholders.needed(stored.row["content"]) if not profile.get(name)}


async def _today(visitor: Visitor) -> date:
    """Where the user lives: in an American evening, UTC is a day ahead."""
    return day_in((await visitor.read_one("pages.frame"))["time_zone"], datetime.now(UTC))


def _day(typed: str, meaning: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput("The day is missing.", hint=f"Give the day {meaning}.") from None
