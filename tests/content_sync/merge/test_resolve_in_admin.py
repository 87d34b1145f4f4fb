"""Conflicts in the admin: three sides in view, settled one way or another, refused with a reason."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.content_sync.models import Conflict, SourceFile
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import live_page, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    user = staff("anna")
    client.force_login(user)
    return user


def conflict(field="body", base="Rest.\n\nDrink.\n", file="Rest.\n\nDrink tea.\n", mine=None):
    page = live_page(**{field: mine or "Rest well.\n\nDrink.\n"} if field == "body" else {})
    source = SourceFile.objects.create(page=page, path="aftercare.md", digest="0" * 64, fields={})
    revision = page.revisions.first()
    told = mine if field != "body" else revision.body
    return Conflict.objects.create(
        source_file=source,
        field=field,
        head="live",
        revision=revision,
        base=base,
        file=file,
        mine=told,
    )


def address(one):
    return reverse("admin:content_sync_conflict_change", args=[one.pk])


def settle(client, one, **sent):
    version = one.source_file.page.version
    return client.post(address(one), {"version": version, **sent})


def test_all_three_sides_are_shown_with_what_each_changed(client, anna):
    html = client.get(address(conflict())).content.decode()
    assert "<ins>well</ins>" in html.replace("<ins> well</ins>", "<ins>well</ins>")
    assert "tea" in html
    assert "What both started from" in html


def test_nothing_is_chosen_beforehand(client, anna):
    one = conflict()
    assert "checked" not in client.get(address(one)).content.decode()
    assert settle(client, one).status_code == 422
    one.refresh_from_db()
    assert one.settled_at is None


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ({"keep": "mine"}, "Rest well.\n\nDrink.\n"),
        ({"keep": "file"}, "Rest.\n\nDrink tea.\n"),
        ({"keep": "words", "words": "Rest well.\r\n\r\nDrink tea."}, "Rest well.\n\nDrink tea."),
    ],
)
def test_it_is_settled_as_chosen(client, anna, sent, body):
    one = conflict()
    assert settle(client, one, **sent).status_code == 302
    one.refresh_from_db()
    assert (one.outcome, one.settled_by) == (sent["keep"], anna)
    assert read_page("aftercare").revision.body.strip() == body.strip()


def test_the_words_to_edit_start_with_both_changes_where_they_can_stand_together(client, anna):
    form = client.get(address(conflict())).context["form"]
    assert form["words"].value() == "Rest well.\n\nDrink tea.\n"


def test_a_list_is_edited_one_entry_a_line(client, anna):
    one = conflict("details.other_names", ["a"], ["a", "b"], ["a", "c"])
    form = client.get(address(one)).context["form"]
    assert form.is_list
    assert form["words"].value().split() == ["a", "c"]


def test_what_is_no_text_is_taken_from_one_side_or_the_other(client, anna):
    one = conflict("health", True, False, True)
    assert "words" not in client.get(address(one)).context["form"].fields
    assert settle(client, one, keep="words", words="x").status_code == 422


def test_a_page_that_changed_meanwhile_is_looked_at_again(client, anna):
    one = conflict()
    answer = client.post(address(one), {"version": 0, "keep": "file"})
    assert "Somebody changed the page just now" in answer.content.decode()


def test_a_settled_conflict_says_who_and_offers_nothing(client, anna):
    one = conflict()
    settle(client, one, keep="mine")
    html = client.get(address(one)).content.decode()
    assert "by anna" in html
    assert "Settle it" not in html


def test_the_wrong_role_cannot_settle(client):
    one = conflict()
    client.force_login(User.objects.create_user("desk", is_staff=True))
    assert settle(client, one, keep="file").status_code == 403
    client.logout()
    assert settle(client, one, keep="file").status_code == 302
    one.refresh_from_db()
    assert one.settled_at is None


@pytest.mark.parametrize("number", ["0", "x", "99999", "9" * 30, "9" * 5_000])
def test_a_conflict_that_is_none_is_not_found(client, anna, number):
    assert client.get(f"/admin/content_sync/conflict/{number}/change/").status_code == 404
