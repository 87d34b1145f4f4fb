"""What a backup says of itself: its parts with their checksums, and of which site, release and kind of database it is.

Pure: text in, values out. It is the last member of the archive, so an archive without it was never finished.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

FORMAT = 1  # of the archive; raised when an older release could no longer restore it
NAME = "manifest.json"
DATABASE, SECRET_KEY = "database", "secret_key"  # members of these names
MEDIA, CONTENT = "media", "content"  # folders of members
FILES, FOLDERS = (DATABASE, SECRET_KEY), (MEDIA, CONTENT)


class Refused(Exception):
    """A backup or a restore that cannot be; the message is a sentence that says what is wrong and what to do."""


@dataclass(frozen=True)
class Part:
    """A file of the backup: its size in bytes and the SHA-256 of its content, in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`made_at`: ISO 8601, UTC. `rows`: how many each table has. `migrations`: "app.name" of each that was applied."""

    made_at: str
    release: str
    vendor: str
    rows: Mapping[str, int]
    migrations: tuple[str, ...]
    parts: Mapping[str, Part]
    format: int = FORMAT

    def as_text(self) -> str:
        """JSON that `read` reads."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read(text: bytes) -> Manifest:
    """The manifest that this JSON is. Raises Refused."""
    try:
        said = json.loads(text)
        if said["format"] > FORMAT:
            raise Refused(
                f"This backup was made by release {said['release']}, which this one cannot read: "
                "install that release, then restore."
            )
        parts = {name: Part(**part) for name, part in said.pop("parts").items()}
        migrations = tuple(said.pop("migrations"))
        return Manifest(parts=parts, migrations=migrations, **said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"This backup is broken ({NAME} cannot be read): take another one.") from None


def require_place(name: str) -> None:
    """Raises Refused unless a member of this name has a place in the site: never outside of it."""
    first, *rest = name.split("/")
    is_file = name in FILES
    is_inside = first in FOLDERS and rest and not {"", ".", ".."} & set(rest)
    if "\0" in name or not (is_file or is_inside):
        raise Refused(f"This is no backup of the site (it holds “{name}”): take another file.")
