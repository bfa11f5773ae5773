"""Letters to companies as a dispute's or an account's page shows them."""

from dataclasses import dataclass
from uuid import UUID

from tribureau.domain.evidence import Event
from tribureau.domain.evidence.company import events_of_company
from tribureau.domain.letters import Language
from tribureau.web.pages.visitor import Visitor
from tribureau.workflows.company_letters import mailed_letter


@dataclass(frozen=True, slots=True)
class ShownLetter:
    letter_id: UUID
    company: str
    events: list[Event]


async def letters_about(
    visitor: Visitor, *, dispute_id: UUID | None = None, tradeline_id: UUID | None = None
) -> list[ShownLetter]:
    """Mailed ones about the dispute's item, or about the tradeline, or their accounts."""
    rows = await visitor.read("company_letters.about", dispute_id=dispute_id, tradeline_id=tradeline_id)
    return [
        ShownLetter(row["letter_id"], letter.company, events_of_company(letter, Language.ENGLISH))
        for row in rows
        for letter in [mailed_letter(row)]
    ]
