"""What a stranger is shown of a dispute: what happened on which day, and how to check that nothing was changed."""

from tribureau.domain.evidence.timeline import Event, RoundFacts, events_of

__all__ = ["Event", "RoundFacts", "events_of"]
