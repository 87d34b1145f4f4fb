"""Each machine's copies of the pictures of a shared store: what readers are given, and what goes when."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clinic_site.images import actions
from clinic_site.images.models import Image, Rendition
from clinic_site.images.pictures import media_url
from clinic_site.images.store import copies
from clinic_site.images.store.copies import CopyKeeper
from tests.images.making import png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shared(settings: Settings, tmp_path: Path) -> None:
    """A store that has no paths on this machine."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    settings.MEDIA_STORE = {"bucket_name": "pictures"}
    settings.MEDIA_ROOT = tmp_path / "copies" / "media"


def here(settings: Settings) -> set[str]:
    folder = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def renditions() -> set[str]:
    return set(Rendition.objects.values_list("file", flat=True))


def take_away(image: Image) -> None:
    """The store has the picture's renditions no more."""
    for name in image.renditions.values_list("file", flat=True):
        default_storage.delete(name)


def test_a_machine_has_a_copy_of_each_rendition_that_a_web_server_may_read(
    image: Image, settings: Settings
) -> None:
    assert CopyKeeper().keep_in_step() == image.renditions.count()
    assert here(settings) == renditions()
    one = Path(settings.MEDIA_ROOT, image.renditions.first().file.name)
    assert one.stat().st_mode & 0o777 == 0o644
    assert {folder.stat().st_mode & 0o777 for folder in list(one.parents)[:4]} == {0o755}


def test_readers_are_given_the_copy_while_the_store_is_away(image: Image, client: Client) -> None:
    CopyKeeper().keep_in_step()
    take_away(image)
    one = image.renditions.first()
    assert len(client.get(media_url(one.file)).content) == one.size


def test_before_there_is_a_copy_the_store_is_asked(image: Image, client: Client) -> None:
    one = image.renditions.first()
    assert len(client.get(media_url(one.file)).content) == one.size


def test_what_is_deleted_goes_from_each_machine_and_what_comes_is_brought(
    image: Image,
    person: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    keeper = CopyKeeper()
    keeper.keep_in_step()
    actions.replace(image=image, data=png(), by=person)
    keeper.keep_in_step()
    assert here(settings) == renditions()
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete(image=image, by=person)
    keeper.keep_in_step()
    assert here(settings) == set()


def test_the_store_is_not_asked_while_no_page_has_changed(image: Image, settings: Settings) -> None:
    keeper = CopyKeeper()
    keeper.keep_in_step()
    take_away(image)
    assert keeper.keep_in_step() == 0
    assert here(settings) == renditions()


def test_what_the_store_has_not_yet_is_told_and_looked_for_again(
    image: Image,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = image.renditions.first().file.name
    with default_storage.open(one) as file:
        data = file.read()
    default_storage.delete(one)
    keeper = CopyKeeper()
    keeper.keep_in_step()
    assert (
        "1 pictures are not in the store; where they are, run manage.py move_pictures"
        in caplog.text
    )
    with default_storage.open(one, "wb") as file:
        file.write(data)
    assert keeper.keep_in_step() == 0
    monkeypatch.setattr(copies, "MISSING_AGAIN", 0.0)
    assert keeper.keep_in_step() == 1
    assert here(settings) == renditions()


def test_an_emptied_folder_is_filled_again(image: Image, settings: Settings) -> None:
    keeper = CopyKeeper()
    keeper.keep_in_step()
    Path(settings.MEDIA_ROOT, "images").rename(Path(settings.MEDIA_ROOT, "elsewhere"))
    assert keeper.keep_in_step() == image.renditions.count()


def test_without_a_store_nothing_on_the_disk_is_touched(
    person: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_STORE = {}
    kept = tmp_path / "copies" / "media" / "images" / "0123456789" / "0123456789abcdef.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a picture")
    assert CopyKeeper().keep_in_step() == 0
    assert kept.exists()
