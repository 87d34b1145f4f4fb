"""The requirements files on every Python that the site may run on: nothing that a package asks for is missing."""

import re
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from clinic_site.env import BASE_DIR

FILES = ("requirements.txt", "requirements-services.txt", "requirements-dev.txt")
# With --require-hashes pip takes nothing that the files do not name. Debian 12 has 3.11.2.
PYTHONS = ("3.11.0", "3.11.2", "3.11.9", "3.12.0", "3.13.0", "3.14.0")
NAMED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==", re.MULTILINE)


def named(file: str) -> set[str]:
    """The packages of a file."""
    text = (BASE_DIR / file).read_text(encoding="utf-8")
    return {str(canonicalize_name(name)) for name in NAMED.findall(text)}


def asked_for(package: str, python: str) -> set[str]:
    """What the installed package asks for on this version, without its extras."""
    here = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "extra": "",
    }
    wanted = map(Requirement, distribution(package).requires or ())
    return {
        str(canonicalize_name(one.name))
        for one in wanted
        if one.marker is None or one.marker.evaluate(here)
    }


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("file", FILES)
def test_all_that_is_asked_for_is_named(file: str, python: str) -> None:
    names = named(file) | (named("requirements.txt") if file != "requirements.txt" else set())
    missing = {
        f"{asked} (for {package})"
        for package in names
        for asked in asked_for(package, python) - names
    }
    assert missing == set()
