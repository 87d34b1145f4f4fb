"""Cropping in the library: the part that was chosen, as a picture of its own."""

import io
from threading import Event, Thread

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image as Pillow

from clinic_site.images import encoding
from clinic_site.images.actions import upload
from clinic_site.images.cropping import SHAPES, Crop
from clinic_site.images.models import Image
from tests.images.making import RED, jpeg
from tests.staff.people import person

MIDDLE = {"across": "50", "down": "50", "share": "100"}


@pytest.mark.parametrize(
    ("crop", "box"),
    [
        (Crop("4:5"), (140, 0, 460, 400)),
        (Crop("4:5", across=0), (0, 0, 320, 400)),
        (Crop("1:1", across=100, share=50), (400, 100, 600, 300)),
        (Crop("16:9", down=0), (0, 0, 600, 338)),
    ],
)
def test_the_part_is_of_the_shape_and_lies_where_it_was_put(
    crop: Crop, box: tuple[int, int, int, int]
) -> None:
    assert crop.box(600, 400) == box


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2400, 1), (37, 41)])
def test_the_part_lies_within_the_picture_whatever_its_size(
    shape: str, size: tuple[int, int]
) -> None:
    for across in (0, 33, 100):
        left, top, right, bottom = Crop(shape, across, across, 25).box(*size)
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]


@pytest.fixture
def editor(db: None) -> User:
    return person("editor", "Editor")


@pytest.fixture
def image(editor: User) -> Image:
    return upload(data=jpeg(600, 400), alt="A hand", is_sensitive=True, by=editor)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def address(image: Image, end: str = "") -> str:
    return f"/admin/images/image/{image.pk}/crop/{end}"


def test_the_part_is_a_new_picture_with_the_same_words(desk: Client, image: Image) -> None:
    desk.post(address(image), MIDDLE | {"shape": "4:5", "across": "0"})
    part = Image.objects.exclude(pk=image.pk).get()
    assert (part.width, part.height, part.alt, part.is_sensitive) == (320, 400, "A hand", True)
    image.refresh_from_db()
    assert (image.width, image.version) == (600, 1)


def test_showing_keeps_nothing(desk: Client, image: Image) -> None:
    html = desk.post(address(image), MIDDLE | {"shape": "1:1", "show": "1"}).content.decode()
    assert "crop/part/?shape=1%3A1&amp;across=50" in html
    assert Image.objects.count() == 1


def test_the_part_is_shown_before_it_is_kept(desk: Client, image: Image) -> None:
    answer = desk.get(address(image, "part/"), MIDDLE | {"shape": "4:5", "across": "0"})
    seen = Pillow.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], seen.size) == ("image/jpeg", (256, 320))
    assert all(abs(a - b) < 12 for a, b in zip(seen.getpixel((10, 10)), RED, strict=True))


@pytest.mark.parametrize(
    "wrong", [{"shape": "9:9"}, {"across": "101"}, {"share": "0"}, {"down": "x"}]
)
def test_no_other_part_can_be_asked_for(desk: Client, image: Image, wrong: dict[str, str]) -> None:
    said = MIDDLE | {"shape": "1:1"} | wrong
    assert desk.get(address(image, "part/"), said).status_code == 400
    assert desk.post(address(image), said).status_code == 400
    assert Image.objects.count() == 1


def test_whoever_waits_in_the_browser_holds_no_thread(desk: Client) -> None:
    """While one picture is at work the next is told to come again, and is taken afterwards."""
    is_held, may_go = Event(), Event()

    def work() -> None:
        with encoding.turn(waits=True):
            is_held.set()
            may_go.wait(10)

    other = Thread(target=work)
    other.start()
    is_held.wait(10)
    file = io.BytesIO(jpeg())
    file.name = "a.jpg"
    sent = {"file": file, "alt": "A hand"}
    busy = desk.post("/admin/images/image/add/", sent, headers={"X-Waits": "yes"})
    assert (busy.status_code, busy["Retry-After"]) == (503, "2")
    may_go.set()
    other.join()
    file.seek(0)
    taken = desk.post("/admin/images/image/add/", sent, headers={"X-Waits": "yes"})
    assert taken.json() == {"to": f"/admin/images/image/{Image.objects.get().pk}/change/"}


def test_what_is_refused_is_told_to_the_browser_in_words(desk: Client) -> None:
    file = io.BytesIO(b"<svg></svg>")
    file.name = "a.svg"
    sent = {"file": file, "alt": "A hand"}
    said = desk.post("/admin/images/image/add/", sent, headers={"X-Waits": "yes"})
    assert (said.status_code, "SVG drawing" in said.json()["error"]) == (400, True)
