"""A letter's text from facts that the user confirmed. What isn't confirmed is not said.

The text is plain: paragraphs parted by an empty line, items numbered. Who the user is stands in it as placeholders.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import placeholders
from tribureau.domain.letters.dates import written
from tribureau.domain.letters.dollars import typed_in_dollars
from tribureau.domain.letters.enclosures import ENCLOSURE_WORDS, EnclosureKind
from tribureau.domain.letters.items import DisputedItem
from tribureau.domain.letters.kinds import PLANS, LetterKind
from tribureau.domain.letters.reasons import checked_reason
from tribureau.domain.letters.reasons.reason import DELETE, REPORT_IT_RIGHT, STOP_REPORTING, Reason
from tribureau.domain.letters.words import Language, Words

_GREETING: Final = Words("To whom it may concern:", "A quien corresponda:")
_NAME: Final = Words("Name", "Nombre")
_BORN: Final = Words("Date of birth", "Fecha de nacimiento")
_SSN: Final = Words("Social Security number ends in", "El número de Seguro Social termina en")
_SHOWN: Final = Words("Your report shows", "Su informe muestra")
_REPORTED: Final = Words("You report", "Ustedes informan")
_OWN_DUTIES: Final = {
    LetterKind.FURNISHER: "15 USC 1681s-2(a)(1)(B), (a)(8)(E)",
    LetterKind.COLLECTOR: "15 USC 1692e(8), 1692g(b)",
}
_REGARDS: Final = Words("Sincerely,", "Atentamente,")
_ENCLOSED: Final = Words("Enclosed", "Adjunto")
_UNANSWERED: Final = Words(
    "I have received no answer to that letter. What you could not verify within the time that the law sets has to be "
    "deleted (15 USC 1681i(a)(1)(A), (a)(5)(A)).",
    "No he recibido respuesta a esa carta. Lo que no pudieron verificar en el plazo que fija la ley debe eliminarse "
    "(15 USC 1681i(a)(1)(A), (a)(5)(A)).",
)
_NEEDED: Final = {"earlier_letter": "the date of your earlier letter", "answered": "the date of the bureau's answer"}


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is made from. `report_on` is the disputed report's date; the other dates are those of the story.

    `unanswered`: no answer came to the earlier letter in the time for it.
    """

    kind: LetterKind
    items: Sequence[DisputedItem]
    language: Language = Language.ENGLISH
    report_on: date | None = None
    report_reference: str | None = None
    earlier_letter_on: date | None = None
    answered_on: date | None = None
    unanswered: bool = False
    enclosures: Sequence[tuple[EnclosureKind, str]] = ()
    """The kind, and the user's own name for the file; an empty name for none."""


def compose(facts: LetterFacts) -> str:
    """The letter from its subject to its list of enclosures.

    Raises InvalidInput where there is no item, one isn't confirmed, a reason doesn't fit the item or the kind of
    letter, or a date that the kind needs is missing.
    """
    _check(facts)
    return "\n\n".join(_paragraphs(facts))


def list_of_enclosures(enclosures: Sequence[tuple[EnclosureKind, str]], language: Language) -> str:
    """The paragraph at a letter's end that names what lies behind it."""
    lines = [f"{_ENCLOSED.in_(language)}:"]
    for kind, name in enclosures:
        words = ENCLOSURE_WORDS[kind].in_(language)
        lines.append(f"- {words}: {name}" if name else f"- {words}")
    return "\n".join(lines)


def _check(facts: LetterFacts) -> None:
    plan = PLANS[facts.kind]
    if not facts.items:
        raise InvalidInput("The letter has no item.", hint="Choose at least one thing to dispute.")
    known = {"earlier_letter": facts.earlier_letter_on, "answered": facts.answered_on}
    for need in plan.needs:
        if known[need] is None:
            raise InvalidInput(f"This letter needs {_NEEDED[need]}.", hint="Fill it in.")
    for item in facts.items:
        reason = checked_reason(item)
        if item.confirmed_on is None:
            raise InvalidInput(
                f"You have not confirmed what the letter says of {item.title}.",
                hint="Read it, and confirm that it is true as far as you know.",
            )
        if plan.reasons and item.reason not in plan.reasons:
            raise InvalidInput(
                f"«{reason.label.en}» does not belong in this kind of letter ({plan.label.en}).",
                hint="Put the item into a letter of another kind.",
            )


def _paragraphs(facts: LetterFacts) -> Iterator[str]:
    plan, language = PLANS[facts.kind], facts.language
    yield f"{Words('Re', 'Asunto').in_(language)}: {plan.subject.in_(language)}"
    yield "\n".join(_identification(facts))
    yield _GREETING.in_(language)
    yield plan.opening.in_(language).format(**_dates(facts))
    if facts.unanswered and facts.kind is LetterKind.SECOND_ROUND:
        yield _UNANSWERED.in_(language)
    for number, item in enumerate(facts.items, 1):
        yield "\n".join(_item(number, item, facts))
    for request in plan.requests:
        yield request.in_(language)
    yield f"{_REGARDS.in_(language)}\n\n\n\n\n\n{placeholders.NAME}"
    if facts.enclosures:
        yield list_of_enclosures(facts.enclosures, language)


def _identification(facts: LetterFacts) -> Iterator[str]:
    """Who writes. A company outside the bureaus is not told the date of birth and the SSN's end: it need not know."""
    yield f"{_NAME.in_(facts.language)}: {placeholders.NAME}"
    if facts.kind.goes_to_a_bureau:
        yield f"{_BORN.in_(facts.language)}: {placeholders.DATE_OF_BIRTH}"
        yield f"{_SSN.in_(facts.language)} {placeholders.SSN_LAST4}"


def _dates(facts: LetterFacts) -> dict[str, str]:
    language = facts.language
    of_the_report = ""
    if facts.report_on:
        said = Words(" (your report of {})", " (su informe del {})").in_(language)
        reference = f", {facts.report_reference}" if facts.report_reference else ""
        of_the_report = said.format(written(facts.report_on, language) + reference)
    return {
        "report_date": of_the_report,
        "earlier_letter": written(facts.earlier_letter_on, language) if facts.earlier_letter_on else "",
        "answered": written(facts.answered_on, language) if facts.answered_on else "",
    }


def _asked(reason: Reason, kind: LetterKind) -> Words:
    """A company has no file of its own to delete from: it stops reporting, or tells the bureaus what is right."""
    if kind.goes_to_a_bureau:
        return reason.request
    return STOP_REPORTING if reason.request is DELETE else REPORT_IT_RIGHT


def _rule(reason: Reason, kind: LetterKind) -> str:
    """The bureaus' duties bind no company; what does is its own."""
    return _OWN_DUTIES.get(kind, reason.citation)


def _item(number: int, item: DisputedItem, facts: LetterFacts) -> Iterator[str]:
    language = facts.language
    reason = checked_reason(item)
    yield f"{number}. {item.heading(language)}"
    if item.printed:
        shown = "; ".join(f"{fact.label.in_(language)}: {fact.value}" for fact in item.printed)
        yield f"{(_SHOWN if facts.kind.goes_to_a_bureau else _REPORTED).in_(language)} {shown}."
    if facts.kind is LetterKind.METHOD_OF_VERIFICATION:
        return
    correction = (item.correction or "").strip()
    if reason.asks_for_amount:
        correction = typed_in_dollars(correction)
    claim = reason.claim.in_(language).replace("{correction}", correction)
    yield f"{claim} {_asked(reason, facts.kind).in_(language)} ({_rule(reason, facts.kind)})"
    if explanation := (item.explanation or "").strip():
        yield explanation
