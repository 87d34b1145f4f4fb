"""The archive, a tar file: each member is written and read once, and its checksum taken on the way."""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from clinic_site.operations.backups.encryption import NEW, OWN, opened, sealed
from clinic_site.operations.backups.manifest import (
    NAME,
    Manifest,
    Part,
    Refused,
    read,
    require_place,
)
from clinic_site.progress.steps import counting

CHUNK = 1 << 20  # bytes
LARGEST_MANIFEST = 64 << 20  # bytes; half a million pictures
SHARED = 0o064  # what others may be allowed
Place = Callable[[str], Path]


class Writer:
    """Puts files into an archive; `parts` is what it has taken so far."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, Part] = {}

    def add(self, name: str, path: Path) -> None:
        """The file under this name. Raises OSError, also when it becomes shorter meanwhile."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            digest = hashlib.sha256()
            told = _Told(file, digest.update)
            self._tar.addfile(_member(name, status.st_size, status.st_mode), told)
        self.parts[name] = Part(status.st_size, digest.hexdigest())

    def add_bytes(self, name: str, content: bytes) -> None:
        """A file of this name and content, for everybody to read where it is put back."""
        self._tar.addfile(_member(name, len(content), OWN | 0o044), io.BytesIO(content))
        self.parts[name] = Part(len(content), hashlib.sha256(content).hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Nothing comes after the manifest."""
        text = manifest.as_text().encode()
        self._tar.addfile(_member(NAME, len(text), OWN), io.BytesIO(text))


@contextmanager
def writing(path: Path, *, recipient: str = "") -> Iterator[Writer]:
    """A new archive at this path, on the disk when the block ends; its mode is 0600. Raises Refused."""
    with (
        sealed(path, recipient) as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        yield Writer(tar)


def unpack(path: Path, place: Place, *, identity: Path | None = None) -> Manifest:
    """Write each member to where `place` says for its name, and check all of them against the manifest.

    Raises Refused for whatever is not a whole backup, and OSError.
    """
    try:
        with (
            counting(path.stat().st_size, f"Opening {path.name}", unit="B") as add,
            opened(path, identity) as file,
            tarfile.open(
                fileobj=cast(IO[bytes], _Told(file, lambda chunk: add(len(chunk)))), mode="r|gz"
            ) as tar,
        ):
            manifest, found = _take(tar, place)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeError) as error:
        raise Refused(
            f"{path} is no whole backup ({type(error).__name__}): take another one."
        ) from None
    if manifest is None:
        raise Refused(f"{path} is no whole backup (it was never finished): take another one.")
    for name in sorted(manifest.parts.keys() | found.keys()):
        if manifest.parts.get(name) != found.get(name):
            raise Refused(f"{path} is broken (“{name}” is not as it was): take another backup.")
    return manifest


def _take(tar: tarfile.TarFile, place: Place) -> tuple[Manifest | None, dict[str, Part]]:
    """The manifest, None where there is none, and what was written."""
    found: dict[str, Part] = {}
    for member in tar:
        file = tar.extractfile(member) if member.isreg() else None
        if file is None or member.name in found:
            raise Refused(f"This is no backup of the site (at “{member.name}”): take another file.")
        if member.name == NAME:
            return read(file.read(LARGEST_MANIFEST)), found
        require_place(member.name)
        # What others were allowed in the folders they are again; the rest is the site's alone.
        mode = OWN | (member.mode & SHARED if "/" in member.name else 0)
        found[member.name] = _write(file, place(member.name), mode)
    return None, found


def _write(source: IO[bytes], target: Path, mode: int) -> Part:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, NEW, OWN), "wb") as file:
        os.fchmod(file.fileno(), mode)
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return Part(file.tell(), digest.hexdigest())


def _member(name: str, size: int, mode: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, mode & (OWN | SHARED)
    return member


class _Told:
    """A file to read from that tells what was read."""

    def __init__(self, file: IO[bytes], tell: Callable[[bytes], object]) -> None:
        self._file, self._tell = file, tell

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._tell(chunk)
        return chunk
