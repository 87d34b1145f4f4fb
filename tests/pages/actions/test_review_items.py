"""What a page asks its reviewer to confirm: answered before it is signed, kept with it, told to nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from clinic_site.pages.actions.publish import publish
from clinic_site.pages.actions.review_state import live_revisions, standings
from clinic_site.pages.actions.sign_off import Answer, items_of, sign_off
from clinic_site.pages.models import ItemAnswer, Page, SignOff
from tests.pages.writing import form_data, live_page, named, save, staff

pytestmark = pytest.mark.django_db
DOSE, LEVEL = "Is 24 hours right? zebrafish", "Read second-hand: the level of the calf."
ITEMS = {"please_confirm": [DOSE, LEVEL]}


@pytest.fixture
def rita(client: Client) -> User:
    user = named(User.objects.create_user("rita", is_staff=True), "Rita Sample")
    user.groups.set(Group.objects.filter(name="Reviewer"))
    client.force_login(user)
    return user


def url(page: Page) -> str:
    return reverse("admin:pages_signoff_read", args=[page.pk])


def sign(client: Client, page: Page, *said: tuple[bool, str], **changes: str) -> Any:
    """Sign with (ticked, reason for striking) for each item, as the form opened."""
    form = client.get(url(page)).context["form"]
    data = dict(form.initial.items()) | {"has_read": "on"} | changes
    for one, (is_ticked, reason) in zip(form.to_confirm, said, strict=True):
        data |= {one.confirms.name: "on"} if is_ticked else {}
        data[one.strikes.name] = reason
    return client.post(url(page), data)


def state(page: Page) -> str:
    return next(one.state for one in standings() if one.page == page)


def test_the_reviewer_sees_the_items_of_a_page(client: Client, rita: User) -> None:
    html = client.get(url(live_page(details=ITEMS))).content.decode()
    assert DOSE in html and LEVEL in html


def test_the_editor_shows_the_items(client: Client) -> None:
    client.force_login(staff("anna"))
    page = live_page(details=ITEMS)
    html = client.get(reverse("admin:pages_page_change", args=[page.pk])).content.decode()
    assert DOSE in html and LEVEL in html


def test_items_that_are_ticked_or_struck_are_kept_with_the_signature(
    client: Client, rita: User
) -> None:
    page = live_page(details=ITEMS)
    assert sign(client, page, (True, ""), (False, "It is not on this page.")).status_code == 302
    record = SignOff.objects.get()
    told = [(one.item, one.outcome, one.reason) for one in record.answers.all()]
    assert told == [(DOSE, "confirmed", ""), (LEVEL, "struck", "It is not on this page.")]
    assert record.reviewer == rita


@pytest.mark.parametrize(
    ("first", "expected"), [((False, ""), "Tick this"), ((True, "No."), "not both")]
)
def test_an_open_item_keeps_a_page_from_being_signed(
    client: Client, rita: User, first: tuple[bool, str], expected: str
) -> None:
    answer = sign(client, live_page(details=ITEMS), first, (True, ""))
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert not SignOff.objects.exists()


def test_the_verb_refuses_an_open_item_and_keeps_nothing(rita: User) -> None:
    page = live_page(details=ITEMS)
    told = live_revisions(page)
    with pytest.raises(ValidationError):
        sign_off(
            page=page,
            revisions=told,
            answers=[Answer(items_of(told)[0])],
            by=rita,
            reviewer_name="Rita Sample",
        )
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(("outcome", "reason"), [("", ""), ("struck", ""), ("confirmed", "Why")])
def test_the_database_refuses_an_item_without_an_answer(
    rita: User, outcome: str, reason: str
) -> None:
    page = live_page(details={})
    told = live_revisions(page)
    record = sign_off(page=page, revisions=told, by=rita, reviewer_name="Rita Sample")
    with pytest.raises(IntegrityError):
        ItemAnswer.objects.create(
            sign_off=record, revision=told[0], item=DOSE, outcome=outcome, reason=reason
        )


def test_an_item_is_answered_once(rita: User) -> None:
    page = live_page(details={"please_confirm": [DOSE]})
    told = live_revisions(page)
    answers = [Answer(items_of(told)[0])]
    record = sign_off(
        page=page, revisions=told, answers=answers, by=rita, reviewer_name="Rita Sample"
    )
    with pytest.raises(IntegrityError):
        ItemAnswer.objects.create(sign_off=record, revision=told[0], item=DOSE, outcome="confirmed")


def test_a_new_item_ends_the_signature_and_one_taken_out_does_not(
    client: Client, rita: User
) -> None:
    page = live_page(details=ITEMS)
    sign(client, page, (True, ""), (True, ""))
    words = page.revisions.first().words()
    publish(page=page, words=words | {"details": {"please_confirm": [DOSE]}}, by=rita)
    assert state(page) == "signed"
    publish(page=page, words=words | {"details": {"please_confirm": [DOSE, "New."]}}, by=rita)
    assert state(page) == "changed"
    assert "Not yet signed off" in client.get("/aftercare/").content.decode()


def test_the_answers_of_the_last_signature_are_offered_again(client: Client, rita: User) -> None:
    page = live_page(details=ITEMS)
    sign(client, page, (True, ""), (False, "Not here."))
    publish(page=page, words=page.revisions.first().words() | {"body": "Other words."}, by=rita)
    first, second = client.get(url(page)).context["form"].to_confirm
    assert first.confirms.value() is True
    assert second.strikes.value() == "Not here."
    assert first.before.outcome == "confirmed"


def test_an_open_item_of_a_card_keeps_the_pages_that_show_it_unsigned(
    client: Client, rita: User
) -> None:
    card = live_page("cards/legs", "card", body="Both legs are numb.", details={})
    page = live_page(body="Rest.\n\n> [!CARD] legs\n")
    sign(client, card)
    sign(client, page)
    assert "Signed off by Rita Sample" in client.get("/aftercare/").content.decode()
    words = card.revisions.first().words()
    publish(page=card, words=words | {"details": {"please_confirm": [DOSE]}}, by=rita)
    assert "Not yet signed off" in client.get("/aftercare/").content.decode()
    assert state(page) == "card"


@pytest.mark.parametrize(
    "name", ["Rita Sample", "R. Sample, PT", "rita sample, Registered Physiotherapist, CGIMS"]
)
def test_a_reviewer_signs_with_their_own_name_and_titles(
    client: Client, rita: User, name: str
) -> None:
    assert sign(client, live_page(), reviewer_name=name).status_code == 302
    assert SignOff.objects.get().reviewer_name == name


def test_an_account_without_a_name_cannot_sign(client: Client, rita: User) -> None:
    rita.first_name = rita.last_name = ""
    rita.save()
    page = live_page()
    assert "Ask an owner to write it under People" in client.get(url(page)).content.decode()
    assert sign(client, page).status_code == 422


def test_items_are_no_claims_of_the_clinic(client: Client) -> None:
    client.force_login(staff("anna"))
    page = live_page(health=True)
    claim = {"details_please_confirm": "Does IMS cure everybody?"}
    assert save(client, page, action="publish", **claim).status_code == 302
    assert page.revisions.in_force().get().details["please_confirm"] == ["Does IMS cure everybody?"]


def test_an_item_too_long_to_keep_is_refused_while_writing(client: Client) -> None:
    client.force_login(staff("anna"))
    page = live_page()
    answer = client.post(
        reverse("admin:pages_page_change", args=[page.pk]),
        form_data(page, details_please_confirm="word " * 70),
    )
    assert answer.status_code == 422
    assert "write 300 or fewer" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    "/aftercare/ /aftercare.md /llms.txt /feed.atom /sitemap.xml /search/?q=zebrafish /faq/ /faq.md".split(),
)
def test_no_item_reaches_a_patient_or_a_machine(client: Client, address: str) -> None:
    live_page("home", "home", title="Home", details={"headline": "Home", **ITEMS})
    live_page(details=ITEMS)
    live_page("faq", "faq", details=ITEMS)
    live_page("faq/cost", "question", title="What does it cost?", details=ITEMS)
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer) if answer.streaming else answer.content
    assert b"24 hours right" not in text and b"second-hand" not in text
    if "search" not in address:
        assert b"zebrafish" not in text
