"""The three nationwide consumer reporting agencies (15 USC 1681a(p))."""

from enum import StrEnum


class Bureau(StrEnum):
    """A bureau under the name that the database and the API use."""

    EQUIFAX = "Equifax"
    TRANSUNION = "TransUnion"
    EXPERIAN = "Experian"

    @property
    def initials(self) -> str:
        """Two letters for narrow columns: EQ, TU, EX."""
        return {"Equifax": "EQ", "TransUnion": "TU", "Experian": "EX"}[self.value]
