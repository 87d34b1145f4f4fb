"""What patients find: the very place, by any of its names, in any order, mistyped too."""

import pytest
from django.test import Client

from clinic_site.pages.actions.publish import withdraw
from clinic_site.search.models import Passage
from tests.pages.writing import live_page
from tests.search.conftest import Answer, Search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("does it hurt", "/faq/#does-it-hurt"),
        ("shoulder", "/conditions/shoulder-pain/"),
        ("lateral epicondylitis", "/conditions/tennis-elbow/"),
        ("muscle knot", "/conditions/myofascial-pain-syndrome/"),
        ("how much does it cost", "/faq/#cost"),
        ("can I drive", "/faq/#driving"),
        ("opening hours", "/clinic/#place-1-hours"),
        ("parking", "/clinic/#place-1"),
        ("phone number", "/clinic/#place-1-reach"),
        ("what is ims", "/what-is-ims/"),
        ("should I rest my back", "/conditions/neck-and-back-pain/#should-i-rest"),
        ("aftercare", "/aftercare/"),
    ],
)
def test_the_very_place_comes_first(search: Search, typed: str, first: str) -> None:
    assert search(typed).urls[0] == first


def test_every_place_is_really_there(client: Client, indexed: None) -> None:
    pages: dict[str, str] = {}
    asked = (client.get("/search/", {"q": one.title}) for one in Passage.objects.all())
    urls = {url for answer in asked for url in Answer(answer.content.decode()).urls}
    for url in urls:
        path, _, anchor = url.partition("#")
        if path not in pages:
            pages[path] = client.get(path).content.decode()
        assert not anchor or f'id="{anchor}"' in pages[path], url
    assert len(urls) > 100


@pytest.mark.parametrize(
    "typed",
    [
        "thinners blood",
        "BLOOD Thinners",
        "blood thinner",
        "blood thin",
        "blóod thínners",
        "blood-thinners?",
        '"blood thinners"',
    ],
)
def test_words_count_in_any_order_case_and_form(search: Search, typed: str) -> None:
    assert "/faq/#blood-thinners" in search(typed).urls


@pytest.mark.parametrize("typed", ["golfer's", "golfer’s", "golfers elbow", "Golferʼs Elbow"])
def test_an_apostrophe_is_no_hurdle(search: Search, typed: str) -> None:
    assert search(typed).urls[0] == "/conditions/golfers-elbow/"


def test_an_accented_word_is_found_without_its_accent(search: Search) -> None:
    live_page("news", title="Zoé joins us", body="She comes from Québec.")
    assert search("quebec").urls == ["/news/"]
    assert "Québec" in search("quebec").marked


def test_another_name_leads_to_what_is_called_otherwise(search: Search) -> None:
    assert "/faq/#trigger-point" in search("muscle knot").urls


def test_a_plural_is_no_beginning_of_other_words(search: Search) -> None:
    assert "/conditions/shoulder-pain/" not in search("ims").urls


def test_a_word_that_left_the_site_puts_nothing_right(search: Search) -> None:
    page = live_page("news", title="Kinesiology", body="We offer kinesiology.")
    assert search("kinesiolgy").urls == ["/news/"]
    withdraw(page=page, by=None)
    assert search("kinesiolgy").urls == []


def test_where_no_page_has_all_words_some_will_do(search: Search) -> None:
    answer = search("pregnancy parking sham")
    assert "/faq/#pregnant" in answer.urls
    assert "No page has all of these words" in answer.html


def test_what_was_found_is_marked(search: Search) -> None:
    assert set(search("driving").marked) >= {"drive"}


def test_words_of_a_page_are_never_markup(search: Search) -> None:
    live_page(
        "news", title="Bold <b>zebra</b>", body="A zebra `<img src=x onerror=alert(1)>` here."
    )
    html = search("zebra").html
    assert "<img src=x" not in html
    assert "<b>" not in html


def test_what_was_typed_is_never_markup(search: Search) -> None:
    assert "<script>alert" not in search('<script>alert(1)</script>"><img>').html


def test_the_number_of_results_is_said(search: Search) -> None:
    live_page("news", title="Zebra", body="Of stripes.")
    assert "1 result for “zebra”" in search("zebra").html


def test_many_results_are_cut(search: Search) -> None:
    answer = search("pain")
    assert "The 20 best results for “pain”" in answer.html
    assert len(answer.urls) == 20


def test_nothing_found_leads_on(search: Search) -> None:
    html = search("xylophone").html
    main = html[html.index("<main") : html.index("</main")]
    assert "Nothing found for “xylophone”" in main
    assert 'href="/faq/#does-it-hurt"' in main
    assert 'href="tel:' in main
    assert 'href="/book/"' in main


def test_words_that_thousands_have_are_answered_too(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.search.engines.sqlite.MOST_OF_A_FIELD", 3)
    assert len(search("pain").urls) > 5
