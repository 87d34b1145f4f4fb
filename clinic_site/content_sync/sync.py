"""content/ is taken in: the verb, one transaction. A file at fault is held back, with what depends on it alone."""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from clinic_site.content_sync.files.claims_told import claims_in_new
from clinic_site.content_sync.files.link_targets import Place
from clinic_site.content_sync.files.parse_cache import FactBook
from clinic_site.content_sync.files.read_files import ContentFile, Folder, read_folder
from clinic_site.content_sync.files.validate import check_files
from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.merge.conflicts import base_for
from clinic_site.content_sync.merge.three_way_merge import merge
from clinic_site.content_sync.models import LIVE, SourceFile
from clinic_site.content_sync.renamed_files import renames
from clinic_site.content_sync.report import Report, Status
from clinic_site.content_sync.shipped.folder_check import whose
from clinic_site.content_sync.snapshot import Snapshot
from clinic_site.content_sync.sync_file import FileClash, take_in_file
from clinic_site.pages.actions.publish import AlreadyLive
from clinic_site.progress.steps import each

ADVISORY_LOCK = 20261123
logger = logging.getLogger(__name__)


def sync(
    *, folder: Path, shipped: Path, only: Collection[str] = (), is_check: bool = False
) -> Report:
    """Take the files of `folder` in; only those paths, if any are given. Nobody's words are lost.

    With `is_check` everything is done and then undone. What is at fault stays as it was, and so
    does what would lead to it; the report names every fault of all files. `shipped`: what comes with
    the code; unless files are named, it is never taken for the words of a clinic that has its own.
    """
    try:
        return _sync(folder, shipped, only, is_check)
    except AlreadyLive:  # a scheduled revision went live meanwhile: look again
        return _sync(folder, shipped, only, is_check)


def _sync(folder: Path, shipped: Path, only: Collection[str], is_check: bool) -> Report:
    """Files are read before the lock is taken, so that the site waits for the writing alone."""
    known = _known()
    read = read_folder(folder, known)
    book = FactBook()
    _look_into(read, book)
    with _write_lock():
        if _digests() != {path: digest for path, (digest, _) in known.items()}:
            read = read_folder(folder, _known())
            _look_into(read, book)
        if not only and (stranger := whose(read.files, folder=folder, shipped=shipped)):
            read.hold_all(stranger)
        report = _take_in(read, only, book)
        if is_check:
            transaction.set_rollback(True)
    taken = [file for path, file in read.files.items() if not only or path in only]
    report.claims = list(claims_in_new(taken, known, shipped))
    return report


def _look_into(read: Folder, book: FactBook) -> None:
    """Parse each body. One that the parser fails on is our mistake, and no reason to stop the site."""
    for path, file in each(list(read.files.items()), "Understanding the words"):
        try:
            book.of(file.fields["body"])
        except Exception as error:
            read.hold(_unforeseen(path, error))


def _unforeseen(path: str, error: Exception) -> Fault:
    logger.exception("%s could not be taken in", path)
    reason = f"{type(error).__name__}: {error}"
    return Fault(path, 1, f"can't be taken in ({reason}); undo its last change, and report this")


@contextmanager
def _write_lock() -> Iterator[None]:
    """A transaction that no other sync runs beside: SQLite's own lock, or PostgreSQL's advisory."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        yield


def _known() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """By path the digest and the fields of every file as it was last taken in."""
    rows = SourceFile.objects.values_list("path", "digest", "fields")
    return {path: (digest, fields) for path, digest, fields in rows}


def _digests() -> dict[str, str]:
    return dict(SourceFile.objects.values_list("path", "digest"))


def _take_in(read: Folder, only: Collection[str], book: FactBook) -> Report:
    """Try until nothing is at fault any more: what is, is held back, and all else is tried anew without it."""
    while True:
        report = Report(passed_over=read.passed_over)
        with transaction.atomic():
            faults = _attempt(read, only, book, report)
            if not faults:
                report.faults = sorted(set(read.faults))
                return report
            transaction.set_rollback(True)
        for fault in faults:
            read.hold(fault)


def _attempt(read: Folder, only: Collection[str], book: FactBook, report: Report) -> list[Fault]:
    """Take in what is left of the files; the faults of those that can't be, and then it is to be undone."""
    snapshot = Snapshot.load()
    chosen = {path: file for path, file in read.files.items() if not only or path in only}
    faults = _faults(read.files, read, snapshot, book)
    if only:
        faults += _faults(chosen, read, snapshot, book)
    if faults:
        return faults
    known = {path: source.text for path, source in snapshot.sources.items()}
    lost = {
        path for path, one in snapshot.sources.items() if not (one.is_gone or read.is_there(path))
    }
    left = {
        path: text for path, text in known.items() if path in read.files or not read.is_there(path)
    }
    files = {path: file.text for path, file in chosen.items()}
    snapshot.rename(renames(known=left, lost=lost, files=files))
    if faults := _take_in_each(chosen, read, snapshot, report):
        return faults
    for path, source in sorted(snapshot.sources.items()):
        if not read.is_there(path) and snapshot.mark_gone(source):
            report.add(Status.GONE, path, "the page stays as it is; staff can withdraw it")
    snapshot.save()
    book.save()
    return []


def _faults(
    files: Mapping[str, ContentFile], read: Folder, snapshot: Snapshot, book: FactBook
) -> list[Fault]:
    """What is wrong with these files, looked at together.

    A file that hasn't changed keeps a link to a page that is held back, and so does every file of a
    new site: one link that leads nowhere yet is better than no site.
    """
    live = _will_be(snapshot, files, book)
    texts = {path: source.text for path, source in snapshot.sources.items()}
    settled = {
        file.page_path for path, file in files.items() if not live or texts.get(path) == file.text
    }
    return check_files(files, live, book, read.held_pages(), settled)


def _will_be(snapshot: Snapshot, files: Mapping[str, ContentFile], book: FactBook) -> list[Place]:
    """The pages that patients can read, as they will be when these files have been taken in."""
    sources = {source.page.pk: source for source in snapshot.sources.values()}
    places = []
    for page, fields in snapshot.live_pages():
        source = sources.get(page.pk)
        file = files.get(source.path) if source else None
        if source and file and file.digest != source.digest:
            base = base_for(LIVE, source.fields, snapshot.waiting(source))
            fields = merge(base=base, file=file.fields, mine=fields).fields
        places.append(Place(page.path, fields, book.of(fields["body"]).anchors))
    return places


def _take_in_each(
    chosen: Mapping[str, ContentFile], read: Folder, snapshot: Snapshot, report: Report
) -> list[Fault]:
    faults = []
    for path, file in each(chosen.items(), "Taking the words in"):
        try:
            take_in_file(file=file, present=read, snapshot=snapshot, report=report)
        except FileClash as clash:
            faults.append(Fault(path, 1, str(clash)))
        except ValidationError as error:
            faults += _faults_of(file, error)
        except (AlreadyLive, DatabaseError):
            raise
        except Exception as error:
            faults.append(_unforeseen(path, error))
    return faults


def _faults_of(file: ContentFile, error: ValidationError) -> Iterator[Fault]:
    for name, messages in error.message_dict.items():
        for message in messages:
            yield Fault(file.path, file.line_of(name), f"“{name}”: {message}")
