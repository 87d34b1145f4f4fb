"""Pictures in a store that several machines share: kept there, shown here, gone from both when they are deleted."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clinic_site.env_checks.object_store import media_store
from clinic_site.images import actions
from clinic_site.images.cropping import Crop
from clinic_site.images.models import Image, Rendition
from clinic_site.images.pictures import media_url
from clinic_site.images.store import moving
from clinic_site.images.store.copies import CopyKeeper
from clinic_site.images.upload_errors import NOT_KEPT
from tests.images.making import jpeg, png
from tests.object_store import Store, store, store_server
from tests.serving import free_port

__all__ = ["store", "store_server"]
pytestmark = [pytest.mark.django_db, pytest.mark.long]  # moto takes seconds to load


def use(settings: Settings, url: str, folder: Path) -> None:
    """What settings.py makes of MEDIA_STORE_URL."""
    settings.MEDIA_STORE = media_store(url)
    settings.MEDIA_HERE, settings.MEDIA_ROOT = folder / "media", folder / "copies" / "media"
    backend = {"BACKEND": settings.IN_STORE, "OPTIONS": settings.MEDIA_STORE}
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture(autouse=True)
def shared(settings: Settings, store: Store, tmp_path: Path) -> None:
    use(settings, store.url, tmp_path)


def files_of(image: Image) -> set[str]:
    return {image.original.name, *image.renditions.values_list("file", flat=True)}


def copies(settings: Settings) -> set[str]:
    here = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()}


def renditions() -> set[str]:
    return set(Rendition.objects.values_list("file", flat=True))


def test_all_files_of_a_picture_are_in_the_store_and_none_on_the_disk(
    image: Image, store: Store, settings: Settings
) -> None:
    assert store.names() == files_of(image)
    assert not Path(settings.PUBLIC_DIR, "media").exists()


def test_a_reader_is_answered_here_before_there_is_a_copy(image: Image, client: Client) -> None:
    one = image.renditions.first()
    answer = client.get(media_url(one.file))
    assert (answer.status_code, len(answer.content)) == (200, one.size)
    assert "immutable" in answer["Cache-Control"]


def test_a_copy_is_shown_while_the_store_is_away(
    image: Image, client: Client, settings: Settings, tmp_path: Path
) -> None:
    CopyKeeper().keep_in_step()
    use(settings, f"s3://key:secret@gone?endpoint=http://127.0.0.1:{free_port()}", tmp_path)
    assert client.get(media_url(image.renditions.first().file)).status_code == 200


def test_without_a_copy_a_store_that_is_away_is_no_error_and_not_kept(
    image: Image, client: Client, settings: Settings, tmp_path: Path
) -> None:
    use(settings, f"s3://key:secret@gone?endpoint=http://127.0.0.1:{free_port()}", tmp_path)
    answer = client.get(media_url(image.renditions.first().file))
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")


def test_a_deleted_picture_is_gone_from_the_store_and_from_each_machine(
    image: Image,
    person: User,
    store: Store,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    keeper = CopyKeeper()
    keeper.keep_in_step()
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete(image=image, by=person)
    keeper.keep_in_step()
    assert (store.names(), copies(settings)) == (set(), set())


def test_a_replaced_picture_is_copied_and_can_still_be_cropped(
    image: Image, person: User, settings: Settings
) -> None:
    keeper = CopyKeeper()
    keeper.keep_in_step()
    actions.replace(image=image, data=png(), by=person)
    keeper.keep_in_step()
    assert copies(settings) == renditions()
    part = actions.crop(image=image, to=Crop("1:1"), by=person)
    assert (part.width, part.height) == (400, 400)


def test_what_a_killed_upload_left_in_the_store_is_removed_after_a_day(
    image: Image, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("images/0123456789/0123456789abcdef.jpg", b"a stray")
    assert actions.prune() == 0
    monkeypatch.setattr(actions, "KEEP_STRAY", -actions.KEEP_STRAY)
    assert actions.prune() == 1
    assert store.names() == files_of(image)


def test_a_store_that_takes_nothing_is_told_in_a_sentence(
    editor: Client, settings: Settings, tmp_path: Path
) -> None:
    use(settings, f"s3://key:secret@gone?endpoint=http://127.0.0.1:{free_port()}", tmp_path)
    sent = {"file": SimpleUploadedFile("hand.jpg", jpeg()), "alt": "A hand"}
    answer = editor.post(reverse("admin:images_image_upload"), sent)
    assert (answer.status_code, answer.json()) == (400, {"error": NOT_KEPT})
    page = editor.post(
        reverse("admin:images_image_add"), sent | {"file": SimpleUploadedFile("hand.jpg", jpeg())}
    )
    assert NOT_KEPT.partition("'")[0] in page.content.decode()
    assert not Image.objects.exists()


def test_pictures_of_a_disk_are_moved_once_and_none_is_lost(
    image: Image, store: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    names = store.names()
    assert moving.fetch(names, settings.MEDIA_HERE) == len(names)
    gone = image.original.name
    store.bucket.Object(f"clinic/{gone}").delete()
    call_command("move_pictures")
    said = capsys.readouterr().out
    assert f"{len(names)} files of pictures are in the store; {len(names) - 1} of them" in said
    assert store.names() == names
    assert not list(Path(settings.MEDIA_HERE).rglob("*.*"))
    call_command("move_pictures")
    assert "0 files" in capsys.readouterr().out


def test_a_file_that_is_another_in_the_store_stays_on_the_disk(
    image: Image, store: Store, settings: Settings
) -> None:
    moving.fetch({image.original.name}, settings.MEDIA_HERE)
    store.put(image.original.name, b"not the same")
    with pytest.raises(SystemExit, match="stays here"):
        call_command("move_pictures")
    assert Path(settings.MEDIA_HERE, image.original.name).exists()


def test_the_store_is_tried_before_patients_come(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    assert moving.store_fault() == ""
    assert store.names() == set()
    settings.MEDIA_STORE = settings.MEDIA_STORE | {"bucket_name": "no-such-bucket"}
    backend = {"BACKEND": settings.IN_STORE, "OPTIONS": settings.MEDIA_STORE}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    assert "NoSuchBucket" in moving.store_fault()
