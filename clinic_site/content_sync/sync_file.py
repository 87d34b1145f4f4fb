"""One file is taken into its page: found or made, merged head by head, conflicts recorded."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from clinic_site.clinic.file_mapping import MAY_BE_EMPTY
from clinic_site.clinic.file_mapping import take_in as take_in_clinic
from clinic_site.content_sync.files.read_files import ContentFile, Folder
from clinic_site.content_sync.merge.conflicts import base_for, follow, record
from clinic_site.content_sync.merge.revision_heads import Head, rewrite
from clinic_site.content_sync.merge.three_way_merge import Merged, changed, merge
from clinic_site.content_sync.models import LIVE, Conflict, SourceFile
from clinic_site.content_sync.page_fields import (
    BLANK,
    CLINIC_FIELDS,
    DETAILS,
    PAGE_FIELDS,
    to_words,
)
from clinic_site.content_sync.report import Report, Status
from clinic_site.content_sync.snapshot import Snapshot
from clinic_site.pages.actions.bulk_create import new_page
from clinic_site.pages.actions.publish import arrange, publish
from clinic_site.pages.models import Page, Revision

BESIDE_WORDS = frozenset(PAGE_FIELDS) | CLINIC_FIELDS
NO_DIGEST = "0" * 64


class FileClash(Exception):
    """The file can't be taken in as it is; the message says what to do."""


def take_in_file(*, file: ContentFile, present: Folder, snapshot: Snapshot, report: Report) -> None:
    """Take one file in, and report what became of it. `present`: all files there are."""
    source = snapshot.sources.get(file.path)
    if source is None and (page := snapshot.pages.get(file.page_path)):
        source = _adopt(file, page, present, snapshot)
    is_moved = file.path in snapshot.moved
    if source is None:
        _create(file, snapshot)
        report.add(Status.CREATED, file.path)
    elif _says_the_same(file, source) and not is_moved and not snapshot.waiting(source):
        if source.digest != file.digest or source.is_gone:
            _remember(file, source, snapshot)
        kept = changed(file.fields, snapshot.live_fields(source.page))
        report.add(Status.KEPT if kept else Status.UNCHANGED, file.path, _named(kept))
    else:
        _merge_in(file, source, snapshot, report, is_moved)


def _says_the_same(file: ContentFile, source: SourceFile) -> bool:
    return file.digest == source.digest or file.text == source.text


def _create(file: ContentFile, snapshot: Snapshot) -> None:
    new = new_page(
        path=file.page_path,
        layout=file.fields["layout"],
        position=file.fields["position"],
        source_path=file.path,
        words=_words(file.fields),
        publish_at=snapshot.now,
        by=None,
        note=f"{file.path}: new",
    )
    snapshot.fresh.append(new)
    snapshot.pages[new.page.path] = new.page
    _take_in_clinic(file.fields)
    _remember(file, SourceFile(path=file.path, page=new.page), snapshot)


def _adopt(file: ContentFile, page: Page, present: Folder, snapshot: Snapshot) -> SourceFile:
    """The file is that of a page which is there already, made by staff or from a file that went."""
    if present.is_there(page.source_path):
        raise FileClash(
            f"{page} is the address of the page made from {page.source_path}, which staff moved"
            " there; give this file another name"
        )
    if source := snapshot.sources.pop(page.source_path, None):
        snapshot.set_path(source, file.path)
        return source
    source = SourceFile.objects.create(path=file.path, page=page, digest=NO_DIGEST, fields=BLANK)
    snapshot.sources[file.path] = source
    Page.objects.filter(pk=page.pk).update(source_path=file.path)
    return source


def _merge_in(
    file: ContentFile, source: SourceFile, snapshot: Snapshot, report: Report, is_moved: bool
) -> None:
    page, now = source.page, snapshot.now
    heads, is_live_new = _with_live(file, page, snapshot)
    waiting = follow(waiting=snapshot.waiting(source), heads=heads, now=now)
    merged = {head.key: _merge_head(file, source, page, head, waiting, snapshot) for head in heads}
    done = merged[LIVE].fields
    before = snapshot.with_own(page, heads[0].fields)
    named = _named(changed(before, done))
    written = rewrite(
        page=page,
        heads=heads,
        wanted={key: _without(one.fields, BESIDE_WORDS) for key, one in merged.items()},
        now=now,
        by=None,
        note=f"{file.path}: {named}" if named else f"{file.path}: changed",
        is_live_new=is_live_new,
    )
    _put_beside(page, before, done)
    found = _record(source, heads, merged, written, waiting, now)
    if not _says_the_same(file, source) or is_moved:
        _remember(file, source, snapshot)
    report.conflicts += found
    report.add(*_outcome(file, found, written or named, done, is_moved, snapshot, page))


def _record(
    source: SourceFile,
    heads: Sequence[Head],
    merged: Mapping[str, Merged],
    written: Mapping[str, Revision],
    waiting: Sequence[Conflict],
    now: datetime,
) -> list[Conflict]:
    """The conflicts of all heads, each with the revision that now has staff's words."""
    return [
        conflict
        for head in heads
        for conflict in record(
            source=source,
            head=head.key,
            revision=written.get(head.key, head.revision),
            clashes=merged[head.key].clashes,
            waiting=waiting,
            now=now,
        )
    ]


def _with_live(file: ContentFile, page: Page, snapshot: Snapshot) -> tuple[list[Head], bool]:
    """The heads of the page; where staff have nothing live yet, the file's words go live."""
    heads = snapshot.heads.get(page.pk, [])
    if heads and heads[0].key == LIVE:
        return heads, False
    words = _words(file.fields)
    revision = publish(page=page, words=words, by=None, note=f"{file.path}: new")
    return [Head.of(revision, LIVE), *heads], True


def _merge_head(
    file: ContentFile,
    source: SourceFile,
    page: Page,
    head: Head,
    waiting: Sequence[Conflict],
    snapshot: Snapshot,
) -> Merged:
    base, theirs, mine = base_for(head.key, source.fields, waiting), file.fields, head.fields
    if head.key == LIVE:
        return merge(base=base, file=theirs, mine=snapshot.with_own(page, mine))
    return merge(base=_without(base, BESIDE_WORDS), file=_without(theirs, BESIDE_WORDS), mine=mine)


def _put_beside(page: Page, before: Mapping[str, Any], done: Mapping[str, Any]) -> None:
    """Write what the page and the clinic hold beside the words of revisions."""
    names = changed(before, done)
    if set(names) & set(PAGE_FIELDS):
        own = {name: done[name] for name in PAGE_FIELDS}
        Page(path=page.path, **own).clean_fields()
        arrange(page=page, by=None, **own)
    if set(names) & CLINIC_FIELDS:
        _take_in_clinic(done)


def _take_in_clinic(fields: Mapping[str, Any]) -> None:
    details = {
        name.removeprefix(DETAILS): value for name, value in fields.items() if name in CLINIC_FIELDS
    }
    if details:
        take_in_clinic(details={**dict.fromkeys(MAY_BE_EMPTY), **details})


def _outcome(
    file: ContentFile,
    found: Sequence[Conflict],
    is_written: object,
    done: Mapping[str, Any],
    is_moved: bool,
    snapshot: Snapshot,
    page: Page,
) -> tuple[Status, str, str]:
    withdrawn = "the page stays withdrawn" if snapshot.is_withdrawn(page) else ""
    if found:
        fields = ", ".join(sorted({f"{one.field} ({one.head_label})" for one in found}))
        return Status.CONFLICT, file.path, f"{fields}: staff's words stay until it is settled"
    if is_moved:
        return Status.MOVED, file.path, f"now at {page}"
    if is_written:
        return Status.UPDATED, file.path, withdrawn
    kept = changed(file.fields, done)
    return Status.KEPT if kept else Status.UNCHANGED, file.path, _named(kept)


def _remember(file: ContentFile, source: SourceFile, snapshot: Snapshot) -> None:
    """The file as it is now becomes the merge base."""
    source.text, source.digest, source.fields = file.text, file.digest, dict(file.fields)
    source.is_gone = False
    snapshot.sources[source.path] = snapshot.touched[source.path] = source


def _words(fields: Mapping[str, Any]) -> dict[str, Any]:
    return to_words(_without(fields, BESIDE_WORDS))


def _without(fields: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def _named(fields: Sequence[str]) -> str:
    return ", ".join(name.removeprefix(DETAILS) for name in fields)
