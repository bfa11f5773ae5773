"""From what the user picked to drafts and their letters, in one transaction; what is there is gone on with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.errors import InvalidInput, NotFound
from tribureau.domain.findings.finding import Subject
from tribureau.domain.letters import Language
from tribureau.domain.letters.reasons import REASONS
from tribureau.workflows.dispute import AlreadyDisputed, Draft, begin_in, refusals
from tribureau.workflows.start_letters import letters_of

MOST_PICKS: Final = 60
_NO_BUREAU: Final = "All"


@dataclass(frozen=True, slots=True)
class Pick:
    """An item to dispute. `bureau` may be None where its source names one; `reason` is a key of `REASONS`."""

    item_id: UUID
    bureau: Bureau | None = None
    reason: str | None = None
    about: Subject = Subject.TRADELINE


@dataclass(frozen=True, slots=True)
class Place:
    """A pick with the dispute that is current there, if there is one."""

    pick: Pick
    row: Row

    @property
    def is_free(self) -> bool:
        return self.row["dispute_id"] is None

    @property
    def is_draft(self) -> bool:
        return bool(self.row["status"] == DisputeStatus.DRAFT)

    @property
    def is_under_way(self) -> bool:
        return not (self.is_free or self.is_draft)

    @property
    def in_words(self) -> str:
        """As in `MIDVALE RECOVERY at Equifax (Pending)`."""
        return f"{self.row['title']} at {self.row['bureau']} ({self.row['status']})"


@dataclass(frozen=True, slots=True)
class Begun:
    """The letters to go on with, each once, in the picks' order; and what was left out, in words."""

    letter_ids: list[UUID]
    left_out: list[str]


async def begin_letters(
    database: Database,
    user: UserId,
    picks: Sequence[Pick],
    *,
    otherwise: Bureau | None = None,
    language: Language = Language.ENGLISH,
    leave_out: bool = False,
) -> Begun:
    """One letter for each bureau and kind. A draft that is there is gone on with: the same picks twice begin nothing.

    `otherwise` is the bureau to ask about what names none itself. What is under way already is named and nothing is
    begun, unless `leave_out` says to go on with the others. Raises NotFound, InvalidInput, AlreadyDisputed.
    """
    chosen = _checked(picks)
    async with database.as_user(user) as transaction:
        await transaction.run("disputes.lock")
        places = await _places(transaction, chosen, otherwise)
        under_way = [place.in_words for place in places if place.is_under_way]
        if under_way and not (leave_out and len(under_way) < len(places)):
            raise AlreadyDisputed(_told(under_way, len(places)), hint=_next(under_way, len(places)))
        going_on = [place for place in places if not place.is_under_way]
        disputes = {(await _dispute_of(transaction, place)): place for place in going_on}
        new = [dispute for dispute, place in disputes.items() if not place.row["letter_id"]]
        reasons = {dispute: place.pick.reason for dispute, place in disputes.items() if place.pick.reason}
        begun = await letters_of(transaction, new, language, reasons) if new else {}
        letters = [place.row["letter_id"] or begun[dispute] for dispute, place in disputes.items()]
    return Begun(list(dict.fromkeys(letters)), under_way)


def _checked(picks: Sequence[Pick]) -> list[Pick]:
    """Each place once. Raises InvalidInput."""
    chosen = list({(pick.item_id, pick.bureau): pick for pick in picks}.values())
    if not 0 < len(chosen) <= MOST_PICKS:
        raise InvalidInput("Nothing is chosen.", hint=f"Choose what you want to dispute, {MOST_PICKS} at most.")
    for pick in chosen:
        if pick.reason and pick.reason not in REASONS:
            raise InvalidInput(f"There is no reason called «{pick.reason}».", hint="Choose one from the list.")
    return chosen


async def _places(transaction: Transaction, picks: Sequence[Pick], otherwise: Bureau | None) -> list[Place]:
    rows = await transaction.all(
        "letters.places_of_picks",
        abouts=[pick.about for pick in picks],
        ids=[pick.item_id for pick in picks],
        bureaus=[pick.bureau for pick in picks],
        otherwise=otherwise,
    )
    if len(rows) != len(picks):
        raise NotFound("Something that you chose is not there any more.", hint="Choose again.")
    places = [_place(pick, row) for pick, row in zip(picks, rows, strict=True)]
    return list({(place.row["place_id"], place.row["bureau"]): place for place in places}.values())


def _place(pick: Pick, row: Row) -> Place:
    if row["bureau"] == _NO_BUREAU:
        raise InvalidInput(f"The source of {row['title']} names no bureau.", hint="Say which bureau to ask.")
    return Place(replace(pick, bureau=Bureau(row["bureau"])), row)


async def _dispute_of(transaction: Transaction, place: Place) -> UUID:
    draft: UUID | None = place.row["dispute_id"]
    if draft:
        return draft
    pick = place.pick
    if pick.about is Subject.TRADELINE:
        return await begin_in(transaction, Draft(pick.item_id, pick.bureau))
    ids = {about: pick.item_id if about is pick.about else None for about in Subject if about is not Subject.TRADELINE}
    with refusals():
        begun: UUID = await transaction.value("letters.begin_entry", **ids, bureau=pick.bureau)
    return begun


def _told(under_way: Iterable[str], picked: int) -> str:
    names = list(under_way)
    if len(names) == picked == 1:
        return f"There is a dispute about this already: {names[0]}."
    what = "this is" if len(names) == 1 else "these are"
    return f"Nothing is begun yet, since {what} disputed already: {'; '.join(names)}."


def _next(under_way: Sequence[str], picked: int) -> str:
    if len(under_way) == picked:
        return AlreadyDisputed.hint
    return "Go on with the others, or look at how that one stands first."
