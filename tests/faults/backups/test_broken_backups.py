"""Whatever is not a whole backup of this site is refused with a sentence, before anything is touched."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.backups import backup_files
from tests.serving import Site

# root without the right to pass over modes and owners, as the site's own user is
UNPRIVILEGED = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
AS_THE_SITE = pytest.mark.skipif(
    bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="setpriv is not installed"
)
Members = dict[str, bytes]
Spoil = Callable[[Members], object]


@pytest.fixture(scope="module")
def place(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data folder in it, and beside it what a restore must not reach."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(prepared, folder / "data", symlinks=True)
    (folder / "words").mkdir()
    return folder


@pytest.fixture(scope="module")
def site(place: Path) -> Site:
    """A site that does not run."""
    return Site(
        place / "data", CONTENT_DIR=str(place / "words"), SECRET_KEY=str(settings.SECRET_KEY)
    )


@pytest.fixture(scope="module")
def good(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole backup."""
    return backup_files.make(site, tmp_path_factory.mktemp("good"))


def sign(members: Members) -> None:
    """Have the manifest say what the members are now."""
    members["manifest.json"] = changed(members, parts=backup_files.checksums(members))


def changed(members: Members, **words: object) -> bytes:
    """The manifest with other words."""
    said = json.loads(members.pop("manifest.json"))
    return json.dumps(said | words).encode()


def add(name: str) -> Spoil:
    """One more member, which the manifest knows of."""

    def spoil(members: Members) -> None:
        members[name] = b"evil"
        sign(members)

    return spoil


def say(**words: object) -> Spoil:
    """A manifest that says something else."""

    def spoil(members: Members) -> None:
        members["manifest.json"] = changed(members, **words)

    return spoil


def without(name: str) -> Spoil:
    """Lacking a member that the manifest does not mention either."""

    def spoil(members: Members) -> None:
        del members[name]
        sign(members)

    return spoil


def unannounced(members: Members) -> None:
    """A member that the manifest does not know."""
    text = members.pop("manifest.json")
    members |= {"media/one-more": b"", "manifest.json": text}


def torn_database(members: Members) -> None:
    """Rightly signed, and broken before."""
    members["database"] = members["database"][: len(members["database"]) // 2]
    sign(members)


def emptied_database(members: Members) -> None:
    """What a backup of a missing file leaves with some programs."""
    members["database"] = b""
    sign(members)


SPOILT: dict[str, tuple[Spoil, str]] = {
    "another word": (lambda members: members.update(secret_key=b"x" * 64), "not as it was"),
    "a member too many": (unannounced, "not as it was"),
    "out of the folder": (add("media/../../evil"), "no backup of the site"),
    "from the root": (add("/tmp/evil"), "no backup of the site"),
    "beside the folders": (add("evil"), "no backup of the site"),
    "the folder itself": (add("media"), "no backup of the site"),
    "a nameless file": (add("media//evil"), "no backup of the site"),
    "no database": (without("database"), "no database"),
    "no key": (without("secret_key"), "no secret_key"),
    "half a database": (torn_database, "database of this backup is broken"),
    "an empty database": (emptied_database, "has not the rows it says"),
    "other rows": (say(rows={"enquiries_enquiry": 7}), "has not the rows it says"),
    "of a newer release": (say(migrations=["pages.9999_new"], release="9.0"), "release 9.0"),
    "of a newer format": (say(format=2, release="9.0"), "release 9.0"),
    "of PostgreSQL": (say(vendor="postgresql"), "backup of postgresql"),
    "no words": (lambda members: members.update({"manifest.json": b"[]"}), "manifest.json"),
    "unfinished": (lambda members: members.pop("manifest.json"), "never finished"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_backup(place: Path, site: Site, good: Path, tmp_path: Path, case: str) -> None:
    spoil, word = SPOILT[case]
    members = backup_files.members(good)
    spoil(members)
    with tarfile.open(tmp_path / "backup", "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    refused(place, site, tmp_path / "backup", word)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_what_is_no_file(place: Path, site: Site, tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "backup", "w:gz") as tar:
        member = tarfile.TarInfo("media/images")
        member.type, member.linkname = kind, "/etc"
        tar.addfile(member)
    refused(place, site, tmp_path / "backup", "no backup of the site")


def test_the_same_name_twice(place: Path, site: Site, good: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "backup", "w:gz") as tar:
        for _ in range(2):
            tar.addfile(tarfile.TarInfo("media/one"))
    refused(place, site, tmp_path / "backup", "no backup of the site")


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99])
def test_a_file_that_was_cut_off(
    place: Path, site: Site, good: Path, tmp_path: Path, part: float
) -> None:
    whole = good.read_bytes()
    (tmp_path / "backup").write_bytes(whole[: int(len(whole) * part)])
    refused(place, site, tmp_path / "backup", "backup")


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9])
def test_a_byte_that_has_changed(
    place: Path, site: Site, good: Path, tmp_path: Path, part: float
) -> None:
    whole = bytearray(good.read_bytes())
    whole[int(len(whole) * part)] ^= 0x55
    (tmp_path / "backup").write_bytes(whole)
    refused(place, site, tmp_path / "backup", "backup")


@pytest.mark.parametrize(
    ("name", "said"), [("nothing", "There is no backup"), (".", "is a folder")]
)
def test_what_is_no_backup_at_all(
    place: Path, site: Site, tmp_path: Path, name: str, said: str
) -> None:
    refused(place, site, tmp_path / name, said)


def refused(place: Path, site: Site, backup: Path, word: str) -> None:
    """One sentence with that word in it, exit code 1, and every file of before, with no other."""
    before = backup_files.everything(place)
    done = site.manage("restore", str(backup))
    assert (done.returncode, done.stdout) == (1, "")
    assert word in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert backup_files.everything(place) == before


def verify(site: Site, backup: Path) -> "subprocess.CompletedProcess[str]":
    """The command, run by whom modes and owners bind."""
    return subprocess.run(
        (*UNPRIVILEGED, sys.executable, "manage.py", "verify_backup", backup),
        cwd=site.code,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@AS_THE_SITE
def test_one_on_a_disk_that_can_only_be_read_is_checked(
    site: Site, good: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    backup = Path(shutil.copy(good, disk))
    disk.chmod(0o500)
    done = verify(site, backup)
    assert done.returncode == 0, done.stderr
    assert list(site.data_dir.glob(".backup-*")) == []


@AS_THE_SITE
def test_one_that_is_somebody_else_s_is_told_from_a_broken_one(
    site: Site, good: Path, tmp_path: Path
) -> None:
    backup = Path(shutil.copy(good, tmp_path))
    backup.chmod(0)
    done = verify(site, backup)
    assert done.returncode == 1
    assert (
        done.stderr
        == f"{backup} is not for this user to read: run this as the user whose file it is.\n"
    )
