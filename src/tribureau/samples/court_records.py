"""Invented public records: a bankruptcy that stands in the accounts, now and then a lien, a judgment, an old one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.public_records import PublicRecordKind, PublicRecordStatus
from tribureau.samples.people import CITIES

_FILED, _OVER = PublicRecordStatus.FILED, PublicRecordStatus.SATISFIED
_LIENS: Final = ("State Tax Lien", "Federal Tax Lien", "County Tax Lien")
_OUTCOMES: Final = {
    PublicRecordKind.TAX_LIEN: (("Unpaid", _FILED), ("Released", _OVER)),
    PublicRecordKind.CIVIL_JUDGMENT: (("Unsatisfied", _FILED), ("Satisfied", _OVER)),
}
_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class CourtRecord:
    """A record as bureaus print it. `words` and `outcome` are printed, `kind` and `status` what they mean."""

    kind: PublicRecordKind
    words: str
    court: str
    reference: str
    filed: date
    resolved: date | None
    amount: Decimal | None
    outcome: str
    status: PublicRecordStatus
    bureaus: tuple[Bureau, ...]
    chapter: int | None = None

    def truth(self, bureau: Bureau) -> dict[str, Any]:
        """What a perfect reader finds where all of it is printed."""
        return {
            "type": self.words,
            "kind": self.kind.value,
            "bureau": bureau.value,
            "filed": self.filed.isoformat(),
            "resolved": self.resolved.isoformat() if self.resolved else None,
            "amount": float(self.amount) if self.amount is not None else None,
            "court": self.court,
            "status": self.status.value,
            "chapter": self.chapter,
        }


def invent_court_records(random: Random, today: date, bankrupt: dict[Bureau, str]) -> list[CourtRecord]:
    """`bankrupt` holds the remark of an account that went into a bankruptcy, by the bureaus that have it."""
    return list(_invented(random, today, bankrupt))


def _invented(random: Random, today: date, bankrupt: dict[Bureau, str]) -> Iterator[CourtRecord]:
    if bankrupt:
        chapter = 13 if "13" in next(iter(bankrupt.values())) else 7
        yield _bankruptcy(random, today, chapter, random.randint(2, 6), tuple(bankrupt))
    elif random.random() < 0.1:
        yield _bankruptcy(random, today, 7, random.randint(11, 13), tuple(Bureau))
    for kind in _OUTCOMES:
        if random.random() < 0.15:
            yield _claim(random, today, kind)


def _bankruptcy(random: Random, today: date, chapter: int, years: int, bureaus: tuple[Bureau, ...]) -> CourtRecord:
    filed = today - timedelta(days=years * _A_YEAR + random.randint(10, 300))
    return CourtRecord(
        PublicRecordKind.BANKRUPTCY,
        f"Chapter {chapter} Bankruptcy",
        f"US BKPT CT {random.choice(CITIES).upper()}",
        str(random.randint(10**6, 10**7 - 1)),
        filed,
        filed + timedelta(days=150),
        None,
        "Discharged",
        PublicRecordStatus.DISCHARGED,
        bureaus,
        chapter,
    )


def _claim(random: Random, today: date, kind: PublicRecordKind) -> CourtRecord:
    filed = today - timedelta(days=random.randint(400, 3600))
    outcome, status = random.choice(_OUTCOMES[kind])
    lien = kind is PublicRecordKind.TAX_LIEN
    return CourtRecord(
        kind,
        random.choice(_LIENS) if lien else "Civil Judgment",
        f"{random.choice(CITIES).upper()} {'COUNTY RECORDER' if lien else 'MUNICIPAL COURT'}",
        str(random.randint(10**6, 10**7 - 1)),
        filed,
        filed + timedelta(days=200) if status is _OVER else None,
        Decimal(random.randint(300, 9000)),
        outcome,
        status,
        tuple(bureau for bureau in Bureau if random.random() < 0.8) or (Bureau.EXPERIAN,),
    )
