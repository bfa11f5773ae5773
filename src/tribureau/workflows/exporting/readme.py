"""What the README of an export says."""

from typing import Final

from tribureau.workflows.exporting.contents import FORMAT, VERSION

README: Final = """Your data in Tribureau
======================

Made {made_at} by Tribureau {release}. This file is yours, and it is not locked: keep it where nobody else gets at it.

reports/       the reports that you uploaded
answers/       bureaus' answers that you uploaded
letters/       letters as they were mailed
pages/         pages of reports that are kept with your disputes, the disputed values framed
enclosures/    proofs that you uploaded, as they go with letters
other/         further files of yours, if there are any
tradelines.csv, disputes.csv, history.csv, scores.csv
               tables for a spreadsheet program; a text that looks like a formula begins with an apostrophe, and
               what has parts of its own (the disputed values) is JSON in its cell
account.json   what signing in knows of you
data/          every record of yours as JSON, a file for each table
schema.json    what each column of data/ means
export.json    what is in this file, with the size and the SHA-256 of each document, and what is left out and why
history/       the proof that nobody rewrote the history of your disputes

Format: {format}, version {version}. Amounts are US dollars. Times are UTC unless they say otherwise.
{missing}
How to check the history of your disputes
-----------------------------------------

Each entry of a dispute's history holds the SHA-256 of the entry before it, and the newest entry is signed (Ed25519).
history/chains.jsonl has them all, one dispute a line; signatures are checked with history/public-key.txt:

    {public_key}

Anyone who has Tribureau can check them, without a network and without the site that this file came from:

    tribureau audit verify history/chains.jsonl --public-key {public_key}

It says «everything holds», or what does not. An entry of the last minutes may not be signed yet; it says how many.
Whether the key is the site's own is for the site to say: `tribureau audit key` prints it there.
"""
_MISSING: Final = """
These files could not be read any more, so they are not in here:
{names}
"""


def readme(*, made_at: str, release: str, public_key: str, missing: list[str]) -> str:
    lost = _MISSING.format(names="\n".join(f"  {name}" for name in missing)) if missing else ""
    return README.format(
        made_at=made_at, release=release, format=FORMAT, version=VERSION, public_key=public_key, missing=lost
    )
