"""The days of one round, as an evidence packet tells them."""

from datetime import date, timedelta

from tribureau.domain.deadlines import DisputeFacts, ReportOrigin
from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.evidence import RoundFacts, events_of
from tribureau.domain.letters import Language


def test_a_round_begins_first_also_where_it_was_mailed_before_it_was_entered() -> None:
    mailed, arrived, entered = date(2026, 10, 1), date(2026, 10, 5), date(2026, 11, 22)
    facts = RoundFacts(
        round=1,
        bureau="Equifax",
        outcome=DisputeStatus.VERIFIED,
        begun_on=entered,
        facts=DisputeFacts(mailed, arrived, ReportOrigin.OTHER, None),
        tracking_number="",
        answered_on=date(2026, 11, 1),
        unanswered_on=None,
        closed_on=None,
        taken_back_on=None,
    )
    begun, *others = events_of(facts, Language.ENGLISH, timedelta(days=7))
    assert (begun.on, begun.words) == (entered, "Round 1 was begun.")
    days = [event.on for event in others]
    assert days == sorted(days)
    assert days[:2] == [mailed, arrived]
