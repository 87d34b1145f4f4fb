"""What the tests of the commands share: a copy of the site to spoil, a tool box without Python."""

import shutil
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.serving import Site

PARTS = ("clinic_site", "content", "static", "templates")
FILES = ("manage.py", "Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml")
TOOLS = ("env", "id", "rm", "sh", "touch")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The site's files in a folder of their own."""
    folder = tmp_path / "copy"
    for part in PARTS:
        shutil.copytree(BASE_DIR / part, folder / part)
    for name in FILES:
        shutil.copy2(BASE_DIR / name, folder / name)
    return folder


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Site:
    """The shipped site over a data folder that has been served before; not started."""
    return Site(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH with what any machine has, and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder
