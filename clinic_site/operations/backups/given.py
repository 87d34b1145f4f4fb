"""What an operator names on the command line, looked at before any work: each slip gets a sentence of its own."""

import os
from pathlib import Path

from clinic_site.operations.backups.manifest import Refused
from clinic_site.operations.backups.rotation import made_at


def require_backup(path: Path) -> None:
    """Raises Refused unless there is a file at the path that this user can read."""
    newest = _newest(path) or _newest(path.parent)
    _require_file(path, "backup", f"; the newest there is {newest}" if newest else "")


def require_key(path: Path) -> None:
    """The same of the file of a private key."""
    _require_file(path, "key", "")


def _require_file(path: Path, what: str, hint: str) -> None:
    try:
        if path.is_dir():
            raise Refused(f"{path} is a folder: name the {what} itself{hint}.")
        path.open("rb").close()
    except PermissionError:
        raise Refused(
            f"{path} is not for this user to read: run this as the user whose file it is."
        ) from None
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(f"There is no {what} {path}{hint}.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def require_folder(path: Path) -> None:
    """Raises Refused where something that is no folder has this name, or one above it."""
    for place in (path, *path.parents):
        if os.path.lexists(place):
            if not place.is_dir():
                raise Refused(f"{place} is no folder: name another one for the backup.")
            return


def _newest(folder: Path) -> Path | None:
    """The newest backup in the folder, for who has mistyped its name."""
    try:
        names = [path.name for path in folder.iterdir() if made_at(path.name)]
    except OSError:
        return None
    return folder / max(names) if names else None
