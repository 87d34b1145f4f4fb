"""Another clinic served from its own folder: accessible, and within the screen."""

from pathlib import Path

import pytest

from tests.browser.reading.test_every_page import TALL
from tests.browsing import OpenPage
from tests.looking import PATIENTS, PHONE, faults
from tests.second_clinic.conftest import make_folder
from tests.serving import Site

PAGES = ("/", "/clinic/", "/clinic/fernwood/", "/practitioners/maren-sample/", "/book/?at=oak-bay")


@pytest.mark.timeout(300)  # a first start over all of its files
def test_the_other_clinic_is_accessible(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make_folder(tmp_path / "content")
    running = Site(tmp_path / "data", CONTENT_DIR=str(folder))
    running.start()
    page, found = open_page(width=PHONE, height=TALL), {}
    try:
        for path in PAGES:
            page.goto(running.url + path)
            assert "Cedar Coast Physiotherapy" in page.title() + page.content()
            found[path] = faults(page, PATIENTS, widths=(PHONE,), height=TALL)
    finally:
        running.stop()
    assert {path: told for path, told in found.items() if told} == {}
