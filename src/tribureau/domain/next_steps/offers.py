"""Which steps are open after what a bureau answered, each in plain words with the rule behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.domain.letters.kinds import LetterKind
from tribureau.domain.letters.words import Words
from tribureau.domain.next_steps.complaint import complaint_from
from tribureau.domain.next_steps.story import Story


class NextStep(StrEnum):
    METHOD_OF_VERIFICATION = "method_of_verification"
    SECOND_ROUND = "second_round"
    NO_ANSWER = "no_answer"
    ANSWER_THE_BUREAU = "answer_the_bureau"
    REINSERTION = "reinsertion"
    CFPB_COMPLAINT = "cfpb_complaint"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Offer:
    """One step. `letter` is the kind of letter that the next round begins with; None where there is no next round.
    `not_before` is the first day on which it can be taken, where that has not come."""

    step: NextStep
    title: Words
    words: Words
    citation: str
    letter: LetterKind | None = None
    not_before: date | None = None


_METHOD: Final = Offer(
    NextStep.METHOD_OF_VERIFICATION,
    Words("Ask how it was verified", "Preguntar cómo se verificó"),
    Words(
        "The bureau has to describe within 15 days how it checked the item, and whom it asked. What it says often "
        "shows what to dispute next.",
        "La agencia debe describir en 15 días cómo comprobó el dato y a quién preguntó. Su respuesta suele mostrar qué "
        "disputar después.",
    ),
    "15 USC 1681i(a)(6)(B)(iii), (a)(7)",
    LetterKind.METHOD_OF_VERIFICATION,
)
_SECOND_ROUND: Final = Offer(
    NextStep.SECOND_ROUND,
    Words("Dispute it again, with something new", "Disputarlo otra vez, con algo nuevo"),
    Words(
        "Add facts or papers that your earlier letter did not have. A dispute that only repeats the one before may be "
        "set aside as frivolous.",
        "Agregue hechos o documentos que su carta anterior no tenía. Una disputa que solo repite la anterior puede "
        "descartarse por frívola.",
    ),
    "15 USC 1681i(a)(1)(A), (a)(3)(A)",
    LetterKind.SECOND_ROUND,
)
_NO_ANSWER: Final = Offer(
    NextStep.NO_ANSWER,
    Words("Write again: no answer came", "Escribir otra vez: no hubo respuesta"),
    Words(
        "What a bureau can't verify in time it has to delete. The next letter asks for that.",
        "Lo que una agencia no puede verificar a tiempo debe eliminarlo. La próxima carta lo pide.",
    ),
    "15 USC 1681i(a)(1)(A), (a)(5)(A)",
    LetterKind.SECOND_ROUND,
)
_ANSWER_THE_BUREAU: Final = Offer(
    NextStep.ANSWER_THE_BUREAU,
    Words("They call it frivolous, or ask for more", "Dicen que es frívola, o piden más"),
    Words(
        "A bureau that does not investigate has to say why, and what it needs, within 5 business days of deciding so. "
        "A new round answers with what was missing. If you only wait for the results, leave this alone.",
        "Una agencia que no investiga debe decir por qué, y qué necesita, en 5 días hábiles después de decidirlo. Una "
        "nueva ronda responde con lo que faltaba. Si solo espera los resultados, deje esto.",
    ),
    "15 USC 1681i(a)(3)",
    LetterKind.SECOND_ROUND,
)
_REINSERTION: Final = Offer(
    NextStep.REINSERTION,
    Words("It came back", "Volvió a aparecer"),
    Words(
        "A deleted item may return only if its source certifies that it is right, and the bureau must tell you within "
        "5 business days afterwards. If a newer report shows it again, write.",
        "Algo eliminado solo puede volver si su fuente certifica que es correcto, y la agencia debe avisarle en los 5 "
        "días hábiles siguientes. Si un informe más nuevo lo muestra otra vez, escriba.",
    ),
    "15 USC 1681i(a)(5)(B)",
    LetterKind.REINSERTION,
)
_COMPLAINT: Final = Offer(
    NextStep.CFPB_COMPLAINT,
    Words("Complain to the CFPB", "Quejarse ante la CFPB"),
    Words(
        "The Consumer Financial Protection Bureau passes a complaint on to the bureau and follows its answer. It asks "
        "that you disputed there first, and that this is over or more than 45 days ago.",
        "La Oficina para la Protección Financiera del Consumidor pasa la queja a la agencia y sigue su respuesta. Pide "
        "que usted haya disputado allí antes, y que eso haya terminado o sea de hace más de 45 días.",
    ),
    "15 USC 1681i(e)",
)
_STATEMENT: Final = Offer(
    NextStep.STATEMENT,
    Words("Put your own words into the file", "Poner sus propias palabras en el expediente"),
    Words(
        "If the investigation did not settle it, the bureau has to add a statement of yours, of 100 words if it says "
        "so, to every later report that shows the item.",
        "Si la investigación no lo resolvió, la agencia debe agregar una declaración suya, de 100 palabras si así lo "
        "dice, a cada informe posterior que muestre el dato.",
    ),
    "15 USC 1681i(b), (c)",
)
_BY_STATUS: Final = {
    DisputeStatus.VERIFIED: (_METHOD, _SECOND_ROUND, _COMPLAINT, _STATEMENT),
    DisputeStatus.UPDATED: (_SECOND_ROUND, _COMPLAINT, _STATEMENT),
    DisputeStatus.EXPIRED: (_NO_ANSWER, _COMPLAINT, _STATEMENT),
    DisputeStatus.DELETED: (_REINSERTION,),
    DisputeStatus.INVESTIGATING: (_ANSWER_THE_BUREAU,),
}


def offers(status: DisputeStatus, story: Story, today: date) -> list[Offer]:
    """The steps that are open to the user, the one that suits most first."""
    return list(_open(status, story, today))


def letter_of(status: DisputeStatus, step: NextStep) -> LetterKind | None:
    """The letter that a step begins from that status; None where it isn't open or is no letter."""
    return next((one.letter for one in _BY_STATUS.get(status, ()) if one.step is step), None)


def _open(status: DisputeStatus, story: Story, today: date) -> Iterator[Offer]:
    for offer in _BY_STATUS.get(status, ()):
        if offer.letter is LetterKind.METHOD_OF_VERIFICATION and story.newest.answered_on is None:
            continue
        if offer.step is NextStep.CFPB_COMPLAINT and (day := complaint_from(story)) and day > today:
            yield Offer(offer.step, offer.title, offer.words, offer.citation, not_before=day)
        else:
            yield offer
