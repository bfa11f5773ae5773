"""The days of one round as a stranger reads them: what happened, what the law asks for when, and what was counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tribureau.domain.deadlines import DisputeFacts, agenda_of
from tribureau.domain.deadlines.dispute_clock import Day, DisputeClock
from tribureau.domain.deadlines.rules import Duty
from tribureau.domain.disputes import ANSWERS, DisputeStatus
from tribureau.domain.evidence.words import STATUS_WORDS
from tribureau.domain.letters.words import Language, Words

_RECEIPT: Final = "15 USC 1681i(a)(1)(A)"
_BEGUN: Final = Words("Round {round} was begun.", "Se inició la ronda {round}.")
_MAILED: Final = Words("The letter was mailed to {bureau}.", "La carta se envió a {bureau}.")
_TRACKED: Final = Words("Postal Service number {number}.", "Número del Servicio Postal {number}.")
_ARRIVED: Final = Words(
    "{bureau} received the letter. The period runs from this day.",
    "{bureau} recibió la carta. El plazo corre desde este día.",
)
_NOT_KNOWN: Final = Words(
    "When {bureau} received the letter isn't recorded, so no period is counted.",
    "No consta cuándo {bureau} recibió la carta, así que no se cuenta ningún plazo.",
)
_MORE: Final = Words(
    "{bureau} received further information from the consumer.", "{bureau} recibió más información del consumidor."
)
_ANSWERED: Final = Words("{bureau} answered: {outcome}.", "{bureau} respondió: {outcome}.")
_IN_TIME: Final = Words(
    "Day {day} of {length} after receipt: within the period.",
    "Día {day} de {length} desde la recepción: dentro del plazo.",
)
_LATE: Final = Words(
    "Day {day} after receipt: {late} after the period of {length} days ended.",
    "Día {day} desde la recepción: {late} después de terminar el plazo de {length} días.",
)
_DAYS: Final = (Words("1 day", "1 día"), Words("{days} days", "{days} días"))
_UNANSWERED: Final = Words(
    "No answer was received from {bureau}.",
    "No se recibió respuesta de {bureau}.",
)
_WAITED: Final = Words(
    "The period, the time to send the results and {mail} days for the mail had ended on {until}.",
    "El plazo, el tiempo para enviar los resultados y {mail} días para el correo terminaron el {until}.",
)
_CLOSED: Final = Words("The round was closed; the next one was begun.", "La ronda se cerró; se inició la siguiente.")
_TAKEN_BACK: Final = Words("The draft was taken back; nothing was sent.", "El borrador se retiró; no se envió nada.")
_LAST_DAY: Final = Words("Last day: ", "Último día: ")
_DUTIES: Final = {
    Duty.TELL_THE_FURNISHER: Words(
        "{bureau} must have told the company that reported the item (5 business days).",
        "{bureau} debe haber avisado a la empresa que informó el dato (5 días hábiles).",
    ),
    Duty.REINVESTIGATE: Words(
        "{bureau} must have investigated (30 days from receipt).",
        "{bureau} debe haber investigado (30 días desde la recepción).",
    ),
    Duty.REINVESTIGATE_WITH_MORE_INFORMATION: Words(
        "{bureau} must have investigated (30 days from receipt, and 15 more for the further information).",
        "{bureau} debe haber investigado (30 días desde la recepción, y 15 más por la información adicional).",
    ),
    Duty.REINVESTIGATE_AFTER_FREE_ANNUAL_REPORT: Words(
        "{bureau} must have investigated (45 days from receipt, after a free yearly report).",
        "{bureau} debe haber investigado (45 días desde la recepción, tras un informe anual gratuito).",
    ),
    Duty.SEND_THE_RESULTS: Words(
        "{bureau} must have sent the results (5 business days after investigating).",
        "{bureau} debe haber enviado los resultados (5 días hábiles después de investigar).",
    ),
}


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round. `outcome` is how it ended, or stands; the days are the user's own; `facts` is None before mailing."""

    round: int
    bureau: str
    outcome: DisputeStatus
    begun_on: date
    facts: DisputeFacts | None = None
    tracking_number: str = ""
    answered_on: date | None = None
    unanswered_on: date | None = None
    closed_on: date | None = None
    taken_back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """`is_due` for a day that the law sets, which is no event by itself."""

    on: date
    words: str
    detail: str = ""
    citation: str = ""
    is_due: bool = False


def events_of(facts: RoundFacts, language: Language, mail_allowance: timedelta) -> list[Event]:
    """The round's beginning, also where its letter was mailed before it was entered here; then in the order of their
    days, where a day that the law sets comes before what happened on it."""
    begun, *found = _events(facts, language, mail_allowance)
    return [begun, *sorted(found, key=lambda event: (event.on, not event.is_due))]


def _events(facts: RoundFacts, language: Language, mail_allowance: timedelta) -> Iterator[Event]:
    def say(words: Words, **given: object) -> str:
        return words.in_(language).format(bureau=facts.bureau, round=facts.round, **given)

    yield Event(facts.begun_on, say(_BEGUN))
    if facts.taken_back_on:
        yield Event(facts.taken_back_on, say(_TAKEN_BACK))
    sent = facts.facts
    if sent:
        number = say(_TRACKED, number=facts.tracking_number) if facts.tracking_number else ""
        unknown = "" if sent.received_on else say(_NOT_KNOWN)
        yield Event(sent.mailed_on, say(_MAILED), " ".join(filter(None, (number, unknown))))
        if sent.more_information_received_on:
            yield Event(sent.more_information_received_on, say(_MORE), citation="15 USC 1681i(a)(1)(B)")
    agenda = agenda_of(sent, mail_allowance) if sent and sent.received_on else None
    clock = agenda.clock if agenda else None
    if sent and sent.received_on:
        yield Event(sent.received_on, say(_ARRIVED), citation=_RECEIPT)
    if clock:
        for day in (clock.furnisher_told_by, clock.investigated_by, clock.sent_by):
            yield _due(day, say)
    if facts.answered_on and facts.outcome in ANSWERS:
        outcome = STATUS_WORDS[facts.outcome].in_(language).lower()
        yield Event(facts.answered_on, say(_ANSWERED, outcome=outcome), *_counted(facts.answered_on, clock, say))
    if facts.unanswered_on:
        waited = ""
        if clock:
            waited = say(_WAITED, mail=mail_allowance.days, until=clock.unanswered_after.isoformat())
        yield Event(facts.unanswered_on, say(_UNANSWERED), waited)
    if facts.closed_on:
        yield Event(facts.closed_on, say(_CLOSED))


def _due(day: Day, say: Callable[..., str]) -> Event:
    return Event(day.on, say(_LAST_DAY) + say(_DUTIES[day.rule.duty]), citation=day.rule.citation, is_due=True)


def _counted(on: date, clock: DisputeClock | None, say: Callable[..., str]) -> tuple[str, str]:
    """How many days after receipt, of how many; and the rule that is counted by."""
    if clock is None or on < clock.received:
        return "", ""
    rule, day = clock.investigated_by.rule, (on - clock.received).days
    late = -clock.days_left(on)
    if late <= 0:
        return say(_IN_TIME, day=day, length=rule.length), rule.citation
    days = say(_DAYS[min(late, 2) - 1], days=late)
    return say(_LATE, day=day, late=days, length=rule.length), rule.citation
