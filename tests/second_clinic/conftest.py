"""The folder of another clinic: what the first one says of treatment, and its own name, places, people and prices."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

OWN = Path(__file__).parents[1] / "data" / "second_clinic"


def make_folder(folder: Path) -> Path:
    """The CONTENT_DIR of the other clinic."""
    shutil.copytree(settings.SHIPPED_CONTENT_DIR, folder)
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def second_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read from it, don't write."""
    return make_folder(tmp_path_factory.mktemp("second") / "content")
