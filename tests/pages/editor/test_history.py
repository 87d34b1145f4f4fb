"""The history of a page: what is listed, what changed, and the way back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic_site.pages.actions.publish import publish, save_draft, withdraw
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import WORDS, live_page, url

pytestmark = pytest.mark.django_db
MANY = 200


def test_each_revision_is_listed_with_who_when_and_why(client, anna):
    page = live_page()
    publish(page=page, words={**WORDS, "title": "Second"}, by=anna, note="Because of the <phone>")
    html = client.get(url("history", page)).content.decode()
    assert "by anna" in html
    assert "Because of the &lt;phone&gt;" in html
    assert "the content files" in html


def fill(page, anna, number):
    Revision.objects.bulk_create(
        Revision(page=page, created_by=anna, note="A note", **{**WORDS, "body": "Words. " * 2000})
        for _ in range(number)
    )


def queries_for(client, address):
    client.get(address)  # fills what is read once
    with CaptureQueriesContext(connection) as captured:
        html = client.get(address).content.decode()
    return len(captured), html


def test_two_hundred_revisions_take_as_many_queries_as_two(client, anna):
    page = live_page()
    fill(page, anna, 1)
    few, _ = queries_for(client, url("history", page))
    fill(page, anna, MANY - 2)
    many, html = queries_for(client, url("history", page))
    assert many == few
    assert html.count('name="old"') == MANY


def test_two_hundred_revisions_are_listed_without_reading_their_texts(client, anna):
    page = live_page()
    fill(page, anna, MANY - 1)
    revisions = client.get(url("history", page)).context["revisions"]
    assert all("body" in one.get_deferred_fields() for one in revisions)


def test_the_difference_of_two_revisions_is_shown_word_by_word(client, anna):
    page = live_page(body="Drink water now. <script>alert(1)</script>")
    old = page.revisions.first()
    new = publish(page=page, words={**WORDS, "body": "Drink tea now."}, by=anna)
    html = client.get(url("compare", page), {"old": old.pk, "new": new.pk}).content.decode()
    assert "<del>water</del><ins>tea</ins>" in html
    assert "<script>alert" not in html


def test_the_older_one_is_always_the_old_side(client, anna):
    page = live_page()
    new = publish(page=page, words={**WORDS, "title": "Second"}, by=anna)
    old = page.revisions.last()
    context = client.get(url("compare", page), {"old": new.pk, "new": old.pk}).context
    assert (context["old"], context["new"]) == (old, new)


@pytest.mark.parametrize("asked", [{}, {"old": "x", "new": "0"}, {"old": "9" * 30, "new": "²"}])
def test_numbers_that_are_none_are_not_found(client, anna, asked):
    assert client.get(url("compare", live_page()), asked).status_code == 404


def test_restoring_puts_the_old_words_live_as_a_new_revision(client, anna):
    page = live_page()
    old = page.revisions.first()
    publish(page=page, words={**WORDS, "title": "Second"}, by=anna)
    put_back(client, page, old)
    newest = page.revisions.first()
    assert (newest.words(), newest.created_by, page.revisions.count()) == (old.words(), anna, 3)
    assert read_page("aftercare").revision.pk == newest.pk


def put_back(client, page, revision, **changes):
    """Put a revision back as the question about it was shown."""
    page.refresh_from_db()
    sent = {"revision": revision.pk, "version": page.version} | changes
    return client.post(url("restore", page), sent)


def test_a_link_shows_what_would_be_replaced_and_changes_nothing(client, anna):
    page = live_page()
    old = page.revisions.first()
    publish(page=page, words={**WORDS, "title": "Second"}, by=anna)
    html = client.get(url("restore", page), {"revision": old.pk}).content.decode()
    assert "<del>Second</del>" in html and "<ins>After-care</ins>" in html
    assert read_page("aftercare").revision.title == "Second"


def test_what_a_colleague_just_published_is_not_replaced_unseen(client, anna):
    page = live_page()
    old = page.revisions.first()
    page.refresh_from_db()
    seen = page.version
    publish(page=page, words={**WORDS, "title": "A colleague's"}, by=anna)
    answer = put_back(client, page, old, version=seen)
    assert answer.status_code == 409
    assert "changed this page in the meantime" in answer.content.decode()
    assert read_page("aftercare").revision.title == "A colleague's"


def test_words_whose_picture_is_gone_are_not_put_back(client, anna):
    page = live_page(body="![A hand](image:999)\n")
    old = page.revisions.first()
    publish(page=page, words={**WORDS, "title": "Second"}, by=anna)
    assert put_back(client, page, old).status_code == 409
    assert read_page("aftercare").revision.title == "Second"


def test_a_revision_of_another_page_cannot_be_restored_here(client, anna):
    page, other = live_page(), live_page("safety")
    answer = client.post(url("restore", page), {"revision": other.revisions.first().pk})
    assert answer.status_code == 404


def test_withdrawing_asks_first_then_keeps_the_reason(client, anna):
    page = live_page()
    assert "No, leave it" in client.get(url("withdraw", page)).content.decode()
    assert read_page("aftercare") is not None
    page.refresh_from_db()
    client.post(url("withdraw", page), {"note": "Out of date", "version": page.version})
    assert client.get("/aftercare/").status_code == 410
    assert page.revisions.first().note == "Out of date"


def test_what_a_colleague_just_published_is_not_taken_down_unseen(client, anna):
    page = live_page()
    page.refresh_from_db()
    seen = page.version
    publish(page=page, words={**WORDS, "title": "A colleague's"}, by=anna)
    answer = client.post(url("withdraw", page), {"note": "Out of date", "version": seen})
    assert answer.status_code == 409
    assert "changed this page in the meantime" in answer.text
    assert 'value="Out of date"' in answer.text
    assert client.get("/aftercare/").status_code == 200


def test_the_home_page_cannot_be_withdrawn(client, anna):
    page = live_page("home", "home", details={"headline": "Hello"})
    assert client.post(url("withdraw", page)).status_code == 409
    assert read_page("home") is not None


def test_a_withdrawn_page_comes_back_by_restoring(client, anna):
    page = live_page()
    gone = withdraw(page=page, by=anna)
    put_back(client, page, gone)
    assert client.get("/aftercare/").status_code == 200


def scheduled(page, anna, hours):
    moment = timezone.now() + timedelta(hours=hours)
    return save_draft(page=page, words=WORDS, by=anna, publish_at=moment)


def test_what_is_scheduled_is_listed_and_can_be_cancelled(client, anna):
    page = live_page()
    later = scheduled(page, anna, 1)
    html = client.get("/admin/pages/page/scheduled/").content.decode()
    assert "Cancel the schedule of After-care" in html
    client.post(url("unschedule", page), {"revision": later.pk})
    assert not page.revisions.scheduled().exists()
    assert page.revisions.waiting().get() == later


def test_what_went_live_already_cannot_be_cancelled(client, anna):
    page = live_page()
    answer = client.post(url("unschedule", page), {"revision": page.revisions.first().pk})
    assert answer.status_code == 409
    assert read_page("aftercare") is not None


def test_the_list_of_pages_takes_the_same_queries_for_many_pages(client, anna):
    live_page("page-a")
    live_page("page-b")
    few, _ = queries_for(client, "/admin/pages/page/")
    for number in range(30):
        live_page(f"page-{number}")
    many, html = queries_for(client, "/admin/pages/page/")
    assert many == few
    assert "page-29" in html


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", 1), ("scheduled", 1), ("withdrawn", 1), ("", 3)],
)
def test_pages_are_found_by_their_state(client, anna, state, expected):
    save_draft(page=live_page("a"), words={**WORDS, "title": "Draft"}, by=anna)
    scheduled(live_page("b"), anna, 1)
    withdraw(page=live_page("c"), by=anna)
    tree = client.get("/admin/pages/page/", {"state": state}).context["tree"]
    assert len(tree.pages) == expected


def test_a_page_cannot_be_deleted(client, anna):
    page = live_page()
    assert client.get(f"/admin/pages/page/{page.pk}/delete/").status_code == 404
