"""Bureaus' answers: the list, and one letter's results beside its pages, each to be confirmed, changed or rejected."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from tribureau.domain.bureau_responses import Decision, Outcome, ResponseKind
from tribureau.domain.disputes import Answer
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.web import formats, wording
from tribureau.web.api.bureau_responses import ItemDecision, confirm_all, decide_item
from tribureau.web.pages.page_pictures import Box, PagePicture
from tribureau.web.pages.visitor import SignedIn, go_to
from tribureau.workflows.dispute_answers import TypedAnswer, note_for

router = APIRouter(include_in_schema=False)
Row = Mapping[str, Any]
_MARGIN: Final = 2.0
_STEPS: Final = {"confirm": Decision.CONFIRMED, "reject": Decision.REJECTED, "undo": Decision.PROPOSED}
_DONE: Final = {"confirm": "result-confirmed", "reject": "result-rejected", "undo": "result-undone"}
_NONE: Final = "none"
_WITHOUT_RESULTS: Final = {
    ResponseKind.IDENTIFICATION_REQUEST: Answer.IDENTITY_NEEDED,
    ResponseKind.FRIVOLOUS_NOTICE: Answer.REJECTED_FRIVOLOUS,
}
"""What a letter without results says to every dispute that it is about."""


@router.get("/answers")
async def answers(visitor: SignedIn) -> HTMLResponse:
    rows = await visitor.read("bureau_responses.list", upload_id=None, before=None, before_id=None, limit=200)
    shown = [{**row, "counts": counts(row["items"]), "waiting": waiting(row["items"])} for row in rows]
    return await visitor.page("answers.html", "reports", answers=shown)


@router.get("/answers/{response_id}")
async def answer(visitor: SignedIn, response_id: UUID) -> HTMLResponse:
    found = await visitor.read_one("bureau_responses.one", response_id=response_id)
    choices = await visitor.read("bureau_responses.accounts_to_choose", bureau=found["bureau"])
    async with visitor.parts.database.as_user(visitor.user) as transaction:
        await transaction.run("pages.mark_seen", link=f"/reports/{found['report_upload_id']}")
    return await visitor.page(
        "answer.html",
        "reports",
        answer=found,
        counts=counts(found["items"]),
        waiting=waiting(found["items"]),
        pictures=pictures(found["items"], found["page_sizes"] or []),
        choices=sorted(choices, key=lambda row: row["creditor_name"]),
        outcomes=wording.OUTCOMES,
        disputes=await visitor.read("dispute_answers.choices", bureau=found["bureau"]),
        says=_WITHOUT_RESULTS.get(found["kind"]),
    )


@router.post("/answers/{response_id}/confirm")
async def confirm_every_result(visitor: SignedIn, response_id: UUID) -> RedirectResponse:
    await confirm_all(response_id, visitor.parts, visitor.user)
    return go_to(f"/answers/{response_id}", "results-confirmed")


@router.post("/answers/{response_id}/note")
async def note_on_disputes(
    visitor: SignedIn,
    response_id: UUID,
    dispute_ids: Annotated[list[UUID], Form(alias="dispute", default_factory=list)],
) -> RedirectResponse:
    """A letter without results is about some of the disputes: it becomes a note of each."""
    found = await visitor.read_one("bureau_responses.one", response_id=response_id)
    says = _WITHOUT_RESULTS.get(found["kind"])
    if says is None or not dispute_ids:
        raise InvalidInput("No dispute was chosen.", hint="Go back and choose what the letter is about.")
    on = found["letter_date"] or formats.as_moment(found["uploaded_at"]).date()
    summary = f"{wording.RESPONSE_KINDS[found['kind']].word}: {found['original_filename']}"
    await note_for(visitor.parts.database, visitor.user, dispute_ids, TypedAnswer(says, on, summary))
    return go_to(f"/answers/{response_id}", "dispute-noted")


@router.post("/answers/{response_id}/items/{item_id}/{step}")
async def decide(
    visitor: SignedIn,
    response_id: UUID,
    item_id: UUID,
    step: Literal["confirm", "reject", "undo"],
    outcome: Annotated[str, Form()] = "",
    account_id: Annotated[str, Form()] = "",
    dispute_id: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Confirming takes the outcome, the account and the dispute of the form, where it sends them."""
    said: dict[str, Any] = {"status": _STEPS[step]}
    if step == "confirm" and outcome:
        said["outcome"] = outcome
    if step == "confirm" and account_id:
        said["account_id"] = None if account_id == _NONE else account_id
    if step == "confirm" and dispute_id:
        said["dispute_id"] = None if dispute_id == _NONE else dispute_id
    try:
        decision = ItemDecision.model_validate(said)
    except ValidationError as error:
        raise InvalidInput("That can't be saved.", hint="Choose an outcome and an account of the list.") from error
    await decide_item(response_id, item_id, decision, visitor.parts, visitor.user)
    return go_to(f"/answers/{response_id}", _DONE[step], f"item-{item_id}")


async def address_of_answer(visitor: SignedIn, upload_id: UUID) -> str:
    """The page of the answer that an upload is. NotFound where it is none."""
    rows = await visitor.read("bureau_responses.of_upload", upload_id=upload_id)
    if not rows:
        raise NotFound
    return f"/answers/{rows[0]['response_id']}"


def waiting(items: Sequence[Row]) -> int:
    """How many results wait for the user's word."""
    return sum(item["status"] == Decision.PROPOSED for item in items)


def counts(items: Sequence[Row]) -> list[tuple[str, int]]:
    """By outcome, in the order of the list of outcomes; rejected ones count no more."""
    times = Counter(item["outcome"] for item in items if item["status"] != Decision.REJECTED)
    return [(outcome.value, times[outcome]) for outcome in Outcome if times[outcome]]


def pictures(items: Sequence[Row], page_sizes: Sequence[Any]) -> list[PagePicture]:
    """The letter's pages that hold a result, or its first page; with a box for each place that was read."""
    boxes = [placed for item in items for placed in _boxes(item)]
    pages = sorted({page for page, _ in boxes if page <= len(page_sizes)}) or list(range(1, len(page_sizes) + 1))[:1]
    return [_picture(page, page_sizes[page - 1], [box for at, box in boxes if at == page]) for page in pages]


def _picture(page: int, size: Sequence[float], boxes: list[Box]) -> PagePicture:
    width, height = size
    return PagePicture(page, width, height, boxes)


def _boxes(item: Row) -> Iterator[tuple[int, Box]]:
    places = [(field, place) for field, place in item["evidence"].items()]
    places += [(change["field"], change) for change in item["changes"]]
    for field, place in places:
        name = "Result" if field == "outcome" else wording.term(wording.FIELDS, field).word
        tone = wording.OUTCOMES[item["outcome"]].tone if field == "outcome" else "plain"
        box = Box(
            f"{item['item_id']}-{field}",
            f"{name} of {item['creditor_name']}: {place['printed_text']}",
            round(place["x0"] - _MARGIN, 1),
            round(place["y0"] - _MARGIN, 1),
            round(place["x1"] - place["x0"] + 2 * _MARGIN, 1),
            round(place["y1"] - place["y0"] + 2 * _MARGIN, 1),
            tone if tone in {"bad", "warn"} else "plain",
        )
        yield place["page"], box
