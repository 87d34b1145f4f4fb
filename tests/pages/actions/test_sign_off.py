"""Sign-off: bound to the words that were read, ended by another word, listed and mailed when due."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.outbox.models import OutboundEmail
from clinic_site.pages.actions.publish import create_page, publish, withdraw
from clinic_site.pages.actions.review_reminders import tell_reviewers
from clinic_site.pages.actions.review_state import live_revisions, standings
from clinic_site.pages.actions.sign_off import Answer, items_of, sign_off, words_hash
from clinic_site.pages.models import Page, SignOff
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import live_page
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
LIST = "admin:pages_signoff_changelist"


@pytest.fixture
def rita(client: Client) -> User:
    user = User.objects.create_user("rita", "rita@example.com", "x", is_staff=True)
    user.first_name, user.last_name = "Rita", "Sample"
    user.save()
    user.groups.set(Group.objects.filter(name="Reviewer"))
    client.force_login(user)
    return user


def url(page: Page) -> str:
    return reverse("admin:pages_signoff_read", args=[page.pk])


def sign(client: Client, page: Page, **changes: Any) -> Any:
    day = timezone.localdate() + timedelta(days=365)
    data = {"reviewer_name": "R. Sample, PT", "review_due_on": day, "has_read": "on"}
    data |= {"words_hash": words_hash(*live_revisions(page)), "registration": "", **changes}
    return client.post(url(page), data)


def signed(page: Page, by: User, *, days: int = 365, confirmed: bool = False) -> SignOff:
    told = live_revisions(page)
    return sign_off(
        page=page,
        revisions=told,
        answers=[Answer(item) for item in items_of(told)] if confirmed else (),
        by=by,
        reviewer_name="R. Sample, PT",
        review_due_on=timezone.localdate() + timedelta(days=days),
    )


def state(page: Page) -> str:
    return next(one.state for one in standings() if one.page == page)


def test_signing_shows_the_reviewer_to_patients(client: Client, rita: User) -> None:
    page = live_page()
    assert sign(client, page, registration="12345").status_code == 302
    words = words_of(client.get("/aftercare/").content.decode())
    assert "Signed off by R. Sample, PT (registration 12345) on" in words


def test_another_word_ends_it_everywhere(client: Client, rita: User) -> None:
    page = live_page()
    signed(page, rita)
    words = page.revisions.first().words() | {"summary": "Rest a lot."}
    publish(page=page, words=words, by=rita)
    assert state(page) == "changed"
    html = client.get("/aftercare/").content.decode()
    assert "Not yet signed off" in html
    assert "R. Sample" not in html


def test_the_words_signed_before_count_again_once_they_are_back(rita: User) -> None:
    page = live_page()
    signed(page, rita)
    first = page.revisions.first().words()
    publish(page=page, words=first | {"title": "Other"}, by=rita)
    publish(page=page, words=first, by=rita)
    assert state(page) == "signed"


def test_an_entry_that_changes_ends_the_sign_off_of_its_index(rita: User) -> None:
    index = live_page("faq", "faq")
    entry = live_page("faq/cost", "question", title="What does it cost?", details={})
    signed(index, rita)
    assert read_page("faq").sign_off is not None
    publish(page=entry, words=entry.revisions.first().words() | {"body": "Ask."}, by=rita)
    assert read_page("faq").sign_off is None
    assert state(index) == "changed"


def test_a_condition_with_a_page_of_its_own_is_signed_there(rita: User) -> None:
    index = live_page("conditions", "conditions", title="Conditions")
    page = live_page("conditions/elbow", "condition", details={"areas": ["arm-hand"]})
    signed(index, rita)
    words = page.revisions.first().words()
    publish(page=page, words=words | {"body": "Other words."}, by=rita)
    assert state(index) == "signed"
    assert state(page) == "never"
    assert read_page("conditions").sign_off is not None


def test_a_new_entry_ends_the_sign_off_of_its_index(rita: User) -> None:
    index = live_page("faq", "faq")
    signed(index, rita)
    live_page("faq/cost", "question", title="What does it cost?")
    assert state(index) == "changed"


@pytest.mark.parametrize(
    ("days", "expected"), [(31, "signed"), (30, "due"), (0, "due"), (-1, "overdue")]
)
def test_a_review_is_listed_thirty_days_ahead(rita: User, days: int, expected: str) -> None:
    page = live_page()
    SignOff.objects.filter(pk=signed(page, rita).pk).update(
        review_due_on=timezone.localdate() + timedelta(days=days)
    )
    assert state(page) == expected


def test_pages_without_health_information_and_those_that_are_gone_are_not_listed(
    rita: User,
) -> None:
    live_page("news", health=False)
    withdraw(page=live_page("old"), by=rita)
    publish(
        page=create_page(path="plain", layout="article", by=None), words={"title": "P"}, by=None
    )
    assert standings() == []


def test_the_list_leads_to_each_page(client: Client, rita: User) -> None:
    page = live_page()
    html = client.get(reverse(LIST)).content.decode()
    assert url(page) in html
    assert "Never signed" in html


def test_the_list_takes_a_fixed_number_of_queries(
    client: Client, rita: User, django_assert_num_queries: Any
) -> None:
    signed(live_page(details={"please_confirm": ["A dose."]}), rita, confirmed=True)
    client.get(reverse(LIST))  # what is remembered from then on is no matter here
    with django_assert_num_queries(12) as before:
        client.get(reverse(LIST))
    for number in range(5):
        signed(live_page(f"page-{number}"), rita)
    with django_assert_num_queries(len(before)):
        client.get(reverse(LIST))


def test_the_reviewer_reads_the_page_as_patients_see_it(client: Client, rita: User) -> None:
    html = client.get(url(live_page())).content.decode()
    assert 'srcdoc="&lt;!doctype html&gt;' in html
    assert "Drink water." in html
    assert 'value="Rita Sample"' in html


def test_the_reviewer_sees_word_by_word_what_changed(client: Client, rita: User) -> None:
    page = live_page()
    signed(page, rita)
    publish(page=page, words=page.revisions.first().words() | {"body": "Rest well."}, by=rita)
    html = client.get(url(page)).content.decode()
    assert "What changed since the words that were signed" in html
    assert "<ins>" in html
    assert "<del>" in html


def test_words_that_changed_while_reading_are_not_signed(client: Client, rita: User) -> None:
    page = live_page()
    before = words_hash(*live_revisions(page))
    publish(page=page, words=page.revisions.first().words() | {"body": "Other."}, by=rita)
    response = sign(client, page, words_hash=before)
    assert response.status_code == 422
    assert "The words changed while you were reading" in response.content.decode()
    assert not SignOff.objects.exists()
    assert 'name="has_read" id="id_has_read" checked' not in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"has_read": ""},
        {"reviewer_name": " "},
        {"reviewer_name": "Dr. Albert Einstein, best physio in BC"},
        {"reviewer_name": "Rita Sample, best physio in BC"},
        {"reviewer_name": "S. Sample, PT"},
        {"review_due_on": ""},
        {"review_due_on": "2020-01-01"},
    ]
    + [{"review_due_on": "2999-01-01"}],
)
def test_an_unfinished_declaration_signs_nothing(
    client: Client, rita: User, changes: dict[str, str]
) -> None:
    assert sign(client, live_page(), **changes).status_code == 422
    assert not SignOff.objects.exists()


def test_the_list_says_how_long_each_page_takes_to_read(client: Client, rita: User) -> None:
    live_page("short", title="Short", body="Rest.")
    live_page("long", title="Long", body="word " * 600)
    live_page("cards/legs", "card", title="Legs", body="Both legs are numb.")
    words = words_of(client.get(reverse(LIST)).content.decode())
    assert "3 to read, about 6 minutes." in words
    assert "Long 4 min · Never signed" in words
    assert "To read: warning cards (1) Legs 1 min" in words


def test_an_editor_reads_but_does_not_sign(client: Client, rita: User) -> None:
    rita.groups.set(Group.objects.filter(name="Editor"))
    page = live_page()
    assert "Sign these words" not in client.get(url(page)).content.decode()
    assert sign(client, page).status_code == 403


def test_the_reviewer_is_mailed_once(rita: User) -> None:
    signed(live_page(), rita, days=20)
    tell_reviewers()
    tell_reviewers()
    mail = OutboundEmail.objects.get()
    assert mail.to == "rita@example.com"
    assert "/admin/pages/signoff/" in mail.body


def test_nobody_is_mailed_while_nothing_is_due(rita: User) -> None:
    signed(live_page(), rita, days=60)
    assert tell_reviewers() == 0
    assert not OutboundEmail.objects.exists()


def test_a_reviewer_who_has_left_is_not_mailed(rita: User) -> None:
    signed(live_page(), rita, days=20)
    User.objects.update(is_active=False)
    tell_reviewers()
    assert not OutboundEmail.objects.exists()
