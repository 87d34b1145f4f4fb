"""Staff pages in a real browser: no fault of the policy, nothing wider than the screen, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browsing import OpenPage, Watch
from tests.serving import Site

PATHS = (
    "/admin/",
    "/admin/pages/signoff/",
    "/admin/pages/pagecheck/",
    "/admin/pages/externallink/",
    "/admin/clinic/clinic/1/change/",
    "/admin/clinic/location/1/change/",
    "/admin/clinic/closure/add/",
    "/admin/clinic/practitioner/add/",
    "/admin/auth/user/",
    "/admin/second-factor/",
    "/admin/second-factor/set-up/",
)
OWNER = """
from django.contrib.auth.models import Group, User
user = User.objects.create_user("anna", "anna@example.ca", "only for pictures", is_staff=True)
user.groups.set([Group.objects.get(name="Owner")])
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    running = Site(tmp_path_factory.mktemp("staff"))
    running.start()
    done = running.manage("shell", "-c", OWNER)
    assert done.returncode == 0, done.stderr
    yield running
    running.stop()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_staff_pages(
    desk: Site, open_page: OpenPage, watch: Watch, width: int, dark: bool, tmp_path: Path
) -> None:
    page = open_page(width=width, dark=dark)
    page.goto(f"{desk.url}/admin/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", "only for pictures")
    page.click("[type=submit]")
    page.goto(f"{desk.url}/admin/pages/signoff/")
    reading = page.locator(".standings a").first.get_attribute("href") or ""
    found = {}
    for path in (*PATHS, reading):
        page.goto(desk.url + path)
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '_')}.png")
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path
        if (
            "/clinic/" not in path
        ):  # the stock forms: axe would load their styles inline to judge print
            ids = [fault["id"] for fault in Axe().run(page).response["violations"]]
            if ids:
                found[path] = ids
    assert found == {}
    assert watch.unexpected() == []
