"""The user as they name themselves: for letters, and to know what a report says of somebody else."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in the United States. `street` holds number and street, `unit` an apartment, `state` two letters."""

    street: str
    city: str
    state: str
    zip_code: str
    unit: str = ""

    @property
    def line(self) -> str:
        """All in one line, as reports print it."""
        return (
            f"{' '.join(part for part in (self.street, self.unit) if part)}, {self.city}, {self.state} {self.zip_code}"
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """`former_names` are all other names that a report may rightly print. Of the SSN only the last four are known."""

    name: str = ""
    former_names: tuple[str, ...] = ()
    address: PostalAddress | None = None
    earlier_addresses: tuple[PostalAddress, ...] = field(default=())
    date_of_birth: date | None = None
    ssn_last4: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name, *self.former_names) if name)

    @property
    def addresses(self) -> tuple[str, ...]:
        own = (self.address, *self.earlier_addresses)
        return tuple(address.line for address in own if address)
