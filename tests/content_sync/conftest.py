"""Fixtures: content folders of the test's own, of the clinic and of the code, and a member of staff."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from clinic_site.pages.actions.publish import create_page, publish
from tests.content_sync.folder import ContentFolder
from tests.content_sync.shipped.samples import BODY, OURS, SAMPLE


@pytest.fixture
def content(db: None, tmp_path: Path, settings: Settings) -> ContentFolder:
    """An empty content folder that the commands use."""
    folder = tmp_path / "content"
    folder.mkdir()
    settings.CONTENT_DIR = settings.SHIPPED_CONTENT_DIR = folder
    return ContentFolder(folder)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", is_staff=True)


@pytest.fixture
def staff_page(editor: User) -> None:
    """A live page that staff made, with one section."""
    page = create_page(path="staff-page", layout="article", by=editor)
    publish(page=page, words={"title": "Ours", "body": "## Made by staff"}, by=editor)


@pytest.fixture
def shipped(content: ContentFolder, settings: Settings) -> ContentFolder:
    """What comes with the code: a home page, a page about safety, and the sample clinic."""
    folder = content.path.parent / "code" / "content"
    folder.mkdir(parents=True)
    settings.SHIPPED_CONTENT_DIR = folder
    code = ContentFolder(folder)
    code.write("home.md", layout="home", headline="Hello")
    code.write("safety.md", BODY, title="Safe")
    code.write("clinic.md", "Where we are.", layout="clinic", **SAMPLE)
    return code


@pytest.fixture
def own(shipped: ContentFolder, content: ContentFolder) -> ContentFolder:
    """The clinic's folder after the first start, with its own details."""
    content.sync()
    content.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    assert not content.sync().failure
    return content
