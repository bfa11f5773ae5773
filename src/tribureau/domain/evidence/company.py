"""A letter to a company as a stranger reads its days: mailed, arrived, to be answered by, answered with what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tribureau.domain.deadlines.rules import Duty, rule_for
from tribureau.domain.evidence.timeline import Event
from tribureau.domain.letters.words import Language, Words


class CompanyAnswer(StrEnum):
    """What a company's answer comes to."""

    CORRECTED = "corrected"
    DELETED = "deleted"
    KEPT = "kept"
    VERIFIED = "verified"
    STOPPED = "stopped"
    FRIVOLOUS = "frivolous"
    OTHER = "other"


ANSWER_WORDS: Final = {
    CompanyAnswer.CORRECTED: Words("It corrects what it reports", "Corrige lo que informa"),
    CompanyAnswer.DELETED: Words("It has the item deleted", "Hace eliminar el dato"),
    CompanyAnswer.KEPT: Words("It says that its report is right", "Dice que su informe es correcto"),
    CompanyAnswer.VERIFIED: Words("It sent verification of the debt", "Envió la verificación de la deuda"),
    CompanyAnswer.STOPPED: Words("It stops collecting", "Deja de cobrar"),
    CompanyAnswer.FRIVOLOUS: Words(
        "It calls the dispute frivolous, or asks for more", "Llama frívola la disputa, o pide más"
    ),
    CompanyAnswer.OTHER: Words("Something else", "Otra cosa"),
}
LETTERS_TO_COMPANIES: Final = Words("Letters to companies", "Cartas a empresas")
_MAILED: Final = Words("A letter was mailed to {company}.", "Se envió una carta a {company}.")
_TRACKED: Final = Words("Postal Service number {number}.", "Número del Servicio Postal {number}.")
_ARRIVED: Final = Words("{company} received the letter.", "{company} recibió la carta.")
_DUE: Final = Words(
    "Last day: {company} must have investigated and answered (30 days from receipt).",
    "Último día: {company} debe haber investigado y respondido (30 días desde la recepción).",
)
_STOPS: Final = Words(
    "A collector has no period to answer; where the debt was disputed within 30 days of its notice, it must stop "
    "collecting until it has sent the verification.",
    "Un cobrador no tiene plazo para responder; si la deuda se disputó dentro de los 30 días de su aviso, debe dejar "
    "de cobrar hasta enviar la verificación.",
)
_ANSWERED: Final = Words("{company} answered: {outcome}.", "{company} respondió: {outcome}.")


@dataclass(frozen=True, slots=True)
class CompanyLetter:
    """One mailed letter. `collects`: the company is a collector; `answer` and `note` go with `answered_on`."""

    company: str
    collects: bool
    mailed_on: date
    received_on: date | None = None
    tracking_number: str = ""
    answered_on: date | None = None
    answer: CompanyAnswer | None = None
    note: str = ""


def events_of_company(letter: CompanyLetter, language: Language) -> list[Event]:
    """In the order of their days; a day that the law sets comes before what happened on it."""
    return sorted(_events(letter, language), key=lambda event: (event.on, not event.is_due))


def _events(letter: CompanyLetter, language: Language) -> Iterator[Event]:
    def say(words: Words, **given: object) -> str:
        return words.in_(language).format(company=letter.company, **given)

    number = say(_TRACKED, number=letter.tracking_number) if letter.tracking_number else ""
    yield Event(letter.mailed_on, say(_MAILED), number)
    if letter.received_on and letter.collects:
        yield Event(letter.received_on, say(_ARRIVED), say(_STOPS), "15 USC 1692g(b)")
    elif letter.received_on:
        yield Event(letter.received_on, say(_ARRIVED))
        rule = rule_for(Duty.ANSWER_A_DIRECT_DISPUTE, letter.received_on)
        yield Event(rule.last_day(letter.received_on), say(_DUE), citation=rule.citation, is_due=True)
    if letter.answered_on and letter.answer:
        outcome = ANSWER_WORDS[letter.answer].in_(language)
        yield Event(letter.answered_on, say(_ANSWERED, outcome=outcome[0].lower() + outcome[1:]), letter.note)
