"""A letter that its user posts: the day, the number, the day it arrived, for all its disputes; a company's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from tribureau.database.transactions import Row, Transaction, UserId
from tribureau.domain.deadlines import day_in
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.errors import InvalidInput
from tribureau.domain.evidence.company import CompanyAnswer
from tribureau.domain.mail import checked_tracking_number
from tribureau.workflows.dispute import refusals
from tribureau.workflows.print_letter import letter_pdf, mailed_path
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.write_letter import LetterChanged, StoredLetter, find_letter, stored_letter

_UNDER_WAY = (DisputeStatus.PENDING, DisputeStatus.INVESTIGATING)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a company answered, by the user's word."""

    on: date
    outcome: CompanyAnswer
    note: str = ""


async def post_letter(
    parts: ReportParts,
    user: UserId,
    letter: UUID,
    version: int,
    mailed_on: date,
    tracking_number: str = "",
    dated: date | None = None,
) -> StoredLetter:
    """Every dispute of the letter goes from Draft to Pending, and the letter is kept as it was mailed.

    `dated`: the day that stands on the paper, where it was printed before `mailed_on`. For a letter that was marked as
    mailed before, this corrects the day and the number. Raises NotFound, LetterChanged, and InvalidInput where the day
    has not come, the paper is dated after it, the number is none, the letter is not ready or has no sender.
    """
    number = checked_tracking_number(tracking_number) if tracking_number.strip() else None
    before = await find_letter(parts.database, user, letter)
    _check(before, version)
    is_mailed = before.row["state"] == "mailed"
    _check_date_on_paper(dated, mailed_on, is_mailed=is_mailed)
    paper = None if is_mailed else await letter_pdf(parts, user, letter, dated or mailed_on)
    told = {"mailed_on": mailed_on, "tracking_number": number}
    async with parts.database.as_user(user) as transaction:
        stored = await _locked(transaction, letter, version)
        await _refuse_future(transaction, mailed_on, "on which you posted it")
        with refusals():
            if stored.is_direct:
                await _tell_letter(transaction, stored, "letters.post_direct", **told)
            else:
                for item in stored.items:
                    await _tell(transaction, "disputes.mail_by_hand", item, told)
        if paper is not None:  # Under the lock: whoever comes too late was refused before this, and replaces no copy.
            keys = await keys_of(transaction, parts.master_key, user)
            await parts.store.put(mailed_path(user, letter), paper, keys)
        return await stored_letter(transaction, letter)


async def record_receipt(
    parts: ReportParts, user: UserId, letter: UUID, version: int, received_on: date
) -> StoredLetter:
    """The bureau has the letter, so its period runs for every dispute that still waits. Raises as `post_letter`."""
    async with parts.database.as_user(user) as transaction:
        stored = await _locked(transaction, letter, version)
        await _refuse_future(transaction, received_on, "on which it arrived")
        waiting = [item for item in stored.items if item["status"] in _UNDER_WAY]
        if not waiting:
            raise InvalidInput("No dispute of this letter is in the mail.", hint="Say first when you posted it.")
        with refusals():
            if stored.is_direct:
                await _tell_letter(transaction, stored, "letters.receive_direct", received_on=received_on)
                return await stored_letter(transaction, letter)
            for item in waiting:
                await _tell(transaction, "disputes.receive_by_hand", item, {"received_on": received_on})
        return await stored_letter(transaction, letter)


async def record_company_answer(
    parts: ReportParts, user: UserId, letter: UUID, version: int, answered: Answered | None
) -> StoredLetter:
    """The company's answer, in place of what was known of it; None removes it. No dispute moves.

    Raises as `post_letter`, and InvalidInput for a letter to a bureau.
    """
    async with parts.database.as_user(user) as transaction:
        stored = await _locked(transaction, letter, version)
        if not stored.is_direct:
            raise InvalidInput("A bureau answers disputes.", hint="Enter its answer on the dispute's page.")
        if answered:
            await _refuse_future(transaction, answered.on, "of the answer")
        facts = {
            "answered_on": answered and answered.on,
            "outcome": answered and answered.outcome,
            "note": (answered and answered.note.strip()) or None,
        }
        with refusals():
            await _tell_letter(transaction, stored, "company_letters.answer", **facts)
        return await stored_letter(transaction, letter)


async def take_mailing_back(parts: ReportParts, user: UserId, letter: UUID, version: int) -> StoredLetter:
    """A letter that never left: its disputes are drafts again. Raises NotFound, LetterChanged, InvalidInput."""
    async with parts.database.as_user(user) as transaction:
        stored = await _locked(transaction, letter, version)
        if stored.row["answered_on"]:
            raise InvalidInput(
                "The company answered this letter, by what you entered.", hint="Remove its answer first."
            )
        if any(item["status"] not in (DisputeStatus.PENDING, DisputeStatus.DRAFT) for item in stored.items):
            raise InvalidInput(
                "A bureau has this letter already, by what you entered.", hint="Correct its dates instead."
            )
        if stored.is_direct:
            await _tell_letter(transaction, stored, "letters.post_direct", mailed_on=None, tracking_number=None)
            return await stored_letter(transaction, letter)
        facts = {"status": DisputeStatus.DRAFT, "bureau_response_date": None, "bureau_response_summary": None}
        with refusals():
            for item in stored.items:
                if item["status"] == DisputeStatus.PENDING:
                    await _tell(transaction, "disputes.move", item, facts)
        return await stored_letter(transaction, letter)


async def _locked(transaction: Transaction, letter: UUID, version: int) -> StoredLetter:
    await transaction.run("disputes.lock")
    stored = await stored_letter(transaction, letter)
    _check(stored, version)
    return stored


def _check(stored: StoredLetter, version: int) -> None:
    if stored.row["version"] != version:
        raise LetterChanged(
            f"This letter was changed since you looked at it: it is {stored.row['state']} now.",
            hint=f"Nothing of yours was saved. Load it again: it is version {stored.row['version']} now.",
        )
    if not stored.items:
        raise InvalidInput("Every dispute of this letter was taken back.", hint="Begin a new letter.")
    if stored.row["state"] == "draft":
        raise InvalidInput("This letter is not written yet.", hint="Choose the reasons and confirm them first.")


def _check_date_on_paper(dated: date | None, mailed_on: date, *, is_mailed: bool) -> None:
    if dated and is_mailed:
        raise InvalidInput(
            "The letter is kept as it was mailed, so its date stays.",
            hint="Leave the date on the letter out, or take the mailing back first.",
        )
    if dated and dated > mailed_on:
        raise InvalidInput(
            "A letter can't be dated after the day on which it was posted.", hint="Give the date that is printed on it."
        )


async def _tell(transaction: Transaction, name: str, item: Row, facts: Mapping[str, object]) -> None:
    given = {"dispute_id": item["dispute_id"], "version": item["dispute_version"]}
    told = await transaction.value(name, **given, **facts, change_reason=None, change_notes=None)
    if told is None:
        raise InvalidInput(
            f"A dispute of this letter is {item['status']}, so this can't be said of it.",
            hint="Look at its timeline; nothing was changed.",
        )


async def _tell_letter(transaction: Transaction, stored: StoredLetter, name: str, **facts: object) -> None:
    """What a letter to a company keeps of its own way."""
    if await transaction.value(name, letter_id=stored.row["letter_id"], version=stored.row["version"], **facts) is None:
        raise InvalidInput("This letter is not in the mail.", hint="Say first when you posted it.")


async def _refuse_future(transaction: Transaction, day: date, meaning: str) -> None:
    if day > day_in(await transaction.value("disputes.time_zone"), datetime.now(UTC)):
        raise InvalidInput(f"{day} has not come yet.", hint=f"Give the day {meaning}.")
