"""The data folder and what lies in it: room, keys, stored reports, mails, backups."""

import asyncio
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from tribureau import bootstrap
from tribureau.database.backup import backups
from tribureau.diagnosis.findings import Finding, good, note, off
from tribureau.domain.errors import TribureauError
from tribureau.launcher import folder
from tribureau.launcher.refusals import Refused
from tribureau.settings import Settings
from tribureau.storage.keyring import Keyring, WrappedKey

_COMFORTABLE_ROOM = 2 * 2**30
_NOBODY_ELSE = stat.S_IRWXG | stat.S_IRWXO


def folders(settings: Settings) -> Iterator[Finding]:
    try:
        folder.prepare(settings.home)
    except Refused as refusal:
        yield off("Data folder", f"{settings.home} can't be used", str(refusal))
        return
    yield _room(settings.home)
    yield _master_key(settings)
    yield _stored_reports(settings)
    yield _mail(settings)
    yield _backups(settings)


def _room(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    words = f"{home}, {free / 2**30:.1f} GB free"
    if home.stat().st_mode & _NOBODY_ELSE:
        return note("Data folder", f"{words}; others on this machine may look in", f"chmod 700 {home}")
    if free < _COMFORTABLE_ROOM:
        return note("Data folder", words, "Make room soon: reports, the database and backups grow.")
    return good("Data folder", words)


def _master_key(settings: Settings) -> Finding:
    try:
        bootstrap.master_key(settings)
    except ValueError as error:
        return off(
            "Master key",
            f"can't be used: {error}",
            "Put back the key this site began with; without it, reports stay shut.",
        )
    if settings.master_key:
        return good("Master key", "from TRIBUREAU_MASTER_KEY")
    path = settings.secrets_folder / "master.key"
    if path.stat().st_mode & _NOBODY_ELSE:
        return off("Master key", f"{path} can be read by others", f"chmod 600 {path}")
    return note("Master key", str(path), "Keep a copy somewhere else: without it neither reports nor backups open.")


def _stored_reports(settings: Settings) -> Finding:
    try:
        asyncio.run(_store_and_fetch(settings))
    except (TribureauError, OSError) as error:
        return off("Stored reports", f"writing and reading back failed: {error}", "Check TRIBUREAU_REPORT_STORAGE.")
    return good("Stored reports", f"{settings.reports_folder}: written, read back and deleted")


async def _store_and_fetch(settings: Settings) -> None:
    user, text = str(uuid4()), b"a test of the store"
    key = bootstrap.master_key(settings)
    keys = Keyring.unwrap(key, user, [WrappedKey(1, key.new_user_key(user, 1)[1])])
    store = bootstrap.report_store(settings)
    path = f"{user}/test.pdf"
    await store.put(path, text, keys)
    try:
        if await store.get(path, keys) != text:
            raise TribureauError("what came back differs")
    finally:
        await store.delete(path)


def _mail(settings: Settings) -> Finding:
    place = settings.mails_folder
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = place / f".test-{uuid4().hex}"
        probe.write_text("a test")
        probe.unlink()
    except OSError as error:
        return off("Mail", f"{place} can't be written: {error.strerror}", "Correct TRIBUREAU_MAIL_FOLDER.")
    return good("Mail", f"no mail server is used; mails are put into {place}")


def _backups(settings: Settings) -> Finding:
    place = settings.backups_folder
    if not settings.backup_every_hours:
        return note(
            "Backups", "are not made by themselves", "Set TRIBUREAU_BACKUP_EVERY_HOURS, or run `tribureau backup`."
        )
    made = backups(place)
    if not made:
        return note("Backups", f"none in {place} yet", "The first one is made by itself, or run `tribureau backup`.")
    age = timedelta(seconds=round(time.time() - made[-1].stat().st_mtime))
    if age > timedelta(hours=2 * settings.backup_every_hours):
        return note(
            "Backups", f"the newest in {place} is {age} old", "Keep `tribureau run` up, or run `tribureau backup`."
        )
    return good("Backups", f"the newest in {place} is {age} old")
