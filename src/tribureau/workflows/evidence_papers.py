"""What an evidence packet shows besides our own words: the item's pages, letters as mailed, answers as uploaded."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from tribureau.database.transactions import Row, UserId
from tribureau.domain.disputes.chains import Chain
from tribureau.domain.errors import TribureauError, Unavailable
from tribureau.domain.evidence.words import STATUS_WORDS
from tribureau.domain.letters import PLANS, Language, LetterKind
from tribureau.domain.letters.enclosures import ENCLOSURE_WORDS, EnclosureKind
from tribureau.domain.profile import Profile
from tribureau.letters.packet import Attachment, Packet, TooManyPages
from tribureau.storage.keyring import Keyring
from tribureau.workflows import evidence_facts as told
from tribureau.workflows.evidence_facts import say
from tribureau.workflows.keep_dispute_pages import pages_path
from tribureau.workflows.print_letter import mailed_path
from tribureau.workflows.report_parts import ReportParts

MOST_ANSWER_PAGES: Final = 60
Found = list[dict[str, Any]]


@dataclass(slots=True)
class Case:
    """What the database holds of a dispute at one moment, and the packet that it becomes."""

    parts: ReportParts
    user: UserId
    rounds: list[Row]
    chain_rows: list[dict[str, Any]]
    enclosures: list[Row]
    answers: list[Row]
    company_letters: list[Row]
    profile: Profile
    keys: Keyring
    zone: str | None
    chains: list[Chain] = field(default_factory=list)
    packet: Packet = field(default_factory=lambda: Packet({}))

    @property
    def language(self) -> Language:
        """The newest letter's."""
        written = [row["letter_language"] for row in self.rounds if row["letter_language"]]
        return Language(written[-1]) if written else Language.ENGLISH

    def note(self, name: str, /, **given: object) -> dict[str, Any]:
        return {"note": say(name, self.language, **given)}


async def item(case: Case, row: Row) -> dict[str, Any]:
    language, name = case.language, f"disputed-values-round-{row['round']}.json"
    found: Found = [{"rows": told.item_rows(row["disputed_values"], row["item_kind"], language)}]
    source = "item_note" if row["disputed_values"].get("report_upload_id") else "item_typed"
    found.append(case.note(source, round=row["round"], name=name))
    match row["pages_state"]:
        case "kept":
            found += await _pages(case, row)
        case "wanted":
            found.append(case.note("pages_wanted"))
        case "failed":
            found.append(case.note("pages_failed"))
        case _:
            found.append(case.note("pages_none"))
    return {"heading": f"{say('round', language)} {row['round']}", "found": found}


async def _pages(case: Case, row: Row) -> Found:
    pdf = await _opened(case, pages_path(case.user, row["file_id"]))
    if pdf is None:
        return [case.note("file_gone")]
    if hashlib.sha256(pdf).hexdigest() != row["pages_sha256"]:
        return [case.note("pages_changed")]
    case.packet.attachments.append(Attachment(f"pages-round-{row['round']}.pdf", "application/pdf", pdf))
    if earlier := next((one for one in case.rounds if _shows_the_same(one, row)), None):
        return [case.note("pages_same", round=earlier["round"])]
    numbers = ", ".join(map(str, row["page_numbers"]))
    text = say("pages_kept", case.language, numbers=numbers)
    caption = f"{say('item', case.language)} · {say('round', case.language)} {row['round']}"
    return [{"note": f"{text} {row['report_sha256']}"}, *_framed(case, f"pages-{row['round']}", pdf, caption)]


def _shows_the_same(earlier: Row, row: Row) -> bool:
    same = all(earlier[name] == row[name] for name in ("report_sha256", "page_numbers", "places"))
    return same and earlier["pages_state"] == "kept" and earlier["round"] < row["round"]


async def letter(case: Case, row: Row) -> dict[str, Any]:
    language = case.language
    heading = say("letter", language, round=row["round"])
    if row["mailed_on"] is None:
        return {"heading": heading, "found": [case.note("letter_missing")]}
    rows = [
        [say("mailed", language), row["mailed_on"].isoformat()],
        [say("tracking", language), row["tracking_number"] or say("no_number", language)],
        [say("received", language), row["received_on"].isoformat() if row["received_on"] else "–"],
        [say("reason", language), row["dispute_reason"] or "–"],
    ]
    if row["letter_state"] != "mailed":
        missing = case.note("letter_by_text", name=f"letter-round-{row['round']}.txt")
        return {"heading": heading, "found": [{"rows": rows}, missing]}
    kind = LetterKind(row["letter_kind"])
    rows.insert(0, [say("kind", language), PLANS[kind].label.in_(language) if kind in PLANS else kind])
    rows.append([say("enclosed", language), "\n".join(_enclosed(case, row)) or say("none_enclosed", language)])
    pdf = await _opened(case, mailed_path(case.user, row["letter_id"]))
    paper = _framed(case, f"letter-{row['round']}", pdf, heading) if pdf else [case.note("file_gone")]
    return {"heading": heading, "found": [{"rows": rows}, *paper]}


def _enclosed(case: Case, row: Row) -> Iterable[str]:
    for one in case.enclosures:
        if one["letter_id"] == row["letter_id"]:
            words = ENCLOSURE_WORDS[EnclosureKind(one["kind"])].in_(case.language)
            yield f"{words}: {one['name']} (SHA-256 {one['sha256'][:16]}…)"
    if (row["letter_facts"] or {}).get("with_report_pages"):
        yield say("report_pages", case.language)


async def answer(case: Case, row: Row) -> dict[str, Any]:
    language = case.language
    found: Found = []
    if row["bureau_response_date"]:
        facts = [
            [say("answered", language), row["bureau_response_date"].isoformat()],
            [say("outcome", language), STATUS_WORDS[row["outcome"]].in_(language)],
        ]
        if row["bureau_response_summary"]:
            facts.append([say("summary", language), row["bureau_response_summary"]])
        found.append({"rows": facts})
    own = [one for one in case.answers if one["dispute_id"] == row["dispute_id"]]
    for one in own:
        if one["answered_on"] != row["bureau_response_date"] or one["summary"] != row["bureau_response_summary"]:
            words = f"{one['answered_on'].isoformat()}: {one['outcome'].replace('_', ' ')}. {one['summary']}"
            found.append({"note": words.strip()})
    for number, path in enumerate(dict.fromkeys(one["storage_path"] for one in own if one["storage_path"]), start=1):
        found += await _uploaded(case, row, path, number)
    heading = say("answer", language, round=row["round"])
    return {"heading": heading, "found": found or [case.note("no_answer")]}


async def _uploaded(case: Case, row: Row, path: str, number: int) -> Found:
    """An uploaded file is a stranger's: only pictures of its pages go on, made behind the walls."""
    if (file := await _opened(case, path)) is None:
        return [case.note("file_gone")]
    try:
        pdf = await case.parts.sandbox.copy(file, MOST_ANSWER_PAGES)
    except Unavailable:
        raise
    except TribureauError as fault:
        return [case.note("answer_unreadable", why=fault.message)]
    caption = say("answer", case.language, round=row["round"])
    return [case.note("answer_pages"), *_framed(case, f"answer-{row['round']}-{number}", pdf, caption)]


async def _opened(case: Case, path: str) -> bytes | None:
    """None for a file that is gone or spoilt, which its packet says."""
    try:
        return await case.parts.store.get(path, case.keys)
    except Unavailable:
        raise
    except TribureauError:
        return None


def _framed(case: Case, reference: str, pdf: bytes, caption: str) -> Found:
    try:
        return [case.packet.add(reference, pdf, caption)]
    except TooManyPages as error:
        return [case.note("too_long", pages=error.args[0])]
