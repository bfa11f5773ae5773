"""The table of transitions, its picture, and chains that were tampered with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.domain.disputes import (
    ANSWERS,
    CLOSED,
    TRANSITIONS,
    Actor,
    DisputeStatus,
    IllegalTransition,
    next_statuses,
    picture,
    transition,
)
from tribureau.domain.disputes.history import GENESIS, Current, Entry, Head, entry_hash, problems

ROOT = Path(__file__).resolve().parents[3]
BEGUN = datetime(2026, 3, 1, 12, tzinfo=UTC)
statuses = st.sampled_from(DisputeStatus)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_the_documentation_shows_the_table() -> None:
    page = (ROOT / "docs" / "disputes.md").read_text()
    assert f"```mermaid\n{picture.diagram()}\n```\n\n{picture.table()}\n<!-- end -->" in page


def test_each_step_stands_in_the_table_once() -> None:
    steps = [(one.previous, one.new) for one in TRANSITIONS]
    assert len(steps) == len(set(steps))
    assert all(one.previous != one.new and one.by and one.why for one in TRANSITIONS)


def test_every_status_can_be_reached_and_only_an_escalation_ends() -> None:
    assert {one.new for one in TRANSITIONS} == set(DisputeStatus)
    ends = {status for status in DisputeStatus if not any(next_statuses(status, actor) for actor in Actor)}
    assert ends == {DisputeStatus.ESCALATED}
    assert ends < CLOSED


def test_only_the_system_expires_and_only_a_user_escalates() -> None:
    assert {actor for one in TRANSITIONS if one.new is DisputeStatus.EXPIRED for actor in one.by} == {Actor.SYSTEM}
    assert {actor for one in TRANSITIONS if one.new is DisputeStatus.ESCALATED for actor in one.by} == {Actor.USER}


def test_no_answer_comes_to_a_letter_that_was_not_mailed() -> None:
    for status in (DisputeStatus.DRAFT, DisputeStatus.BLANK):
        assert not ANSWERS & {*next_statuses(status, Actor.USER), *next_statuses(status, Actor.SYSTEM)}


@given(previous=st.none() | statuses, new=statuses, by=st.sampled_from(Actor))
def test_a_refusal_names_what_is_possible(previous: DisputeStatus | None, new: DisputeStatus, by: Actor) -> None:
    possible = next_statuses(previous, by)
    if new in possible:
        assert transition(previous, new, by).why
    else:
        with pytest.raises(IllegalTransition) as refused:
            transition(previous, new, by)
        assert all(status in refused.value.hint for status in possible)


@st.composite
def chains(draw: st.DrawFn) -> list[Entry]:
    entries: list[Entry] = []
    before: DisputeStatus | None = None
    for place in range(1, draw(st.integers(1, 6)) + 1):
        by = draw(st.sampled_from(Actor))
        stays = [before] if before else []
        after = draw(st.sampled_from([*stays, *next_statuses(before, by)])) if place > 1 else DisputeStatus.DRAFT
        entry = Entry(
            user_id=UUID(int=1),
            history_id=UUID(int=100 + place),
            dispute_id=UUID(int=2),
            position=place,
            previous_status=before,
            new_status=str(after),
            changed_by=str(by),
            change_reason=draw(st.none() | texts),
            change_notes=draw(st.none() | texts),
            changed_at=BEGUN + timedelta(hours=place),
            facts=draw(st.dictionaries(texts, st.none() | st.integers() | texts, max_size=3)),
            previous_hash=entries[-1].hash if entries else GENESIS,
            hash=b"",
        )
        entries.append(replace(entry, hash=entry_hash(entry)))
        before = after
    return entries


def _current(chain: list[Entry]) -> Current:
    last = chain[-1]
    moved = next(entry for entry in reversed(chain) if entry.previous_status != entry.new_status)
    return Current(last.new_status, moved.changed_at, moved.changed_by, last.facts)


@given(chains())
def test_a_chain_that_nobody_touched_holds(chain: list[Entry]) -> None:
    heads = [Head(entry.user_id, entry.dispute_id, entry.position, entry.hash, BEGUN) for entry in chain]
    assert list(problems(chain, heads, _current(chain))) == []


@given(chain=chains(), after=statuses, by=st.sampled_from(Actor))
def test_a_step_that_nobody_may_take_is_noticed_though_its_hash_holds(
    chain: list[Entry], after: DisputeStatus, by: Actor
) -> None:
    last = chain[-1]
    before = DisputeStatus(last.new_status)
    forged = replace(
        last, position=len(chain) + 1, previous_status=str(before), new_status=str(after), changed_by=str(by),
        previous_hash=last.hash, changed_at=last.changed_at - timedelta(minutes=1),
    )  # fmt: skip
    forged = replace(forged, hash=entry_hash(forged))
    whole = [*chain, forged]
    found = list(problems(whole, [], _current(whole)))
    legal = after == before or after in next_statuses(before, by)
    assert [words for words in found if "can't" in words] == (
        [] if legal else [f"entry {len(whole)} goes from {before} to {after}, which the {by} can't"]
    )
    assert f"entry {len(whole)} is dated before the one before it" in found


@given(chain=chains(), data=st.data(), text=texts)
def test_any_changed_field_is_noticed(chain: list[Entry], data: st.DataObject, text: str) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    entry = chain[place]
    changes = {
        "change_reason": f"{entry.change_reason}{text}!",
        "change_notes": f"{entry.change_notes}{text}!",
        "changed_by": "system" if entry.changed_by == "user" else "user",
        "changed_at": entry.changed_at + timedelta(microseconds=1),
        "history_id": UUID(int=7),
        "user_id": UUID(int=8),
        "dispute_id": UUID(int=9),
        "facts": {**entry.facts, f"{text}+": 1},
    }
    field = data.draw(st.sampled_from(sorted(changes)))
    changed = [*chain[:place], replace(entry, **{field: changes[field]}), *chain[place + 1 :]]  # type: ignore[arg-type]
    assert f"entry {place + 1} was changed" in list(problems(changed, [], _current(chain)))


@given(chain=chains(), data=st.data())
def test_any_missing_or_swapped_entry_is_noticed(chain: list[Entry], data: st.DataObject) -> None:
    head = Head(UUID(int=1), UUID(int=2), len(chain), chain[-1].hash, BEGUN)
    place = data.draw(st.integers(0, len(chain) - 1))
    assert list(problems([*chain[:place], *chain[place + 1 :]], [head], _current(chain)))
    if len(chain) > 1:
        assert list(problems([chain[1], chain[0], *chain[2:]], [head], _current(chain)))
