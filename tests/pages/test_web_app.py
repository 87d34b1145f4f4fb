"""The manifest and the icons: right types, right sizes, and the files are what the program draws."""

import io

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from clinic_site.pages.web_app import ICONS
from clinic_site.seo.icons import icons

FOLDER = settings.BASE_DIR / "static" / "img"
pytestmark = pytest.mark.django_db


def test_the_manifest_tells_the_clinics_name(client: Client, published: None) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["name"] == "IMS Dry Needling BC"


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


def test_the_files_are_what_the_program_draws() -> None:
    for name, drawn in icons().items():
        kept = Image.open(FOLDER / name).convert("RGB")
        assert kept.tobytes() == Image.open(io.BytesIO(drawn)).convert("RGB").tobytes(), name
