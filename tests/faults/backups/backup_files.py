"""Backups of a site: made by its command, and looked into past it."""

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

from tests.serving import Site


def make(site: Site, folder: Path) -> Path:
    """A new backup in the folder."""
    done = site.manage("backup", str(folder))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def members(backup: Path) -> dict[str, bytes]:
    """The content of each member, in order."""
    with tarfile.open(backup) as tar:
        found = {}
        for member in tar:
            file = tar.extractfile(member)
            assert file is not None
            found[member.name] = file.read()
    return found


def manifest(found: dict[str, bytes]) -> dict[str, Any]:
    """What the backup says of itself."""
    said: dict[str, Any] = json.loads(found["manifest.json"])
    return said


def checksums(found: dict[str, bytes]) -> dict[str, dict[str, object]]:
    """What the manifest is to say of all other members."""
    return {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in found.items()
        if name != "manifest.json"
    }


def write(backup: Path, found: dict[str, bytes]) -> None:
    """A backup of these members, with a manifest that knows them; the last is the manifest."""
    said = manifest(found) | {"parts": checksums(found)}
    with tarfile.open(backup, "w:gz") as tar:
        for name, content in (found | {"manifest.json": json.dumps(said).encode()}).items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def everything(folder: Path) -> dict[str, object]:
    """Every file below a folder with its content, every link with where it leads; locks hold nothing."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_file() or path.is_symlink()) and path.suffix != ".lock"
    }
