"""Reasons that say that an item is listed twice, should not be listed, or misstates the person; and any other."""

from collections.abc import Callable
from typing import Final

from tribureau.domain.letters.items import DisputedItem, ItemKind
from tribureau.domain.letters.reasons.reason import ANY_ACCOUNT, CORRECT, DELETE, NOT_PERSONAL, Reason, ReasonGroup
from tribureau.domain.letters.words import Words

_PERSONAL: Final = frozenset({ItemKind.PERSONAL})
_ACCURACY: Final = "15 USC 1681e(b), 1681i(a)(1)(A)"


def _is(*details: str) -> Callable[[DisputedItem], bool]:
    """Fits an entry of one of these kinds, or one that does not tell its kind."""
    return lambda item: item.detail is None or item.detail in details


LISTING: Final = (
    Reason(
        "listed_twice",
        ReasonGroup.TWICE,
        NOT_PERSONAL,
        Words("It is listed twice", "Aparece dos veces"),
        Words("The same thing stands on the report two times.", "Lo mismo está dos veces en el informe."),
        Words(
            "This is listed twice; it is the same as {correction}.",
            "Esto aparece dos veces; es lo mismo que {correction}.",
        ),
        DELETE,
        _ACCURACY,
        asks_for=Words("The other entry", "La otra entrada"),
    ),
    Reason(
        "lender_and_collector",
        ReasonGroup.TWICE,
        ANY_ACCOUNT,
        Words("The lender and a collector both report this debt", "El prestamista y un cobrador informan esta deuda"),
        Words(
            "One debt may be owed once: only one of the two can show a balance.",
            "Una deuda se debe una sola vez: solo uno de los dos puede mostrar un saldo.",
        ),
        Words(
            "This is the same debt as {correction}; both show a balance, and it is owed once at most.",
            "Esta es la misma deuda que {correction}; ambas muestran un saldo, y a lo sumo se debe una vez.",
        ),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The other entry", "La otra entrada"),
    ),
    Reason(
        "reinserted",
        ReasonGroup.SHOULD_NOT_BE_THERE,
        NOT_PERSONAL,
        Words("It was deleted and came back", "Se eliminó y volvió"),
        Words(
            "A bureau may put a deleted item back only if its source certifies it, and must tell you within 5 business "
            "days.",
            "Una agencia solo puede volver a incluir lo eliminado si quien lo informó lo certifica, y debe avisarle en "
            "5 días hábiles.",
        ),
        Words(
            "You deleted this on {correction}, and it is on my report again. I got no notice that it was put back.",
            "Ustedes eliminaron esto el {correction} y está otra vez en mi informe. No recibí aviso de que se volvió a "
            "incluir.",
        ),
        DELETE,
        "15 USC 1681i(a)(5)(B)",
        asks_for=Words("When it was deleted", "Cuándo se eliminó"),
        proof=Words("The bureau's letter that it was deleted", "La carta de la agencia que dice que se eliminó"),
    ),
    Reason(
        "never_validated",
        ReasonGroup.SHOULD_NOT_BE_THERE,
        frozenset({ItemKind.COLLECTION}),
        Words("I asked the collector for proof and got none", "Pedí pruebas al cobrador y no las recibí"),
        Words(
            "You disputed the debt in writing within 30 days of the collector's notice; until it answers, it must stop "
            "collecting.",
            "Usted disputó la deuda por escrito en los 30 días después del aviso; hasta que responda, "
            "debe dejar de cobrar.",
        ),
        Words(
            "I disputed this debt in writing with the collector on {correction} and got no verification.",
            "Disputé esta deuda por escrito con el cobrador el {correction} y no recibí verificación.",
        ),
        DELETE,
        "15 USC 1692g(b), 1681i(a)(1)(A)",
        asks_for=Words("When you wrote to the collector", "Cuándo escribió al cobrador"),
        proof=Words("Your letter and its receipt", "Su carta y el comprobante de envío"),
    ),
    Reason(
        "medical_policy",
        ReasonGroup.SHOULD_NOT_BE_THERE,
        frozenset({ItemKind.COLLECTION}),
        Words("A medical debt that bureaus no longer list", "Una deuda médica que las agencias ya no incluyen"),
        Words(
            "The three bureaus say that they list no medical collection that is paid, under $500 or less than a year "
            "old. That is their policy, not a law.",
            "Las tres agencias dicen que no incluyen deudas médicas pagadas, menores de $500 o de menos de un año. Es "
            "su política, no una ley.",
        ),
        Words(
            "This is a medical debt that your own published policy leaves out: {correction}.",
            "Esta es una deuda médica que su propia política publicada excluye: {correction}.",
        ),
        DELETE,
        "the bureaus' joint policy of 2022 and 2023; 15 USC 1681i(a)(1)(A)",
        asks_for=Words("Paid, under $500, or less than a year old", "Pagada, menor de $500 o de menos de un año"),
    ),
    Reason(
        "lien_or_judgment",
        ReasonGroup.SHOULD_NOT_BE_THERE,
        frozenset({ItemKind.PUBLIC_RECORD}),
        Words("A tax lien or a civil judgment", "Un gravamen fiscal o una sentencia civil"),
        Words(
            "The three bureaus stopped listing them in 2017 and 2018.",
            "Las tres agencias dejaron de incluirlos en 2017 y 2018.",
        ),
        Words(
            "This is a tax lien or a civil judgment, which you have said you no longer report.",
            "Este es un gravamen fiscal o una sentencia civil, que ustedes han dicho que ya no informan.",
        ),
        DELETE,
        "the bureaus' National Consumer Assistance Plan; 15 USC 1681i(a)(1)(A)",
        fits=_is("tax_lien", "civil_judgment"),
    ),
    Reason(
        "wrong_name",
        ReasonGroup.ABOUT_ME,
        _PERSONAL,
        Words("This name is not mine", "Este nombre no es mío"),
        Words("A name that you never used, or that is misspelled.", "Un nombre que nunca usó o que está mal escrito."),
        Words("I have never used this name.", "Nunca he usado este nombre."),
        DELETE,
        _ACCURACY,
        fits=_is("name", "other_name"),
    ),
    Reason(
        "wrong_address",
        ReasonGroup.ABOUT_ME,
        _PERSONAL,
        Words("I never lived at this address", "Nunca viví en esta dirección"),
        Words("It can be a sign that two files were mixed.", "Puede ser señal de que se mezclaron dos expedientes."),
        Words("I have never lived at this address.", "Nunca he vivido en esta dirección."),
        DELETE,
        _ACCURACY,
        proof=Words("A utility bill or a bank statement", "Una factura de servicios o un estado de cuenta"),
        fits=_is("current_address", "previous_address"),
    ),
    Reason(
        "wrong_employer",
        ReasonGroup.ABOUT_ME,
        _PERSONAL,
        Words("I never worked there", "Nunca trabajé allí"),
        Words("An employer that was never yours.", "Un empleador que nunca fue el suyo."),
        Words("I have never worked for this employer.", "Nunca he trabajado para este empleador."),
        DELETE,
        _ACCURACY,
        fits=_is("employer"),
    ),
    Reason(
        "wrong_phone",
        ReasonGroup.ABOUT_ME,
        _PERSONAL,
        Words("This telephone number is not mine", "Este número de teléfono no es mío"),
        Words("A number that was never yours.", "Un número que nunca fue el suyo."),
        Words("This telephone number has never been mine.", "Este número de teléfono nunca ha sido mío."),
        DELETE,
        _ACCURACY,
        fits=_is("phone"),
    ),
    Reason(
        "wrong_birth_or_number",
        ReasonGroup.ABOUT_ME,
        _PERSONAL,
        Words("This is not my date of birth, or not my number", "Esta no es mi fecha de nacimiento, o no es mi número"),
        Words(
            "Another person's date of birth or Social Security number shows that two files were mixed.",
            "La fecha de nacimiento o el número de Seguro Social de otra persona muestra que se mezclaron dos "
            "expedientes.",
        ),
        Words("This is not mine.", "Esto no es mío."),
        CORRECT,
        _ACCURACY,
        proof=Words("A copy of your identity document", "Una copia de su documento de identidad"),
        fits=_is("date_of_birth", "ssn_last4"),
    ),
    Reason(
        "other",
        ReasonGroup.OTHER,
        frozenset(ItemKind),
        Words("Something else is wrong", "Otra cosa está mal"),
        Words("Say in your own words what is wrong.", "Diga con sus palabras qué está mal."),
        Words("The information is not accurate.", "La información no es exacta."),
        CORRECT,
        _ACCURACY,
        needs_explanation=True,
    ),
)
