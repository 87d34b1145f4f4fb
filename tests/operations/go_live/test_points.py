"""Each point of the list by itself: as it should be, and as it should not."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from clinic_site.clinic.file_mapping import take_in
from clinic_site.operations.go_live.file_points import file_points
from clinic_site.operations.go_live.people_points import people_points
from clinic_site.operations.go_live.point import Point, Standing
from clinic_site.operations.go_live.recovery_points import recovery_points
from clinic_site.operations.go_live.settings_points import settings_points
from tests.real_clinic import REAL_CLINIC

pytestmark = pytest.mark.django_db
CLINIC = REAL_CLINIC | {"email": "desk@harbour-street-physio.ca"}
PUBLIC = {
    "SITE_URL": "https://www.clinic.example.ca",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 3600,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECOND_FACTOR_REQUIRED": True,
    "HEARTBEAT_URL": "https://hc-ping.com/1",
    "DEBUG": False,
}


@pytest.fixture
def in_public(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a site in public, with its files in order."""
    settings.SILENCED_SYSTEM_CHECKS = ["async.E001"]  # the browser tests need what it warns of
    for name, value in PUBLIC.items():
        setattr(settings, name, value)
    settings.ENV_FILE = tmp_path / "clinic.env"
    settings.ENV_FILE.touch(mode=0o600)
    settings.CONTENT_DIR = tmp_path / "words"
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "data" / "backups"
    settings.PUBLIC_DIR = tmp_path / "data" / "public"
    settings.PUBLIC_DIR.mkdir(parents=True)
    for folder in (settings.PUBLIC_DIR, *settings.PUBLIC_DIR.parents):
        if folder.stat().st_uid == tmp_path.stat().st_uid:
            folder.chmod(folder.stat().st_mode | 0o011)
    take_in(details=CLINIC)
    return settings


def left(points: Iterable[Point]) -> list[Point]:
    return [point for point in points if point.standing is Standing.TO_DO]


def test_nothing_is_missing_in_the_settings_of_a_site_in_public(in_public: Settings) -> None:
    assert left(settings_points()) == []


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SITE_URL", "http://localhost:8000", "SITE_URL=https://"),
        ("SITE_URL", "https://localhost", "SITE_URL=https://"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "EMAIL_URL="),
        ("ENV_FILE", None, "clinic.env"),
        ("DEBUG", True, "Take DEBUG out"),
    ],
)
def test_a_setting_of_a_desk_is_told_with_what_to_write(
    in_public: Settings, name: str, value: object, advice: str
) -> None:
    setattr(in_public, name, value)
    assert any(advice in point.advice for point in left(settings_points()))


def test_words_in_the_folder_of_the_code_are_told(in_public: Settings) -> None:
    in_public.CONTENT_DIR = in_public.SHIPPED_CONTENT_DIR
    (point,) = left(settings_points())
    assert "CONTENT_DIR=" in point.advice


def test_a_sample_clinic_is_told(in_public: Settings) -> None:
    take_in(details=CLINIC | {"phone": "604-555-0142"})
    (point,) = left(settings_points())
    assert "the phone number" in point.text


def test_nobody_outside_who_notices_is_advice_and_no_obstacle(in_public: Settings) -> None:
    in_public.HEARTBEAT_URL, in_public.ALARM_EMAIL = "", {}
    (point,) = [one for one in settings_points() if one.name == "alarm"]
    assert point.standing is Standing.ADVISED
    assert "HEARTBEAT_URL=" in point.advice


@pytest.fixture
def not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 10001)


@pytest.mark.usefixtures("not_root")
def test_files_that_are_the_sites_alone_pass(in_public: Settings) -> None:
    (in_public.DATA_DIR / "db.sqlite3").touch(mode=0o600)
    assert left(file_points()) == []


@pytest.mark.usefixtures("not_root")
@pytest.mark.parametrize(
    "name", ["db.sqlite3", "secret_key", "backups/clinic.tar.gz", "mail/1.log"]
)
def test_a_file_that_others_can_read_is_told(in_public: Settings, name: str) -> None:
    file = in_public.DATA_DIR / name
    file.parent.mkdir(exist_ok=True, mode=0o700)
    file.touch()
    file.chmod(0o640)
    (point,) = left(file_points())
    assert f"chmod -R go= '{file}'" in point.advice


@pytest.mark.usefixtures("not_root")
def test_settings_that_others_can_read_are_told(in_public: Settings) -> None:
    in_public.ENV_FILE.chmod(0o644)
    (point,) = left(file_points())
    assert str(in_public.ENV_FILE) in point.advice


@pytest.mark.usefixtures("not_root")
def test_a_door_that_is_shut_for_the_web_server_is_told(in_public: Settings) -> None:
    in_public.DATA_DIR.chmod(0o700)
    (point,) = left(file_points())
    assert f"chmod o+x {in_public.DATA_DIR}" in point.advice


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root is root.")
def test_root_is_told_that_the_site_has_a_user(in_public: Settings) -> None:
    assert any("install-service" in point.advice for point in left(file_points()))


def person(name: str, *, has_factor: bool) -> User:
    made = User.objects.create_superuser(name, password="a long enough password")
    if has_factor:
        TOTPDevice.objects.create(user=made, confirmed=True)
    return made


def test_without_an_owner_it_says_how_to_make_one() -> None:
    (point,) = [one for one in people_points() if one.name == "accounts"]
    assert (point.standing, point.advice) == (Standing.TO_DO, "make staff")


def test_two_owners_with_a_second_factor_pass() -> None:
    person("anna", has_factor=True)
    person("ben", has_factor=True)
    assert left(people_points()) == []


def test_who_has_no_second_factor_is_named() -> None:
    person("anna", has_factor=True)
    person("ben", has_factor=False)
    (point,) = left(people_points())
    assert "ben" in point.text
    assert "anna" not in point.text


@pytest.mark.usefixtures("published")
def test_pages_that_nobody_has_signed_are_counted_with_the_time_it_takes() -> None:
    (point,) = [one for one in left(people_points()) if one.name == "sign-off"]
    assert point.advice.startswith("About ")
    assert "0 minutes" not in point.advice.split(" of ")[0]


def test_a_mail_server_that_nobody_runs_is_told(in_public: Settings) -> None:
    in_public.EMAIL_HOST, in_public.EMAIL_PORT = "127.0.0.1", 9
    mail, _ = recovery_points(mail_to="", identity=None)
    assert mail.standing is Standing.TO_DO
    assert "EMAIL_URL" in mail.advice


def test_without_a_backup_it_says_how_to_make_one(in_public: Settings) -> None:
    _, backup = recovery_points(mail_to="a@example.ca", identity=None)
    assert backup.standing is Standing.TO_DO
    assert "manage.py backup" in backup.advice


def test_a_broken_backup_is_told(in_public: Settings) -> None:
    in_public.BACKUP_DIR.mkdir()
    (in_public.BACKUP_DIR / "clinic-20261127T093000.000000Z.tar.gz").write_bytes(b"no archive")
    in_public.BACKUP_RECIPIENT = ""
    _, backup = recovery_points(mail_to="a@example.ca", identity=None)
    assert backup.standing is Standing.TO_DO
