"""A reason for a dispute: what it is called, when it applies, and what the letter then says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.domain.letters.items import DisputedItem, ItemKind
from tribureau.domain.letters.words import Words

ANY_ACCOUNT: Final = frozenset({ItemKind.ACCOUNT, ItemKind.COLLECTION})
NOT_PERSONAL: Final = frozenset(ItemKind) - {ItemKind.PERSONAL}


class ReasonGroup(StrEnum):
    """What a reason is about, in the order of the list on the page."""

    WHOSE = "whose"
    AMOUNTS = "amounts"
    DATES = "dates"
    STATUS = "status"
    TWICE = "twice"
    SHOULD_NOT_BE_THERE = "should_not_be_there"
    ABOUT_ME = "about_me"
    OTHER = "other"


GROUP_WORDS: Final = {
    ReasonGroup.WHOSE: Words("It is not mine", "No es mía"),
    ReasonGroup.AMOUNTS: Words("An amount is wrong", "Una cantidad está mal"),
    ReasonGroup.DATES: Words("A date is wrong", "Una fecha está mal"),
    ReasonGroup.STATUS: Words(
        "The status or the payment history is wrong", "El estado o el historial de pagos está mal"
    ),
    ReasonGroup.TWICE: Words("It is listed twice", "Aparece dos veces"),
    ReasonGroup.SHOULD_NOT_BE_THERE: Words("It should not be on a report", "No debería estar en un informe"),
    ReasonGroup.ABOUT_ME: Words("Something about me is wrong", "Algo sobre mí está mal"),
    ReasonGroup.OTHER: Words("Something else", "Otra cosa"),
}


def fits_always(_: DisputedItem) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    `label` and `explanation` are for choosing; `claim` and `request` are the letter's, in the first person. A claim may
    hold `{correction}`, and then `asks_for` says what the user has to fill in: dollars, where it `asks_for_amount`.
    `fits` refuses an item whose printed facts speak against the reason. `proof` names what helps.
    """

    key: str
    group: ReasonGroup
    applies_to: frozenset[ItemKind]
    label: Words
    explanation: Words
    claim: Words
    request: Words
    citation: str
    asks_for: Words | None = None
    asks_for_amount: bool = False
    proof: Words | None = None
    fits: Callable[[DisputedItem], bool] = fits_always
    needs_explanation: bool = False


DELETE: Final = Words("Please delete it from my file.", "Les pido que lo eliminen de mi expediente.")
CORRECT: Final = Words("Please correct it, or delete it.", "Les pido que lo corrijan o lo eliminen.")
STOP_REPORTING: Final = Words("Please stop reporting it.", "Les pido que dejen de informarlo.")
REPORT_IT_RIGHT: Final = Words(
    "Please report it correctly, or stop reporting it.", "Les pido que lo informen bien o que dejen de informarlo."
)
