"""Words that patients read and that are kept beside the pages: a claim in them is refused like in a page's own."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Clinic, Closure, Location
from clinic_site.images.models import Image
from clinic_site.pages.checks.live_pages import look_over
from tests.images.making import jpeg
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db

CLAIM = "The best clinic in BC"
WHY = "A quotation of the law."
CLOSURE = {"starts_on": "2027-03-01", "ends_on": "2027-03-01"}


@pytest.fixture
def owner(client: Client, published: None) -> Client:
    return sign_in(client, "Owner")


def sign_in(client: Client, role: str) -> Client:
    user = User.objects.create_user(role.casefold(), is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return client


def clinic(**other: str) -> tuple[str, dict[str, str]]:
    data = {"name": "North Clinic", "phone": "604-555-0199", "email": "north@example.ca"}
    return reverse("admin:clinic_clinic_change", args=[1]), data | other


def closure(**other: str) -> tuple[str, dict[str, str]]:
    return reverse("admin:clinic_closure_add"), CLOSURE | {"reason": "Holiday"} | other


def location(**other: str) -> tuple[str, dict[str, Any]]:
    place = Location.objects.get()
    told = ("name", "street", "city", "province", "postal_code", "note", "position")
    data = {name: getattr(place, name) for name in told}
    data |= {"hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}
    return reverse("admin:clinic_location_change", args=[place.pk]), data | other


def price(**other: str) -> tuple[str, dict[str, str]]:
    data = {"visit": "First", "minutes": "60", "amount": "120", "included": "Talk", "position": "0"}
    return reverse("admin:clinic_price_add"), data | other


PLACES = [
    *((price, "visit"), (price, "included"), (clinic, "name"), (closure, "reason")),
    *((location, "name"), (location, "note"), (location, "parking")),
]


@pytest.mark.parametrize(("form", "field"), PLACES)
def test_a_claim_is_refused_with_what_to_write(owner: Client, form: Any, field: str) -> None:
    address, data = form(**{field: CLAIM})
    response = owner.post(address, data)
    assert response.status_code == 200
    assert "Write, for example" in words_of(response.content.decode())
    assert "As an owner you may let this pass" in words_of(response.content.decode())


@pytest.mark.parametrize(("form", "field"), PLACES)
def test_careful_words_are_taken(owner: Client, form: Any, field: str) -> None:
    address, data = form(**{field: "Family day"})
    assert owner.post(address, data).status_code == 302


def test_an_owner_lets_it_stand_and_the_history_says_why(owner: Client) -> None:
    address, data = clinic(name=CLAIM, why=WHY)
    assert owner.post(address, data).status_code == 302
    assert Clinic.objects.get().name == CLAIM
    history = owner.get(reverse("admin:clinic_clinic_history", args=[1])).content.decode()
    assert f"Reason: {WHY}" in words_of(history)


def found_on_the_clinics_page() -> list[str]:
    """What the worker's look over all pages finds wrong on that of the clinic."""
    return [
        fault.message
        for looked in look_over()
        if looked.revision.page.path == "clinic"
        for fault in looked.faults
    ]


def test_a_claim_that_came_by_a_file_is_found_on_the_clinics_page(published: None) -> None:
    assert found_on_the_clinics_page() == []
    Location.objects.update(note=CLAIM)
    (message,) = found_on_the_clinics_page()
    assert f"in “{CLAIM}”" in message


def test_what_an_owner_let_stand_is_not_found_again(owner: Client) -> None:
    address, data = clinic(name=CLAIM, why=WHY)
    owner.post(address, data)
    assert found_on_the_clinics_page() == []


def test_who_changes_something_else_is_not_asked_again(owner: Client) -> None:
    Clinic.objects.update(name=CLAIM)
    address, data = clinic(name=CLAIM, phone="604-555-0188")
    assert owner.post(address, data).status_code == 302


def test_nobody_but_an_owner_lets_it_stand(client: Client, published: None) -> None:
    desk = sign_in(client, "Front desk")
    address, data = closure(reason=CLAIM, why=WHY)
    response = desk.post(address, data)
    if response.status_code == 403:
        desk = sign_in(client, "Editor")
        response = desk.post(address, data)
    assert "Only an owner may let a claim pass" in words_of(response.content.decode())
    assert not Closure.objects.exists()


@pytest.mark.parametrize("route", ["add", "upload"])
def test_the_description_of_a_new_picture_is_read_too(owner: Client, route: str) -> None:
    address = reverse(f"admin:images_image_{route}")
    response = owner.post(
        address, {"file": SimpleUploadedFile("a.jpg", jpeg()), "alt": f"{CLAIM}."}
    )
    assert response.status_code == 400
    assert "The best" in response.content.decode() or "the best" in response.content.decode()
    assert not Image.objects.exists()
