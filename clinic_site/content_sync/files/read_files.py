"""The files of content/, read and checked one by one. No database; every fault of every file.

`content/<path>.md` is the page at `/<path>/`, `content/<folder>/index.md` the one at `/<folder>/`.
What is no file of the site (dot files, what editors leave behind) is passed over and named.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from clinic_site.content_sync.files.walk import Fault, walk
from clinic_site.content_sync.page_fields import from_file
from clinic_site.markup import Source, SourceError, read_source
from clinic_site.pages.layouts import check_front
from clinic_site.progress.steps import each

MAX_BYTES = 1_000_000
CODE = Path(__file__).resolve().parent.parent
READERS = ("markup/*.py", "content_sync/**/*.py", "pages/layouts.py", "clinic/*.py")
# As git writes them, at the start of a line. A row of = alone underlines a heading, unless nothing stands above it.
_CONFLICT = re.compile(
    rb"^(?:<{7}|>{7})(?:[ \r]|$)|^\|{7} [^|\n]+$|(?:\A|(?<=\n\n)|(?<=\n\r\n))={7}\r?$", re.MULTILINE
)
_LATE_FRONT = re.compile(rb"^---[ \t]*\r?\n(?=[\w-]+[ \t]*:)", re.MULTILINE)


@dataclass(frozen=True)
class ContentFile:
    """A file that could be read. `digest` is of its bytes and of the code that reads them."""

    path: str
    data: bytes
    digest: str
    fields: Mapping[str, Any]

    @property
    def page_path(self) -> str:
        return page_path_of(self.path)

    @property
    def text(self) -> str:
        return self.data.decode()

    @cached_property
    def source(self) -> Source:
        return read_source(self.data)

    def line_of(self, key: str) -> int:
        """The line of a key of the front matter; 1 where it is not written."""
        return self.source.lines.get(key, 1)

    @property
    def first_body_line(self) -> int:
        """The line on which the body field begins, blank lines before it left out."""
        body = self.source.body
        return self.source.body_line + len(body) - len(body.lstrip("\n"))


@dataclass
class Folder:
    """All that was read: the files by path, the faults of those that could not be, what is no file of the site."""

    files: dict[str, ContentFile] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def hold(self, fault: Fault) -> None:
        """Hold the file of the fault back."""
        self.files.pop(fault.path, None)
        self.faults.append(fault)

    def hold_all(self, fault: Fault) -> None:
        """Hold every file back, with one fault for all of them."""
        self.files.clear()
        self.faults[:] = [fault]

    def held_pages(self) -> dict[str, str]:
        """By page path the file that is held back."""
        return {page_path_of(fault.path): fault.path for fault in self.faults}

    def is_there(self, path: str) -> bool:
        """Whether a file stands at the path, or may: one at fault, or below a folder that can't be opened."""
        return path in self.files or any(
            fault.path in ("", path) or path.startswith(f"{fault.path}/") for fault in self.faults
        )


def page_path_of(path: str) -> str:
    """The address that a file stands for: "faq/index.md" is "faq"."""
    return path.removesuffix(".md").removesuffix("/index")


def read_folder(folder: Path, known: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Folder:
    """Read every file below `folder`.

    `known` has by path the digest and fields of what was taken in last: a file with that digest
    is not parsed again.
    """
    entries = walk(folder)
    result = Folder(faults=entries.faults, passed_over=entries.passed_over)
    for path in each(entries.paths, "Reading the words"):
        try:
            data = _bytes_of(folder / path)
        except OSError as error:
            message = f"can't be read ({error.strerror}); let the site's user read it"
            result.faults.append(Fault(path, 1, message))
            continue
        _read_one(path, data, known.get(path), result)
    for fault in list(_doubles(result.files, known)):
        result.hold(fault)
    return result


def _bytes_of(file: Path) -> bytes:
    """At most one byte more than a file may have; one that was put in its place meanwhile and isn't plain is none."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a plain file")
        return opened.read(MAX_BYTES + 1)


def digest_of(data: bytes) -> str:
    """SHA-256 (64 hex digits) over the bytes and the code that reads them."""
    return hashlib.sha256(_code_digest() + data).hexdigest()


@cache
def _code_digest() -> bytes:
    """Changes when the code that reads files changes: then every file is read anew."""
    files = sorted(file for pattern in READERS for file in CODE.glob(pattern))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).digest()


def _read_one(
    path: str, data: bytes, known: tuple[str, Mapping[str, Any]] | None, result: Folder
) -> None:
    digest = digest_of(data)
    if known and known[0] == digest:
        result.files[path] = ContentFile(path, data, digest, known[1])
        return
    if fault := _plain_fault(data):
        result.faults.append(Fault(path, *fault))
        return
    try:
        source = read_source(data)
    except SourceError as error:
        result.faults += [Fault(path, one.line, one.message) for one in error.problems]
        return
    problems = check_front(source.front)
    if not source.front and (late := _LATE_FRONT.search(data)):
        line = data.count(b"\n", 0, late.start()) + 1
        message = (
            "the front matter begins here; take away what stands above it, so that it is line 1"
        )
        result.faults.append(Fault(path, line, message))
        return
    result.faults += [Fault(path, source.lines.get(key, 1), text) for key, text in problems]
    if not problems:
        fields = from_file(source.front, source.body)
        result.files[path] = ContentFile(path, data, digest, fields)


def _plain_fault(data: bytes) -> tuple[int, str] | None:
    """What is wrong with the bytes, whatever they mean: too many, or a merge that nobody has finished."""
    if len(data) > MAX_BYTES:
        return 1, f"has more than {MAX_BYTES:,} bytes; share it out over more pages"
    if marker := _CONFLICT.search(data):
        message = (
            "git's mark of a conflict stands here; keep one of the two versions, and take out"
            " the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>"
        )
        return data.count(b"\n", 0, marker.start()) + 1, message
    return None


def _doubles(files: Mapping[str, ContentFile], known: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each file whose address another has: one that was taken in before goes first."""
    seen: dict[str, str] = {}
    for path in sorted(files, key=lambda path: (path not in known, path)):
        first = seen.setdefault(files[path].page_path, path)
        if first != path:
            yield Fault(path, 1, f"is the same address as {first}; keep one of the two")
