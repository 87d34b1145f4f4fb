"""Claims keep words from going live, unless an owner lets them pass with a reason that is kept."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from clinic_site.pages.actions.publish import save_draft
from clinic_site.pages.models import ClaimOverride
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import live_page, save


@pytest.fixture
def anna(client: Client, db: None) -> User:
    user = User.objects.create_user("anna", "anna@example.com", "x", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editor"))
    client.force_login(user)
    return user


@pytest.fixture
def owner(anna: User) -> User:
    anna.groups.set(Group.objects.filter(name="Owner"))
    return User.objects.get(pk=anna.pk)


CLAIM = "Needling cures pain."


@pytest.mark.parametrize(
    "act", [{"action": "publish"}, {"action": "schedule", "publish_at": "2999-01-01T10:00"}]
)
def test_a_claim_keeps_words_from_going_live(
    client: Client, anna: User, act: dict[str, str]
) -> None:
    page = live_page()
    response = save(client, page, body=CLAIM, reason="Because.", **act)
    assert response.status_code == 422
    html = response.content.decode()
    assert "Text, line 1:" in html
    assert html.count(CLAIM) >= 2
    assert page.revisions.count() == 1
    assert not ClaimOverride.objects.exists()


def test_a_claim_may_wait_in_a_draft(client: Client, anna: User) -> None:
    page = live_page()
    assert save(client, page, body=CLAIM, action="draft").status_code == 302
    assert page.revisions.count() == 2


def test_an_owner_lets_it_pass_with_a_reason_that_is_kept(client: Client, owner: User) -> None:
    page = live_page()
    assert save(client, page, body=CLAIM, action="publish").status_code == 422
    assert save(client, page, body=CLAIM, action="publish", reason="  ").status_code == 422
    done = save(client, page, body=CLAIM, action="publish", reason="A quotation of the law.")
    assert done.status_code == 302
    kept = ClaimOverride.objects.get()
    assert (kept.reason, kept.made_by, kept.revision) == (
        "A quotation of the law.",
        owner,
        page.revisions.first(),
    )
    assert CLAIM in kept.claims[0]
    assert CLAIM in read_page("aftercare").revision.body


def test_what_an_owner_let_pass_stays_passed_on_that_page(client: Client, owner: User) -> None:
    page = live_page()
    save(client, page, body=CLAIM, action="publish", reason="A quotation of the law.")
    owner.groups.set(Group.objects.filter(name="Editor"))
    done = save(client, page, body=f"{CLAIM}\n\nAnother sentence.", action="publish")
    assert done.status_code == 302
    assert "Another sentence." in read_page("aftercare").revision.body
    assert save(client, live_page("other"), body=CLAIM, action="publish").status_code == 422


def test_a_long_sentence_passes_to_its_last_word(client: Client, owner: User) -> None:
    page = live_page()
    long = f"Needling cures {'very ' * 60}old pain."
    assert save(client, page, body=long, action="publish", reason="A quotation.").status_code == 302
    other = long.replace("old pain", "new pain")
    assert save(client, page, body=other, action="publish").status_code == 422


def test_words_that_an_owner_let_pass_can_be_put_back(client: Client, owner: User) -> None:
    page = live_page()
    save(client, page, body=CLAIM, action="publish", reason="A quotation of the law.")
    old = page.revisions.first()
    save(client, page, body="Rest.", action="publish")
    page.refresh_from_db()
    said = {"revision": old.pk, "version": page.version}
    client.post(reverse("admin:pages_page_restore", args=[page.pk]), said)
    assert read_page("aftercare").revision.body == CLAIM


def test_the_history_says_who_let_a_claim_pass_and_why(client: Client, owner: User) -> None:
    page = live_page()
    save(client, page, body=CLAIM, action="publish", reason="A quotation of the law.")
    html = client.get(reverse("admin:pages_page_history", args=[page.pk])).content.decode()
    assert "Claims let pass by anna: A quotation of the law." in html


def test_no_reason_mends_a_broken_link(client: Client, owner: User) -> None:
    page = live_page()
    body = f"{CLAIM} [There](/nowhere/)."
    assert save(client, page, body=body, action="publish", reason="Because.").status_code == 422
    assert page.revisions.count() == 1


def test_old_words_with_a_claim_are_not_put_back(client: Client, anna: User) -> None:
    page = live_page()
    old = save_draft(page=page, words={"title": "Old", "body": CLAIM}, by=None)
    restore = reverse("admin:pages_page_restore", args=[page.pk])
    response = client.post(restore, {"revision": old.pk})
    assert response.status_code == 409
    assert read_page("aftercare").revision.title == "After-care"
