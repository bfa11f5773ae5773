"""Disputes walked at random on a real database, beside a model of what must become of them."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege, UniqueViolation
from tests.integration.disputes.conftest import KEPT_FIGURES, SEEDS_QUERY, Desk, DeskMaker

pytestmark = pytest.mark.postgresql15

Actor = Literal["user", "system"]
_ANSWERED = "Verified Deleted Updated"
# Said once more, by hand, and not read from the domain's table.
_BY_SYSTEM = {
    "Draft": "Pending",
    "Pending": f"Draft Investigating {_ANSWERED}",
    "Investigating": f"Pending Expired {_ANSWERED}",
    "Expired": f"Investigating {_ANSWERED}",
    "Verified": "Deleted Updated",
    "Deleted": "Verified Updated",
    "Updated": "Verified Deleted",
}
_BY_USER = {
    "Draft": "Blank",
    "Blank": "Draft",
    "Pending": f"Draft Investigating {_ANSWERED}",
    "Investigating": f"Pending Escalated {_ANSWERED}",
    "Expired": f"Investigating Escalated {_ANSWERED}",
    "Verified": "Deleted Updated Investigating Escalated",
    "Deleted": "Verified Updated Investigating Escalated",
    "Updated": "Verified Deleted Investigating Escalated",
}
_TABLES: dict[Actor, dict[str, str]] = {"user": _BY_USER, "system": _BY_SYSTEM}
_OF_THE_MAIL = {("Pending", "Draft"), ("Investigating", "Pending"), ("Expired", "Investigating")}
_REFUSALS = (CheckViolation, InsufficientPrivilege, UniqueViolation, ForeignKeyViolation)
STATUSES = sorted({*_BY_SYSTEM, *_BY_USER, "Escalated", "Pending"})
BUREAUS = ("Equifax", "TransUnion", "Experian")
actors = st.sampled_from(["user", "system"])


@dataclass
class Round:
    tradeline: UUID
    bureau: str
    number: int
    status: str = "Draft"
    by: str = "user"
    manual: bool = False
    story: list[tuple[str | None, str, str, str | None]] = field(default_factory=list)

    @property
    def current(self) -> bool:
        return self.status not in ("Escalated", "Blank")

    def go(self, status: str, by: str, reason: str | None = None) -> None:
        self.story.append((self.status if self.story else None, status, by, reason))
        self.status, self.by = status, by
        self.manual = self.manual and status != "Draft"


class Walk(RuleBasedStateMachine):
    desk: ClassVar[Desk]
    tradelines: Bundle[UUID] = Bundle("tradelines")

    def __init__(self) -> None:
        super().__init__()
        self.user = self.desk.new_user()
        self.rounds: dict[UUID, Round] = {}
        self.gone: set[UUID] = set()

    @rule(target=tradelines, bureau=st.sampled_from([*BUREAUS, "All"]))
    def a_tradeline(self, bureau: str) -> UUID:
        return self.desk.new_tradeline(self.user, bureau)

    @rule(tradeline=tradelines, bureau=st.sampled_from(BUREAUS), by=actors)
    def begin(self, tradeline: UUID, bureau: str, by: Actor) -> None:
        (line,) = self.desk.see("select bureau from public.tradelines where tradeline_id = %(id)s", id=tradeline)
        fits = line["bureau"] in (bureau, "All")
        if fits and not self._of(tradeline, bureau, current=True):
            dispute = self.desk.begin(self.user, tradeline, bureau, by)
            self.rounds[dispute] = Round(tradeline, bureau, 1 + len(self._of(tradeline, bureau)))
            self.rounds[dispute].go("Draft", by)
        else:
            with pytest.raises(_REFUSALS):
                self.desk.begin(self.user, tradeline, bureau, by)

    @rule(data=st.data(), reason=st.none() | st.text('aä"\\\n\t☂', max_size=9))
    def step(self, data: st.DataObject, reason: str | None) -> None:
        """Along the table, so that walks get far."""
        dispute, one = self._any(data)
        steps = [(by, status) for by, table in _TABLES.items() for status in table.get(one.status, "").split()]
        if steps:
            by, status = data.draw(st.sampled_from(steps), label="step")
            self._move(dispute, status, by, reason)

    @rule(data=st.data(), status=st.sampled_from(STATUSES), by=actors)
    def try_any_step(self, data: st.DataObject, status: str, by: Actor) -> None:
        self._move(self._any(data)[0], status, by, "tried")

    def _move(self, dispute: UUID, status: str, by: Actor, reason: str | None) -> None:
        one = self.rounds[dispute]
        if status == one.status:
            return
        steps = _TABLES[by].get(one.status, "").split()
        allowed = status in steps and not (by == "user" and (one.status, status) in _OF_THE_MAIL and not one.manual)
        if status == "Draft" and one.status == "Blank" and self._of(one.tradeline, one.bureau, current=True):
            allowed = False
        answered = ", bureau_response_date = current_date" if status in _ANSWERED else ""
        change: Any = f"update public.disputes set status = %(status)s, change_reason = %(reason)s{answered} " \
            "where user_id = %(user)s and dispute_id = %(dispute)s"  # fmt: skip
        facts = {"status": status, "reason": reason, "user": self.user, "dispute": dispute}
        if not allowed:
            with pytest.raises(_REFUSALS):
                self.desk.run(by, self.user, change, **facts)
            return
        self.desk.run(by, self.user, change, **facts)
        one.go(status, by, reason)
        if status == "Escalated":
            self._next_round_is_open(one, by)

    @rule(data=st.data(), days=st.integers(0, 40))
    def mail_by_hand(self, data: st.DataObject, days: int) -> None:
        dispute, one = self._any(data)
        done = self._call(
            "select public.record_manual_mailing(%(dispute)s, %(version)s, %(day)s, %(number)s) as version",
            dispute,
            day=date.today() - timedelta(days=days + 50),
            number=f"9407{days:018}",
        )
        possible = one.status == "Draft" or (one.status in ("Pending", "Investigating") and one.manual)
        assert done == possible
        if one.status == "Draft":
            one.manual = True
            one.go("Pending", "user")
        elif possible and self._history(dispute)[len(one.story) :]:
            one.story.append((one.status, one.status, "user", None))

    @rule(data=st.data(), days=st.integers(0, 40))
    def receipt_by_hand(self, data: st.DataObject, days: int) -> None:
        dispute, one = self._any(data)
        done = self._call(
            "select public.record_receipt(%(dispute)s, %(version)s, %(day)s) as version",
            dispute,
            day=date.today() - timedelta(days=days),
        )
        assert done == (one.manual and one.status in ("Pending", "Investigating", "Expired"))
        if done and one.status != "Investigating":
            one.go("Investigating", "user")
        elif done and self._history(dispute)[len(one.story) :]:
            one.story.append((one.status, one.status, "user", None))

    @rule(data=st.data(), by=actors, text=st.text(min_size=1, max_size=5).filter(lambda text: "\0" not in text))
    def write(self, data: st.DataObject, by: Actor, text: str) -> None:
        dispute, one = self._any(data)
        letter = f"{len(one.story)} {text}".encode("utf-8", "ignore").decode()
        try:
            self.desk.run(by, self.user, "update public.disputes set letter_content = letter_content || %(letter)s "
                          "where user_id = %(user)s and dispute_id = %(dispute)s",
                          letter=letter, user=self.user, dispute=dispute)  # fmt: skip
            assert one.status == "Draft"
        except CheckViolation:
            assert one.status != "Draft"

    @rule(tradeline=consumes(tradelines))
    def lose_a_tradeline(self, tradeline: UUID) -> None:
        self.desk.run("user", self.user, "delete from public.tradelines where tradeline_id = %(id)s", id=tradeline)
        self.gone.add(tradeline)

    @invariant()
    def rows_are_as_they_should(self) -> None:
        rows = self.desk.see("select * from public.disputes where user_id = %(user)s", user=self.user)
        found = {
            row["dispute_id"]: (
                row["disputed_tradeline_id"], row["bureau"], row["round"], row["status"], row["status_updated_by"],
                row["is_current"], row["tradeline_id"])
            for row in rows
        }  # fmt: skip
        assert found == {
            dispute: (one.tradeline, one.bureau, one.number, one.status, one.by, one.current,
                      None if one.tradeline in self.gone else one.tradeline)
            for dispute, one in self.rounds.items()
        }  # fmt: skip
        places = [(one.tradeline, one.bureau) for one in self.rounds.values() if one.current]
        assert len(places) == len(set(places))

    @invariant()
    def history_tells_all_of_it(self) -> None:
        rows = self.desk.see(
            "select * from public.dispute_status_history where user_id = %(user)s order by dispute_id, position",
            user=self.user,
        )
        told: dict[UUID, list[tuple[str | None, str, str, str | None]]] = {}
        for row in rows:
            entry = (row["previous_status"], row["new_status"], row["changed_by"], row["change_reason"])
            told.setdefault(row["dispute_id"], []).append(entry)
        assert told == {dispute: one.story for dispute, one in self.rounds.items()}
        assert self.desk.problems(self.user) == []

    @invariant()
    def figures_are_the_seeds(self) -> None:
        assert self.desk.see(KEPT_FIGURES) == self.desk.see(SEEDS_QUERY)

    def _of(self, tradeline: UUID, bureau: str, *, current: bool = False) -> list[Round]:
        return [
            one
            for one in self.rounds.values()
            if (one.tradeline, one.bureau) == (tradeline, bureau) and (one.current or not current)
        ]

    def _any(self, data: st.DataObject) -> tuple[UUID, Round]:
        if not self.rounds:
            self.begin(self.a_tradeline("All"), "Experian", "user")
        dispute = data.draw(st.sampled_from(list(self.rounds)), label="dispute")
        return dispute, self.rounds[dispute]

    def _next_round_is_open(self, before: Round, by: str) -> None:
        (row,) = self.desk.see(
            "select dispute_id from public.disputes where user_id = %(user)s and dispute_id <> all(%(known)s)",
            user=self.user,
            known=list(self.rounds),
        )
        opened = Round(before.tradeline, before.bureau, 1 + len(self._of(before.tradeline, before.bureau)))
        opened.go("Draft", by, f"Round {before.number} was escalated.")
        self.rounds[row["dispute_id"]] = opened

    def _history(self, dispute: UUID) -> list[tuple[str | None, str, str, str | None]]:
        rows = self.desk.see(
            "select previous_status, new_status, changed_by, change_reason from public.dispute_status_history "
            "where user_id = %(user)s and dispute_id = %(dispute)s order by position",
            user=self.user,
            dispute=dispute,
        )
        return [(row["previous_status"], row["new_status"], row["changed_by"], row["change_reason"]) for row in rows]

    def _call(self, statement: Any, dispute: UUID, **facts: object) -> bool:
        (row,) = self.desk.see("select version from public.disputes where dispute_id = %(dispute)s", dispute=dispute)
        (called,) = self.desk.run("user", self.user, statement, dispute=dispute, version=row["version"], **facts)
        assert called["version"] in (None, row["version"] + 1)
        return called["version"] is not None


def walk(desks: DeskMaker, *, walks: int, steps: int) -> None:
    """Each by a user of its own; `make soak ONLY=disputes` takes longer ones."""
    with ExitStack() as closing:
        Walk.desk = desks.open(closing)
        limits = settings(
            max_examples=walks, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(Walk, settings=limits)


@pytest.mark.timeout(900)
def test_walking_at_random(desks: DeskMaker) -> None:
    walk(desks, walks=10, steps=25)


def test_a_lost_update_is_refused(desk: Desk) -> None:
    user = desk.new_user()
    dispute = desk.begin(user, desk.new_tradeline(user))
    call: Any = "select public.record_manual_mailing(%(dispute)s, %(version)s, current_date - 1, null) as version"
    assert desk.run("user", user, call, dispute=dispute, version=7) == [{"version": None}]
    assert desk.run("user", user, call, dispute=dispute, version=1) == [{"version": 2}]
    assert desk.run("user", user, call, dispute=dispute, version=1) == [{"version": None}]
