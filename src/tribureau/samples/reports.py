"""One sample report: a seed in, a PDF and its truth out."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput
from tribureau.samples import decoys, variants
from tribureau.samples.accounts import Scene
from tribureau.samples.blocks import Look
from tribureau.samples.court_records import invent_court_records
from tribureau.samples.credit_file import CreditFile, Drawn, LayOut, invent_inquiries
from tribureau.samples.families import creditkarma, equifax, experian, identityiq, smartcredit, transunion
from tribureau.samples.people import LAST_NAMES, invent_consumer
from tribureau.samples.stories import tell_many
from tribureau.samples.typesetting import typeset

FAMILIES: Final[dict[str, dict[str, LayOut]]] = {
    "experian": experian.STYLES,
    "equifax": equifax.STYLES,
    "transunion": transunion.STYLES,
    "identityiq": identityiq.STYLES,
    "smartcredit": smartcredit.STYLES,
    "creditkarma": creditkarma.STYLES,
}
FACES: Final = ("Libertinus Serif", "New Computer Modern")
FIRST_DAY: Final = date(2024, 1, 8)


@dataclass(frozen=True, slots=True)
class SampleReport:
    """`truth` is what a perfect reader finds, in the form that `tribureau read --json` is scored against."""

    pdf: bytes
    truth: dict[str, Any]
    file_name: str


def make_report(
    family: str,
    *,
    style: str = "A",
    seed: int = 1,
    accounts: int | None = None,
    locked_with: str | None = None,
    truncated: bool = False,
    decoy: bool = False,
    scanned: bool = False,
) -> SampleReport:
    """A report of an invented consumer; equal arguments give an equal truth and, where it is not locked, equal bytes.

    `accounts` is how many (3 to 12 by chance where not given), `decoy` a bank statement in the report's stead.
    Raises InvalidInput for a family or a style that FAMILIES does not have.
    """
    random = Random(f"{family}/{style}/{seed}")
    file = invent_file(random, accounts)
    drawn = decoys.lay_out(file) if decoy else _style(family, style)(file)
    pdf = variants.apply(
        typeset(worn(drawn.look, random), drawn.blocks), random, locked_with, truncated=truncated, scanned=scanned
    )
    name = f"{'statement' if decoy else family}-{style}-{seed}.pdf"
    variant = {"scanned": scanned, "password": locked_with, "truncated": truncated}
    truth = truth_of(drawn, file) | {"file": name, "seed": seed, "variant": variant}
    truth |= {"layout": "decoy_bank_statement", "style": "-"} if decoy else {"layout": family, "style": style}
    return SampleReport(pdf, truth, name)


def worn(look: Look, random: Random) -> Look:
    """The look as one printer, browser or paper makes it: a little larger or smaller, now and then in another face."""
    face = random.choice((look.font, look.font, look.font, *FACES))
    size = round(look.size * random.uniform(0.9, 1.1), 1)
    return replace(look, font=face, size=size, paper=random.choice(("us-letter", "us-letter", "us-letter", "a4")))


def invent_file(random: Random, accounts: int | None = None) -> CreditFile:
    """A consumer with accounts, inquiries and scores on a day between 2024 and late 2026."""
    scene = Scene(random, FIRST_DAY + timedelta(days=random.randint(0, 1040)))
    count = random.randint(3, 12) if accounts is None else accounts
    file = CreditFile(
        consumer=invent_consumer(random),
        today=scene.today,
        accounts=tell_many(scene, count),
        inquiries=invent_inquiries(scene),
        scores={bureau: random.randint(512, 798) for bureau in Bureau},
        random=random,
    )
    add_court_records(file)
    return file


def add_court_records(file: CreditFile) -> None:
    """Public records, and a former name for some, by chance of their own: the rest stays as it was drawn."""
    random = Random(f"{file.consumer.name} {file.today}")
    bankrupt = {bureau: remark for bureau in Bureau if (remark := file.bankrupt_at(bureau))}
    file.court_records = invent_court_records(random, file.today, bankrupt)
    if random.random() < 0.3:
        former = random.choice([name for name in LAST_NAMES if name != file.consumer.last])
        file.consumer = replace(file.consumer, former_name=f"{file.consumer.first} {former}")


def truth_of(drawn: Drawn, file: CreditFile) -> dict[str, Any]:
    """The truth of a drawn report but for its file's name and variant."""
    hard = sum(inquiry.hard for inquiry in drawn.inquiries)
    return {
        "synthetic": True,
        "report_date": file.today.isoformat() if drawn.personal_info else None,
        "personal_info": drawn.personal_info,
        "scores": drawn.scores,
        "inquiries_count": {"hard": hard, "soft": len(drawn.inquiries) - hard},
        "inquiries": [inquiry.truth() for inquiry in drawn.inquiries],
        "public_records": drawn.public_records,
        "tradelines": [printed.truth() for printed in drawn.printed],
    }


def _style(family: str, style: str) -> LayOut:
    styles = FAMILIES.get(family)
    if styles is None:
        raise InvalidInput(f"There is no family «{family}».", hint=f"One of: {', '.join(FAMILIES)}.")
    if style not in styles:
        raise InvalidInput(f"{family} has no style «{style}».", hint=f"One of: {', '.join(styles)}.")
    return styles[style]
