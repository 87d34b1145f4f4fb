"""The desk on a phone, in taps: a closure, a picture in a page; and each of its screens as people see it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.browser.taps import Taps
from tests.images.making import jpeg
from tests.looking import DESK, PHONE, UNFOLD, faults

SCREENS = (
    "/admin/",
    "/admin/clinic/",
    "/admin/clinic/notice/",
    "/admin/clinic/notice/add/",
    "/admin/clinic/closure/add/",
    "/admin/pages/page/",
    "/admin/pages/page/?q=needle",
    "/admin/pages/page/?state=unsigned",
    "/admin/images/image/",
    "/admin/images/image/add/",
)


@pytest.fixture
def home(desk: Desk, signed_in: SignedIn) -> Page:
    """The first page after signing in, on a phone."""
    page = signed_in("anna")
    page.goto(f"{desk.site.url}/admin/")
    return page


def test_five_taps_put_up_a_closure(desk: Desk, home: Page) -> None:
    day = date.today() + timedelta(days=5)
    with Taps("Put up a closure", most=5) as taps:
        taps.tap(home.get_by_role("link", name=re.compile("Put up a notice or closure")))
        taps.tap(home.get_by_role("link", name=re.compile("Closed days")))
        taps.tap(home.get_by_label("From")).fill(day.isoformat())
        taps.tap(home.get_by_label("Reason")).fill("Inventory by the walk")
        taps.tap(home.get_by_role("button", name="Save"))
        told = home.get_by_role("link", name=re.compile("Closed: Inventory by the walk"))
        expect(told).to_be_visible()
    open_once_it_reads(home, desk.public("safety"), "Inventory by the walk")


def test_seven_taps_add_a_picture_with_its_description_to_a_page(
    desk: Desk, home: Page, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg())
    with Taps("Add a picture to a page", most=7) as taps:
        taps.tap(home.get_by_role("link", name=re.compile("Change a page")))
        taps.tap(home.get_by_role("link", name=re.compile("How we write")))
        taps.tap(home.get_by_role("button", name="Image", exact=True))
        dialog = home.locator("#image-picker")
        with home.expect_file_chooser() as chosen:
            taps.tap(dialog.locator("#image-file"))
        chosen.value.set_files(photo)
        taps.tap(dialog.locator("#image-alt")).fill("A hand on a shoulder")
        taps.tap(dialog.locator("[data-upload]"))
        put_in = re.compile(r"!\[A hand on a shoulder\]\(image:")
        expect(home.locator("#id_body")).to_have_value(put_in)
        taps.tap(home.get_by_role("button", name="Publish now"))
        expect(home.get_by_text("Patients read it now.")).to_be_visible()
    open_once_it_reads(home, desk.public("how-we-write"), "A hand on a shoulder")


def test_the_tree_narrows_while_one_types(home: Page, desk: Desk) -> None:
    home.goto(f"{desk.site.url}/admin/pages/page/")
    home.get_by_role("searchbox").press_sequentially("tennis elb")
    row = home.get_by_role("link", name=re.compile("Tennis elbow"))
    expect(row.first).to_be_visible()
    expect(home.get_by_role("link", name=re.compile("How we write"))).to_be_hidden()
    assert home.locator("[data-tree] a:visible").count() <= 3


def test_a_photo_is_cropped_with_what_is_kept_in_sight(
    home: Page, desk: Desk, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg())
    home.goto(f"{desk.site.url}/admin/images/image/add/")
    home.get_by_label("Picture").set_input_files(photo)
    home.get_by_label("Description").fill("A hand")
    home.get_by_role("button", name="Upload a picture").tap()
    home.get_by_role("link", name="Crop it").tap()
    part = home.get_by_alt_text("The part that is kept")
    home.get_by_label("Square").tap()
    expect(part).to_have_attribute("src", re.compile("shape=1%3A1"))
    assert faults(home, widths=(PHONE, DESK)) == []
    home.get_by_role("button", name="Keep this part").tap()
    expect(home.get_by_text("400 by 400 pixels")).to_be_visible()


def test_the_screens_of_the_desk_are_accessible_and_fit(desk: Desk, home: Page) -> None:
    found = {}
    for path in SCREENS:
        home.goto(desk.site.url + path)
        home.evaluate(UNFOLD)
        found[path] = faults(home, widths=(320, PHONE, DESK))
    assert {path: told for path, told in found.items() if told} == {}
