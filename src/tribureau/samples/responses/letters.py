"""One answer: a seed in, a PDF and its truth out."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Final

from tribureau.domain.bureau_responses import Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput
from tribureau.samples import variants
from tribureau.samples.blocks import Block, Look
from tribureau.samples.credit_file import CreditFile
from tribureau.samples.reports import SampleReport, invent_file, worn
from tribureau.samples.responses import equifax, experian, transunion
from tribureau.samples.responses.answer import (
    Answer,
    AnsweredItem,
    account_item,
    draw_outcome,
    inquiry_item,
    personal_item,
    public_record_item,
)
from tribureau.samples.typesetting import typeset

Style = Callable[[Answer], tuple[Look, list[Block]]]
STYLES: Final[dict[Bureau, dict[str, Style]]] = {
    bureau: dict(zip("ABCDE", styles, strict=True))
    for bureau, styles in {
        Bureau.EXPERIAN: (
            experian.summary, experian.cards, experian.letter, experian.asks_for_identification, experian.frivolous,
        ),
        Bureau.EQUIFAX: (
            equifax.researched, equifax.results_first, equifax.one_by_one, equifax.asks_for_identification,
            equifax.frivolous,
        ),
        Bureau.TRANSUNION: (
            transunion.grouped, transunion.with_blocks, transunion.told, transunion.asks_for_identification,
            transunion.frivolous,
        ),
    }.items()
}  # fmt: skip
"""A to C say what came of each item; D asks for identification, E says that a dispute was found frivolous."""
_KINDS: Final = {"D": ResponseKind.IDENTIFICATION_REQUEST, "E": ResponseKind.FRIVOLOUS_NOTICE}


def make_response(
    bureau: Bureau,
    *,
    style: str = "A",
    seed: int = 1,
    locked_with: str | None = None,
    truncated: bool = False,
    scanned: bool = False,
) -> SampleReport:
    """A bureau's answer to a dispute of an invented consumer; equal arguments give an equal truth.

    Raises InvalidInput for a style that STYLES does not have.
    """
    if style not in STYLES[bureau]:
        raise InvalidInput(f"Answers have no style «{style}».", hint="Styles are A to E.")
    random = Random(f"answer/{bureau}/{style}/{seed}")
    answer = _invent(bureau, style, random)
    look, blocks = STYLES[bureau][style](answer)
    pdf = variants.apply(typeset(worn(look, random), blocks), random, locked_with, truncated=truncated, scanned=scanned)
    name = f"answer-{bureau.value.lower()}-{style}-{seed}.pdf"
    truth = {
        "synthetic": True,
        "file": name,
        "layout": "response",
        "style": f"{bureau.value}/{style}",
        "seed": seed,
        "variant": {"scanned": scanned, "password": locked_with, "truncated": truncated},
        "response": answer.truth(),
        "tradelines": [],
    }
    return SampleReport(pdf, truth, name)


def write_responses(folder: Path, count: int, seed: int, *, styles: str = "ABCDE", **variant: Any) -> list[Path]:
    """Writes `count` answers into `folder`/pdf and their truth into `folder`/truth; bureaus and styles take turns.

    `variant` is what `make_response` takes: scanned, locked_with, truncated.
    """
    pdfs, truths = folder / "pdf", folder / "truth"
    for place in (pdfs, truths):
        place.mkdir(parents=True, exist_ok=True)
    written = []
    turns = cycle([(bureau, style) for style in styles for bureau in Bureau])
    for number, (bureau, style) in enumerate(islice(turns, count)):
        made = make_response(bureau, style=style, seed=seed + number, **variant)
        path = pdfs / made.file_name
        path.write_bytes(made.pdf)
        (truths / f"{path.stem}.json").write_text(json.dumps(made.truth, ensure_ascii=False, indent=1), "utf-8")
        written.append(path)
    return written


def _invent(bureau: Bureau, style: str, random: Random) -> Answer:
    file = invent_file(random, 9)
    kind = _KINDS.get(style, ResponseKind.RESULTS)
    items = [] if kind is ResponseKind.IDENTIFICATION_REQUEST else _items(file, bureau, kind)
    day = file.today + timedelta(days=random.randint(1, 20))
    reference = f"{random.randint(1000, 9999)}-{random.randint(1000, 9999)}-{random.randint(10, 99)}"
    if random.random() < 0.5:
        reference = str(random.randint(10_000_000, 99_999_999))
    return Answer(bureau, file.consumer, day, reference, items, random, kind)


def _items(file: CreditFile, bureau: Bureau, kind: ResponseKind) -> list[AnsweredItem]:
    random = file.random

    def outcome() -> Outcome:
        return Outcome.REJECTED_FRIVOLOUS if kind is ResponseKind.FRIVOLOUS_NOTICE else draw_outcome(random)

    def plain_outcome() -> Outcome:
        """For an item that has no figures to correct."""
        return next(found for found in iter(outcome, None) if found is not Outcome.UPDATED)

    accounts = file.at(bureau)
    chosen = random.sample(accounts, min(len(accounts), random.randint(1, 6)))
    items = [account_item(account, line, outcome(), random) for account, line in chosen]
    if random.random() < 0.4:
        items.append(inquiry_item(file.today, plain_outcome(), random))
    if random.random() < 0.3:
        items.append(personal_item(file.consumer, plain_outcome(), random))
    if random.random() < 0.25:
        items.append(public_record_item(plain_outcome(), random))
    return items
