"""Four named sample reports for a newcomer: one invented person at each bureau, and the same accounts side by side.

The story of Jordan Avery, who lost a job in 2023: a card charged off and sold, whose balance one bureau still
shows; the same debt with a collector; a medical bill at a collector; late payments on a car loan that one bureau does
not have. Nine negative marks in all: three at TransUnion, four at Experian, two at Equifax.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode, PrintedDate, Responsibility, Tradeline
from tribureau.samples.accounts import Account, Scene, account, card, collection, copy_for
from tribureau.samples.archetypes import STORIES, Story
from tribureau.samples.credit_file import CreditFile, invent_inquiries
from tribureau.samples.people import Consumer
from tribureau.samples.reports import FAMILIES, SampleReport, truth_of
from tribureau.samples.troubles import charge_off, sell, slip_and_recover
from tribureau.samples.typesetting import typeset

PRINTED_ON: Final = date(2026, 11, 2)
JORDAN: Final = Consumer(
    first="Jordan",
    middle="",
    last="Avery",
    born=date(1988, 5, 17),
    ssn_last4="0417",
    address="418 Lantern ST APT 6, Port Alder, ZX 00041",
    previous_addresses=("77 Old Mill RD, Millrace, ZX 00023",),
    employers=("Tarn Freight",),
    phone="(271) 555-0142",
)
TRANSUNION, EQUIFAX, EXPERIAN = Bureau.TRANSUNION, Bureau.EQUIFAX, Bureau.EXPERIAN


@dataclass(frozen=True, slots=True)
class Entry:
    """An account of the story; `tell` where its archetype alone does not tell it."""

    archetype: str
    creditor: str
    bureaus: tuple[Bureau, ...]
    seed: int
    tell: Story | None = None


def _card_sold(scene: Scene) -> Tradeline:
    line = card(scene)
    line.date_opened = PrintedDate(date(2017, 3, 14))
    line.credit_limit, line.high_balance = Decimal(3000), Decimal(2874)
    charge_off(scene, line, 38)
    sell(line)
    return line


def _collected_by_its_buyer(scene: Scene) -> Tradeline:
    sold = _card_sold(Scene(Random(SOLD_CARD), scene.today))
    line = collection(scene, "HARBOR POINT BANK")
    line.balance = line.original_amount = line.high_balance = line.past_due = sold.charge_off_amount
    line.date_of_first_delinquency = sold.date_of_first_delinquency
    line.date_opened = PrintedDate(date(2024, 8, 19))
    return line


def _hospital_bill(scene: Scene) -> Tradeline:
    line = collection(scene, "TARN VALLEY RADIOLOGY")
    line.balance = line.original_amount = line.high_balance = line.past_due = Decimal(642)
    line.remarks.append("Medical")
    return line


SOLD_CARD: Final = 3
EVERYWHERE: Final = (TRANSUNION, EQUIFAX, EXPERIAN)
STORY: Final = (
    Entry("charge_off_sold", "HARBOR POINT BANK", EVERYWHERE, SOLD_CARD, _card_sold),
    Entry("collection", "MIDVALE RECOVERY", (TRANSUNION, EXPERIAN), 5, _collected_by_its_buyer),
    Entry("medical_collection", "GRANITE PEAK COLLECTIONS LLC", (EQUIFAX, EXPERIAN), 7, _hospital_bill),
    Entry("auto_loan", "WAYFARER AUTO FINANCE", EVERYWHERE, 11),
    Entry("clean_card", "WREN FEDERAL SAVINGS", EVERYWHERE, 13),
    Entry("authorised_user", "KESTREL CARD COMPANY", EVERYWHERE, 17),
    Entry("closed_card", "SORREL/DRYGOODS", EVERYWHERE, 19),
    Entry("student_deferred", "INKWELL EDUCATION", EVERYWHERE, 23),
    Entry("mortgage_transferred", "GABLE & EAVES MORTGAGE CO", (TRANSUNION, EQUIFAX), 29),
    Entry("personal_paid", "PLAINSONG LENDING", (EXPERIAN, EQUIFAX), 31),
    Entry("utility", "VALLEY LIGHT & POWER", (EXPERIAN,), 37),
)
REPORTS: Final = (
    ("transunion", "jordan-avery-transunion.pdf"),
    ("equifax", "jordan-avery-equifax.pdf"),
    ("experian", "jordan-avery-experian.pdf"),
    ("identityiq", "jordan-avery-three-bureaus.pdf"),
)


def sample_reports() -> list[SampleReport]:
    """The shelf: TransUnion, Equifax, Experian, three bureaus together. The same bytes each time; under two seconds."""
    return [_report(family, file_name) for family, file_name in REPORTS]


def _report(family: str, file_name: str) -> SampleReport:
    file = jordans_file()
    drawn = FAMILIES[family]["A"](file)
    variant = {"scanned": False, "password": None, "truncated": False}
    extra = {"file": file_name, "seed": 0, "variant": variant, "layout": family, "style": "A"}
    return SampleReport(typeset(drawn.look, drawn.blocks), truth_of(drawn, file) | extra, file_name)


def jordans_file() -> CreditFile:
    """What the three bureaus hold on Jordan Avery."""
    random = Random("jordan avery")
    accounts = [_account(number, entry) for number, entry in enumerate(STORY)]
    inquiries = invent_inquiries(Scene(random, PRINTED_ON))
    scores = {TRANSUNION: 588, EQUIFAX: 612, EXPERIAN: 574}
    return CreditFile(JORDAN, PRINTED_ON, accounts, inquiries, scores, random)


def _account(number: int, entry: Entry) -> Account:
    scene = Scene(Random(entry.seed), PRINTED_ON)
    line = (entry.tell or STORIES[entry.archetype][1])(scene)
    line.creditor_name = entry.creditor
    if line.responsibility is Responsibility.JOINT:
        line.responsibility = Responsibility.INDIVIDUAL
    told = account(f"g{number:02d}", entry.archetype, scene, line)
    told.at = {bureau: copy_for(line, bureau) for bureau in entry.bureaus}
    for bureau, copy in told.at.items():
        _differ(entry.archetype, bureau, copy)
    return told


def _differ(archetype: str, bureau: Bureau, line: Tradeline) -> None:
    """Where the bureaus disagree about the story."""
    match archetype, bureau:
        case "charge_off_sold", Bureau.TRANSUNION:
            line.balance = line.past_due = line.charge_off_amount
            line.remarks = ["Charged off as bad debt"]
        case "collection", Bureau.EXPERIAN:
            line.date_opened = PrintedDate(date(2024, 9, 1))
        case "auto_loan", Bureau.TRANSUNION | Bureau.EXPERIAN:
            slip_and_recover(line, 14, 2 if bureau is TRANSUNION else 1)
        case "clean_card", Bureau.EXPERIAN:
            line.balance = (line.balance or Decimal(0)) + 38
        case "student_deferred", Bureau.EQUIFAX:
            line.payment_history[min(line.payment_history)] = MonthCode.NO_DATA
