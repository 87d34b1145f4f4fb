"""Fixtures for the tests of staff at work."""

from collections.abc import Iterator

import pytest

from tests.browser.desk import desk, signed_in
from tests.serving import Site

__all__ = ["clinic_site", "desk", "signed_in"]


@pytest.fixture(scope="module")
def clinic_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this module's own, to write to."""
    running = Site(tmp_path_factory.mktemp("enquiries"), WORKERS="1")
    running.start()
    yield running
    running.stop()
