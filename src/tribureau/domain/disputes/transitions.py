"""The one table of what may become of a dispute. The database holds the same rows and a test compares them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tribureau.domain.disputes.statuses import ANSWERS, Actor, DisputeStatus
from tribureau.domain.errors import Conflict

_S = DisputeStatus
_USER: Final = frozenset({Actor.USER})
_SYSTEM: Final = frozenset({Actor.SYSTEM})
_EITHER: Final = _USER | _SYSTEM


class IllegalTransition(Conflict):
    """This dispute can't go there from where it stands."""

    code = "illegal_transition"


@dataclass(frozen=True, slots=True)
class Transition:
    """`previous` is None for a dispute that begins."""

    previous: DisputeStatus | None
    new: DisputeStatus
    by: frozenset[Actor]
    why: str


_ONE_BY_ONE: Final = (
    Transition(None, _S.DRAFT, _EITHER, "A dispute is begun; an escalation begins the next round."),
    Transition(_S.DRAFT, _S.PENDING, _EITHER, "The letter is in the mail, by the user's hand or a mailing service."),
    Transition(_S.DRAFT, _S.BLANK, _USER, "The user takes a draft back."),
    Transition(_S.BLANK, _S.DRAFT, _USER, "The user takes that back in turn."),
    Transition(_S.PENDING, _S.DRAFT, _EITHER, "The letter never left, or was marked as mailed by mistake."),
    Transition(
        _S.PENDING, _S.INVESTIGATING, _EITHER, "The bureau has the letter: its period runs, 15 USC 1681i(a)(1)(A)."
    ),
    Transition(_S.INVESTIGATING, _S.PENDING, _EITHER, "The receipt was recorded by mistake."),
    Transition(
        _S.INVESTIGATING, _S.EXPIRED, _SYSTEM, "No answer received in the period, the time to send it and the mail's."
    ),
    Transition(_S.EXPIRED, _S.INVESTIGATING, _EITHER, "The date of receipt was corrected: the period still runs."),
    Transition(
        _S.INVESTIGATING,
        _S.ESCALATED,
        _USER,
        "The bureau calls it frivolous or asks for more, 15 USC 1681i(a)(3): a new round answers that.",
    ),
    Transition(_S.VERIFIED, _S.ESCALATED, _USER, "A second round with new facts, or the method of verification."),
    Transition(_S.UPDATED, _S.ESCALATED, _USER, "What was changed is still not right."),
    Transition(_S.EXPIRED, _S.ESCALATED, _USER, "No answer: the next letter says so, 15 USC 1681i(a)(5)(A)."),
    Transition(
        _S.DELETED, _S.ESCALATED, _USER, "The item is back: a letter on the reinsertion, 15 USC 1681i(a)(5)(B)."
    ),
)


def _answers() -> Iterator[Transition]:
    for answer in sorted(ANSWERS):
        yield Transition(_S.PENDING, answer, _EITHER, "The bureau answered before its receipt was known.")
        yield Transition(_S.INVESTIGATING, answer, _EITHER, "The bureau answered.")
        yield Transition(_S.EXPIRED, answer, _EITHER, "The bureau answered late.")
        yield Transition(answer, _S.INVESTIGATING, _USER, "The answer was entered by mistake.")
        for other in sorted(ANSWERS - {answer}):
            yield Transition(answer, other, _EITHER, "A later answer or report says otherwise, or it was typed wrong.")


TRANSITIONS: Final = (*_ONE_BY_ONE, *_answers())
_BY_STEP: Final = {(one.previous, one.new): one for one in TRANSITIONS}


def transition(previous: DisputeStatus | None, new: DisputeStatus, by: Actor) -> Transition:
    """The row that allows it. Raises IllegalTransition, whose hint names what is possible instead."""
    found = _BY_STEP.get((previous, new))
    if found is None or by not in found.by:
        possible = ", ".join(next_statuses(previous, by)) or "nowhere"
        raise IllegalTransition(
            f"A dispute can't go from {previous or 'nothing'} to {new} by the {by}.",
            hint=f"From {previous or 'nothing'} it can go to: {possible}.",
        )
    return found


def next_statuses(previous: DisputeStatus | None, by: Actor) -> list[DisputeStatus]:
    """Where `by` may move it, in the order of the statuses."""
    return [status for status in DisputeStatus if (step := _BY_STEP.get((previous, status))) and by in step.by]
