"""The index and what is live: what is gone leaves at once, what is new arrives, nothing leads nowhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Location
from clinic_site.operations.jobs import JOBS
from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.actions.move import move
from clinic_site.pages.actions.publish import arrange, create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page, Revision
from clinic_site.search.index.indexing import KEEPER, IndexKeeper
from clinic_site.search.models import Passage, Word
from tests.pages.practitioners import practitioner
from tests.pages.writing import live_page
from tests.search.conftest import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]
WORDS = {"title": "Zebra", "body": "Of stripes.\n\n## On manes\n\nThey stand up."}


@pytest.fixture
def keeper() -> IndexKeeper:
    """The worker's job, which has seen everything so far."""
    made = IndexKeeper()
    made.keep_in_step()
    return made


@pytest.fixture
def urls(client: Client) -> Callable[[str], list[str]]:
    """urls("zebra"): where the results lead; the index stays as it is."""
    return lambda typed: Answer(client.get("/search/", {"q": typed}).content.decode()).urls


Urls = Callable[[str], list[str]]


def test_a_published_page_is_found(keeper: IndexKeeper, urls: Urls) -> None:
    live_page("news", **WORDS)
    keeper.keep_in_step()
    assert urls("zebra")[0] == "/news/"
    assert urls("manes") == ["/news/#on-manes"]


def test_the_worker_brings_it_in(urls: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KEEPER, "_seen", None)
    live_page("news", **WORDS)
    next(job for job in JOBS if job.name == "search").run()
    assert urls("zebra")[0] == "/news/"


def test_a_withdrawn_page_is_gone_before_the_worker_looks(keeper: IndexKeeper, urls: Urls) -> None:
    page = live_page("news", **WORDS)
    keeper.keep_in_step()
    withdraw(page=page, by=None)
    assert urls("zebra") == []
    keeper.keep_in_step()
    assert not Passage.objects.filter(page=page).exists()


def test_old_words_are_gone_before_the_worker_looks(keeper: IndexKeeper, urls: Urls) -> None:
    page = live_page("news", **WORDS)
    keeper.keep_in_step()
    publish(page=page, words={"title": "Okapi"}, by=None)
    assert urls("zebra") == []
    keeper.keep_in_step()
    assert urls("okapi") == ["/news/"]


def test_a_draft_is_never_found(keeper: IndexKeeper, urls: Urls) -> None:
    page = create_page(path="news", layout="article", by=None)
    save_draft(page=page, words=WORDS, by=None)
    keeper.keep_in_step()
    assert urls("zebra") == []


def test_a_scheduled_page_arrives_on_time(
    keeper: IndexKeeper, urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = create_page(path="news", layout="article", by=None)
    at = timezone.now() + timedelta(hours=1)
    save_draft(page=page, words=WORDS, by=None, publish_at=at)
    keeper.keep_in_step()
    assert urls("zebra") == []
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=1))
    keeper.keep_in_step()
    assert urls("zebra")[0] == "/news/"


def test_a_moved_page_is_found_at_its_new_address_at_once(
    keeper: IndexKeeper, urls: Urls, admin_user: User
) -> None:
    page = live_page("news", **WORDS)
    keeper.keep_in_step()
    move(page=page, to="tidings", by=admin_user)
    assert urls("zebra")[0] == "/tidings/"


def test_a_question_is_not_found_where_its_page_is_gone(keeper: IndexKeeper, urls: Urls) -> None:
    assert "/faq/#does-it-hurt" in urls("hurt")
    withdraw(page=Page.objects.get(path="faq"), by=None)
    assert [url for url in urls("hurt") if url.startswith("/faq")] == []


def test_another_layout_is_noticed(keeper: IndexKeeper, urls: Urls) -> None:
    page = live_page("conditions/zebra-knee", "condition", title="Zebra knee", body="", details={})
    keeper.keep_in_step()
    assert urls("zebra") == ["/conditions/#zebra-knee"]
    arrange(page=page, layout="article", position=1, by=None)
    keeper.keep_in_step()
    assert urls("zebra") == ["/conditions/zebra-knee/"]


def test_only_what_changed_is_taken_in_anew(keeper: IndexKeeper) -> None:
    before = set(Passage.objects.values_list("pk", flat=True))
    live_page("news", **WORDS)
    assert keeper.keep_in_step() == 1
    assert before < set(Passage.objects.values_list("pk", flat=True))


def test_without_a_change_one_query_is_asked(
    keeper: IndexKeeper, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(1):
        assert keeper.keep_in_step() == 0


def test_words_that_nobody_writes_any_more_are_forgotten(keeper: IndexKeeper) -> None:
    page = live_page("news", **WORDS)
    keeper.keep_in_step()
    assert Word.objects.filter(word="manes").exists()
    withdraw(page=page, by=None)
    keeper.keep_in_step()
    assert not Word.objects.filter(word__in=["manes", "zebra"]).exists()
    assert Word.objects.filter(word="sciatica").exists()


def test_every_live_page_is_in_the_index() -> None:
    pages = Revision.objects.live().exclude(page__layout="card")  # found on the pages that show it
    live = set(pages.values_list("pk", flat=True))
    assert set(Passage.objects.values_list("revision", flat=True)) == live


def test_changed_hours_are_found_without_a_new_revision(keeper: IndexKeeper, urls: Urls) -> None:
    assert "/clinic/#place-1-hours" in urls("saturday")
    Location.objects.update(note="Two free stalls behind the bakery.")
    pages_changed()
    keeper.keep_in_step()
    assert urls("bakery") == ["/clinic/#place-1"]


def test_people_are_found_by_name_and_leave_with_their_row(keeper: IndexKeeper, urls: Urls) -> None:
    person = practitioner("Sample Testwell")
    pages_changed()
    keeper.keep_in_step()
    assert urls("Sample Testwell")[0] == "/practitioners/sample-testwell/"
    person.delete()
    pages_changed()
    keeper.keep_in_step()
    assert urls("Testwell") == []
