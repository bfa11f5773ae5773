"""Long random tests. `--seed` repeats one run; without it the seed is drawn, and printed where a test fails."""

import secrets

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=3, help="how many rounds each soak test runs")
    parser.addoption("--seed", type=int, default=None, help="the seed that repeats a run")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--rounds"))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    given = request.config.getoption("--seed")
    return secrets.randbelow(10**6) if given is None else int(given)
