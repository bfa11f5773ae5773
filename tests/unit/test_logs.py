"""What goes wrong is told by its kind and its place, and never in words that may quote somebody's data."""

import subprocess
import sys

import pytest

SECRET = "987-65-4321"
PROGRAM = f"""
import logging, structlog
from tribureau.logs import write_logs
write_logs("debug", as_json=%s)
class Refused(Exception):
    sqlstate = "23502"
def stumble(secret):
    try:
        raise ValueError(f"inner {{secret}}")
    except ValueError as error:
        raise Refused(f"Failing row contains ({{secret}})") from error
try:
    stumble("{SECRET}")
except Refused as error:
    structlog.get_logger("ours").error("request_failed", path="/here", exc_info=error)
    logging.getLogger("a.library").exception("it failed")
    logging.getLogger("a.library").error("it failed", exc_info=error)
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_exceptions_are_told_without_their_words(as_json: bool) -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM % as_json], capture_output=True, text=True, check=True)
    assert SECRET not in ran.stderr and "Failing row" not in ran.stderr
    assert ran.stderr.count("request_failed") == 1 and ran.stderr.count("it failed") == 2
    assert ran.stderr.count("Refused (23502)") == 3 and ran.stderr.count("builtins.ValueError") == 3
    assert ran.stderr.count("stumble") == 6, "with the places where it happened"
