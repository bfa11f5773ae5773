"""What can be done once a bureau answered, or did not: steps with their rules, and the texts that two of them take."""

from tribureau.domain.next_steps.complaint import Complaint, complaint
from tribureau.domain.next_steps.offers import NextStep, Offer, letter_of, offers
from tribureau.domain.next_steps.statement import (
    MOST_WORDS,
    checked_statement,
    drafted_statement,
    statement_letter,
    words_in,
)
from tribureau.domain.next_steps.story import Round, Story

__all__ = [
    "MOST_WORDS",
    "Complaint",
    "NextStep",
    "Offer",
    "Round",
    "Story",
    "checked_statement",
    "complaint",
    "drafted_statement",
    "letter_of",
    "offers",
    "statement_letter",
    "words_in",
]
