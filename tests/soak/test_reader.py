"""Thousands of spoiled reports: none may crash the reader, hold it up, or make it say what is not on the page."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pytest
from tests.unit.reader.invariants import SECONDS_FOR_A_FILE, violation_of_pages, violation_of_pdf

FILES_IN_A_ROUND = 250
"""So that the twenty rounds of `make soak` are 5,000."""
FILES_AT_ONCE = 25

Trial = Callable[[int], str | None]


def violations_of(trial: Trial, seeds: range) -> dict[int, str]:
    return {seed: found for seed in seeds if (found := trial(seed))}


@pytest.mark.parametrize("trial", [violation_of_pdf, violation_of_pages], ids=["mutated PDFs", "random page texts"])
def test_reader(trial: Trial, rounds: int, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    """In processes of their own, since a PDF may take down the whole process, or hang where no alarm is heard."""
    files = rounds * FILES_IN_A_ROUND
    parts = [range(at, min(at + FILES_AT_ONCE, seed + files)) for at in range(seed, seed + files, FILES_AT_ONCE)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        tried = [(part, pool.submit(violations_of, trial, part)) for part in parts]
        found = {seed: what for part, result in tried for seed, what in _outcome(part, result).items()}
    with capsys.disabled():
        print(f"\n{files} files from seed {seed} on, {len(found)} violations")  # noqa: T201
        for at, what in found.items():
            print(f"violated: SEED={at} ROUNDS=1 repeats it; {what}")  # noqa: T201
    assert not found


def _outcome(part: range, result: "Future[dict[int, str]]") -> dict[int, str]:
    try:
        return result.result(timeout=600 + 2 * SECONDS_FOR_A_FILE * len(part))
    except (BrokenProcessPool, TimeoutError) as error:
        return {part.start: f"one of the {len(part)} files from here on ended the process: {type(error).__name__}"}
