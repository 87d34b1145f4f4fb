"""Pages as a browser asks for them: addresses, what stands where, and what is never sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic_site.pages.actions.publish import create_page, publish, restore, save_draft, withdraw
from clinic_site.pages.actions.sign_off import sign_off
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import confirmed, named
from tests.query_plans import scans
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
PUBLIC = (
    "/ /what-is-ims/ /conditions/ /benefits/ /is-it-for-me/ /first-session/ /how-often/ "
    "/aftercare/ /safety/ /faq/ /glossary/ /clinic/ /how-we-write/ /privacy/ /accessibility/"
).split()


def words_at(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return words_of(response.content.decode())


@pytest.fixture
def page(db: None) -> Page:
    made = create_page(path="news", layout="article", by=None)
    publish(page=made, words={"title": "News of the clinic", "body": "First words."}, by=None)
    return made


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_there(client: Client, published: None, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_sets_no_cookie(client: Client, published: None, path: str) -> None:
    assert not client.get(path).cookies


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_takes_few_queries(
    client: Client, published: None, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(11):
        client.get(path)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_never_reads_through_all_the_others(
    client: Client, published: None, path: str
) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert scans(asked, "pages_page", "pages_revision") == []


def test_the_number_of_queries_does_not_grow_with_what_stands_on_a_page(
    client: Client, published: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(9) as before:
        client.get("/glossary/")
    for number in range(20):
        term = create_page(path=f"glossary/word-{number}", layout="term", by=None)
        publish(page=term, words={"title": f"Word {number}", "body": "A word."}, by=None)
    with django_assert_num_queries(len(before)):
        client.get("/glossary/")


def test_an_unknown_address_is_not_found_and_leads_on(client: Client, published: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert 'href="/first-session/"' in response.content.decode()


def test_the_home_page_has_one_address(client: Client, published: None) -> None:
    assert client.get("/home/").headers["Location"] == "/"


def test_a_missing_slash_leads_to_the_page(client: Client, published: None) -> None:
    response = client.get("/first-session")
    assert (response.status_code, response.headers["Location"]) == (301, "/first-session/")


def test_a_question_leads_to_its_place_among_the_questions(client: Client, published: None) -> None:
    assert client.get("/faq/does-it-hurt/").headers["Location"] == "/faq/#does-it-hurt"


def test_a_condition_without_a_body_leads_to_its_place(client: Client, published: None) -> None:
    condition = Page.objects.get(path="conditions/tennis-elbow")
    words = condition.revisions.in_force().get().words() | {"body": ""}
    publish(page=condition, words=words, by=None)
    location = client.get("/conditions/tennis-elbow/").headers["Location"]
    assert location == "/conditions/#tennis-elbow"


def test_a_condition_with_a_body_has_a_page_of_its_own(client: Client, published: None) -> None:
    condition = Page.objects.get(path="conditions/tennis-elbow")
    words = condition.revisions.in_force().get().words() | {"body": "Pain outside the elbow."}
    publish(page=condition, words=words, by=None)
    assert "Pain outside the elbow." in words_at(client, "/conditions/tennis-elbow/")
    assert 'href="/conditions/tennis-elbow/"' in client.get("/conditions/").content.decode()


def test_two_conditions_stand_in_two_areas(client: Client, published: None) -> None:
    words = words_at(client, "/conditions/")
    twice = ("Neck and back pain", "Sciatica and piriformis syndrome")
    assert [words.count(title) for title in twice] == [2, 2]


def test_the_anchor_of_a_condition_in_two_areas_stands_once(
    client: Client, published: None
) -> None:
    assert client.get("/conditions/").content.decode().count('id="neck-and-back-pain"') == 1


def test_the_natural_path_leads_from_page_to_page(client: Client, published: None) -> None:
    html = client.get("/first-session/").content.decode()
    assert 'rel="prev" href="/is-it-for-me/"' in html
    assert 'rel="next" href="/visit-sheet/"' in html


def test_a_draft_is_not_shown(client: Client, page: Page) -> None:
    save_draft(page=page, words={"title": "News", "body": "Secret words."}, by=None)
    assert "Secret words." not in words_at(client, "/news/")


def test_a_scheduled_revision_is_shown_once_its_time_has_come(client: Client, page: Page) -> None:
    soon = timezone.now() + timedelta(hours=1)
    words = {"title": "News", "body": "Words of the future."}
    revision = save_draft(page=page, words=words, by=None, publish_at=soon)
    assert "Words of the future." not in words_at(client, "/news/")
    Revision.objects.filter(pk=revision.pk).update(publish_at=timezone.now())
    assert "Words of the future." in words_at(client, "/news/")


def test_a_withdrawn_page_is_gone(client: Client, page: Page) -> None:
    withdraw(page=page, by=None)
    assert client.get("/news/").status_code in (404, 410)


def test_restoring_brings_the_old_words_back(client: Client, page: Page) -> None:
    first = page.revisions.in_force().get()
    publish(page=page, words={"title": "News", "body": "Second words."}, by=None)
    restore(revision=first, by=None)
    assert "First words." in words_at(client, "/news/")


def test_a_health_page_says_that_nobody_has_signed_it_off(client: Client, published: None) -> None:
    assert "Not yet signed off by a physiotherapist of this clinic" in words_at(client, "/safety/")


def test_a_page_that_is_not_about_health_has_no_sign_off(client: Client, published: None) -> None:
    assert "signed off by a physiotherapist of this clinic." not in words_at(client, "/privacy/")


@pytest.fixture
def signed(published: None) -> Page:
    """The questions, signed off with every answer that stands among them."""
    reading = read_page("faq")
    assert reading is not None
    page = reading.revision.page
    read = (reading.revision, *(entry.revision for entry in reading.entries))
    reviewer = named(User.objects.create_user("reviewer"), "A. Reviewer")
    sign_off(
        page=page,
        revisions=read,
        answers=confirmed(*read),
        by=reviewer,
        reviewer_name="A. Reviewer",
    )
    return page


def test_a_signed_page_says_who_signed_it_and_when_it_is_next_due(
    client: Client, signed: Page
) -> None:
    due = timezone.localdate() + timedelta(days=365)
    words = words_at(client, "/faq/")
    assert "Signed off by A. Reviewer" in words
    assert f"Next review due by {due:%-d %B %Y}" in words


def test_another_word_on_the_page_ends_its_sign_off(client: Client, signed: Page) -> None:
    answer = Page.objects.get(path="faq/does-it-hurt")
    words = answer.revisions.in_force().get().words()
    publish(page=answer, words=words | {"body": words["body"] + "\n\nOne word more."}, by=None)
    assert "Signed off by" not in words_at(client, "/faq/")
