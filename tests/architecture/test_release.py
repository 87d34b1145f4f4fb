"""The release that backups name is the one of the project."""

import tomllib

from clinic_site import RELEASE
from clinic_site.env import BASE_DIR


def test_the_code_knows_its_release() -> None:
    assert tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"] == RELEASE
