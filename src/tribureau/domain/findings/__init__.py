"""What does not add up in a user's reports: one file per body of rules, each finding with its source.

A finding is a reason that a user may cite once they confirm it, never an accusation. Nothing here is legal advice.
"""

from tribureau.domain.findings.find import find_all
from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Reported, Said, Subject
from tribureau.domain.findings.identity import identity

__all__ = ["Certainty", "Finding", "FindingKind", "Reported", "Said", "Subject", "find_all", "identity"]
