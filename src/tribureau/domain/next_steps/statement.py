"""The consumer's own statement in the file, 15 USC 1681i(b) and (c): at most a hundred words, drafted and checked."""

from collections.abc import Iterator
from typing import Final

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import placeholders
from tribureau.domain.letters.dates import written
from tribureau.domain.letters.words import Language, Words
from tribureau.domain.next_steps.story import Story, came_of

MOST_WORDS: Final = 100
"""To which a bureau may limit it, 15 USC 1681i(b)."""
_MOST_CHARACTERS: Final = 2_000
_MOST_OF_A_NAME: Final = 12
_SENT: Final = Words("I disputed it by a letter mailed on {mailed}.", "Lo disputé en una carta enviada el {mailed}.")
_DISPUTED: Final = Words("I dispute {heading}, as {bureau} reports it.", "Disputo {heading}, como lo informa {bureau}.")
_SUBJECT: Final = Words("Re: Statement for my credit file", "Asunto: Declaración para mi expediente de crédito")
_WHO: Final = Words(
    f"Name: {placeholders.NAME}\nDate of birth: {placeholders.DATE_OF_BIRTH}\n"
    f"Social Security number ends in {placeholders.SSN_LAST4}",
    f"Nombre: {placeholders.NAME}\nFecha de nacimiento: {placeholders.DATE_OF_BIRTH}\n"
    f"El número de Seguro Social termina en {placeholders.SSN_LAST4}",
)
_GREETING: Final = Words("To whom it may concern:", "A quien corresponda:")
_REQUEST: Final = Words(
    "Your investigation did not resolve my dispute of {heading}. Please put this statement into my file, and give it "
    "or a clear summary of it with every report that contains the item (15 USC 1681i(b), (c)):",
    "Su investigación no resolvió mi disputa de {heading}. Les pido que agreguen esta declaración a mi expediente, y "
    "que la entreguen, o un resumen claro, con cada informe que contenga el dato (15 USC 1681i(b), (c)):",
)
_REGARDS: Final = Words(f"Sincerely,\n\n\n\n\n\n{placeholders.NAME}", f"Atentamente,\n\n\n\n\n\n{placeholders.NAME}")


def words_in(text: str) -> int:
    """Counted as a reader would: whatever stands between spaces."""
    return len(text.split())


def drafted_statement(story: Story, language: Language) -> str:
    """A first version from what the user confirmed: sentence by sentence, each left out that would be too much."""
    kept: list[str] = []
    for sentence in _sentences(story, language):
        if words_in(" ".join([*kept, sentence])) <= MOST_WORDS and len(" ".join([*kept, sentence])) <= _MOST_CHARACTERS:
            kept.append(sentence)
    return " ".join(kept)


def checked_statement(typed: str) -> str:
    """The statement with single spaces between its words. Raises InvalidInput for none, or one that is too long."""
    text = " ".join(typed.split())
    if not text:
        raise InvalidInput("The statement is empty.", hint="Say in a few sentences what is wrong.")
    if (count := words_in(text)) > MOST_WORDS:
        raise InvalidInput(
            f"The statement has {count} words; a bureau may stop at {MOST_WORDS}.",
            hint=f"Leave out {count - MOST_WORDS} or more.",
        )
    if len(text) > _MOST_CHARACTERS:
        raise InvalidInput("The statement is too long.", hint=f"{_MOST_CHARACTERS:,} characters are enough.")
    return text


def statement_letter(story: Story, statement: str, language: Language) -> str:
    """The letter that brings a statement to the bureau, its placeholders unfilled. Raises InvalidInput as above."""
    request = _REQUEST.in_(language).format(heading=story.heading(language))
    opening = (_SUBJECT.in_(language), _WHO.in_(language), _GREETING.in_(language), request)
    return "\n\n".join((*opening, checked_statement(statement), _REGARDS.in_(language)))


def _sentences(story: Story, language: Language) -> Iterator[str]:
    heading = story.heading(language).split()
    short = " ".join(heading[:_MOST_OF_A_NAME]) + ("…" if len(heading) > _MOST_OF_A_NAME else "")
    yield _DISPUTED.in_(language).format(heading=short[:200], bureau=story.bureau)
    if claim := story.claim(language):
        yield f"«{' '.join(claim.split())}»"
    if explanation := story.explanation():
        yield " ".join(explanation.split())
    if mailed := story.newest.mailed_on:
        yield _SENT.in_(language).format(mailed=written(mailed, language))
        yield came_of(story.newest, language)
