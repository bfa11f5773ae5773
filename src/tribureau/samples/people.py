"""Invented consumers. States, ZIP codes and telephone numbers are ones that no real address can have."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

FIRST_NAMES: Final = (
    *("Jordan", "Avery", "Marlow", "Teagan", "Corwin", "Imara", "Delphine", "Osric", "Renata", "Silas", "Noor"),
    *("Bettina", "Caspian", "Ottilie", "Zoë", "Ramón", "Priya", "Anselm", "Mirela", "Tobiah", "Leontyne", "Wendell"),
)
LAST_NAMES: Final = (
    *("Avery", "Quillfeather", "Brackenridge", "Larkmoor", "Pennywhistle", "Ashdown", "Vantongeren", "O'Dellaway"),
    *("Thistlewood", "Marchbank", "Solvang", "Castellane", "Ferncastle", "Núñez-Harrow", "Kettering", "Willowmere"),
    *("Dunmarrow", "Hollingreen", "Stellick", "Yarborne"),
)
STREETS: Final = ("Lantern", "Copperleaf", "Old Mill", "Saltmarsh", "Juniper", "Weathervane", "Foxglove", "Harbor View")
STREET_KINDS: Final = ("ST", "AVE", "LN", "CT", "RD", "WAY", "BLVD")
CITIES: Final = ("Eastmere", "Port Alder", "Millrace", "North Brindle", "Cedarholm", "Wexley Falls", "Tarn Hollow")
STATES_THAT_DO_NOT_EXIST: Final = ("ZX", "QJ", "XN", "QT", "ZL")
EMPLOYERS: Final = ("Brindle Foundry", "Larkspur Dental", "Tarn Freight", "Weft & Warp Textiles", "Quarry Lane Foods")


@dataclass(frozen=True, slots=True)
class Consumer:
    """Somebody who does not exist. `ssn_last4` belongs to area 000, which the SSA has never issued."""

    first: str
    middle: str
    last: str
    born: date
    ssn_last4: str
    address: str
    previous_addresses: tuple[str, ...]
    employers: tuple[str, ...]
    phone: str
    former_name: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first, self.middle, self.last) if part)

    def other_names(self, *, short: bool) -> list[str]:
        """The other names that a style prints: a former one, and the `short` one."""
        return [name for name in (self.short_name if short else "", self.former_name) if name]

    @property
    def short_name(self) -> str:
        """The initial with the last name, as bureaus list a variant."""
        return f"{self.first[0]} {self.last}"


def invent_consumer(random: Random) -> Consumer:
    """A consumer with one current and up to two earlier addresses."""
    return Consumer(
        first=random.choice(FIRST_NAMES),
        middle=random.choice(("", "", *"ABCDEJKLMRT")),
        last=random.choice(LAST_NAMES),
        born=date(random.randint(1948, 2002), random.randint(1, 12), random.randint(1, 28)),
        ssn_last4=f"{random.randint(1, 9999):04d}",
        address=invent_address(random),
        previous_addresses=tuple(invent_address(random) for _ in range(random.randint(0, 2))),
        employers=tuple(random.sample(EMPLOYERS, random.randint(0, 2))),
        phone=invent_phone(random),
    )


def invent_address(random: Random) -> str:
    """One line: number, street, city, a state code that is none, and a ZIP code from 00010 to 00099."""
    street = f"{random.randint(11, 9899)} {random.choice(STREETS)} {random.choice(STREET_KINDS)}"
    unit = random.choice(("", "", "", f" APT {random.randint(2, 240)}"))
    return f"{street}{unit}, {random.choice(CITIES)}, {_state_and_zip(random)}"


def invent_post_box(random: Random) -> str:
    """The address of a creditor."""
    return f"PO BOX {random.randint(1000, 98999)}, {random.choice(CITIES).upper()}, {_state_and_zip(random)}"


def invent_phone(random: Random) -> str:
    """In 555-0100 to 555-0199, which is kept for fiction."""
    return f"({random.randint(201, 989)}) 555-{random.randint(100, 199):04d}"


def _state_and_zip(random: Random) -> str:
    return f"{random.choice(STATES_THAT_DO_NOT_EXIST)} 000{random.randint(10, 99)}"
