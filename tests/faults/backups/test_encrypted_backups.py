"""Backups encrypted by age or gpg: nobody reads them without the key, with it they are checked and restored."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.backups import backup_files
from tests.faults.conftest import MakeSite, change, rows
from tests.serving import Site

NAME = (
    "INSERT INTO auth_user VALUES (900, '', NULL, 0, 'ada', '', 'a@b.ca', 1, 1, '2026-01-01', '')"
)
# `make servers` puts age beside Python.
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
AGE_KEYGEN = shutil.which("age-keygen", path=PATH) or ""
KNOWN = "SELECT count(*) FROM auth_user WHERE id = 900"


@dataclass
class Key:
    """A key pair: what the site is told, and what the holder of the private half needs."""

    recipient: str
    ending: str
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command,
        env=os.environ | {"PATH": PATH} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def age(tmp_path: Path) -> Key:
    if not AGE_KEYGEN:
        pytest.skip("age is not installed.")
    place = tmp_path / "age.key"
    run(AGE_KEYGEN, "-o", str(place))
    return Key(run(AGE_KEYGEN, "-y", str(place)).strip(), ".age", ("--identity", str(place)))


@pytest.fixture
def gpg() -> Iterator[Key]:
    if not shutil.which("gpg"):
        pytest.skip("gpg is not installed.")
    # Its agent listens at a socket there, whose path has to be short.
    home = tempfile.mkdtemp(prefix="gpg-")
    quick = ("--batch", "--passphrase", "", "--quick-generate-key", "backup@clinic.example")
    run("gpg", "--homedir", home, *quick, "default", "default", "never")
    yield Key("backup@clinic.example", ".gpg", (), {"GNUPGHOME": home})
    subprocess.run(("gpgconf", "--homedir", home, "--kill", "all"), check=False)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["age", "gpg"])
def key(request: pytest.FixtureRequest) -> Key:
    found: Key = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def made(make_site: MakeSite, key: Key, tmp_path: Path) -> tuple[Site, Path]:
    """A site with an account of its own, and its backup."""
    site = make_site(BACKUP_RECIPIENT=key.recipient, CONTENT_DIR=str(tmp_path / "words"))
    site.environment |= {"PATH": PATH} | key.environment
    change(site, NAME)
    return site, backup_files.make(site, tmp_path / "backups")


def test_with_the_key_it_is_checked_and_restored(made: tuple[Site, Path], key: Key) -> None:
    site, backup = made
    assert backup.name.endswith(f".tar.gz{key.ending}")
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "is whole" in site.manage("verify_backup", str(backup), *key.options).stdout
    change(site, "DELETE FROM auth_user")
    done = site.manage("restore", str(backup), *key.options)
    assert done.returncode == 0, done.stderr
    assert rows(site, KNOWN) == [(1,)]


def test_without_it_nobody_reads_it_and_nothing_changes(
    made: tuple[Site, Path], tmp_path: Path
) -> None:
    site, backup = made
    assert not backup.read_bytes().startswith(b"\x1f\x8b")  # gzip
    site.environment["GNUPGHOME"] = tempfile.mkdtemp(dir=tmp_path)
    for command in ("verify_backup", "restore"):
        done = site.manage(command, str(backup))
        assert done.returncode == 1
        assert "--identity" in done.stderr or "gpg failed" in done.stderr
    assert rows(site, KNOWN) == [(1,)]


def test_one_that_was_cut_off_is_refused(made: tuple[Site, Path], key: Key) -> None:
    site, backup = made
    os.truncate(backup, backup.stat().st_size - 100)
    done = site.manage("verify_backup", str(backup), *key.options)
    assert (done.returncode, done.stdout) == (1, "")


def test_for_a_key_that_gpg_does_not_know_none_is_made_and_nothing_is_left(
    make_site: MakeSite, tmp_path: Path
) -> None:
    if not shutil.which("gpg"):
        pytest.skip("gpg is not installed.")
    site = make_site(BACKUP_RECIPIENT="nobody@clinic.example")
    site.environment["GNUPGHOME"] = tempfile.mkdtemp(prefix="gpg-")
    done = site.manage("backup", str(tmp_path / "backups"))
    shutil.rmtree(site.environment["GNUPGHOME"])
    assert done.returncode == 1
    assert "gpg failed" in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []


def test_without_a_name_the_newest_is_checked(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(BACKUP_DIR=str(tmp_path / "kept"))
    assert "There is no backup in" in site.manage("verify_backup").stderr
    first, second = (Path(site.manage("backup").stdout.strip()) for _ in range(2))
    said = site.manage("verify_backup").stdout
    assert (first.parent, str(second) in said) == (tmp_path / "kept", True)
    assert " pages, " in said
