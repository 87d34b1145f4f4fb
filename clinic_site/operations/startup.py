"""What a start needs before the first request: tables, words, static files. Safe to run again at any time."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, Error, connection
from django.db.migrations.recorder import MigrationRecorder

from clinic_site.content_sync.report import tell_sync
from clinic_site.content_sync.sync_content import DatabaseBusy, sync_content
from clinic_site.databases import turns
from clinic_site.file_modes import open_tree
from clinic_site.operations.health.fault import database_fault
from clinic_site.operations.public_files import Misplaced, put_files_in_order
from clinic_site.pages.models import HOME, Page
from clinic_site.search.index.indexing import keep_in_step

Say = Callable[[str], object]


class NotReady(Exception):
    """The site cannot start; the message is one sentence that says what to do."""


def prepare(*, say: Say, warn: Say) -> None:
    """Migrate, take content/ in, have it found, prepare static files; raises NotReady.

    What is wrong with a file of content/ is said and holds that file back; all else is served. It does stop a site
    whose home page could not be made yet: nobody would find in.
    """
    put_in_order(say=warn)
    with _turn():
        migrate()
        is_clean = take_content_in(say=say, warn=warn)
        if not (is_clean and settings.CONTENT_SYNC):
            require_home()
        keep_in_step()
    prepare_static_files()


def require_home() -> None:
    """Raises NotReady where there is no home page."""
    if not Page.objects.filter(path=HOME).exists():
        raise NotReady(
            "There is no home page yet: put the problems above right, those of home.md first, and start again."
            if settings.CONTENT_SYNC
            else "There is no home page yet, and CONTENT_SYNC=0 here: start the machine that takes the words in first."
        )


@contextmanager
def _turn() -> Iterator[None]:
    """Machines that start at once do so one after the other; raises NotReady."""
    with ExitStack() as waiting:
        try:
            waiting.enter_context(turns.turn(turns.START))
        except DatabaseError as error:
            raise _unusable(error) from None
        yield


def put_in_order(*, say: Say) -> None:
    """Each file where it belongs, and readable for whom it is meant; raises NotReady."""
    try:
        put_files_in_order(say=say)
    except Misplaced as refusal:
        raise NotReady(str(refusal)) from None


def migrate() -> None:
    """Bring the tables up to date; raises NotReady when the database cannot be used."""
    try:
        if MigrationRecorder(connection).applied_migrations().keys() == set(migrations()):
            return
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise _unusable(error) from None


def _unusable(error: DatabaseError) -> NotReady:
    name, fault = settings.DATABASES["default"]["NAME"], database_fault(error)
    return NotReady(f"The database {name} cannot be used. {fault.text} {fault.advice}")


def wait_for_tables(*, say: Say) -> None:
    """Return once the database has every table that this code needs; `serve` makes them, perhaps elsewhere."""
    has_said = False
    while not _has_tables():
        if not has_said:
            say("Waiting for the database and its tables, which manage.py serve makes.")
        has_said = True
        time.sleep(1)


def _has_tables() -> bool:
    try:
        return MigrationRecorder(connection).applied_migrations().keys() >= set(migrations())
    except Error:
        connection.close()
        return False


def migrations() -> Iterator[tuple[str, str]]:
    """The app and the name of each migration there is, without loading any: that takes a tenth of a second."""
    for app in apps.get_app_configs():
        for file in Path(app.path, "migrations").glob("[!_]*.py"):
            yield app.label, file.stem


def take_content_in(*, say: Say, warn: Say) -> bool:
    """Sync content/ into the database, where this machine does that; whether there was nothing to warn of."""
    if not settings.CONTENT_SYNC:
        return True
    try:
        trouble = tell_sync(sync_content(), say, warn)
    except DatabaseBusy as busy:
        trouble = str(busy)
    if trouble:
        warn(trouble)
    return not trouble


def prepare_static_files() -> None:
    """Collect, name by content and compress static files, unless no source changed since the last time."""
    stamp, place = Path(settings.DATA_DIR) / "static.stamp", Path(settings.STATIC_ROOT)
    now = f"{place}\n{fingerprint(static_sources())}"
    if place.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    open_tree(place)
    stamp.write_text(now)


def static_sources() -> Iterator[Path]:
    """Every file that collectstatic would take."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def fingerprint(paths: Iterator[Path]) -> str:
    """A hash over names, sizes and times of change; it reads no contents, so it costs next to nothing."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
