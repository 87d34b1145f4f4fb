"""The library and its pictures in a real browser, on a phone: nothing refused, nothing pushed off the screen."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from clinic_site.images.actions import upload
from clinic_site.images.models import Image
from clinic_site.pages.actions.publish import create_page, publish
from tests.images.making import jpeg
from tests.looking import NO_SIDEWAYS, PHONE, SHIFTS, faults

pytestmark = pytest.mark.django_db(transaction=True)
LIBRARY = "/admin/images/image/"
DROP = """([selector, kind, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "photo.jpg", {type: "image/jpeg"}));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true})
    : new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_superuser("owner", password="long enough word")


@pytest.fixture
def sign_in(live_server: LiveServer, owner: User) -> Callable[[Page], Page]:
    """Signs a page in and opens the library in it."""

    def to_library(page: Page) -> Page:
        client = Client()
        client.force_login(owner)
        name, morsel = next(iter(client.cookies.items()))
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}])
        page.goto(f"{live_server.url}{LIBRARY}")
        return page

    return to_library


@pytest.fixture
def library(page: Page, sign_in: Callable[[Page], Page]) -> Page:
    """A phone, signed in, on the first page of the library."""
    return sign_in(page)


def fits(page: Page) -> bool:
    return page.evaluate(NO_SIDEWAYS)


def addresses(library: Page, owner: User) -> list[str]:
    """Every kind of page that the library has, with a picture in it."""
    image = upload(data=jpeg(), alt="A hand", is_sensitive=True, by=owner)
    of_one = [f"{image.pk}/{verb}/" for verb in ("change", "replace", "delete", "history")]
    return [library.url + path for path in ("", "?q=hand", "add/", *of_one)]


def photo(**options: Any) -> dict[str, Any]:
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(), **options}


def test_a_picture_is_uploaded_found_and_replaced_on_a_phone(library: Page) -> None:
    library.get_by_role("link", name="Add a picture").click()
    library.get_by_label("Picture").set_input_files(photo())
    assert fits(library)
    library.get_by_label("Description").fill("A hand on a shoulder")
    library.get_by_role("button", name="Upload a picture").click()
    library.get_by_text("![A hand on a shoulder](image:").wait_for()
    assert fits(library)
    library.get_by_role("link", name="Replace the picture").click()
    library.get_by_label("Picture").set_input_files(photo(buffer=jpeg(800, 300)))
    library.get_by_role("button", name="Replace the picture").click()
    library.get_by_text("800 by 300 pixels").wait_for()
    library.goto(library.url.split("/admin/")[0] + LIBRARY + "?q=shoulder")
    tile = library.locator(".tile img")
    tile.wait_for()
    assert tile.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    assert fits(library)


def test_a_refusal_stands_in_the_form(library: Page, watch: Any) -> None:
    watch.expect("400")
    library.get_by_role("link", name="Add a picture").click()
    library.get_by_label("Picture").set_input_files(photo(buffer=b"<svg></svg>"))
    library.get_by_label("Description").fill("A hand")
    library.get_by_role("button", name="Upload a picture").click()
    library.get_by_text("This is an SVG drawing").wait_for()
    assert library.get_by_label("Description").input_value() == "A hand"
    assert fits(library)


@pytest.mark.parametrize(("kind", "where"), [("drop", ".picture-form"), ("paste", "body")])
def test_a_picture_may_be_dropped_or_pasted(library: Page, kind: str, where: str) -> None:
    library.get_by_role("link", name="Add a picture").click()
    library.locator(".picture-form").wait_for()
    library.evaluate(DROP, [where, kind, base64.b64encode(jpeg()).decode()])
    library.get_by_label("Description").fill("A hand")
    library.get_by_role("button", name="Upload a picture").click()
    library.get_by_text("![A hand](image:").wait_for()
    assert Image.objects.get().alt == "A hand"


def test_the_library_has_no_barrier_and_fits_a_phone(library: Page, owner: User) -> None:
    for address in addresses(library, owner):
        library.goto(address)
        assert faults(library, widths=(PHONE,), context="#content") == [], address


def test_a_page_shows_the_avif_and_does_not_jump(
    page: Page, live_server: LiveServer, owner: User
) -> None:
    image = upload(data=jpeg(1200, 800), alt="A room", by=owner)
    other = upload(data=jpeg(), alt="A needle", is_sensitive=True, by=owner)
    body = f"![A room]({image.source})\n\n## More\n\n![]({other.source})\n\nWords"
    made = create_page(path="safety", layout="article", by=None)
    publish(page=made, words={"title": "Safety", "body": body}, by=None)
    page.add_init_script(SHIFTS)
    page.goto(f"{live_server.url}/safety/", wait_until="networkidle")
    shown = page.locator("picture img").first
    assert shown.evaluate("image => image.currentSrc").endswith(".avif")
    assert page.evaluate("shift") == 0
    folded = page.locator("details.sensitive")
    assert not folded.locator("img").is_visible()
    folded.locator("summary").click()
    assert folded.locator("img").is_visible()
    assert fits(page)
