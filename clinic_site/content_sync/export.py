"""The live site goes back into files, so that a diff of content/ shows what staff changed.

A file whose page says what the file said comes back byte for byte; of any other only the keys and
the body that differ are written. A field with a conflict that waits keeps the file's words. A
withdrawn page keeps its file as it is: the file has no way to say so, and the page stays withdrawn.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import transaction

from clinic_site.content_sync.files.read_files import page_path_of
from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.merge.three_way_merge import changed
from clinic_site.content_sync.models import LIVE, SourceFile
from clinic_site.content_sync.page_fields import DETAILS, from_file, to_front
from clinic_site.content_sync.report import ContentFaults, Report, Status
from clinic_site.content_sync.snapshot import Snapshot
from clinic_site.file_modes import make_open_folder, open_file
from clinic_site.markup import SourceError, read_source, write_source
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import HOME, Page


@dataclass
class Files:
    """What is to be written by path, what stands there no more, and what can't be written."""

    texts: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def export(*, folder: Path, is_home: bool) -> Report:
    """Write the live site into `folder`.

    `is_home`: the folder is content/ itself. Then a file that was changed since it was last taken
    in is never overwritten: ContentFaults, and nothing is written.
    """
    with transaction.atomic():
        snapshot = Snapshot.load()
    report = Report()
    files = _files(snapshot, report)
    if is_home:
        files.faults += _unread(folder, files, snapshot)
    if files.faults:
        raise ContentFaults(files.faults)
    for path, text in files.texts.items():
        write_file(folder / path, text)
    if is_home:
        for path in files.left:
            (folder / path).unlink(missing_ok=True)
    report.lines.sort(key=lambda line: line.path)
    return report


def _files(snapshot: Snapshot, report: Report) -> Files:
    files = Files()
    sources = {source.page.pk: source for source in snapshot.sources.values()}
    folders = {path.rpartition("/")[0] for path in snapshot.pages}
    for page in snapshot.pages.values():
        source = sources.get(page.pk)
        if snapshot.is_withdrawn(page):
            if source and not source.is_gone:
                files.texts[source.path] = source.text
                report.add(Status.WITHDRAWN, source.path, "the file is kept, the page stays away")
            continue
        if live := snapshot.live_fields(page):
            path = _path_for(page, source, page.path in folders)
            text, status, words = _text(page, source, live, snapshot)
            files.texts[path] = text
            files.faults += _misread(path, text, live, _held(source, snapshot))
            if source and source.path != path:
                files.left[source.path] = path
                status, words = Status.MOVED, f"from {source.path}"
            report.add(status, path, words)
    return files


def _text(
    page: Page, source: SourceFile | None, live: Mapping[str, Any], snapshot: Snapshot
) -> tuple[str, Status, str]:
    """The text of a page's file, and how it differs from the last one."""
    if source is None:
        front = {name: value for name, value in to_front(live).items() if value is not None}
        return write_source("", front=front, body=f"{live['body']}\n"), Status.CREATED, ""
    held = _held(source, snapshot)
    names = [name for name in changed(source.fields, live) if name not in held]
    if not names:
        kept = f"{', '.join(sorted(held))}: the file's words are kept" if held else ""
        return source.text, Status.CONFLICT if held else Status.UNCHANGED, kept
    front = to_front({name: live.get(name) for name in names})
    body = body_like(source.text, live["body"]) if "body" in names else None
    text = write_source(source.text, front=front, body=body)
    return text, Status.UPDATED, ", ".join(name.removeprefix(DETAILS) for name in names)


def _held(source: SourceFile | None, snapshot: Snapshot) -> set[str]:
    """The fields over which a conflict of the live words waits."""
    waiting = snapshot.waiting(source) if source else []
    return {one.field for one in waiting if one.head == LIVE}


def body_like(text: str, body: str) -> str:
    """The body with the blank lines before and after it that the file has."""
    old = read_source(text.encode()).body
    if not old.strip("\n"):
        return f"{body}\n" if body else old
    before = old[: len(old) - len(old.lstrip("\n"))]
    return before + body + old[len(old.rstrip("\n")) :]


def _path_for(page: Page, source: SourceFile | None, is_folder: bool) -> str:
    """Where the page's file belongs: where it was, unless staff gave the page another address."""
    if source and page_path_of(source.path) == page.path:
        return source.path
    if page.path != HOME and (is_folder or LAYOUTS[page.layout].children):
        return f"{page.path}/index.md"
    return f"{page.path}.md"


def _misread(
    path: str, text: str, live: Mapping[str, Any], held: Collection[str]
) -> Iterator[Fault]:
    """A fault where the text, read again, would not say what the page says."""
    try:
        source = read_source(text.encode())
        said = from_file(source.front, source.body)
    except (SourceError, KeyError, TypeError, AttributeError, UnicodeEncodeError) as error:
        yield Fault(path, 1, f"can't be written so that it can be read again: {error}")
        return
    for name in changed(said, live):
        if name not in held:
            yield Fault(path, 1, f"can't be written: its {name} would not be read back the same")


def _unread(folder: Path, files: Files, snapshot: Snapshot) -> Iterator[Fault]:
    """Files with words that were never taken in; these are not to be written over."""
    for path in [*files.texts, *files.left]:
        target, known = folder / path, snapshot.sources.get(path)
        if not target.exists():
            continue
        accepted = [files.texts[path]] if path in files.texts else []
        accepted += [known.text] if known else []
        if target.read_bytes() not in [text.encode() for text in accepted]:
            yield Fault(path, 1, "has changes that were not taken in; run sync_content first")


def write_file(target: Path, text: str) -> None:
    """Put the text there whole or not at all; a file that says it already is not touched."""
    data = text.encode()
    if target.is_file() and target.read_bytes() == data:
        return
    make_open_folder(target.parent)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
        file.write(data)
    written = Path(file.name)
    open_file(written)
    written.replace(target)
