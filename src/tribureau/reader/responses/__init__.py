"""Answers of the bureaus to disputes: what came of each item, read by structure and verbs."""

from tribureau.reader.responses.read import read_response
from tribureau.reader.responses.recognition import is_response, weigh_response

__all__ = ["is_response", "read_response", "weigh_response"]
