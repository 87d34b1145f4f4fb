"""The manifest and the icons: right types, right sizes, and the files are what the program draws."""

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from clinic_site.artwork.icons import pictures
from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.pages.public.web_app import ICONS

FOLDER = settings.BASE_DIR / "static" / "img"
pytestmark = pytest.mark.django_db


def test_the_manifest_tells_the_clinics_name(client: Client, published: None) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "Harbour Street Physio"


def test_the_manifest_is_there_before_there_is_a_clinic(client: Client) -> None:
    assert client.get("/manifest.webmanifest").json()["start_url"] == "/"


def test_the_page_names_the_manifest(client: Client, published: None) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()


@pytest.mark.parametrize(("name", "sizes", "purpose"), ICONS)
def test_each_icon_has_the_size_that_the_manifest_says(name: str, sizes: str, purpose: str) -> None:
    width, height = Image.open(FOLDER / name).size
    assert f"{width}x{height}" == sizes


def test_a_masked_icon_keeps_its_edge_free() -> None:
    picture = Image.open(FOLDER / "icon-maskable-512.png").convert("RGB")
    ring = [picture.getpixel((x, y)) for x in range(512) for y in (0, 51, 460, 511)]
    assert set(ring) == {picture.getpixel((0, 0))}


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_is_where_browsers_look_for_it(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert Image.open(io.BytesIO(response.content)).width in (48, 180)


def test_the_favicon_has_three_sizes() -> None:
    assert Image.open(FOLDER / "favicon.ico").info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize(("place", "drawn"), pictures().items(), ids=pictures())
def test_a_picture_is_what_the_program_draws(place: str, drawn: bytes) -> None:
    kept = (settings.BASE_DIR / place).read_bytes()
    if place.endswith(".svg"):
        assert kept == drawn
    else:  # other versions of zlib pack the same picture otherwise
        assert _pixels(kept) == _pixels(drawn)


def _pixels(file: bytes) -> bytes:
    return Image.open(io.BytesIO(file)).convert("RGB").tobytes()


def test_every_svg_comes_from_the_program() -> None:
    """Except for templates that place the fibres by the program's numbers when a page is made."""
    found = {
        file.relative_to(settings.BASE_DIR).as_posix()
        for folder in ("static", "templates")
        for file in (settings.BASE_DIR / folder).rglob("*.svg")
        if "{% fibre_picture" not in file.read_text()
    }
    assert found == {place for place in pictures() if place.endswith(".svg")}


def test_each_area_of_the_body_map_leads_to_its_place(client: Client, published: None) -> None:
    html = client.get("/conditions/").content.decode()
    areas = set(re.findall(r'<a href="#([a-z-]+)" tabindex="-1">', html))
    assert areas == BODY_AREAS.keys() - {"whole-body"}
    assert [area for area in areas if f'id="{area}"' not in html] == []
