"""Search as a browser and a crawler ask for it: no cookie, no trace, few queries, and nothing that breaks it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clinic_site.search.engines import engine
from clinic_site.search.query import find
from tests.at_length import examples
from tests.pagecache.conftest import Caller, caller
from tests.pages.writing import live_page

__all__ = ["caller"]
pytestmark = pytest.mark.django_db
MOST_QUERIES = 16
SIGNS = "\"*^:()-+{}[]%_\\'’|&!<>~@ ANDORNEAR\x00\ud800aéß中٣"


@pytest.mark.usefixtures("indexed")
def test_search_is_kept_out_of_search_engines(client: Client) -> None:
    response = client.get("/search/?q=needle")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Disallow: /search/" in client.get("/robots.txt").content.decode()


@pytest.mark.usefixtures("indexed")
def test_search_leaves_no_trace(client: Client) -> None:
    response = client.get("/search/?q=needle")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/search/", "/search/?q=needle"])
def test_search_never_enters_the_memory_of_pages(caller: Caller, path: str) -> None:
    caller.get(path)
    caller.get(path)
    assert caller.asked == 2


@pytest.mark.usefixtures("published")
def test_a_missing_slash_keeps_the_words(client: Client) -> None:
    assert client.get("/search?q=knee").headers["Location"] == "/search/?q=knee"


@pytest.mark.usefixtures("published")
def test_search_is_read_only(client: Client) -> None:
    assert client.post("/search/", {"q": "knee"}).status_code == 405


@pytest.mark.usefixtures("published")
def test_a_lost_patient_may_search_for_the_words_of_the_address(client: Client) -> None:
    html = client.get("/tennis-elbow-cure/").content.decode()
    assert 'value="tennis elbow cure"' in html


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["/", "/safety/", "/book/"])
def test_every_page_leads_to_the_search(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert '<a href="/search/">' in html[html.index("<footer") :]
    assert 'action="/search/"' in html[: html.index("<main")]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "typed", ["shoulder", "ims", "pain", "sholder", "pregnancy icbc", "zzzz qqqq", ""]
)
def test_a_search_takes_few_queries(
    client: Client, typed: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/search/", {"q": typed})


@pytest.mark.usefixtures("indexed")
def test_queries_do_not_grow_with_the_results(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    live_page("news", title="Zebra", body="Of stripes.")
    client.get("/search/?q=pain")
    with django_assert_num_queries(4):
        client.get("/search/?q=pain")
    for number in range(10):
        live_page(f"news-{number}", title=f"Pain {number}", body="Pain. " * 30)
    client.get("/search/?q=pain")
    with django_assert_num_queries(4):
        client.get("/search/?q=pain")


@pytest.mark.usefixtures("indexed")
@settings(
    max_examples=examples(150),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typed=st.one_of(st.text(max_size=60), st.text(alphabet=SIGNS, max_size=40)))
@example(typed="")
@example(typed='"')
@example(typed="NEAR(pain needle, 2)")
@example(typed="title: pain")
@example(typed="-pain *")
@example(typed="^pain + needle")
@example(typed="pain AND (OR")
@example(typed="\x00pain\x00")
@example(typed="pain " * 2_000)
@example(typed="p" * 10_000)
@example(typed="'; DROP TABLE search_passage; --")
@example(typed="%s %d {many} {order}")
def test_nothing_that_is_typed_breaks_the_search(typed: str) -> None:
    found = find(typed)
    assert len(found.typed.text) <= 200
    assert len(found.results) <= 20
    assert engine().known(found.typed.words or ("pain",)) <= {*found.typed.words, "pain"}


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "q=a&q=b", "q[]=1", "q=%F0%9F%A6%84", "Q"])
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 200
