"""Fixtures for the tests of staff at work."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.desk import desk, signed_in
from tests.serving import Site

__all__ = ["clinic_site", "desk", "signed_in"]


@pytest.fixture(scope="session")
def clinic_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for patients to write to; each test under names of its own."""
    folder = tmp_path_factory.mktemp("enquiries") / "data"
    running = Site(shutil.copytree(prepared, folder), WORKERS="1")
    running.start()
    yield running
    running.stop()
