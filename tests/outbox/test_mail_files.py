"""Mail as files: whole, private, on disk, one for each message."""

import stat
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clinic_site.outbox import mail_files
from clinic_site.outbox.messages import message_id
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.retention import drop_old_words, forget_mail
from clinic_site.outbox.sending import send_due_mail
from tests.outbox.conftest import Queue


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where mail goes as files."""
    settings.EMAIL_BACKEND = "clinic_site.outbox.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def test_each_message_is_one_whole_file(queue: Queue, folder: Path) -> None:
    mails = [queue(key) for key in "abc"]
    send_due_mail()
    found = {message_from_bytes(path.read_bytes())["Message-ID"] for path in folder.iterdir()}
    assert found == {message_id(mail) for mail in mails}


def test_only_the_sites_own_user_can_read_them(queue: Queue, folder: Path) -> None:
    queue("a")
    send_due_mail()
    [file] = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_message_written_twice_is_one_file(queue: Queue, folder: Path) -> None:
    mail = queue("a")
    send_due_mail()
    OutboundEmail.objects.filter(pk=mail.pk).update(state="waiting", sent_at=None)
    send_due_mail()
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_leaves_no_half_file_and_the_mail_waiting(
    queue: Queue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mail_files.os, "fsync", full)
    queue("a")
    send_due_mail()
    assert list(folder.iterdir()) == []
    waiting = OutboundEmail.objects.waiting().get()
    assert "No space left" in waiting.last_error


def test_the_file_is_on_disk_before_its_name_and_the_name_before_it_counts_as_sent(
    queue: Queue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue("a")
    names: list[list[str]] = []
    sync = mail_files.os.fsync

    def seen(descriptor: int) -> None:
        names.append([path.suffix for path in folder.glob("[!.]*")])
        sync(descriptor)

    monkeypatch.setattr(mail_files.os, "fsync", seen)
    send_due_mail()
    assert names == [[], [".eml"]]


def test_a_forgotten_message_leaves_no_file(
    queue: Queue, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    queue("a")
    stays = queue("b")
    send_due_mail()
    with django_capture_on_commit_callbacks(execute=True):
        forget_mail(keys=["a"])
    [file] = folder.iterdir()
    assert message_from_bytes(file.read_bytes())["Message-ID"] == message_id(stays)


def test_a_message_kept_long_enough_leaves_no_file(
    queue: Queue, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    queue("a")
    send_due_mail()
    with django_capture_on_commit_callbacks(execute=True):
        drop_old_words(now=timezone.now() + timedelta(days=31))
    assert list(folder.iterdir()) == []
