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
    "/admin/clinic/location/",
    "/admin/clinic/location/1/change/",
    "/admin/clinic/closure/add/",
    "/admin/clinic/practitioner/",
    "/admin/clinic/practitioner/add/",
    "/admin/clinic/practitioner/1/change/",
    "/admin/auth/user/",
    "/admin/second-factor/",
    "/admin/second-factor/set-up/",
)
# The stock forms: axe would load their styles inline, which the policy forbids, to judge how a page can be turned.
RULES = {"preload": False}
OWNER = """
from django.contrib.auth.models import Group, User
user = User.objects.create_user("anna", "anna@example.ca", "only for pictures", is_staff=True)
user.groups.set([Group.objects.get(name="Owner")])
from clinic_site.clinic.models import Practitioner
told = {"title": "Physiotherapist", "registration_url": "https://register.example.ca/1"}
Practitioner.objects.create(clinic_id=1, name="A. Sample", about="Works with runners.", **told)
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
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '_')}.png", full_page=True)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path
        faults = Axe().run(page, options=RULES).response["violations"]
        if faults:
            found[path] = [f"{one['id']}: {one['nodes'][0]['html']}" for one in faults]
    assert found == {}
    assert watch.unexpected() == []
