"""Images as pages show them."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from clinic_site.images.actions import replace, upload
from clinic_site.images.models import Image
from clinic_site.images.pictures import SIZES, pictures, thumbnails
from clinic_site.markup import parse
from clinic_site.markup.sanitising import sanitise
from tests.images.making import jpeg, png

pytestmark = pytest.mark.django_db


class Tags(HTMLParser):
    """The start tags of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, Any]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, Any]]:
        return [attributes for tag, attributes in self.found if tag == name]


def shown(body: str, *images: Image) -> Any:
    return parse(body, pictures=tuple(pictures([image.pk for image in images]).values()))


@pytest.fixture
def large(person: User) -> Image:
    return upload(data=jpeg(2000, 1000), alt="A treatment room", by=person)


def test_a_picture_comes_in_three_types_and_three_widths(large: Image) -> None:
    tags = Tags(shown(f"![A room]({large.source})", large).html)
    sources = tags.all("source")
    assert [source["type"] for source in sources] == ["image/avif", "image/webp", "image/jpeg"]
    for source, ending in zip(sources, ("avif", "webp", "jpg"), strict=True):
        candidates = source["srcset"].split(", ")
        assert [candidate.split()[1] for candidate in candidates] == ["480w", "960w", "1600w"]
        for candidate in candidates:
            assert re.fullmatch(
                rf"/media/images/[0-9a-f]{{10}}/[0-9a-f]{{16}}\.{ending}", candidate.split()[0]
            )
        assert source["sizes"] == SIZES


def test_every_file_of_the_srcset_is_as_wide_as_it_says(large: Image, client: Any) -> None:
    for source in Tags(shown(f"![A]({large.source})", large).html).all("source"):
        for candidate in source["srcset"].split(", "):
            url, width = candidate.split()
            assert client.get(url)["Content-Type"] == source["type"]
            row = large.renditions.get(file=url.removeprefix("/media/"))
            assert f"{row.width}w" == width


def test_the_page_does_not_jump(large: Image) -> None:
    (img,) = Tags(shown(f"![A room]({large.source})", large).html).all("img")
    assert (img["width"], img["height"]) == ("1600", "800")
    assert (img["loading"], img["decoding"], img["alt"]) == ("lazy", "async", "A room")
    assert img["src"].endswith(".jpg")


def test_a_small_picture_has_its_own_width(person: User) -> None:
    small = upload(data=jpeg(300, 200), alt="A hand", by=person)
    html = shown(f"![A]({small.source})", small).html
    (img,) = Tags(html).all("img")
    assert (img["width"], img["height"]) == ("300", "200")
    assert {s["srcset"].split()[1] for s in Tags(html).all("source")} == {"300w"}


def test_the_html_is_what_the_sanitiser_lets_through(large: Image) -> None:
    Image.objects.update(is_sensitive=True)
    for html in (shown(f"![A]({large.source})\n\nWords\n", large).html,):
        assert sanitise(html) == html
        assert "<picture>" in html


def test_a_replaced_picture_shows_its_new_files(large: Image, person: User) -> None:
    replace(image=large, data=png(500, 250), by=person)
    (img,) = Tags(shown(f"![A]({large.source})", large).html).all("img")
    assert (img["width"], img["height"]) == ("500", "250")


def test_all_pictures_take_one_query(
    large: Image, image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = pictures([large.pk, image.pk, 999_999])
    assert set(found) == {large.source, image.source}


def test_thumbnails_are_at_most_480_wide_in_one_query(
    large: Image, image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = thumbnails([large.pk, image.pk])
    assert {small.width for small in found.values()} == {480}


# Descriptions


def test_the_words_in_the_text_win(image: Image) -> None:
    document = shown(f"![Another]({image.source})", image)
    assert 'alt="Another"' in document.html
    assert document.images[0].alt == "Another"


def test_no_words_in_the_text_means_those_of_the_library(image: Image) -> None:
    document = shown(f"![]({image.source})", image)
    assert 'alt="A hand on a shoulder"' in document.html
    assert document.problems == ()


def test_no_words_at_all_only_for_a_decorative_one(person: User) -> None:
    plain = upload(data=jpeg(60, 40), alt="", is_decorative=True, by=person)
    document = shown(f"![]({plain.source})", plain)
    assert 'alt=""' in document.html
    assert document.problems == ()


def test_a_number_that_no_image_has_is_told(image: Image) -> None:
    document = shown("Words\n\n![A hand](image:999999)", image)
    assert "<img" not in document.html
    assert '<span class="missing-image">A hand</span>' in document.html
    (problem,) = document.problems
    assert problem.line == 3
    assert "There is no image 999999 in the library" in problem.message


def test_nobody_complains_where_nobody_has_looked() -> None:
    assert parse("![A hand](image:999999)").problems == ()


@pytest.mark.parametrize("alt", ['" onerror="alert(1)', "<script>alert(1)</script>", "&amp;&lt;"])
def test_a_description_stays_a_description(image: Image, alt: str) -> None:
    Image.objects.filter(pk=image.pk).update(alt=alt, is_sensitive=True)
    image.refresh_from_db()
    tags = Tags(shown(f"![]({image.source})", image).html)
    (img,) = tags.all("img")
    assert img["alt"] == alt
    assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
    assert not tags.all("script")


# Pictures that may be hard to look at


@pytest.fixture
def needle(person: User) -> Image:
    return upload(data=jpeg(60, 40), alt="A needle in a forearm", is_sensitive=True, by=person)


def test_a_sensitive_picture_is_folded_behind_its_description(needle: Image) -> None:
    html = shown(f"Before\n\n![]({needle.source})\n\nAfter", needle).html
    assert (
        '<details class="sensitive"><summary>A needle in a forearm (show the picture)</summary>'
        "<picture>"
    ) in html
    assert html.startswith("<p>Before</p>\n<details")
    assert html.endswith("</details>\n<p>After</p>")


@pytest.mark.parametrize(
    "body",
    ["- ![]({})", "1. a\n\n   ![]({})", "> [!NOTE]\n> ![]({})", "> ![]({})", "Term\n: ![]({})"],
)
def test_it_is_folded_within_other_blocks(needle: Image, body: str) -> None:
    document = shown(body.replace("{}", needle.source), needle)
    assert document.html.count("<details") == document.html.count("<picture>") == 1
    assert "<p><details" not in document.html
    assert document.problems == ()


@pytest.mark.parametrize(
    "body",
    [
        "Look: ![]({}) there",
        "[![]({})](/safety/)",
        "**![]({})**",
        "## ![]({})",
        "| a |\n| - |\n| ![]({}) |",
        "![]({}) ![]({})",
    ],
)
def test_in_the_midst_of_a_line_only_its_description_is_shown(needle: Image, body: str) -> None:
    document = shown(body.replace("{}", needle.source), needle)
    assert "<img" not in document.html
    assert "A needle in a forearm" in document.html
    assert any("put it on a line of its own" in problem.message for problem in document.problems)


def test_it_is_never_fetched_before_it_is_opened(needle: Image) -> None:
    (img,) = Tags(shown(f"![]({needle.source})", needle).html).all("img")
    assert img["loading"] == "lazy"
