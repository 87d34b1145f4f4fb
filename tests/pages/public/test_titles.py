"""What search results show: titles and descriptions of a length that is read, each of them once."""

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client

from clinic_site.clinic.models import Clinic
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page
from tests.pages.public.test_views import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
PAGES = [*PUBLIC, "/book/"]
TITLE = re.compile(r"<title>(.*?)</title>")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')


def found(client: Client, path: str, pattern: re.Pattern[str]) -> str:
    matches = pattern.findall(client.get(path).content.decode())
    assert len(matches) == 1
    return unescape(matches[0])


@pytest.mark.parametrize("path", PAGES)
def test_a_title_is_shown_whole(client: Client, path: str) -> None:
    assert 10 <= len(found(client, path, TITLE)) <= 60


@pytest.mark.parametrize("path", PAGES)
def test_a_description_is_shown_whole(client: Client, path: str) -> None:
    assert 50 <= len(found(client, path, DESCRIPTION)) <= 160


@pytest.mark.parametrize("pattern", [TITLE, DESCRIPTION], ids=["titles", "descriptions"])
def test_no_two_pages_say_the_same(client: Client, pattern: re.Pattern[str]) -> None:
    said = Counter(found(client, path, pattern) for path in PAGES)
    assert [words for words, times in said.items() if times > 1] == []


def test_the_name_of_the_clinic_stands_where_there_is_room(client: Client) -> None:
    name = Clinic.objects.get().name
    assert found(client, "/safety/", TITLE) == f"Is dry needling safe? | {name}"
    title = "A title that is long enough to fill the whole line"
    publish(page=Page.objects.get(path="privacy"), words={"title": title}, by=None)
    assert found(client, "/privacy/", TITLE) == title
