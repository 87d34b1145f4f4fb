"""An address changes: old ones lead on, in one hop and never in circles; nothing is shadowed."""

import pytest
from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError

from clinic_site.pages.actions.move import check_address, move
from clinic_site.pages.actions.publish import PageChanged
from clinic_site.pages.models import Page
from tests.pages.writing import live_page, url

pytestmark = pytest.mark.django_db


def hops(client, address):
    return [(place, status) for place, status in client.get(address, follow=True).redirect_chain]


def test_the_old_address_leads_to_the_new_one_for_good(client, anna):
    page = live_page("aftercare")
    move(page=page, to="after-care", by=anna)
    assert hops(client, "/aftercare/") == [("/after-care/", 301)]


def test_the_query_of_an_old_address_is_kept(client, anna):
    move(page=live_page("aftercare"), to="after-care", by=anna)
    assert hops(client, "/aftercare/?from=leaflet") == [("/after-care/?from=leaflet", 301)]


def test_an_old_address_without_its_slash_leads_on_too(client, anna):
    move(page=live_page("aftercare"), to="after-care", by=anna)
    assert hops(client, "/aftercare")[-1] == ("/after-care/", 301)


def test_two_moves_are_one_hop(client, anna):
    page = live_page("a")
    move(page=page, to="b", by=anna)
    move(page=page, to="c", by=anna)
    assert hops(client, "/a/") == hops(client, "/b/") == [("/c/", 301)]


def test_moving_back_leaves_no_circle(client, anna):
    page = live_page("a")
    move(page=page, to="b", by=anna)
    move(page=page, to="a", by=anna)
    assert client.get("/a/").status_code == 200
    assert hops(client, "/b/") == [("/a/", 301)]
    assert Redirect.objects.count() == 1


def test_pages_below_follow_each_with_its_redirect(client, anna):
    index = live_page("faq", "faq")
    live_page("faq/cost", "question")
    moved = move(page=index, to="questions", by=anna)
    assert {one.path for one in moved} == {"questions", "questions/cost"}
    assert Page.objects.get(path="questions/cost").parent_path == "questions"
    assert hops(client, "/faq/cost/") == [("/questions/#cost", 301)]


def test_a_page_with_a_similar_name_stays(anna):
    live_page("faq-more")
    move(page=live_page("faq", "faq"), to="questions", by=anna)
    assert Page.objects.filter(path="faq-more").exists()


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("safety", "There is a page at /safety/ already"),
        ("admin/pages", "The site uses /admin/pages/"),
        ("admin/login", "The site uses /admin/login/"),
        ("Bad Address", "Write small letters"),
        ("../etc", "Write small letters"),
        ("aftercare/below", "cannot be moved below itself"),
        ("nowhere/page", "There is no page at /nowhere/"),
        ("aftercare", "its address already"),
        ("a" * 201, "200 characters"),
        ("preview/abc", "The site uses /preview/abc/"),
    ],
)
def test_an_address_that_will_not_do_is_refused_with_a_reason(anna, to, sentence):
    live_page("safety")
    page = live_page("aftercare")
    with pytest.raises(ValidationError) as caught:
        move(page=page, to=to, by=anna)
    assert sentence in caught.value.messages[0]
    assert not Redirect.objects.exists()


def test_a_question_has_to_stay_under_an_index_for_questions(anna):
    live_page("faq", "faq")
    live_page("safety")
    page = live_page("faq/cost", "question")
    for to in ("cost", "safety/cost"):
        with pytest.raises(ValidationError, match="has to stand under /faq/"):
            move(page=page, to=to, by=anna)


def test_the_home_page_keeps_its_address(anna):
    page = live_page("home", "home", details={"headline": "Hello"})
    with pytest.raises(ValidationError, match="keeps its address"):
        move(page=page, to="start", by=anna)


def test_a_page_that_changed_since_it_was_seen_is_not_moved(anna):
    page = live_page("aftercare")
    with pytest.raises(PageChanged):
        move(page=page, to="after-care", by=anna, expected_version=page.version - 1)


def test_the_editor_moves_a_page_and_its_place(client, anna):
    page = live_page("aftercare")
    sent = {"path": "/After-care/", "position": 45, "version": page.version}
    assert client.post(url("address", page), sent).status_code == 302
    page.refresh_from_db()
    assert (page.path, page.position) == ("after-care", 45)


def test_the_editor_says_beside_the_field_why_an_address_will_not_do(client, anna):
    live_page("safety")
    page = live_page("aftercare")
    sent = {"path": "safety", "position": 0, "version": page.version}
    answer = client.post(url("address", page), sent)
    assert answer.status_code == 422
    assert "There is a page at /safety/ already" in answer.content.decode()


def test_a_new_page_is_a_draft_that_opens_in_the_editor(client, anna):
    live_page("glossary", "glossary")
    sent = {"layout": "term", "title": "Fascia", "path": "glossary/fascia"}
    answer = client.post("/admin/pages/page/add/", sent)
    page = Page.objects.get(path="glossary/fascia")
    assert answer.headers["Location"] == url("change", page)
    assert (page.layout, page.revisions.get().publish_at) == ("term", None)
    assert "Fascia" not in client.get("/glossary/").content.decode()


def test_a_new_page_cannot_take_a_place_that_is_taken(client, anna):
    live_page("safety")
    sent = {"layout": "article", "title": "Twice", "path": "safety"}
    assert client.post("/admin/pages/page/add/", sent).status_code == 422


def test_a_deep_free_address_under_a_page_is_fine(anna):
    live_page("safety")
    check_address(path="safety/needles", layout="article")


# Redirects by hand


def by_hand(client, old, new):
    return client.post("/admin/redirects/redirect/add/", {"old_path": old, "new_path": new})


def test_a_redirect_by_hand_hides_no_live_page(client, anna):
    live_page("safety")
    assert "would be hidden" in by_hand(client, "/safety/", "/a/").content.decode()


def test_a_redirect_by_hand_makes_no_circle_and_no_hop(client, anna):
    live_page("c")
    by_hand(client, "/b/", "/c/")
    by_hand(client, "/a/", "/b/")
    assert Redirect.objects.get(old_path="/a/").new_path == "/c/"
    assert "round in circles" in by_hand(client, "/d/", "/d/").content.decode()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("/a/", "/b/"), ("/b/", "/a/")),
        (("/a/", "/b"), ("/b/", "/a")),
        (("/a", "/b/"), ("/b", "/a/")),
        (("/a b/", "/b/"), ("/b/", "/a%20b")),
    ],
)
def test_two_redirects_by_hand_do_not_lead_to_each_other(client, anna, first, second):
    Redirect.objects.create(site_id=settings.SITE_ID, old_path=first[0], new_path=first[1])
    assert "round in circles" in by_hand(client, *second).content.decode()


@pytest.mark.parametrize("new", ["/a", "/a/", "/a/?b=1", "/a/#b", "/%61/"])
def test_a_redirect_by_hand_does_not_lead_to_itself(client, anna, new):
    assert "round in circles" in by_hand(client, "/a/", new).content.decode()


@pytest.mark.parametrize(
    "new",
    ["/nowhere/", "/c/#nowhere", "/static/nowhere.css", "/admin/x/"]
    + ["/static/../../x", "/static/%2e%2e/%2e%2e/x", "/static/a%00b.css"],
)
def test_a_redirect_by_hand_leads_somewhere(client, anna, new):
    live_page("c")
    answer = by_hand(client, "/a/", new)
    assert "is not there" in answer.content.decode() or "leads nowhere" in answer.content.decode()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("new", "kept"), [("/c", "/c/"), ("/c/?d=1", "/c/?d=1"), ("/book/", "/book/"), ("", "")]
)
def test_a_redirect_by_hand_is_kept_as_its_page_has_it(client, anna, new, kept):
    live_page("c")
    assert by_hand(client, "/a/", new).status_code == 302
    assert Redirect.objects.get().new_path == kept


@pytest.mark.parametrize(
    ("old", "sentence"),
    [
        ("/a/#b", "no browser sends it"),
        ("/admin/pages/", "for something else"),
        ("/admin/a/b/", "for something else"),
        ("/book/", "for something else"),
        ("/book", "for something else"),
        ("/search/", "for something else"),
        ("/c", "would be hidden"),
        ("/c/?b=1", "would be hidden"),
        ("/%63/", "would be hidden"),
        ("/\\a", "Start with one slash"),
    ],
)
def test_a_redirect_by_hand_comes_from_an_address_that_is_free(client, anna, old, sentence):
    live_page("c")
    live_page("d")
    assert sentence in by_hand(client, old, "/d/").content.decode()
    assert not Redirect.objects.exists()


def test_an_address_is_led_on_once_with_and_without_its_slash(client, anna):
    live_page("c")
    by_hand(client, "/a/", "/c/")
    assert "already" in by_hand(client, "/a", "/c/").content.decode()


@pytest.mark.parametrize("new", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_a_redirect_by_hand_stays_on_the_site(client, anna, new):
    assert "only addresses of this site" in by_hand(client, "/a/", new).content.decode()
