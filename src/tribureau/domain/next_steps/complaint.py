"""The text for a complaint to the Consumer Financial Protection Bureau, from what the user confirmed.

The CFPB asks what happened and what a fair resolution would be. Of wrong information it takes a complaint about a
bureau only once the dispute there is over or was sent more than 45 days before (its notice on credit and consumer
reporting complaints; 15 USC 1681i(a), (e)).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from tribureau.domain.disputes.statuses import ANSWERS, DisputeStatus
from tribureau.domain.letters.words import Language, Words
from tribureau.domain.next_steps.story import Story

WAIT: Final = timedelta(days=46)
"""«More than 45 days ago» holds from the 46th day on."""
_REPORTED: Final = Words("{bureau} reports this about me: {heading}.", "{bureau} informa esto sobre mí: {heading}.")
_SHOWN: Final = Words("My report shows {shown}.", "Mi informe muestra {shown}.")
_SAID: Final = Words("My dispute says: «{claim}»", "Mi disputa dice: «{claim}»")
_RULE: Final = {
    DisputeStatus.EXPIRED: Words(
        "The law gives a bureau 30 days from receiving a dispute to investigate it, 45 in some cases, and five "
        "business days more to send the results (15 USC 1681i(a)(1), (a)(6)(A)).",
        "La ley da a una agencia 30 días desde que recibe una disputa para investigarla, 45 en ciertos casos, y cinco "
        "días hábiles más para enviar los resultados (15 USC 1681i(a)(1), (a)(6)(A)).",
    ),
}
_USUAL_RULE: Final = Words(
    "The law asks a bureau to investigate a dispute reasonably, and to correct or delete what is inaccurate, "
    "incomplete or can't be verified (15 USC 1681i(a)(1)(A), (a)(5)(A)).",
    "La ley pide a una agencia que investigue una disputa de manera razonable, y que corrija o elimine lo inexacto, lo "
    "incompleto o lo que no se pueda verificar (15 USC 1681i(a)(1)(A), (a)(5)(A)).",
)
_WISHES: Final = {
    DisputeStatus.VERIFIED: Words(
        "I ask {bureau} to investigate this anew, to correct or delete what is wrong or can't be verified, and to tell "
        "me in writing how it was verified (15 USC 1681i(a)(7)).",
        "Pido a {bureau} que investigue esto de nuevo, que corrija o elimine lo que esté mal o no se pueda verificar, "
        "y que me diga por escrito cómo se verificó (15 USC 1681i(a)(7)).",
    ),
    DisputeStatus.EXPIRED: Words(
        "I ask {bureau} to send me the results of its investigation, and to delete what it could not verify in time "
        "(15 USC 1681i(a)(5)(A)).",
        "Pido a {bureau} que me envíe los resultados de su investigación, y que elimine lo que no pudo verificar a "
        "tiempo (15 USC 1681i(a)(5)(A)).",
    ),
    DisputeStatus.UPDATED: Words(
        "I ask {bureau} to investigate what is still in dispute, and to correct or delete what is wrong or can't be "
        "verified (15 USC 1681i(a)(5)(A)).",
        "Pido a {bureau} que investigue lo que sigue en disputa, y que corrija o elimine lo que esté mal o no se pueda "
        "verificar (15 USC 1681i(a)(5)(A)).",
    ),
}


class Complaint(NamedTuple):
    """The two texts that the form asks for."""

    what_happened: str
    fair_resolution: str


def complaint(story: Story, language: Language) -> Complaint | None:
    """None where the newest round has no outcome that a complaint can be about."""
    wish = _WISHES.get(story.newest.outcome) if story.newest.outcome else None
    if wish is None:
        return None
    return Complaint("\n\n".join(_told(story, language)), wish.in_(language).format(bureau=story.bureau))


def complaint_from(story: Story) -> date | None:
    """The first day on which the CFPB takes it; None where it does already, as the bureau has answered."""
    newest = story.newest
    if newest.outcome in ANSWERS or newest.mailed_on is None:
        return None
    return newest.mailed_on + WAIT


def _told(story: Story, language: Language) -> Iterator[str]:
    yield _REPORTED.in_(language).format(bureau=story.bureau, heading=story.heading(language))
    if item := story.confirmed:
        if item.printed:
            shown = "; ".join(f"{fact.label.in_(language)}: {fact.value}" for fact in item.printed)
            yield _SHOWN.in_(language).format(shown=shown)
        if claim := story.claim(language):
            yield _SAID.in_(language).format(claim=claim)
        if explanation := story.explanation():
            yield explanation
    yield from story.rounds_told(language)
    rule = _RULE.get(story.newest.outcome, _USUAL_RULE) if story.newest.outcome else _USUAL_RULE
    yield rule.in_(language)
