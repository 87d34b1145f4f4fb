"""Pages with pictures: fetched once, the one at the top at once, and an image in use stays."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from clinic_site.images.actions import ImageInUse, delete, replace, upload
from clinic_site.images.models import Image
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.image_usage import uses_of_image
from clinic_site.pages.models import Page
from clinic_site.pages.rendering.page_view import read_page
from tests.images.making import jpeg
from tests.pages.practitioners import practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person() -> User:
    return User.objects.create_user("kim", is_staff=True)


@pytest.fixture
def image(person: User) -> Image:
    return upload(data=jpeg(), alt="A hand", by=person)


def page(path: str = "safety", layout: str = "article") -> Page:
    return create_page(path=path, layout=layout, by=None)


def live(body: str, path: str = "safety", layout: str = "article", **details: Any) -> Page:
    made = page(path, layout)
    publish(page=made, words={"title": path, "body": body, "details": details}, by=None)
    return made


def test_a_page_shows_the_picture_it_names(client: Client, image: Image) -> None:
    live(f"Words\n\n![Two hands]({image.source})")
    html = client.get("/safety/").content.decode()
    assert f'<source type="image/avif" srcset="/media/{image.renditions.first().file.name}' in html
    assert 'alt="Two hands" width="600" height="400"' in html


def test_a_replaced_picture_is_on_the_page_at_once(
    client: Client, image: Image, person: User
) -> None:
    live(f"![]({image.source})")
    client.get("/safety/")
    replace(image=image, data=jpeg(300, 100), by=person)
    assert 'width="300" height="100"' in client.get("/safety/").content.decode()


def test_pictures_cost_one_query_and_none_where_there_are_none(
    image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    live("Words", "plain")
    live(f"![]({image.source}) ![]({image.source}) ![](image:99999)", "pictured")
    for path, queries in (("plain", 2), ("pictured", 3)):  # the page and the terms of the glossary
        with django_assert_num_queries(queries):
            assert read_page(path).document.html


def test_pictures_of_all_that_stands_on_a_page_cost_one_query(
    image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    live("Words", "faq", "faq", topics=[])
    for number in range(3):
        live(f"![Hand {number}]({image.source})", f"faq/q{number}", "question", topic="x")
    with django_assert_num_queries(4):
        reading = read_page("faq")
        html = "".join(entry.document.html for entry in reading.entries)
    assert html.count("<picture>") == 3
    assert html.count('loading="lazy"') == 3


@pytest.mark.parametrize(
    ("body", "lazy"),
    [
        ("Words\n\n![]({})", 0),
        ("![]({})\n\n## Later\n\n![]({other})", 1),
        ("## First\n\n![]({})", 1),
        ("Words\n\n## First\n\n![]({})", 1),
    ],
)
def test_only_a_picture_at_the_top_is_fetched_at_once(
    image: Image, person: User, body: str, lazy: int
) -> None:
    other = upload(data=jpeg(60, 40), alt="Other", by=person)
    live(body.replace("{}", image.source).replace("{other}", other.source))
    assert read_page("safety").document.html.count('loading="lazy"') == lazy


# Where an image is used


def states(image: Image) -> list[tuple[str, str]]:
    return [(use.url, use.state) for use in uses_of_image(image.pk)]


def test_live_scheduled_and_waiting_uses_are_found(image: Image) -> None:
    body = f"![A]({image.source})"
    live(body)
    tomorrow = timezone.now() + timedelta(days=1)
    save_draft(page=page("soon"), words={"title": "s", "body": body}, by=None, publish_at=tomorrow)
    save_draft(page=page("draft"), words={"title": "d", "body": body}, by=None)
    assert states(image) == [
        ("/safety/", "live"),
        ("/soon/", "scheduled"),
        ("/draft/", "draft"),
    ]


def test_a_page_that_was_withdrawn_still_counts(image: Image) -> None:
    made = live(f"![A]({image.source})")
    withdraw(page=made, by=None)
    assert states(image) == [("/safety/", "withdrawn")]


def test_old_revisions_do_not_count(image: Image, person: User) -> None:
    made = live(f"![A]({image.source})")
    publish(page=made, words={"title": "x", "body": "Words"}, by=None)
    assert states(image) == []
    delete(image=image, by=person)


@pytest.mark.parametrize(
    "body", ["![A](image:{}0)", "![A](image:1{})", "image:{}", "`![A](image:{})`", "[A](image:{})"]
)
def test_what_only_looks_like_a_use_is_none(image: Image, body: str) -> None:
    live(body.replace("{}", str(image.pk)))
    assert states(image) == []


@pytest.mark.parametrize("body", ["[A][x]\n\n![A][x]\n\n[x]: image:{}", '![A](<image:{}> "t")'])
def test_every_way_to_write_it_is_found(image: Image, body: str) -> None:
    live(body.replace("{}", str(image.pk)))
    assert states(image) == [("/safety/", "live")]


def test_an_image_on_a_page_is_not_deleted(image: Image, person: User) -> None:
    live(f"![A]({image.source})")
    with pytest.raises(ImageInUse, match=r"“safety” \(live\)"):
        delete(image=image, by=person)
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_of_a_practitioner_is_in_use(published: None, image: Image, person: User) -> None:
    one = practitioner(about=f"![A. Sample]({image.source})")
    assert [use.title for use in uses_of_image(image.pk)] == [one.name]
    with pytest.raises(ImageInUse):
        delete(image=image, by=person)
