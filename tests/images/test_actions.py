"""The verbs: what they leave in the database and on the disk, also when something goes wrong."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks

from clinic_site.images import actions
from clinic_site.images import files as image_files
from clinic_site.images.actions import delete, upload
from clinic_site.images.encoding import encode
from clinic_site.images.models import Image, Rendition
from clinic_site.images.upload_errors import Refused
from clinic_site.images.usage import ImageUse
from tests.images.making import jpeg

pytestmark = pytest.mark.django_db
LATER = timedelta(days=31)


def stored(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def named() -> set[str]:
    return {
        *Image.objects.values_list("original", flat=True),
        *Rendition.objects.values_list("file", flat=True),
    }


def in_use(image_id: int) -> tuple[ImageUse, ...]:
    return (ImageUse("Safety", "/safety/", "live"),)


def test_an_upload_has_its_words_and_its_files(person: User, media_root: Path) -> None:
    data = jpeg(1000, 500)
    image = upload(data=data, alt="  A\nhand ", title=" Hand ", is_sensitive=True, by=person)
    image.refresh_from_db()
    assert (image.alt, image.title, image.is_sensitive) == ("A hand", "Hand", True)
    assert (image.width, image.height, image.version) == (1000, 500, 1)
    assert image.uploaded_by == person
    assert image.sha256 == encode(data).sha256
    assert stored(media_root) == named()
    assert len(named()) == 1 + 3 * 3


def test_a_file_holds_what_its_name_says(image: Image) -> None:
    for rendition in image.renditions.all():
        data = default_storage.open(rendition.file.name).read()
        assert len(data) == rendition.size
        same = {file.name: file.data for file in encode(jpeg()).renditions}
        assert same[Path(rendition.file.name).name] == data


def test_two_uploads_of_the_same_bytes_share_no_file(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, second = (upload(data=jpeg(), alt="A hand", by=person) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        delete(image=first, by=person)
    assert all(default_storage.exists(row.file.name) for row in second.renditions.all())


@pytest.mark.parametrize(
    "words",
    [
        {"alt": ""},
        {"alt": " \n "},
        {"alt": "A hand", "is_decorative": True},
        {"alt": "", "is_decorative": True, "is_sensitive": True},
        {"alt": "x" * 301},
    ],
)
def test_words_that_do_not_go_together_leave_nothing(
    person: User, media_root: Path, words: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        upload(data=jpeg(), by=person, **words)
    assert not Image.objects.exists()
    assert stored(media_root) == set()


def test_a_refused_file_leaves_nothing(person: User, media_root: Path) -> None:
    with pytest.raises(Refused):
        upload(data=b"<svg/>", alt="A hand", by=person)
    assert not Image.objects.exists()
    assert stored(media_root) == set()


def test_a_fault_while_writing_leaves_nothing(
    person: User, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def full_disk(storage: object, name: str) -> None:
        seen.append(name)
        if len(seen) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(image_files, "_keep_on_disk", full_disk)
    with pytest.raises(Refused, match="disk of the site is full"):
        upload(data=jpeg(), alt="A hand", by=person)
    assert not Image.objects.exists()
    assert stored(media_root) == set()
    assert not any(path.is_dir() for path in (media_root / "images").iterdir())


def test_a_fault_of_the_database_leaves_nothing(
    person: User, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(actions, "_add_renditions", locked)
    with pytest.raises(DatabaseError):
        upload(data=jpeg(), alt="A hand", by=person)
    assert not Image.objects.exists()
    assert stored(media_root) == set()


def test_files_are_there_before_the_rows(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    save = Image.save

    def watched(self: Image, *args: object, **options: object) -> None:
        assert default_storage.exists(self.original.name)
        save(self, *args, **options)

    monkeypatch.setattr(Image, "save", watched)
    assert upload(data=jpeg(), alt="A hand", by=person).pk


def test_files_are_on_the_disk_before_the_rows(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    image = upload(data=jpeg(), alt="A hand", by=person)
    assert len(synced) == 2 * (1 + image.renditions.count())


# Replacing
