"""The files of content/, read and checked one by one. No database; every fault of every file.

`content/<path>.md` is the page at `/<path>/`, `content/<folder>/index.md` the one at `/<folder>/`.
Hidden files are no part of the site; anything else that is not Markdown is a fault.
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

from clinic_site.content_sync.fields import from_file
from clinic_site.markup import Source, SourceError, read_source
from clinic_site.pages.layouts import check_front

NAME = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_BYTES = 1_000_000
MAX_PATH = 200
CODE = Path(__file__).resolve().parent.parent
READERS = ("markup/*.py", "content_sync/*.py", "pages/layouts.py", "clinic/*.py")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in which file, on which line (1-based), and what to write."""

    path: str
    line: int
    message: str


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
    """All that was read: the files by path, and the faults of those that could not be."""

    files: dict[str, ContentFile] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def page_path_of(path: str) -> str:
    """The address that a file stands for: "faq/index.md" is "faq"."""
    return path.removesuffix(".md").removesuffix("/index")


def read_folder(folder: Path, known: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Folder:
    """Read every file below `folder`.

    `known` has by path the digest and fields of what was taken in last: a file with that digest
    is not parsed again.
    """
    result = Folder()
    if not folder.is_dir():
        result.faults.append(Fault("", 1, f"{folder} is not a folder; make it, or set CONTENT_DIR"))
        return result
    for path, fault in sorted(_walk(folder)):
        if fault:
            result.faults.append(Fault(path, 1, fault))
            continue
        try:
            data = (folder / path).read_bytes()
        except OSError as error:
            result.faults.append(Fault(path, 1, f"can't be read: {error.strerror}"))
            continue
        _read_one(path, data, known.get(path), result)
    result.faults += _doubles(result.files)
    return result


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
    if len(data) > MAX_BYTES:
        message = f"has {len(data):,} bytes, more than {MAX_BYTES:,}; share it out over more pages"
        result.faults.append(Fault(path, 1, message))
        return
    try:
        source = read_source(data)
    except SourceError as error:
        result.faults += [Fault(path, each.line, each.message) for each in error.problems]
        return
    problems = check_front(source.front)
    result.faults += [Fault(path, source.lines.get(key, 1), text) for key, text in problems]
    if not problems:
        fields = from_file(source.front, source.body)
        result.files[path] = ContentFile(path, data, digest, fields)


def _walk(folder: Path) -> Iterator[tuple[str, str]]:
    """Every entry below the folder as (path, what is wrong with it or "")."""
    home = folder.resolve()
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*folders, *files]:
            entry = Path(where, name)
            path = entry.relative_to(folder).as_posix()
            if name.startswith("."):
                continue
            if name in folders:
                if entry.is_symlink():
                    yield path, "is a link to a folder; put the folder itself here"
                continue
            yield path, _name_fault(path) or _kind_fault(entry, home)


def _name_fault(path: str) -> str:
    if not path.endswith(".md"):
        return "is not a .md file; pictures belong in static/img or in the image library"
    if path == "index.md":
        return "is not used at the top; the home page is home.md"
    parts = path.removesuffix(".md").split("/")
    if not all(NAME.match(part) for part in parts):
        better = re.sub(r"[^a-z0-9/]+", "-", path.removesuffix(".md").lower()).strip("-")
        return (
            "has a name that makes no good address; write small letters, digits and single"
            f" hyphens, such as {better or 'about-us'}.md"
        )
    if len(path) > MAX_PATH:
        return f"has a path of {len(path)} characters; write {MAX_PATH} or fewer"
    return ""


def _kind_fault(entry: Path, home: Path) -> str:
    mode = entry.lstat().st_mode
    if stat.S_ISLNK(mode):
        target = entry.resolve()
        if not target.is_relative_to(home):
            return "is a link that leaves the content folder; put the file itself here"
        mode = target.stat().st_mode if target.exists() else 0
    return "" if stat.S_ISREG(mode) else "is not a file that can be read; put a text file here"


def _doubles(files: Mapping[str, ContentFile]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path, file in files.items():
        first = seen.setdefault(file.page_path, path)
        if first != path:
            yield Fault(path, 1, f"is the same address as {first}; keep one of the two")
