"""What a letter repeats of an inquiry, a public record or personal information, as the report has it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tribureau.domain.letters import placeholders
from tribureau.domain.letters.items import DisputedItem, ItemKind, PrintedFact
from tribureau.domain.letters.words import Language, Words
from tribureau.domain.personal_information import PersonalKind
from tribureau.domain.tradelines import Precision

PERSONAL_WORDS: Final = {
    PersonalKind.NAME: Words("Name", "Nombre"),
    PersonalKind.OTHER_NAME: Words("Other name", "Otro nombre"),
    PersonalKind.CURRENT_ADDRESS: Words("Current address", "Dirección actual"),
    PersonalKind.PREVIOUS_ADDRESS: Words("Earlier address", "Dirección anterior"),
    PersonalKind.EMPLOYER: Words("Employer", "Empleador"),
    PersonalKind.PHONE: Words("Telephone number", "Número de teléfono"),
    PersonalKind.DATE_OF_BIRTH: Words("Date of birth", "Fecha de nacimiento"),
    PersonalKind.SSN_LAST4: Words("Social Security number", "Número de Seguro Social"),
}
_ENDS_IN: Final = Words("a number that ends in", "un número que termina en")
_LENGTHS: Final = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
_INQUIRY_ON: Final = Words("inquiry of", "consulta del")
_RECORD: Final = (
    ("court", Words("court", "tribunal")),
    ("reference", Words("number ends in", "el número termina en")),
    ("filed_on", Words("filed", "presentado")),
    ("resolved_on", Words("ended", "terminado")),
    ("amount", Words("amount", "importe")),
)


def disputed_entry(
    kind: ItemKind, values: Mapping[str, Any], place: int, language: Language, reason: str
) -> DisputedItem:
    """An entry that is no account, as a dispute keeps it (`values`, the row as JSON), at its place in the letter.

    A personal value is sealed, so the text holds its placeholder; the words for its kind are its title.
    """
    match kind:
        case ItemKind.INQUIRY:
            facts = (PrintedFact(_INQUIRY_ON, _day(values, "inquired_on")),)
            return DisputedItem(kind, values["creditor_name"], reason, printed=facts)
        case ItemKind.PUBLIC_RECORD:
            return DisputedItem(
                kind, values["printed_kind"], reason, printed=tuple(_record(values)), detail=values["kind"]
            )
        case _:
            what = PersonalKind(values["kind"])
            title = PERSONAL_WORDS[what].in_(language)
            label = _ENDS_IN if what is PersonalKind.SSN_LAST4 else Words(*map(str.lower, PERSONAL_WORDS[what]))
            facts = (PrintedFact(label, placeholders.disputed_value(place)),)
            return DisputedItem(kind, title, reason, printed=facts, detail=what)


def _record(values: Mapping[str, Any]) -> Iterator[PrintedFact]:
    for name, words in _RECORD:
        if values[name] is not None:
            yield PrintedFact(words, _day(values, name) if name.endswith("_on") else _plain(name, values[name]))


def _plain(name: str, value: Any) -> str:
    return f"${float(value):,.2f}" if name == "amount" else str(value)


def _day(values: Mapping[str, Any], name: str) -> str:
    """As precise as it is printed: `2026-03-02`, `2026-03`, `2026`."""
    return str(values[name])[: _LENGTHS[Precision(values[f"{name}_precision"])]]
