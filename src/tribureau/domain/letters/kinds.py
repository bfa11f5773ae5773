"""The kinds of letters, and what each asks for under which rule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.domain.letters.words import Words


class LetterKind(StrEnum):
    FIRST_DISPUTE = "first_dispute"
    SECOND_ROUND = "second_round"
    METHOD_OF_VERIFICATION = "method_of_verification"
    REINSERTION = "reinsertion"
    IDENTITY_THEFT_BLOCK = "identity_theft_block"
    OBSOLETE = "obsolete"
    PERSONAL_INFORMATION = "personal_information"
    FURNISHER = "furnisher"
    COLLECTOR = "collector"

    @property
    def goes_to_a_bureau(self) -> bool:
        return self not in (LetterKind.FURNISHER, LetterKind.COLLECTOR)


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """The fixed parts of a kind of letter.

    `opening` may hold `{report_date}`, `{earlier_letter}` and `{answered}`. `reasons` limits the items to these
    reasons; empty allows any. `needs` names the facts that the opening can't do without.
    """

    label: Words
    subject: Words
    opening: Words
    requests: tuple[Words, ...]
    needs: tuple[str, ...] = ()
    reasons: frozenset[str] = frozenset()


_OF_A_COMPANY: Final = frozenset(
    {
        "authorized_user_only", "closed_by_me", "deferred", "discharged", "lender_and_collector", "listed_twice",
        "never_late", "not_mine", "other", "paid", "re_aged", "sold_with_balance", "some_months_not_late",
        "wrong_balance", "wrong_date", "wrong_limit", "wrong_past_due", "wrong_status",
    }
)  # fmt: skip
"""What a company has to investigate: liability, terms, performance (12 CFR 1022.43(a)); not what a bureau alone can
answer, such as a mixed file or the age of an item."""

_TELL_THE_FURNISHER: Final = Words(
    "Please send all that I enclose to the company that reported the item (15 USC 1681i(a)(2)).",
    "Les pido que envíen todo lo que adjunto a la empresa que informó el dato (15 USC 1681i(a)(2)).",
)
_DELETE_WHAT_CANNOT_BE_VERIFIED: Final = Words(
    "Please correct or delete whatever proves inaccurate or incomplete or can't be verified (15 USC 1681i(a)(5)(A)).",
    "Les pido que corrijan o eliminen lo que resulte inexacto o incompleto o no se pueda verificar "
    "(15 USC 1681i(a)(5)(A)).",
)
_SEND_RESULTS: Final = Words(
    "Please send me the results in writing, with a free copy of my report if anything changes, within five business "
    "days of finishing (15 USC 1681i(a)(6)).",
    "Les pido que me envíen los resultados por escrito, con una copia gratuita de mi informe si algo cambia, en los "
    "cinco días hábiles después de terminar (15 USC 1681i(a)(6)).",
)
_USUAL: Final = (_TELL_THE_FURNISHER, _DELETE_WHAT_CANNOT_BE_VERIFIED, _SEND_RESULTS)

PLANS: Final = {
    LetterKind.FIRST_DISPUTE: LetterPlan(
        Words("First dispute", "Primera disputa"),
        Words("Dispute of information in my credit file", "Disputa de información en mi expediente de crédito"),
        Words(
            "I dispute the following in my file{report_date}. Please investigate it within the time that the law sets, "
            "free of charge (15 USC 1681i(a)(1)(A)).",
            "Disputo lo siguiente de mi expediente{report_date}. Les pido que lo investiguen en el plazo que fija la "
            "ley, sin costo (15 USC 1681i(a)(1)(A)).",
        ),
        _USUAL,
    ),
    LetterKind.SECOND_ROUND: LetterPlan(
        Words("Second round", "Segunda ronda"),
        Words("Renewed dispute, with more information", "Nueva disputa, con más información"),
        Words(
            "I disputed the following by my letter of {earlier_letter}. It still stands in my file and is still wrong. "
            "I add what I say below; please investigate it anew (15 USC 1681i(a)(1)(A)).",
            "Disputé lo siguiente en mi carta del {earlier_letter}. Sigue en mi expediente y sigue mal. Agrego lo que "
            "digo abajo; les pido que lo investiguen de nuevo (15 USC 1681i(a)(1)(A)).",
        ),
        _USUAL,
        needs=("earlier_letter",),
    ),
    LetterKind.METHOD_OF_VERIFICATION: LetterPlan(
        Words("How was it verified?", "¿Cómo se verificó?"),
        Words("Request for the method of verification", "Solicitud del método de verificación"),
        Words(
            "On {answered} you answered my dispute of the following and left it in my file. Please describe how you "
            "determined that it is accurate and complete, with the name, address and telephone number of each company "
            "that you contacted (15 USC 1681i(a)(6)(B)(iii), (a)(7)).",
            "El {answered} ustedes respondieron mi disputa de lo siguiente y lo dejaron en mi expediente. Les pido que "
            "describan cómo determinaron que es exacto y completo, con el nombre, la dirección y el teléfono de cada "
            "empresa que consultaron (15 USC 1681i(a)(6)(B)(iii), (a)(7)).",
        ),
        (
            Words(
                "Please send me this description within 15 days of receiving this letter (15 USC 1681i(a)(7)).",
                "Les pido que me envíen esta descripción en los 15 días después de recibir esta carta "
                "(15 USC 1681i(a)(7)).",
            ),
        ),
        needs=("answered",),
    ),
    LetterKind.REINSERTION: LetterPlan(
        Words("It came back", "Volvió a aparecer"),
        Words("A deleted item is back in my file", "Algo eliminado volvió a mi expediente"),
        Words(
            "The following had been deleted from my file and stands there again{report_date}. A deleted item may be "
            "put back only if the company that reported it certifies that it is complete and accurate, and you must "
            "tell me in writing within five business days afterwards (15 USC 1681i(a)(5)(B)).",
            "Lo siguiente se había eliminado de mi expediente y está allí otra vez{report_date}. Algo eliminado solo "
            "puede volver si la empresa que lo informó certifica que es completo y exacto, y ustedes deben avisarme "
            "por escrito en los cinco días hábiles siguientes (15 USC 1681i(a)(5)(B)).",
        ),
        (
            Words(
                "Please delete it, or send me the certification and the name, address and telephone number of the "
                "company (15 USC 1681i(a)(5)(B)(i), (iii)).",
                "Les pido que lo eliminen, o que me envíen la certificación y el nombre, la dirección y el teléfono de "
                "la empresa (15 USC 1681i(a)(5)(B)(i), (iii)).",
            ),
            _SEND_RESULTS,
        ),
        reasons=frozenset({"reinserted"}),
    ),
    LetterKind.IDENTITY_THEFT_BLOCK: LetterPlan(
        Words("Identity theft: block it", "Robo de identidad: bloquearlo"),
        Words("Request to block information from identity theft", "Solicitud de bloqueo por robo de identidad"),
        Words(
            "I am a victim of identity theft. Please block the following within four business days of receiving this "
            "letter with proof of my identity, my identity theft report, this list, and my statement that the "
            "information does not relate to any transaction of mine (15 USC 1681c-2(a)).",
            "Soy víctima de robo de identidad. Les pido que bloqueen lo siguiente en los cuatro días hábiles después "
            "de recibir esta carta con la prueba de mi identidad, mi denuncia, esta lista y mi declaración de que la "
            "información no corresponde a ninguna operación mía (15 USC 1681c-2(a)).",
        ),
        (
            Words(
                "Please tell the companies that reported it that it may come from identity theft and that it is "
                "blocked (15 USC 1681c-2(b)).",
                "Les pido que avisen a las empresas que lo informaron que puede venir de un robo de identidad y que "
                "está bloqueado (15 USC 1681c-2(b)).",
            ),
        ),
        reasons=frozenset({"identity_theft"}),
    ),
    LetterKind.OBSOLETE: LetterPlan(
        Words("Too old to be reported", "Demasiado antiguo para informarse"),
        Words("Information that is too old to be reported", "Información demasiado antigua para informarse"),
        Words(
            "The following in my file{report_date} is older than the law lets a report contain (15 USC 1681c(a), (c)).",
            "Lo siguiente de mi expediente{report_date} es más antiguo de lo que la ley permite en un informe "
            "(15 USC 1681c(a), (c)).",
        ),
        (_DELETE_WHAT_CANNOT_BE_VERIFIED, _SEND_RESULTS),
        reasons=frozenset({"obsolete"}),
    ),
    LetterKind.PERSONAL_INFORMATION: LetterPlan(
        Words("Personal information", "Datos personales"),
        Words("Wrong personal information in my file", "Datos personales equivocados en mi expediente"),
        Words(
            "My file{report_date} names the following, which is wrong. Please investigate and correct it "
            "(15 USC 1681i(a)(1)(A)).",
            "Mi expediente{report_date} contiene lo siguiente, que está mal. Les pido que lo investiguen y corrijan "
            "(15 USC 1681i(a)(1)(A)).",
        ),
        (_SEND_RESULTS,),
        reasons=frozenset(
            {"wrong_name", "wrong_address", "wrong_employer", "wrong_phone", "wrong_birth_or_number", "other"}
        ),
    ),
    LetterKind.FURNISHER: LetterPlan(
        Words("To the company that reported it", "A la empresa que lo informó"),
        Words("Dispute of what you report about me", "Disputa de lo que ustedes informan sobre mí"),
        Words(
            "You report the following about me, and I dispute it. Please investigate and answer within 30 days "
            "(15 USC 1681s-2(a)(8); 12 CFR 1022.43).",
            "Ustedes informan lo siguiente sobre mí, y yo lo disputo. Les pido que lo investiguen y respondan en 30 "
            "días (15 USC 1681s-2(a)(8); 12 CFR 1022.43).",
        ),
        (
            Words(
                "If it proves inaccurate, please tell each bureau that you reported it to "
                "(15 USC 1681s-2(a)(8)(E)(iv)).",
                "Si resulta inexacto, les pido que lo avisen a cada agencia a la que lo informaron "
                "(15 USC 1681s-2(a)(8)(E)(iv)).",
            ),
        ),
        reasons=_OF_A_COMPANY,
    ),
    LetterKind.COLLECTOR: LetterPlan(
        Words("To the collector: prove the debt", "Al cobrador: pruebe la deuda"),
        Words("I dispute this debt", "Disputo esta deuda"),
        Words(
            "I dispute the following debt. If I dispute it within 30 days of receiving your notice, you must stop "
            "collecting until you have sent me its verification (15 USC 1692g(b)).",
            "Disputo la siguiente deuda. Si la disputo en los 30 días después de recibir su aviso, ustedes deben dejar "
            "de cobrar hasta que me hayan enviado la verificación (15 USC 1692g(b)).",
        ),
        (
            Words(
                "Please send me the verification of the debt and the name and address of the original creditor "
                "(15 USC 1692g(a)(4), (5), (b)).",
                "Les pido que me envíen la verificación de la deuda y el nombre y la dirección del acreedor original "
                "(15 USC 1692g(a)(4), (5), (b)).",
            ),
            Words(
                "If you report this debt to a bureau, you must say that it is disputed (15 USC 1692e(8)).",
                "Si informan esta deuda a una agencia, deben decir que está en disputa (15 USC 1692e(8)).",
            ),
        ),
        reasons=_OF_A_COMPANY,
    ),
}
