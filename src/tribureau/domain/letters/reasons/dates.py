"""Reasons that say that a date is wrong, or that time is up."""

from typing import Final

from tribureau.domain.letters.items import ItemKind
from tribureau.domain.letters.reasons.reason import ANY_ACCOUNT, CORRECT, DELETE, NOT_PERSONAL, Reason, ReasonGroup
from tribureau.domain.letters.words import Words

DATES: Final = (
    Reason(
        "wrong_date",
        ReasonGroup.DATES,
        NOT_PERSONAL,
        Words("A date is wrong", "Una fecha está mal"),
        Words(
            "The day it was opened, closed, paid or reported is not right.",
            "El día en que se abrió, se cerró, se pagó o se informó no es correcto.",
        ),
        Words("A date is wrong. Right is: {correction}.", "Una fecha está mal. Lo correcto es: {correction}."),
        CORRECT,
        "15 USC 1681e(b), 1681i(a)(1)(A)",
        asks_for=Words("Which date, and what is right", "Qué fecha y cuál es la correcta"),
    ),
    Reason(
        "re_aged",
        ReasonGroup.DATES,
        ANY_ACCOUNT,
        Words("The first missed payment was moved to a later date", "El primer atraso se pasó a una fecha posterior"),
        Words(
            "An old debt stays longer on your report when its first missed payment is dated later. Selling the debt or "
            "paying a part does not start the clock anew.",
            "Una deuda vieja se queda más tiempo en su informe si su primer atraso lleva una fecha posterior. Vender "
            "la deuda o pagar una parte no reinicia el plazo.",
        ),
        Words(
            "The date of first delinquency is wrong. The delinquency that led to this began on {correction} and was "
            "never brought current.",
            "La fecha del primer atraso está mal. El atraso que llevó a esto empezó el {correction} y nunca se puso al "
            "corriente.",
        ),
        CORRECT,
        "15 USC 1681c(c)(1), 1681s-2(a)(5)",
        asks_for=Words("When you first missed a payment", "Cuándo dejó de pagar por primera vez"),
        proof=Words("An older report or statement", "Un informe o estado de cuenta anterior"),
    ),
    Reason(
        "obsolete",
        ReasonGroup.DATES,
        NOT_PERSONAL - {ItemKind.INQUIRY},
        Words("It is too old to be reported", "Es demasiado antigua para informarse"),
        Words(
            "Most negative items must go after 7 years, bankruptcies after 10.",
            "La mayoría de lo negativo debe quitarse a los 7 años; las bancarrotas, a los 10.",
        ),
        Words(
            "This is older than the law lets you report. It began on {correction}.",
            "Esto es más antiguo de lo que la ley les permite informar. Empezó el {correction}.",
        ),
        DELETE,
        "15 USC 1681c(a), (c)",
        asks_for=Words("When it began", "Cuándo empezó"),
    ),
)
