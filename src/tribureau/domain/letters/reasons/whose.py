"""Reasons that say whose it is."""

from typing import Final

from tribureau.domain.letters.items import ItemKind
from tribureau.domain.letters.reasons.reason import CORRECT, DELETE, NOT_PERSONAL, Reason, ReasonGroup
from tribureau.domain.letters.words import Words

WHOSE: Final = (
    Reason(
        "not_mine",
        ReasonGroup.WHOSE,
        NOT_PERSONAL - {ItemKind.INQUIRY},
        Words("I don't know this", "No conozco esto"),
        Words(
            "You never opened it and never agreed to it. If you think that someone used your name, "
            "choose identity theft.",
            "Nunca la abrió ni la aceptó. Si cree que alguien usó su nombre, elija robo de identidad.",
        ),
        Words("This is not mine. I never opened it or agreed to it.", "Esto no es mío. Nunca lo abrí ni lo acepté."),
        DELETE,
        "15 USC 1681e(b), 1681i(a)(1)(A)",
    ),
    Reason(
        "mixed_file",
        ReasonGroup.WHOSE,
        NOT_PERSONAL,
        Words("It belongs to someone with a similar name", "Es de otra persona con un nombre parecido"),
        Words(
            "A relative with your name, or a stranger: the bureau has mixed two people's files.",
            "Un pariente con su nombre, o un desconocido: la agencia mezcló los expedientes de dos personas.",
        ),
        Words(
            "This belongs to another person whose name or details are like mine; it does not belong in my file.",
            "Esto es de otra persona cuyo nombre o cuyos datos se parecen a los míos; no corresponde a mi expediente.",
        ),
        DELETE,
        "15 USC 1681e(b), 1681i(a)(1)(A)",
        proof=Words("A copy of your identity document", "Una copia de su documento de identidad"),
    ),
    Reason(
        "identity_theft",
        ReasonGroup.WHOSE,
        NOT_PERSONAL,
        Words("Someone stole my identity", "Alguien robó mi identidad"),
        Words(
            "Someone else used your name. With a theft report (identitytheft.gov makes one) the bureau must block the "
            "item within 4 business days.",
            "Otra persona usó su nombre. Con una denuncia (identitytheft.gov la prepara) la agencia debe bloquearlo en "
            "4 días hábiles.",
        ),
        Words(
            "This comes from identity theft. It does not relate to any transaction that I made.",
            "Esto viene de un robo de identidad. No corresponde a ninguna operación que yo haya hecho.",
        ),
        Words("Please block it.", "Les pido que lo bloqueen."),
        "15 USC 1681c-2(a)",
        proof=Words(
            "The identity theft report, and proof of your identity",
            "La denuncia del robo de identidad y una prueba de su identidad",
        ),
    ),
    Reason(
        "authorized_user_only",
        ReasonGroup.WHOSE,
        frozenset({ItemKind.ACCOUNT}),
        Words("I am only an authorized user", "Solo soy usuario autorizado"),
        Words(
            "Someone let you use their card. The debt is theirs, and you are not liable for it.",
            "Alguien le permitió usar su tarjeta. La deuda es de esa persona y usted no responde por ella.",
        ),
        Words(
            "I was only an authorized user and am not liable for this account.",
            "Solo fui usuario autorizado y no respondo por esta cuenta.",
        ),
        CORRECT,
        "15 USC 1681i(a)(1)(A)",
    ),
    Reason(
        "inquiry_not_authorized",
        ReasonGroup.WHOSE,
        frozenset({ItemKind.INQUIRY}),
        Words("I did not apply there", "Yo no presenté esa solicitud"),
        Words(
            "A company may look at your file only for a purpose that the law permits, such as your own application.",
            "Una empresa solo puede ver su expediente con un fin que la ley permite, como una solicitud suya.",
        ),
        Words(
            "I did not apply for credit there and know of no permissible purpose for this inquiry.",
            "No solicité crédito allí y no conozco ningún fin permitido para esta consulta.",
        ),
        DELETE,
        "15 USC 1681b(a), 1681i(a)(1)(A)",
    ),
)
