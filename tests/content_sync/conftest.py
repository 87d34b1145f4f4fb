"""Fixtures: a content folder of the test's own, and a member of staff."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from clinic_site.pages.actions.publish import create_page, publish
from tests.content_sync.folder import ContentFolder


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
