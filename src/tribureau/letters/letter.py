"""What a typeset letter is made of."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import Language, Words, written
from tribureau.domain.letters.recipients import MOST_ADDRESS_LINES, PostalAddress


class LetterUse(StrEnum):
    """Who puts it into the envelope: the user, or a mailing service that prints the addresses itself."""

    PRINTED_AT_HOME = "printed_at_home"
    MAILED_FOR_THE_USER = "mailed_for_the_user"


@dataclass(frozen=True, slots=True)
class Letter:
    """`content` is the letter's text with every placeholder filled: paragraphs parted by an empty line; more
    empty lines leave room, as for a signature.

    Raises InvalidInput for an address that an envelope's window can't show.
    """

    content: str
    sender: PostalAddress
    recipient: PostalAddress
    dated: date
    language: Language = Language.ENGLISH
    use: LetterUse = LetterUse.PRINTED_AT_HOME

    def __post_init__(self) -> None:
        for whose, address in (("Your", self.sender), ("The recipient's", self.recipient)):
            if not 2 <= len(address.lines) <= MOST_ADDRESS_LINES or not all(map(str.strip, address.lines)):
                raise InvalidInput(
                    f"{whose} address does not fit on an envelope.",
                    hint=f"A name, a street and a city with its ZIP code: {MOST_ADDRESS_LINES} lines at most.",
                )

    def as_json(self) -> str:
        paragraphs = [part.split("\n") for part in self.content.replace("\r\n", "\n").strip().split("\n\n")]
        return json.dumps(
            {
                "paragraphs": paragraphs,
                "subject": paragraphs[0][0],
                "sender": self.sender.lines,
                "recipient": self.recipient.lines,
                "initials": self.sender.lines[0],
                "dated": written(self.dated, self.language),
                "page": Words("Page", "Página").in_(self.language),
                "of": Words("of", "de").in_(self.language),
                "language": self.language,
                "with_addresses": self.use is LetterUse.PRINTED_AT_HOME,
            },
            ensure_ascii=False,
        )
