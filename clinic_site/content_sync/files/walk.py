"""What stands in content/: files of the site, what is passed over, and what is at fault. Nothing is opened here."""

import os
import re
import stat
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

NAME = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_PATH = 200
# What editors, merges and file systems leave beside a text. Dot files are always passed over.
LITTER = (
    *("*~", "*.orig", "*.bak", "*.rej", "*.tmp", "*.swp", "*.swo", "*.save", "*.old", "#*#"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "~$*", "*.part", "*.lnk", "*.url"),
    *("readme", "readme.md", "readme.txt", "license", "license.md", "license.txt", "lost+found"),
    *("@eadir", "__macosx"),
)


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in which file, on which line (1-based), and what to write."""

    path: str
    line: int
    message: str


@dataclass
class Entries:
    """All that stands below a folder: paths of files to read, what was passed over, faults."""

    paths: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def walk(folder: Path) -> Entries:
    """Look at every entry below the folder. A folder that can't be opened is a fault too."""
    found = Entries()
    if not folder.is_dir():
        found.faults.append(Fault("", 1, f"{folder} is not a folder; make it, or set CONTENT_DIR"))
        return found
    home = Path(os.path.realpath(folder))

    def unreadable(error: OSError) -> None:
        path = os.path.relpath(error.filename, folder)
        message = f"can't be opened ({error.strerror}); let the site's user read it"
        found.faults.append(Fault("" if path == "." else path, 1, message))

    for where, folders, files in os.walk(folder, onerror=unreadable):
        below = Path(where).relative_to(folder).as_posix()
        prefix = "" if below == "." else f"{below}/"
        folders[:] = [name for name in sorted(folders) if _goes_in(folder, prefix + name, found)]
        for name in sorted(files):
            _sort_in(folder, prefix + name, home, found)
    found.paths.sort()
    return found


def _goes_in(folder: Path, path: str, found: Entries) -> bool:
    """Whether to look into a folder; what is passed over or at fault is noted."""
    if _is_litter(path):
        found.passed_over.append(f"{path}/")
    elif (folder / path).is_symlink():
        found.faults.append(Fault(path, 1, "is a link to a folder; put the folder itself here"))
    elif path.endswith(".md"):
        message = "is a folder; a page is a text file, and a folder's name has no .md"
        found.faults.append(Fault(path, 1, message))
    else:
        return True
    return False


def _sort_in(folder: Path, path: str, home: Path, found: Entries) -> None:
    if _is_litter(path):
        found.passed_over.append(path)
    elif message := _name_fault(path) or _kind_fault(folder / path, home):
        found.faults.append(Fault(path, 1, message))
    else:
        found.paths.append(path)


def _is_litter(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.startswith(".") or any(fnmatch(name, pattern) for pattern in LITTER)


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
    """What is wrong with the kind of an entry; links lead to a plain file within the folder."""
    try:
        if entry.is_symlink() and not Path(os.path.realpath(entry)).is_relative_to(home):
            return "is a link that leaves the content folder; put the file itself here"
        is_file = stat.S_ISREG(entry.stat().st_mode)
    except OSError as error:
        return f"can't be read ({error.strerror}); put a text file here, or take it away"
    return "" if is_file else "is not a file that can be read; put a text file here"
