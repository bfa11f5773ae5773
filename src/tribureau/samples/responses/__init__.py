"""Answers of the bureaus to disputes of invented people, with their truth."""

from tribureau.samples.responses.letters import STYLES, make_response, write_responses
from tribureau.samples.responses.shelf import sample_answer

__all__ = ["STYLES", "make_response", "sample_answer", "write_responses"]
