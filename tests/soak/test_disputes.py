"""Disputes walked at random for as long as one likes, and their figures under crowds of writers."""

from tests.integration.disputes.conftest import DeskMaker
from tests.integration.disputes.test_statistics import write_at_random
from tests.integration.disputes.test_walks import walk

_WALKS_A_ROUND = 50
_STEPS = 60


def test_disputes_walked_at_random(rounds: int, web_url: str, worker_url: str, database_url: str) -> None:
    walk(DeskMaker(web_url, worker_url, database_url), walks=rounds * _WALKS_A_ROUND, steps=_STEPS)


def test_disputes_figures_do_not_drift(
    rounds: int, seed: int, web_url: str, worker_url: str, database_url: str
) -> None:
    desks = DeskMaker(web_url, worker_url, database_url)
    for number in range(rounds):
        write_at_random(desks, seed + number, f"repeat with SEED={seed + number} ROUNDS=1")
