"""Restore a backup: check all of it, then put it in place of what is there, which is moved aside and kept."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from clinic_site.file_modes import below
from clinic_site.on_disk import keep_on_disk
from clinic_site.operations import run_lock
from clinic_site.operations.backups import manifest, postgresql, sqlite
from clinic_site.operations.backups.archive import unpack
from clinic_site.operations.backups.create import reason
from clinic_site.operations.backups.given import require_backup
from clinic_site.operations.backups.manifest import Manifest, Refused
from clinic_site.operations.backups.pictures import give_to_store
from clinic_site.operations.public_files import open_pictures
from clinic_site.operations.startup import migrations

STAMP = "%Y%m%dT%H%M%SZ"  # UTC


@dataclass(frozen=True)
class Restored:
    """What the backup says of itself, and where that which it replaced lies now."""

    manifest: Manifest
    kept: tuple[Path, ...]


@dataclass(frozen=True)
class _Places:
    """Where each part belongs, and where it waits until all is checked: beside it, so that one rename is enough."""

    stamp: str

    def target(self, part: str) -> Path:
        """Where it belongs; the dump of PostgreSQL belongs nowhere and only waits."""
        targets = {
            manifest.SECRET_KEY: Path(settings.DATA_DIR) / manifest.SECRET_KEY,
            manifest.MEDIA: Path(settings.MEDIA_ROOT),
            manifest.CONTENT: Path(settings.CONTENT_DIR),
        }
        is_file = connection.vendor == "sqlite"
        name = connection.settings_dict["NAME"] if is_file else f"{manifest.DATABASE}.sql"
        # Where a link leads to a larger disk, what is there is replaced, and the link stays.
        return (targets.get(part) or Path(settings.DATA_DIR) / name).resolve()

    def waiting(self, part: str) -> Path:
        """Where it waits."""
        target = self.target(part)
        return target.with_name(f".{target.name}.restoring-{self.stamp}")

    def aside(self, part: str) -> Path:
        """Where what it replaces is kept."""
        target = self.target(part)
        return target.with_name(f"{target.name}.replaced-{self.stamp}")

    def of_store(self) -> Path:
        """Where those pictures of a shared store are kept that the site shows now and the backup has not."""
        return Path(settings.DATA_DIR) / f"store.replaced-{self.stamp}"

    def of_member(self, name: str) -> Path:
        """Where a member of the archive waits."""
        first, *rest = name.split("/")
        return self.waiting(first).joinpath(*rest)


PARTS = (*manifest.FILES, *manifest.FOLDERS)


def restore(backup: Path, *, identity: Path | None = None) -> Restored:
    """Have the site as it was when the backup was made; `identity`: age's private key, where it is encrypted.

    Raises Refused, and then nothing has changed.
    """
    require_backup(backup)
    try:
        with run_lock.alone():
            places = _Places(datetime.now(UTC).strftime(STAMP))
            with _waiting_room(places):
                found = unpack(backup, places.of_member, identity=identity)
                _require_fit(found, places)
                pictures = places.waiting(manifest.MEDIA)
                kept = tuple(give_to_store(pictures, aside=places.of_store()))
                return Restored(found, (*kept, *_put_in_place(places)))
    except run_lock.Occupied as error:
        raise Refused(str(error)) from None
    except (OSError, DatabaseError, sqlite3.Error) as error:
        raise Refused(
            f"{backup} cannot be restored: {reason(error)}. Put that right, then try again."
        ) from error


@contextmanager
def _waiting_room(places: _Places) -> Iterator[None]:
    """Folders that only this user may enter, gone at the end with what was not put in place.

    So is what a restore that was killed has left there: nobody else is at work.
    """
    try:
        for part in PARTS:
            places.target(part).parent.mkdir(parents=True, exist_ok=True)
            _clear(places.target(part))
        for part in manifest.FOLDERS:
            places.waiting(part).mkdir(mode=0o700)
        yield
    finally:
        for part in PARTS:
            _clear(places.target(part))


def _clear(target: Path) -> None:
    for waiting in target.parent.glob(f".{target.name}.restoring-*"):
        if waiting.is_dir():
            shutil.rmtree(waiting, ignore_errors=True)
        else:
            waiting.unlink(missing_ok=True)


def _require_fit(found: Manifest, places: _Places) -> None:
    """Raises Refused unless this release and this database can go on with the backup."""
    for part in manifest.FILES:
        if part not in found.parts:
            raise Refused(f"This backup is broken (it has no {part}): take another one.")
        places.waiting(part).chmod(0o600)
    if found.vendor != connection.vendor:
        raise Refused(
            f"This is a backup of {found.vendor}, and DATABASE_URL names {connection.vendor}: "
            "restore it into its own kind, then move as docs/operations.md says."
        )
    if unknown := set(found.migrations) - {f"{app}.{name}" for app, name in migrations()}:
        raise Refused(
            f"This backup was made by release {found.release}, which knows more than this one "
            f"({min(unknown)}): install that release, then restore."
        )
    for folder in manifest.FOLDERS:
        if os.path.ismount(places.target(folder)):
            raise Refused(
                f"{places.target(folder)} is a mount and cannot be moved aside: mount the folder above it."
            )
    if connection.vendor == "sqlite":
        sqlite.require_sound(places.waiting(manifest.DATABASE), found.rows)
    else:
        postgresql.require_unused()


def _put_in_place(places: _Places) -> list[Path]:
    """Swap each part with what is there; where each of those is kept. All is as before if one fails.

    What has begun is marked until it is done: after a power cut between two swaps the site must not start.
    """
    kept: list[Path] = []
    is_whole = not run_lock.mark().exists()
    run_lock.mark().touch(mode=0o600)
    keep_on_disk(run_lock.mark().parent)
    try:
        with ExitStack() as undoing:
            for part in (manifest.SECRET_KEY, *manifest.FOLDERS):
                kept += _swap(places, part, undoing)
            if connection.vendor == "sqlite":
                kept += _swap(places, manifest.DATABASE, undoing)
            elif _has_replaced(places):
                kept.append(places.aside(manifest.DATABASE))
            undoing.pop_all()
            is_whole = True
        open_pictures(places.target(manifest.MEDIA))
        for path in kept:
            path.chmod(0o700 if path.is_dir() else 0o600)  # pictures lie where a web server reads
    finally:
        if is_whole:
            run_lock.mark().unlink()
    return kept


def _has_replaced(places: _Places) -> bool:
    waiting = places.waiting(manifest.DATABASE)
    drops, before = waiting.with_name(f"{waiting.name}-drops"), places.aside(manifest.DATABASE)
    return postgresql.replace(waiting, drops=drops, before=before)


def _swap(places: _Places, part: str, undoing: ExitStack) -> list[Path]:
    """The part in place of what is there, which goes aside with what belongs to it."""
    target, aside = places.target(part), places.aside(part)
    kept = [aside] if target.exists() else []
    for end in ("", *sqlite.SIDE_FILES) if part == manifest.DATABASE else ("",):
        side = target.with_name(target.name + end)
        if side.exists():
            _move(side, aside.with_name(aside.name + end), undoing)
    if kept and part in manifest.FOLDERS:
        for folder in (one for one in below(places.waiting(part)) if one.is_dir()):
            folder.chmod(aside.stat().st_mode & 0o777)
    _move(places.waiting(part), target, undoing)
    keep_on_disk(target.parent)
    return kept


def _move(source: Path, target: Path, undoing: ExitStack) -> None:
    source.rename(target)
    undoing.callback(target.rename, source)
