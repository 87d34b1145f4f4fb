"""The times of the edition's files, by which nginx and Caddy tell readers whether they have a page already.

Both make a file's ETag and Last-Modified of its time in whole seconds and its length, and a new phone number is as
long as the old one. So bytes that changed get a second that no file had before; bytes that did not keep theirs.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from clinic_site.pagecache.last_modified import new_second

INDEX = "index.html"
ENDINGS = {"identity": "", "gzip": ".gz", "br": ".br"}
SEAL = ".written"  # no address leads to it


def seal(folder: Path) -> Path:
    """The finished folder under a name by which a copy of it, or one put back from a backup, is told from it.

    The name ends in when the system last touched the seal's entry (ctime), which no copy can carry along.
    """
    (folder / SEAL).touch()
    return folder.rename(f"{folder}-{_touched_at(folder)}")


def is_own(folder: Path) -> bool:
    """Whether this installation wrote the folder where it stands now."""
    try:
        return folder.name.endswith(f"-{_touched_at(folder)}")
    except OSError:
        return False


class FileTimes:
    """The times for a new edition beside the `earlier` ones, of which readers go by the one at `current`.

    From a folder that was put back nothing is kept: readers have seen later ones, and a time must not go back.
    """

    def __init__(self, *, current: Path, earlier: Path) -> None:
        folder = current.resolve()
        self._before = folder if is_own(folder) else None
        self._places = {earlier} if current.is_symlink() else {earlier, current}

    def of(self, place: str, bodies: Mapping[str, bytes]) -> int:
        """The second since 1970 for all codings of the page in that folder of the edition, as one."""
        kept = self._kept(self._before / place, bodies) if self._before else None
        return self._new if kept is None else kept

    def _kept(self, folder: Path, bodies: Mapping[str, bytes]) -> int | None:
        times = set()
        for coding, body in bodies.items():
            file = folder / f"{INDEX}{ENDINGS[coding]}"
            if not file.is_file() or file.read_bytes() != body:
                return None
            times.add(int(file.stat().st_mtime))
        return times.pop() if len(times) == 1 else None

    @cached_property
    def _new(self) -> int:
        """Later than all files that are there, which a restored database may know nothing of."""
        found = (file for place in self._places for file in place.rglob(f"{INDEX}*"))
        return new_second(after=max((int(file.stat().st_mtime) for file in found), default=0))


def _touched_at(folder: Path) -> int:
    return (folder / SEAL).stat().st_ctime_ns
