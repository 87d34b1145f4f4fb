"""The same search on PostgreSQL, whose index is a column of its own."""

import http.client
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from clinic_site.search.quality import SHIPPED
from clinic_site.search.query import find
from tests.postgresql import cluster, postgresql
from tests.search.conftest import Answer
from tests.serving import Site

__all__ = ["cluster", "postgresql"]
DATA = Path(__file__).parents[1] / "data"
LISTS = (SHIPPED, DATA / "search_hold_out.json")
Ask = Callable[[str], Answer]
NEWS = """
from clinic_site.pages.actions.publish import create_page, publish
from clinic_site.search.index.indexing import bring_up_to_date
page = create_page(path="news", layout="article", by=None)
body = "One of us comes from Québec, where <b>zebras</b> are few. " * 20
publish(page=page, words={"title": "Zoé joins us", "body": body}, by=None)
bring_up_to_date()
"""

AT_ONCE = """
from threading import Barrier, Thread, local
from django.db import connections
from clinic_site.search.index import indexing
from clinic_site.search.models import Passage, Word
both, mine, write, told = Barrier(2, timeout=30), local(), indexing._replace, []
def together(*args):
    if not hasattr(mine, "met"):
        mine.met = both.wait()
    write(*args)
def run():
    try:
        told.append(indexing.bring_up_to_date())
    except Exception as error:
        told.append(repr(error))
    connections.close_all()
indexing._replace = together
Passage.objects.all().delete()
Word.objects.all().delete()
threads = [Thread(target=run) for _ in "ab"]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(told, Passage.objects.exists())
"""


@pytest.fixture(scope="module")
def site(
    postgresql: str, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running site."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("search") / "data")
    running = Site(folder, DATABASE_URL=postgresql)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def ask(site: Site) -> Ask:
    """ask("needle"): the answer of the running site."""
    told = site.manage("shell", "-v0", "-c", NEWS)
    assert told.returncode == 0, told.stderr

    def asking(typed: str) -> Answer:
        connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
        connection.request("GET", f"/search/?q={quote(typed, errors='surrogatepass')}")
        response = connection.getresponse()
        words = response.read().decode()
        connection.close()
        assert response.status == 200, typed
        return Answer(words)

    return asking


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("shoulder", "/conditions/shoulder-pain/"),
        ("does it hurt", "/faq/#does-it-hurt"),
        ("lateral epicondylitis", "/conditions/tennis-elbow/"),
        ("muscle knot", "/conditions/myofascial-pain-syndrome/"),
        ("golfer’s", "/conditions/golfers-elbow/"),
        ("blood thinner", "/faq/#blood-thinners"),
        ("shouldre", "/conditions/shoulder-pain/"),
        ("quebec", "/news/"),
        ("zoe", "/news/"),
    ],
)
def test_the_very_place_comes_first(ask: Ask, typed: str, first: str) -> None:
    assert ask(typed).urls[0] == first


def test_a_mistyped_word_is_put_right_and_said(ask: Ask) -> None:
    assert "Showing results for <strong>sciatica</strong>" in ask("siatika").html


def test_accents_stay_in_what_is_shown(ask: Ask) -> None:
    answer = ask("quebec")
    assert "Québec" in answer.marked
    assert "<b>" not in answer.html


def test_where_no_page_has_all_words_some_will_do(ask: Ask) -> None:
    assert "/faq/#pregnant" in ask("pregnancy parking sham").urls


def questions() -> list[str]:
    """All that the lists ask, of which both databases know the same."""
    lists = [json.loads((DATA / name).read_text("utf-8")) for name in LISTS]
    return [one["typed"] for said in lists for one in said["questions"]]


@pytest.mark.django_db
@pytest.mark.usefixtures("indexed")
def test_both_databases_give_the_same_first_three(ask: Ask) -> None:
    here = {typed: [one.url for one in find(typed).results[:3]] for typed in questions()}
    there = {typed: ask(typed).urls[:3] for typed in here}
    assert {
        typed: (here[typed], there[typed]) for typed in here if here[typed] != there[typed]
    } == {}


def test_many_results_are_cut(ask: Ask) -> None:
    assert len(ask("pain").urls) == 20


@pytest.mark.parametrize(
    "typed",
    ["", "'", '"', "pain' | 'x", "pain & !needle:*", "\x00pain", "\\", ":* <->", "the", "中 é ٣ ß"],
)
def test_nothing_that_is_typed_breaks_the_search(ask: Ask, typed: str) -> None:
    assert "<h1>Search</h1>" in ask(typed).html


def test_two_that_take_the_same_words_in_at_once_write_one_after_the_other(site: Site) -> None:
    told = site.manage("shell", "-v0", "-c", AT_ONCE)
    assert told.returncode == 0, told.stderr
    assert "Error" not in told.stdout
    assert told.stdout.endswith(" True\n")
