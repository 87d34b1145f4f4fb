"""The page about the people who treat patients in a real browser: accessible, and within the screen."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_every_page import NO_SIDEWAYS, RULES, TALL, WIDTHS
from tests.browsing import OpenPage
from tests.serving import Site

PEOPLE = """
from tests.pages.practitioners import practitioner
practitioner()
practitioner("Bartholomew Constantinopoulos-Featherstonehaugh", about="- Sees children\\n- Speaks French")
practitioner("C. Third", needling_authorised_on=None, about="")
"""


@pytest.fixture(scope="module")
def peopled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped site with three practitioners."""
    running = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("peopled") / "data"))
    done = running.manage("shell", "-c", PEOPLE)
    assert done.returncode == 0, done.stderr
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_and_fits_the_screen(
    peopled: Site, open_page: OpenPage, width: int, dark: bool
) -> None:
    page = open_page(width=width, height=TALL, dark=dark)
    page.goto(f"{peopled.url}/practitioners/")
    assert page.get_by_role("heading", level=2).count() == 4
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
    assert page.evaluate(NO_SIDEWAYS)


def test_the_contact_page_leads_to_a_person_and_on_to_the_register(
    peopled: Site, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{peopled.url}/clinic/")
    page.locator("main").get_by_role("link", name="Who treats you").click()
    page.get_by_role("link", name="C. Third", exact=True).click()
    assert page.get_by_role("heading", name="C. Third").is_visible()
    register = page.get_by_role("link", name="C. Third in the public register")
    assert register.get_attribute("href") == "https://register.example.ca/1"
