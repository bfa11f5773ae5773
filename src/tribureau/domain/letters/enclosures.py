"""What goes with a letter, and what each bureau asks for to be sure whose file it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.domain.letters.kinds import LetterKind
from tribureau.domain.letters.words import Words


class EnclosureKind(StrEnum):
    IDENTITY = "identity"
    ADDRESS = "address"
    REPORT_PAGE = "report_page"
    THEFT_REPORT = "theft_report"
    EVIDENCE = "evidence"
    EARLIER_ANSWER = "earlier_answer"


ENCLOSURE_WORDS: Final = {
    EnclosureKind.IDENTITY: Words("Copy of my identity document", "Copia de mi documento de identidad"),
    EnclosureKind.ADDRESS: Words("Proof of my address", "Comprobante de mi dirección"),
    EnclosureKind.REPORT_PAGE: Words(
        "Page of the report with the disputed items marked", "Página del informe con lo disputado señalado"
    ),
    EnclosureKind.THEFT_REPORT: Words("Identity theft report", "Denuncia del robo de identidad"),
    EnclosureKind.EVIDENCE: Words("Evidence", "Pruebas"),
    EnclosureKind.EARLIER_ANSWER: Words("Your earlier answer", "Su respuesta anterior"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the checklist: what to enclose, whether the letter is worth little without it, and an example."""

    kind: EnclosureKind
    required: bool
    examples: Words


_IDENTITY: Final = Asked(
    EnclosureKind.IDENTITY,
    True,
    Words("Driver's license, state ID or passport", "Licencia de conducir, identificación estatal o pasaporte"),
)
_ADDRESS: Final = Asked(
    EnclosureKind.ADDRESS,
    True,
    Words(
        "A utility bill or bank statement of the last two months",
        "Una factura de servicios o estado de cuenta de los últimos dos meses",
    ),
)
_PAGE: Final = Asked(
    EnclosureKind.REPORT_PAGE,
    False,
    Words("Made for you from the report that you uploaded", "Se hace con el informe que usted subió"),
)
_THEFT: Final = Asked(
    EnclosureKind.THEFT_REPORT,
    True,
    Words("From identitytheft.gov, or a police report", "De identitytheft.gov, o una denuncia policial"),
)
_EVIDENCE: Final = Asked(
    EnclosureKind.EVIDENCE,
    False,
    Words("Receipts, statements, court papers, letters", "Recibos, estados de cuenta, documentos judiciales, cartas"),
)


def checklist(kind: LetterKind) -> tuple[Asked, ...]:
    """What to enclose with such a letter. The three bureaus ask for the same: who you are, and where you live."""
    match kind:
        case LetterKind.IDENTITY_THEFT_BLOCK:
            return (_IDENTITY, _ADDRESS, _THEFT, _PAGE)
        case LetterKind.METHOD_OF_VERIFICATION:
            return (_IDENTITY, _ADDRESS)
        case LetterKind.FURNISHER | LetterKind.COLLECTOR:
            return (_PAGE, _EVIDENCE)
        case _:
            return (_IDENTITY, _ADDRESS, _PAGE, _EVIDENCE)
