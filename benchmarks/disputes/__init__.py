"""Disputes beside the seed's own design: what a change of status costs, and the comparison of the bureaus."""

from benchmarks.disputes.measure import measure

__all__ = ["measure"]
