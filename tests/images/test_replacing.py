"""Images after their upload: replaced in place, pruned, described anew, deleted."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from clinic_site.images import actions, usage
from clinic_site.images.actions import ImageInUse, delete, describe, prune, replace
from clinic_site.images.models import Image, Rendition
from clinic_site.images.upload_errors import Refused
from clinic_site.pagecache import stamp
from tests.images.making import jpeg, png
from tests.images.test_actions import LATER, in_use, named, stored

pytestmark = pytest.mark.django_db


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
    image: Image, person: User, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "FINDERS", [in_use])
    with pytest.raises(ImageInUse, match=r"“Safety” \(live\)"):
        delete(image=image, by=person)
    assert Image.objects.exists()
    assert stored(media_root) == named()


@pytest.mark.parametrize("verb", ["replace", "describe", "delete"])
def test_pages_that_are_kept_ready_are_made_anew(image: Image, person: User, verb: str) -> None:
    words = {"title": "", "alt": "Two hands", "is_decorative": False, "is_sensitive": False}
    more = {"replace": {"data": png()}, "describe": words, "delete": {}}[verb]
    before = stamp.read()
    getattr(actions, verb)(image=image, by=person, **more)
    assert stamp.read() != before
