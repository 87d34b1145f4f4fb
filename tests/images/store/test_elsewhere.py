"""The same verbs where files are kept in an object store: a storage that has no paths on this machine."""

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clinic_site.images.actions import delete, prune, replace, upload
from clinic_site.images.models import Image, Rendition
from clinic_site.images.pictures import media_url
from tests.images.making import jpeg, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def object_store(settings: Settings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}


def test_pictures_live_in_an_object_store(
    client: Client,
    person: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = upload(data=jpeg(), alt="A hand", by=person)
    with django_capture_on_commit_callbacks(execute=True):
        replace(image=image, data=png(), by=person)
    names = list(Rendition.objects.values_list("file", flat=True))
    assert all(default_storage.exists(name) for name in names)
    one = image.renditions.first()
    answer = client.get(media_url(one.file))
    assert (answer["Content-Type"], len(answer.content)) == ("image/avif", one.size)
    assert prune() == 0
    with django_capture_on_commit_callbacks(execute=True):
        delete(image=image, by=person)
    assert not Image.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_a_page_gives_addresses_of_this_site(person: User) -> None:
    image = upload(data=jpeg(), alt="A hand", by=person)
    assert media_url(image.renditions.first().file).startswith("/media/images/")
