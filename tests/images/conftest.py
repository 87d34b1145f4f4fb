"""Fixtures: people with and without rights, and a media folder of the test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from clinic_site.images.actions import upload
from clinic_site.images.models import Image
from tests.images.making import jpeg

RIGHTS = ("add", "change", "delete", "view")


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """A maker of signed-in staff with these rights over images."""

    def make(*rights: str) -> Client:
        name = "-".join(rights) or "nobody"
        user = User.objects.create_user(name, password="long enough word", is_staff=True)
        codenames = [f"{right}_image" for right in rights]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def editor(staff: Callable[..., Client]) -> Client:
    """Somebody who may do everything with images."""
    return staff(*RIGHTS)


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("kim", is_staff=True)


@pytest.fixture
def image(person: User) -> Image:
    """A picture in the library: 600 by 400 pixels."""
    return upload(data=jpeg(), alt="A hand on a shoulder", by=person)
