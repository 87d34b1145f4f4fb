"""The services for systemd: it takes them as they are, they are shut in, and they may write where the site writes."""

import os
import re
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from clinic_site.env import BASE_DIR
from clinic_site.operations.machine.service_units import homes, quoted, written_folders
from clinic_site.operations.supervisor import RENEW, STOP_SIGNALS
from tests.serving import untouched

MOST_EXPOSED = 2.5  # of 10; without a sandbox the site's unit had 9.2
ANALYZE = shutil.which("systemd-analyze") or ""
needs_systemd = pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root installs services.")


@pytest.fixture
def units(settings: Settings, tmp_path: Path) -> Path:
    """The units of a site whose folder has signs that mean something to systemd."""
    settings.DATA_DIR = tmp_path / "100% of our data"
    settings.PUBLIC_DIR, settings.BACKUP_DIR = settings.DATA_DIR / "public", tmp_path / "backups"
    call_command("service_units", str(tmp_path / "units"), user="www-data", stdout=StringIO())
    return tmp_path / "units"


def analyze(*arguments: str) -> str:
    done = subprocess.run((ANALYZE, *arguments), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_takes_them_without_a_word(units: Path) -> None:
    assert analyze("verify", "--man=no", *map(str, sorted(units.iterdir()))) == ""


def test_a_reload_is_the_signal_that_renews_and_not_the_one_that_stops(units: Path) -> None:
    assert (
        f"ExecReload=/bin/kill -{RENEW.name.removeprefix('SIG')} $MAINPID"
        in (units / "clinic-web.service").read_text()
    )
    assert RENEW not in STOP_SIGNALS


@needs_systemd
@pytest.mark.parametrize("name", ["clinic-web", "clinic-worker", "clinic-health"])
def test_they_are_shut_in(units: Path, name: str) -> None:
    said = analyze("security", "--offline=true", "--no-pager", str(units / f"{name}.service"))
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert level, said
    assert float(level[1]) <= MOST_EXPOSED, said


def test_the_site_may_write_to_its_own_folders_and_nowhere_else(units: Path) -> None:
    text = (units / "clinic-web.service").read_text()
    (line,) = re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE)
    assert '/100%% of our data"' in line
    assert str(units.parent / "backups") in line.split()
    assert "ProtectSystem=strict" in text
    assert "ReadWritePaths" not in (units / "clinic-health.service").read_text()


def test_a_folder_that_is_not_there_yet_is_made(units: Path, tmp_path: Path) -> None:
    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700


def test_what_lies_within_another_is_named_once(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.PUBLIC_DIR = tmp_path / "data", tmp_path / "data" / "public"
    settings.BACKUP_DIR, settings.CONTENT_DIR = tmp_path / "data" / "backups", tmp_path / "words"
    ours = [folder for folder in written_folders() if folder.is_relative_to(tmp_path)]
    assert ours == [tmp_path / "data", tmp_path / "words"]


@pytest.mark.parametrize(
    ("path", "seen"), [("/home/anna/site", "read-only"), ("/srv/clinic-site", "yes")]
)
def test_homes_are_shut_unless_the_site_lies_in_one(path: str, seen: str) -> None:
    assert homes([Path("/usr"), Path(path)]) == seen


def test_a_plain_path_stays_as_it_is() -> None:
    assert quoted(Path("/srv/clinic-site/.venv/bin/python")) == "/srv/clinic-site/.venv/bin/python"


@needs_root
def test_it_does_not_make_root_the_sites_user(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="should not run as root"):
        call_command("service_units", str(tmp_path))


def install(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    places = {name: str(folder / name) for name in ("ETC", "UNITS", "STATE")}
    return subprocess.run(
        BASE_DIR / "deploy" / "install-service",
        env=untouched() | places | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@needs_root
def test_it_is_installed_with_one_file_of_settings_that_stays(tmp_path: Path) -> None:
    done = install(tmp_path, SITE_USER="root", SITE_URL="https://clinic.example.ca")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "UNITS").glob("clinic-*"))) == 4
    settings = tmp_path / "ETC" / "clinic.env"
    assert settings.stat().st_mode & 0o777 == 0o600
    assert f"DATA_DIR={tmp_path}/STATE/clinic-site" in settings.read_text().splitlines()
    settings.write_text(settings.read_text() + "WORKERS=3\n")
    again = install(tmp_path, SITE_USER="root")
    assert again.returncode == 0, again.stderr
    assert "WORKERS=3" in settings.read_text()
    assert str(settings) in (tmp_path / "UNITS" / "clinic-web.service").read_text()


@needs_root
def test_without_an_address_nothing_is_installed(tmp_path: Path) -> None:
    done = install(tmp_path, SITE_USER="root")
    assert done.returncode == 1
    assert "make install-service SITE_URL=" in done.stderr
    assert not (tmp_path / "UNITS").exists()


@needs_root
def test_code_that_the_sites_user_cannot_read_is_told(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shutil.copytree(BASE_DIR / "deploy", shut / "deploy")
    (shut / "manage.py").touch(mode=0o600)
    places = {name: str(tmp_path / name) for name in ("ETC", "UNITS", "STATE")}
    done = subprocess.run(
        shut / "deploy" / "install-service",
        env=untouched() | places | {"SITE_USER": "nobody"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "cannot read" in done.stderr
