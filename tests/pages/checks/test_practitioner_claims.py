"""Claims in what is told of a practitioner: an owner may let them pass, with a reason that is kept."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Practitioner
from clinic_site.pages.checks.live_pages import look_over
from clinic_site.pages.models import ClaimOverride
from tests.pages.practitioners import SENT
from tests.reading_text import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
CLAIM = "Needling cures pain."
REASON = "A quotation of the law."
HIDDEN = '<input type="hidden" name="reason"'


@pytest.fixture
def owner(client: Client) -> User:
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.set(Group.objects.filter(name="Owner"))
    client.force_login(user)
    return user


@pytest.fixture
def editor_of_people(client: Client) -> User:
    user = User.objects.create_user("ben", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editor"))
    user.user_permissions.set(Permission.objects.filter(content_type__model="practitioner"))
    client.force_login(user)
    return user


def save(client: Client, person: Practitioner | None = None, **changes: str) -> Any:
    """Send the form of a practitioner, new or known; the answer."""
    route = "change" if person else "add"
    url = reverse(f"admin:clinic_practitioner_{route}", args=[person.pk] if person else [])
    return client.post(url, SENT | {"about": CLAIM} | changes)


def let_pass(client: Client) -> Practitioner:
    """Somebody of whom a claim is told that the owner let pass."""
    assert save(client, reason=REASON).status_code == 302
    return Practitioner.objects.get()


def test_an_owner_is_asked_for_a_reason(client: Client, owner: User) -> None:
    html = save(client).content.decode()
    assert "Line 1: “cures”" in words_of(html)
    assert "As an owner you may let claims pass" in words_of(html)
    assert '<textarea name="reason"' in html
    assert not Practitioner.objects.exists()


def test_nobody_is_asked_before_there_is_a_claim(client: Client, owner: User) -> None:
    assert HIDDEN in client.get(reverse("admin:clinic_practitioner_add")).content.decode()


def test_a_reason_that_was_given_is_seen_while_something_else_is_wrong(
    client: Client, owner: User
) -> None:
    assert HIDDEN not in save(client, name="", reason=REASON).content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_has_words(client: Client, owner: User, reason: str) -> None:
    assert save(client, reason=reason).status_code == 200
    assert not Practitioner.objects.exists()


def test_the_reason_is_kept(client: Client, owner: User) -> None:
    person = let_pass(client)
    kept = ClaimOverride.objects.get()
    assert (kept.practitioner, kept.reason, kept.made_by) == (person, REASON, owner)
    assert CLAIM in kept.claims[0]
    assert CLAIM in words_of(client.get("/practitioners/a-sample/").content.decode())


def test_the_reason_is_shown_beside_the_person(client: Client, owner: User) -> None:
    url = reverse("admin:clinic_practitioner_change", args=[let_pass(client).pk])
    words = words_of(client.get(url).content.decode())
    assert CLAIM in words
    assert "Let pass by anna on" in words
    assert REASON in words


def test_the_reason_outlives_the_person(client: Client, owner: User) -> None:
    person = let_pass(client)
    client.post(reverse("admin:clinic_practitioner_delete", args=[person.pk]), {"post": "yes"})
    kept = ClaimOverride.objects.get()
    assert (kept.practitioner, kept.practitioner_name) == (None, "A. Sample")


def test_what_was_let_pass_is_not_asked_about_again(client: Client, owner: User) -> None:
    person = let_pass(client)
    assert save(client, person, position="3").status_code == 302
    assert ClaimOverride.objects.count() == 1


def test_another_claim_needs_a_reason_of_its_own(client: Client, owner: User) -> None:
    person = let_pass(client)
    assert save(client, person, about=f"{CLAIM} We are the best.").status_code == 200
    assert save(client, person, about=f"{CLAIM} We are the best.", reason="B").status_code == 302
    assert [len(one.claims) for one in ClaimOverride.objects.all()] == [1, 1]


def test_the_same_claim_of_somebody_else_needs_a_reason_of_its_own(
    client: Client, owner: User
) -> None:
    let_pass(client)
    assert save(client, name="B. Other").status_code == 200
    assert Practitioner.objects.count() == 1


def test_no_reason_mends_a_broken_link(client: Client, owner: User) -> None:
    assert save(client, about=f"{CLAIM} [There](/nowhere/).", reason=REASON).status_code == 200
    assert not Practitioner.objects.exists()


def test_somebody_who_is_no_owner_lets_nothing_pass(client: Client, editor_of_people: User) -> None:
    html = save(client, reason=REASON).content.decode()
    assert "Only an owner may let a claim pass." in words_of(html)
    assert HIDDEN in html
    assert not Practitioner.objects.exists()


def test_a_claim_that_a_new_rule_finds_is_told_by_the_checks(client: Client, owner: User) -> None:
    person = let_pass(client)
    faults = {one.revision.page.path: one.faults for one in look_over()}
    assert faults["practitioners"] == []
    Practitioner.objects.filter(pk=person.pk).update(about="We are the best.")
    faults = {one.revision.page.path: one.faults for one in look_over()}
    assert [fault.message.partition(":")[0] for fault in faults["practitioners"]] == ["A. Sample"]
