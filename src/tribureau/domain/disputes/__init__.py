"""A dispute of one tradeline at one bureau: its statuses, who may change them and why, and the proof of its history."""

from tribureau.domain.disputes.answers import Answer, WhatNow, status_after, what_now
from tribureau.domain.disputes.statuses import ANSWERS, CLOSED, Actor, DisputeStatus
from tribureau.domain.disputes.transitions import TRANSITIONS, IllegalTransition, Transition, next_statuses, transition

__all__ = [
    "ANSWERS",
    "CLOSED",
    "TRANSITIONS",
    "Actor",
    "Answer",
    "DisputeStatus",
    "IllegalTransition",
    "Transition",
    "WhatNow",
    "next_statuses",
    "status_after",
    "transition",
    "what_now",
]
