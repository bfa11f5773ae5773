"""The evidence packet of a dispute: one PDF of all its rounds, with what is needed to check it far from here."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from tribureau import __version__
from tribureau.database.transactions import Row, Transaction, UserId
from tribureau.domain.disputes.chains import Chain, SignedHead
from tribureau.domain.errors import NotFound
from tribureau.domain.evidence.checking import HISTORY_FILE, how_to_check
from tribureau.domain.evidence.words import STATUS_WORDS, in_language
from tribureau.domain.profile import Profile
from tribureau.letters.packet import Attachment, Packet, typeset_packet
from tribureau.storage.signing import SignatureCheck, Signer
from tribureau.workflows import evidence_facts as told
from tribureau.workflows import evidence_papers as papers
from tribureau.workflows.evidence_facts import say
from tribureau.workflows.profile import stored_profile
from tribureau.workflows.report_parts import ReportParts, keys_of

_rooms: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]] = WeakKeyDictionary()


async def evidence_packet(parts: ReportParts, user: UserId, dispute: UUID, mail_allowance: timedelta) -> bytes:
    """The PDF; one is made at a time, so that memory is bounded.

    Raises NotFound; Unavailable where the store or the reader is away.
    """
    async with _room():
        return await _made(parts, user, dispute, mail_allowance)


async def _made(parts: ReportParts, user: UserId, dispute: UUID, mail_allowance: timedelta) -> bytes:
    async with parts.database.as_user(user) as transaction:
        case = await _case_of(transaction, parts, user, dispute)
    signer = Signer(parts.master_key)
    check = SignatureCheck([signer.public_key])
    case.chains = [Chain.from_json(row) for row in case.chain_rows]
    problems = [words for chain in case.chains for words in chain.problems(check)]
    heads = {} if problems else {chain.dispute_id: _newest(chain, signer) for chain in case.chains}
    case.packet.content = _front(case, dispute, signer, problems, mail_allowance)
    for row in case.rounds:
        _attach_texts(case.packet, row)
    case.packet.content |= {
        "items": [await papers.item(case, row) for row in case.rounds],
        "letters": [await papers.letter(case, row) for row in case.rounds],
        "answers": [await papers.answer(case, row) for row in case.rounds],
        "history": _history(case, heads),
    }
    _attach_history(case, heads, signer)
    return await asyncio.to_thread(typeset_packet, case.packet)


def _room() -> asyncio.Semaphore:
    return _rooms.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1))


async def _case_of(transaction: Transaction, parts: ReportParts, user: UserId, dispute: UUID) -> papers.Case:
    """All of one moment: who changes a dispute of this user waits meanwhile."""
    await transaction.run("disputes.lock")
    rounds = await transaction.all("evidence.rounds", dispute_id=dispute)
    if not rounds:
        raise NotFound("There is no such dispute.")
    keys = await keys_of(transaction, parts.master_key, user)
    letters = [row["letter_id"] for row in rounds if row["letter_id"]]
    return papers.Case(
        parts,
        user,
        rounds,
        [row["chain"] for row in await transaction.all("evidence.chains", dispute_id=dispute)],
        await transaction.all("evidence.enclosures", letter_ids=letters),
        await transaction.all("evidence.answers", dispute_ids=[row["dispute_id"] for row in rounds]),
        await transaction.all("company_letters.about", dispute_id=dispute, tradeline_id=None),
        await stored_profile(transaction, keys) or Profile(),
        keys,
        await transaction.value("disputes.time_zone"),
    )


def _newest(chain: Chain, signer: Signer) -> SignedHead:
    """The head of the newest entry: the kept one, or one that is signed for this packet."""
    newest = chain.newest_head(datetime.now(UTC))
    kept = next((one for one in chain.heads if one.head.position == newest.position), None)
    return kept or SignedHead(newest, signer.key_id, signer.sign(newest.statement()))


def _front(
    case: papers.Case, dispute: UUID, signer: Signer, problems: Sequence[str], mail_allowance: timedelta
) -> dict[str, Any]:
    language, newest = case.language, case.rounds[-1]
    entries = {chain.dispute_id: chain.entries for chain in case.chains}
    facts = [told.round_facts(row, entries.get(row["dispute_id"], ()), case.zone) for row in case.rounds]
    values = newest["disputed_values"]
    item = values.get("creditor_name") or "–"
    account = " · ".join(filter(None, (item, values.get("account_number"))))
    who = case.profile
    steps, limits = how_to_check(signer.public_key.hex(), language)
    made = told.local_moment(datetime.now(UTC), case.zone)
    rows = {
        "consumer": "\n".join(filter(None, (who.name, who.address.line if who.address else "")))
        or say("no_name", language),
        "account": account,
        "agency": newest["bureau"],
        "stands": STATUS_WORDS[newest["status"]].in_(language),
        "made": f"{made} · Tribureau {__version__}",
    }
    return {
        "words": in_language(language),
        "language": language,
        "title": say("dispute_of", language, item=item, bureau=newest["bureau"]),
        "author": who.name,
        "bureau": newest["bureau"],
        "dispute_id": str(dispute),
        "made_on": made,
        "head": [[say(name, language), value] for name, value in rows.items()],
        "rounds": told.rounds_table(facts, language),
        "problems": list(problems),
        "timeline": [told.timeline(one, language, mail_allowance) for one in facts]
        + told.company_timeline(case.company_letters, language),
        "check": {
            "steps": steps,
            "limits": limits,
            "public_key": signer.public_key.hex(),
            "key_id": signer.key_id,
        },
    }


def _history(case: papers.Case, heads: dict[UUID, SignedHead]) -> papers.Found:
    return [
        told.history(
            chain,
            told.same_dispute(case.rounds, chain.dispute_id),
            [heads[chain.dispute_id]] if heads else [],
            case.language,
        )
        for chain in case.chains
    ]


def _attach_texts(packet: Packet, row: Row) -> None:
    """The very bytes whose hashes stand in the history."""
    values = f"disputed-values-round-{row['round']}.json"
    packet.attachments.append(Attachment(values, "application/json", row["values_text"].encode()))
    if row["letter_content"]:
        letter = f"letter-round-{row['round']}.txt"
        packet.attachments.append(Attachment(letter, "text/plain", row["letter_content"].encode()))


def _attach_history(case: papers.Case, heads: dict[UUID, SignedHead], signer: Signer) -> None:
    lines = []
    for chain, row in zip(case.chains, case.chain_rows, strict=True):
        kept = [head for head in row["heads"] if not heads or head["position"] < len(chain.entries)]
        own = [told.head_row(heads[chain.dispute_id])] if heads else []
        lines.append(json.dumps({**row, "heads": kept + own}, ensure_ascii=False) + "\n")
    case.packet.attachments[:0] = [
        Attachment(HISTORY_FILE, "application/jsonl", "".join(lines).encode()),
        Attachment("public-key.txt", "text/plain", f"{signer.public_key.hex()}\n".encode()),
    ]
