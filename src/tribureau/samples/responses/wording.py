"""How letters say what came of an item: a word or two for a table, a sentence for a paragraph."""

from typing import Final

from tribureau.domain.bureau_responses import Outcome
from tribureau.samples.responses.answer import Answer, AnsweredItem

SHORT: Final[dict[Outcome, tuple[str, ...]]] = {
    Outcome.DELETED: ("Deleted", "Removed", "Deleted from your file", "DELETED"),
    Outcome.UPDATED: ("Updated", "Corrected", "Verified and updated", "New information added", "UPDATED"),
    Outcome.VERIFIED: ("Verified as accurate", "Remains", "Verified, no change", "Confirmed as reported"),
    Outcome.BLOCKED: ("Blocked", "Information blocked"),
    Outcome.REJECTED_FRIVOLOUS: ("Considered frivolous", "Not investigated (frivolous)"),
    Outcome.NEEDS_INFORMATION: ("More information needed", "Could not be processed"),
    Outcome.UNDER_INVESTIGATION: ("Still under investigation", "Investigation in progress", "Pending"),
}
SENTENCES: Final[dict[Outcome, tuple[str, ...]]] = {
    Outcome.DELETED: (
        "This {thing} has been deleted from your credit file.",
        "We removed the {thing} from your report.",
        "The {thing} no longer appears on your credit file.",
        "Its source did not answer in time, so we deleted the {thing}.",
    ),
    Outcome.UPDATED: (
        "Its source sent us other figures, and the {thing} was updated with them.",
        "We changed the {thing} as its source asked us to.",
        "The {thing} was verified by its source and has been updated.",
        "New information has been added to this {thing}.",
    ),
    Outcome.VERIFIED: (
        "Its source confirmed that the {thing} is reported correctly; it remains on your file.",
        "The {thing} was verified as accurate and was not changed.",
        "The source says that this is yours, so the {thing} will not be removed.",
        "We verified this {thing}; nothing about it was deleted or changed.",
    ),
    Outcome.BLOCKED: (
        "Because of your identity theft report the {thing} has been blocked.",
        "This {thing} is now blocked from your file.",
    ),
    Outcome.REJECTED_FRIVOLOUS: (
        "We find this dispute frivolous, so the {thing} was not investigated.",
        "This is substantially the same as a dispute that we answered before, so we did not look into it again.",
    ),
    Outcome.NEEDS_INFORMATION: (
        "We could not process this request; please send additional information about the {thing}.",
        "We need more information before we can look into this {thing}.",
    ),
    Outcome.UNDER_INVESTIGATION: (
        "The {thing} is still being investigated; we will write to you again.",
        "Our review of this {thing} is not yet complete.",
    ),
}
WISHES: Final = (
    "You told us that this is wrong and should be deleted.",
    "You asked us to have it removed or corrected.",
    "You said that the balance should be updated.",
    "",
    "",
)
MEANINGS: Final = (
    "Deleted: the item was taken out of your file.",
    "Updated: a change was made to the item after its source had looked at it.",
    "Remains: the source certified that the item is accurate.",
    "Blocked: the item is hidden as the result of identity theft.",
)


def short(answer: Answer, item: AnsweredItem) -> str:
    return answer.pick(*SHORT[item.outcome])


def sentence(answer: Answer, item: AnsweredItem) -> str:
    return answer.pick(*SENTENCES[item.outcome]).format(thing=item.thing)


def paragraph(answer: Answer, item: AnsweredItem) -> str:
    """What the consumer asked for, and then what came of it."""
    return f"{answer.pick(*WISHES)} {sentence(answer, item)}".strip()
