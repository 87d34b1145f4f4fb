"""The picture that others show when a page is shared."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/safety/", "/conditions/"])
def test_each_page_names_the_picture_with_its_size_and_what_it_shows(
    client: Client, published: None, path: str
) -> None:
    html = client.get(path).content.decode()
    assert '<meta property="og:image" content="http://localhost:8000/static/img/share' in html
    assert '<meta property="og:image:alt" content="Lines of muscle fibre' in html


def test_the_picture_has_the_size_that_the_pages_say(client: Client, published: None) -> None:
    file = finders.find("img/share.png")
    assert file
    with Image.open(file) as picture:
        assert picture.size == (1200, 630)
    html = client.get("/").content.decode()
    assert 'og:image:width" content="1200"' in html and 'og:image:height" content="630"' in html
    assert Path(file).stat().st_size < 100_000


def test_a_page_that_is_not_there_names_no_picture(client: Client, published: None) -> None:
    assert "og:image" not in client.get("/no-such-page/").content.decode()
