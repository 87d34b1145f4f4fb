"""A picture that comes while a disk is full."""

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.images.upload_errors import NO_ROOM
from tests.images.making import jpeg, png
from tests.images.test_library import ADD, send

pytestmark = pytest.mark.django_db


def test_a_full_folder_for_temporary_files_keeps_no_photo_out(
    editor: Client, settings: Settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = "/dev/full"
    assert send(editor, ADD, png(1_200, 900, compress_level=0), alt="A hand").status_code == 302


def test_a_full_disk_is_told_in_words(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.default_storage.save", full_disk)
    response = send(editor, ADD, jpeg(), alt="A hand")
    assert response.context["form"].errors["file"] == [NO_ROOM]
