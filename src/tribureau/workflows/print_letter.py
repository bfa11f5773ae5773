"""A letter's PDF: who the user is comes out of the sealed profile, proofs and marked pages of the report lie behind."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from tribureau.database.transactions import Row, UserId
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import InvalidInput, TribureauError, Unavailable
from tribureau.domain.letters import Language, list_of_enclosures, placeholders, written
from tribureau.domain.letters.enclosures import EnclosureKind
from tribureau.domain.letters.printed import shown_fields
from tribureau.domain.letters.recipients import PostalAddress, address_of
from tribureau.domain.profile import Profile
from tribureau.letters import Letter, typeset, with_attachments
from tribureau.storage.keyring import Keyring
from tribureau.workflows.disputed_items import opened_values
from tribureau.workflows.profile import stored_profile
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.write_letter import StoredLetter, stored_letter

_MOST_REPORT_PAGES: Final = 8
_SHORTEST_ADDRESS: Final = 2
_WHOSE: Final = ("creditor_name", "account_number")
_Boxes = dict[int, list[tuple[float, float, float, float]]]


async def letter_pdf(parts: ReportParts, user: UserId, letter: UUID, dated: date) -> bytes:
    """The letter as it goes into the envelope; one that is in the mail as it was then.

    Raises NotFound, and InvalidInput where it has no text, the profile lacks what it needs, or all is too long.
    """
    async with parts.database.as_user(user) as transaction:
        stored = await stored_letter(transaction, letter)
        keys = await keys_of(transaction, parts.master_key, user)
        profile = await stored_profile(transaction, keys)
        chosen = await transaction.all("letters.enclosures", letter_id=letter)
        places = await transaction.all("letters.places", letter_id=letter)
    if stored.row["state"] == "mailed":
        return await parts.store.get(mailed_path(user, letter), keys)
    if stored.row["state"] == "draft":
        raise InvalidInput("This letter is not written yet.", hint="Choose the reasons and confirm them first.")
    proofs = [row for row in chosen if row["is_enclosed"]]
    pages = await _report_pages(parts, keys, places) if stored.row["facts"].get("with_report_pages") else []
    enclosed = [(EnclosureKind(row["kind"]), "") for row in proofs]
    if pages:
        enclosed.append((EnclosureKind.REPORT_PAGE, ""))
    page = _letter(stored, profile or Profile(), opened_values(stored.items, keys), enclosed, dated)
    files = [(row["name"], await parts.store.get(f"{user}/{row['enclosure_id']}.pdf", keys)) for row in proofs]
    files += [("report", copy) for copy in pages]
    text = await asyncio.to_thread(typeset, page)
    return await asyncio.to_thread(with_attachments, text, files) if files else text


def mailed_path(user: UserId, letter: UUID) -> str:
    """Where the letter lies as it was mailed."""
    return f"{user}/{letter}.pdf"


async def letter_values(
    parts: ReportParts, user: UserId, stored: StoredLetter, language: Language
) -> tuple[Profile, dict[str, str]]:
    """The profile, and what the letter's placeholders stand for: who the user is, and disputed personal values."""
    async with parts.database.as_user(user) as transaction:
        keys = await keys_of(transaction, parts.master_key, user)
        profile = await stored_profile(transaction, keys) or Profile()
    return profile, profile_values(profile, language) | opened_values(stored.items, keys)


def _letter(
    stored: StoredLetter,
    profile: Profile,
    disputed: dict[str, str],
    enclosed: Sequence[tuple[EnclosureKind, str]],
    dated: date,
) -> Letter:
    sender = sender_of(profile)
    if stored.is_direct and len(stored.row["recipient_lines"]) < _SHORTEST_ADDRESS:
        raise InvalidInput(
            "The letter has no address: it is not known where the company gets its mail.",
            hint="Type its name, street and city. A report or a bill of theirs has them.",
        )
    content = placeholders.filled(stored.row["content"], profile_values(profile, stored.language) | disputed)
    if enclosed:
        content = f"{content}\n\n{list_of_enclosures(enclosed, stored.language)}"
    return Letter(content, sender, recipient_of(stored, dated), dated, stored.language)


def recipient_of(stored: StoredLetter, dated: date) -> PostalAddress:
    """The bureau's address for disputes, or the company's as the user typed it."""
    if stored.is_direct:
        return PostalAddress(tuple(stored.row["recipient_lines"]))
    return address_of(Bureau(stored.row["bureau"]), dated)


def profile_values(profile: Profile, language: Language) -> dict[str, str]:
    """What a letter's placeholders stand for; empty where the profile lacks it."""
    born = profile.date_of_birth
    return {
        "name": profile.name,
        "date_of_birth": written(born, language) if born else "",
        "ssn_last4": profile.ssn_last4 or "",
    }


def sender_of(profile: Profile) -> PostalAddress:
    """Raises InvalidInput where the profile lacks the name or the address."""
    address = profile.address
    if not profile.name or address is None:
        raise InvalidInput(
            "The letter has no sender: your profile lacks your name or your address.",
            hint="Fill it in under Settings, About you. The bureau answers to that address.",
        )
    lines = (profile.name, address.street, address.unit, f"{address.city}, {address.state} {address.zip_code}")
    return PostalAddress(tuple(line for line in lines if line))


async def _report_pages(parts: ReportParts, keys: Keyring, places: Sequence[Row]) -> list[bytes]:
    """Pages of the reports with the disputed values framed; none of a report that can't be opened any more."""
    reports: defaultdict[str, _Boxes] = defaultdict(dict)
    for place in filter(_is_disputed, places):
        boxes = reports[place["storage_path"]]
        if place["page"] in boxes or sum(len(pages) for pages in reports.values()) < _MOST_REPORT_PAGES:
            box = (place["x0"], place["y0"], place["x1"], place["y1"])
            boxes.setdefault(place["page"], []).append(box)
    copies = []
    for path, boxes in reports.items():
        if boxes and (copy := await _marked(parts, keys, path, boxes)):
            copies.append(copy)
    return copies


def _is_disputed(place: Row) -> bool:
    return place["field"] in (*_WHOSE, *shown_fields(place["reason"] or ""))


async def _marked(parts: ReportParts, keys: Keyring, path: str, boxes: _Boxes) -> bytes | None:
    try:
        return await parts.sandbox.mark(await parts.store.get(path, keys), boxes)
    except Unavailable:
        raise
    except TribureauError:
        return None
