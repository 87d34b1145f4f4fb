"""The verbs: what they leave in the database and on the disk, also when something goes wrong."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clinic_site.images import files as image_files
from clinic_site.images import storing
from clinic_site.images.encoding import encode
from clinic_site.images.models import Image, Rendition
from clinic_site.images.refusing import Refused
from clinic_site.images.storing import ImageInUse, delete, describe, prune, replace, upload
from clinic_site.images.uses import ImageUse
from clinic_site.pagecache import stamp
from tests.images.making import jpeg, png

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
    with pytest.raises(OSError, match="No space"):
        upload(data=jpeg(), alt="A hand", by=person)
    assert not Image.objects.exists()
    assert stored(media_root) == set()
    assert not any(path.is_dir() for path in (media_root / "images").iterdir())


def test_a_fault_of_the_database_leaves_nothing(
    person: User, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(storing, "_add_renditions", locked)
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


def test_replacing_keeps_the_number_and_the_words(image: Image, person: User) -> None:
    other = User.objects.create_user("lee")
    before = image.sha256
    found = replace(image=image, data=png(1300, 650), by=other)
    assert (found.pk, found.alt, found.version) == (image.pk, "A hand on a shoulder", 2)
    assert (found.width, found.height) == (1300, 650)
    assert (found.uploaded_by, found.replaced_by) == (person, other)
    assert found.replaced_at is not None
    assert found.sha256 != before


def test_pages_get_the_new_files_and_caches_still_find_the_old(image: Image, person: User) -> None:
    old = {row.file.name for row in image.renditions.all()}
    replace(image=image, data=jpeg(700, 300), by=person)
    current = {row.file.name for row in Rendition.objects.current()}
    assert not old & current
    assert all(default_storage.exists(name) for name in old | current)


def test_a_refused_replacement_changes_nothing(
    image: Image, person: User, media_root: Path
) -> None:
    before = stored(media_root)
    with pytest.raises(Refused):
        replace(image=image, data=jpeg()[:300], by=person)
    image.refresh_from_db()
    assert image.version == 1
    assert stored(media_root) == before


def test_a_replacement_that_is_rolled_back_keeps_the_old_copy(image: Image, person: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        replace(image=image, data=png(), by=person)
        raise DatabaseError
    assert default_storage.exists(Image.objects.get().original.name)


def test_the_old_files_go_after_30_days(
    image: Image,
    person: User,
    media_root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        replace(image=image, data=png(), by=person)
    assert prune(now=timezone.now() + timedelta(days=29)) == 0
    assert prune(now=timezone.now() + LATER) == 6
    assert stored(media_root) == named()
    assert set(Rendition.objects.values_list("version", flat=True)) == {2}


def test_what_a_killed_upload_left_goes_after_a_day(image: Image, media_root: Path) -> None:
    stray = media_root / "images" / "0123456789" / "0123456789abcdef.jpg"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    assert prune() == 0
    os.utime(stray, (1, 1))
    for path in media_root.rglob("*.*"):
        os.utime(path, (1, 1))
    assert prune() == 1
    assert stored(media_root) == named()
    assert not stray.parent.exists()


def test_pruning_an_empty_library_is_fine() -> None:
    assert prune() == 0


# Describing and deleting


def test_words_can_be_changed(image: Image, person: User) -> None:
    describe(
        image=image,
        title="Hand",
        alt="Two hands",
        is_decorative=False,
        is_sensitive=True,
        by=person,
    )
    image.refresh_from_db()
    assert (image.title, image.alt, image.is_sensitive) == ("Hand", "Two hands", True)


def test_words_that_do_not_go_together_are_not_taken(image: Image, person: User) -> None:
    with pytest.raises(ValidationError):
        describe(image=image, title="", alt="", is_decorative=False, is_sensitive=False, by=person)
    image.refresh_from_db()
    assert image.alt == "A hand on a shoulder"


def test_deleting_takes_every_file_along(
    image: Image,
    person: User,
    media_root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        replace(image=image, data=png(), by=person)
    with django_capture_on_commit_callbacks(execute=True):
        delete(image=image, by=person)
    assert not Image.objects.exists()
    assert stored(media_root) == set()


def test_an_image_in_use_is_not_deleted(
    image: Image, person: User, media_root: Path, settings: Settings
) -> None:
    settings.IMAGE_USES = f"{__name__}.in_use"
    with pytest.raises(ImageInUse, match=r"“Safety” \(live\)"):
        delete(image=image, by=person)
    assert Image.objects.exists()
    assert stored(media_root) == named()


@pytest.mark.parametrize("verb", ["replace", "describe", "delete"])
def test_pages_that_are_kept_ready_are_made_anew(image: Image, person: User, verb: str) -> None:
    words = {"title": "", "alt": "Two hands", "is_decorative": False, "is_sensitive": False}
    more = {"replace": {"data": png()}, "describe": words, "delete": {}}[verb]
    before = stamp.read()
    getattr(storing, verb)(image=image, by=person, **more)
    assert stamp.read() != before
