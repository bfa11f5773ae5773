"""Choosing what to dispute, and beginning disputes and their letters from any page."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput, TribureauError
from tribureau.domain.findings.finding import Subject
from tribureau.web.errors import status_of
from tribureau.web.pages.visitor import SignedIn, Visitor, go_to
from tribureau.workflows.begin_letters import Pick, begin_letters
from tribureau.workflows.direct_letters import begin_direct_letters
from tribureau.workflows.dispute import AlreadyDisputed

router = APIRouter(include_in_schema=False)
_GONE: Final = "Something that you chose is not there any more."
Chosen = Annotated[list[str] | None, Form(max_length=200)]


@router.get("/letters/new")
async def choose(visitor: SignedIn) -> HTMLResponse:
    return await _choosing(visitor, visitor.request.query_params.getlist("pick"))


@router.post("/letters/new", response_model=None)
@router.post("/disputes/begin", response_model=None)
async def begin(
    visitor: SignedIn,
    tradeline: Chosen = None,
    inquiry: Chosen = None,
    public_record: Chosen = None,
    information: Chosen = None,
    bureau: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=40)] = "",
    others: Annotated[bool, Form()] = False,
) -> Response:
    """Each item is an id, or `id:bureau`; `bureau` is asked about what names none. Leads to the letters.

    What is disputed already is named, and nothing is begun until the user says so (`others`).
    """
    chosen = {
        Subject.TRADELINE: tradeline or [],
        Subject.INQUIRY: inquiry or [],
        Subject.PUBLIC_RECORD: public_record or [],
        Subject.INFORMATION: information or [],
    }
    try:
        picks = [_pick(about, one, reason) for about, some in chosen.items() for one in some]
        begun = await begin_letters(
            visitor.parts.database, visitor.user, picks, otherwise=_bureau(bureau), leave_out=others
        )
    except TribureauError as error:
        return await _choosing(visitor, tradeline or [], error, reason, bureau)
    letters = begun.letter_ids
    return go_to(f"/letters/{letters[0]}" if len(letters) == 1 else "/letters", "letters-begun")


@router.post("/letters/direct", response_model=None)
async def begin_direct(visitor: SignedIn, tradeline: Chosen = None, company: Chosen = None) -> Response:
    """Letters to the companies behind the chosen tradelines; `company`: those that are under way at their bureaus."""
    chosen = [*(tradeline or []), *(company or [])]
    try:
        ids = [_pick(Subject.TRADELINE, one, "").item_id for one in chosen]
        allowed = visitor.parts.settings.writes_to_companies
        begun = await begin_direct_letters(visitor.parts.database, visitor.user, ids, allowed=allowed)
    except TribureauError as error:
        return await _choosing(visitor, chosen, error)
    return go_to(f"/letters/{begun[0]}" if len(begun) == 1 else "/letters", "letters-begun")


async def _choosing(
    visitor: Visitor, picked: list[str], problem: TribureauError | None = None, reason: str = "", asked: str = ""
) -> HTMLResponse:
    return await visitor.page(
        "letter_new.html",
        "letters",
        status_of(problem) if problem else 200,
        problem=problem,
        choices=await visitor.read("letters.choices"),
        picked=picked,
        asked=asked,
        bureaus=[bureau.value for bureau in Bureau],
        reason=reason,
        others=isinstance(problem, AlreadyDisputed),
        to_companies=visitor.parts.settings.writes_to_companies,
    )


def _pick(about: Subject, chosen: str, reason: str) -> Pick:
    item, _, bureau = chosen.partition(":")
    try:
        return Pick(UUID(item), _bureau(bureau), reason or None, about)
    except ValueError:
        raise InvalidInput(_GONE, hint="Choose again.") from None


def _bureau(name: str) -> Bureau | None:
    try:
        return Bureau(name) if name else None
    except ValueError:
        raise InvalidInput("There is no such bureau.", hint="It is Equifax, TransUnion or Experian.") from None
