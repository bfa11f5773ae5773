"""All of it, in the order in which one thing stands on another."""

from collections.abc import Iterator

from tribureau.diagnosis.cloud import cloud
from tribureau.diagnosis.databases import databases
from tribureau.diagnosis.findings import Finding
from tribureau.diagnosis.folders import folders
from tribureau.diagnosis.machine import machine
from tribureau.diagnosis.vendors import vendors
from tribureau.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    """Each finding as soon as it is known; nothing is changed but what a start would make too."""
    yield from machine(settings)
    yield from cloud(settings)
    yield from vendors(settings)
    yield from folders(settings)
    yield from databases(settings)
