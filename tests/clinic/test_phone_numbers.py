"""The clinic's phone number: what staff and files may write, and what a tap on it dials, wherever it stands."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.phone_numbers import NotAPhoneNumber, read_clinic_phone
from tests.clinic.test_file_mapping import FILE
from tests.clinic.test_system_checks import faults
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(tel:\+[^"]*)"')
PAGES = ("/", "/clinic/", "/book/", "/search/?q=zzzz", "/no-such-page/")


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("604-555-0142", "tel:+16045550142"),
        ("1 (604) 555.0142", "tel:+16045550142"),
        ("+1 604 555 0142", "tel:+16045550142"),
        ("604-555-0142 ext 5", "tel:+16045550142;ext=5"),
        ("604-555-0142x5", "tel:+16045550142;ext=5"),
        ("604-555-0142 (ext. 5)", "tel:+16045550142;ext=5"),
        ("604 555 0142 local 204", "tel:+16045550142;ext=204"),
        ("604 555-0142 #20", "tel:+16045550142;ext=20"),
        ("1-800-GOFEDEX", "tel:+18004633339"),
        ("+44 20 7946 0958", "tel:+442079460958"),
        ("\u202a+1 (604) 555\u20110142\u202c", "tel:+16045550142"),
        ("800-555-0199", "tel:+18005550199"),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(typed: str, link: str) -> None:
    assert read_clinic_phone(typed).link == link


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "911",
        "555-0142",
        "604-555-014",
        "604-555-01425",
        "604-555-O142",
        "199-555-0142",
        "604-155-1234",
        "604-555-0142 Anna",
        "cell 604-555-0142",
        "604-555-0142 or 0143",
        "604-555-0142/604-555-0143",
        "604-555-0142 604-555-0143",
        "604-555-0142 ext 5 or 6",
        "tel:+16045550142",
        "hello@clinic.example",
        "1-800-CALL-US-NOW",
        "+999 12345678",
        "6" * 5_000,
    ],
)
def test_what_is_not_exactly_one_number_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber, match=r"write .*604-555-0123"):
        read_clinic_phone(typed)


@pytest.mark.parametrize("path", PAGES)
def test_a_tap_dials_the_extension_too(client: Client, published: None, path: str) -> None:
    Clinic.objects.update(phone="604-555-0142 ext 5")
    html = client.get(path).content.decode()
    assert set(LINK.findall(html)) == {"tel:+16045550142;ext=5"}
    assert "604-555-0142 ext 5" in words_of(html)


def test_machines_read_it_with_its_country(client: Client, published: None) -> None:
    Clinic.objects.update(phone="604-555-0142 local 5")
    html = client.get("/clinic/").content.decode()
    assert '"telephone":"+1 604-555-0142 ext. 5"' in html.replace('": "', '":"')


@pytest.mark.parametrize("path", PAGES)
def test_one_that_was_kept_and_cannot_be_dialled_is_text(
    client: Client, published: None, path: str
) -> None:
    Clinic.objects.update(phone="555-CLINIC or ask Anna")
    answer = client.get(path)
    html = answer.content.decode()
    assert answer.status_code in (200, 404)
    assert LINK.findall(html) == []
    assert 'href=""' not in html
    assert "555-CLINIC or ask Anna" in words_of(html)


def test_staff_are_told_of_one_that_cannot_be_dialled(client: Client, published: None) -> None:
    Clinic.objects.update(phone="555-0142")
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    html = unescape(client.get("/admin/").content.decode())
    assert "cannot tap the clinic's phone number: “555-0142” cannot be dialled" in html
    assert "clinic.E002" in faults()


def test_the_shipped_number_is_fine_and_its_samples_are_found_however_they_are_written(
    client: Client, published: None
) -> None:
    assert "clinic.E002" not in faults()
    Clinic.objects.update(phone="+1 (604) 555 0142")
    assert "the phone number" in faults()


@pytest.mark.parametrize("phone", ["604-555-0142 ext 5", "604-555-0142  local  5"])
def test_staff_may_give_an_extension(client: Client, published: None, phone: str) -> None:
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    data = {"name": "North Clinic", "phone": phone, "email": "north@example.ca"}
    answer = client.post(reverse("admin:clinic_clinic_change", args=[1]), data)
    assert answer.status_code == 302
    assert Clinic.objects.get().phone == " ".join(phone.split())


def test_a_file_with_an_extension_is_taken_in(take_file_in: Any) -> None:
    assert take_file_in(FILE.format(phone="604-555-0142 ext. 5", street="1 A")) == ""
    assert Clinic.objects.get().phone_link == "tel:+16045550142;ext=5"


@pytest.mark.parametrize("phone", ["555-0142", "604-555-0142 or 604-555-0143", '""'])
def test_a_file_with_none_is_told_with_its_line(take_file_in: Any, phone: str) -> None:
    said = take_file_in(FILE.format(phone=phone, street="1 A"))
    assert "clinic.md:5: “phone”: " in said
    assert "604-555-0123" in said
    assert not Clinic.objects.exists()
