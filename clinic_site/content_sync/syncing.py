"""content/ is taken in: the verb, one transaction, all or nothing."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from clinic_site.content_sync.atlas import Place
from clinic_site.content_sync.checking import check_files
from clinic_site.content_sync.conflicts import base_for
from clinic_site.content_sync.edition import Edition
from clinic_site.content_sync.facts import FactBook
from clinic_site.content_sync.merging import merge
from clinic_site.content_sync.models import LIVE, SourceFile
from clinic_site.content_sync.reading import ContentFile, Fault, Folder, read_folder
from clinic_site.content_sync.report import ContentFaults, Report, Status
from clinic_site.content_sync.taking_in import FileClash, take_in_file
from clinic_site.pages.publishing import AlreadyLive

ADVISORY_LOCK = 20261123


def sync(*, folder: Path, only: Collection[str] = (), is_check: bool = False) -> Report:
    """Take the files of `folder` in; only those paths, if any are given. Nobody's words are lost.

    With `is_check` everything is done and then undone. Raises ContentFaults with all faults of all
    files, and then nothing has changed.
    """
    try:
        return _sync(folder, only, is_check)
    except AlreadyLive:  # a scheduled revision went live meanwhile: look again
        return _sync(folder, only, is_check)


def _sync(folder: Path, only: Collection[str], is_check: bool) -> Report:
    """Files are read before the lock is taken, so that the site waits for the writing alone."""
    known = _known()
    read = read_folder(folder, known)
    book = FactBook()
    for file in read.files.values():
        book.of(file.fields["body"])
    with _write_lock():
        if _digests() != {path: digest for path, (digest, _) in known.items()}:
            read = read_folder(folder, _known())
        report = _take_in(read, only, book)
        if is_check:
            transaction.set_rollback(True)
    return report


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
    edition = Edition.load(read.files.keys())
    faults = read.faults + check_files(read.files, _will_be(edition, read.files, book), book)
    chosen = read.files
    if only:
        chosen = {path: file for path, file in read.files.items() if path in only}
        faults += check_files(chosen, _will_be(edition, chosen, book), book)
    report = Report()
    faults += _take_in_each(chosen, read.files.keys(), edition, report)
    if faults:
        raise ContentFaults(faults)
    for path, source in sorted(edition.sources.items()):
        if path not in read.files:
            edition.mark_gone(source)
            report.add(Status.GONE, path, "the page stays as it is; staff can withdraw it")
    edition.save()
    book.save()
    return report


def _will_be(edition: Edition, files: Mapping[str, ContentFile], book: FactBook) -> list[Place]:
    """The pages that patients can read, as they will be when these files have been taken in."""
    sources = {source.page.pk: source for source in edition.sources.values()}
    places = []
    for page, fields in edition.live_pages():
        source = sources.get(page.pk)
        file = files.get(source.path) if source else None
        if source and file and file.digest != source.digest:
            base = base_for(LIVE, source.fields, edition.waiting(source))
            fields = merge(base=base, file=file.fields, mine=fields).fields
        places.append(Place(page.path, fields, book.of(fields["body"]).anchors))
    return places


def _take_in_each(
    chosen: Mapping[str, ContentFile], present: Collection[str], edition: Edition, report: Report
) -> list[Fault]:
    faults = []
    for path, file in chosen.items():
        try:
            take_in_file(file=file, present=present, edition=edition, report=report)
        except FileClash as clash:
            faults.append(Fault(path, 1, str(clash)))
        except ValidationError as error:
            faults += [Fault(path, 1, message) for message in _messages(error)]
    return faults


def _messages(error: ValidationError) -> Iterator[str]:
    for name, messages in error.message_dict.items():
        for message in messages:
            yield f"“{name}”: {message}"
