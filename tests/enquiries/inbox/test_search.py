"""Finding an enquiry by what a person says on the phone."""

import pytest
from django.test import Client

from tests.enquiries.inbox_world import address, amend, enquiry, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry"))


def finds(anna: Client, typed: str) -> bool:
    page = anna.post(address("search"), {"q": typed}).content.decode()
    return "The One" in page


@pytest.mark.parametrize(
    "typed",
    [
        "6045550142",
        "604-555-0142",
        "(604) 555 0142",
        "604.555.0142",
        "+1 604 555 0142",
        "1-604-555-0142",
        "604 555 0142 ext. 12",
        "5550142",
        "555-0142",
        "0142",
    ],
)
def test_a_phone_number_is_found_in_any_spelling(anna: Client, typed: str) -> None:
    enquiry("The One", phone="+16045550142")
    enquiry("Another", phone="+16045550199")
    assert finds(anna, typed)


def test_another_phone_number_is_not_found(anna: Client) -> None:
    enquiry("The One", phone="+16045550142")
    assert not finds(anna, "604 555 0143")


def test_a_number_from_abroad_is_found(anna: Client) -> None:
    enquiry("The One", phone="+442079460958")
    assert finds(anna, "+44 20 7946 0958")


@pytest.mark.parametrize("typed", ["the one", "ONE", "one the", "Élodie", "elodie", "  Elodie  "])
def test_a_name_is_found_in_any_order_case_and_without_accents(anna: Client, typed: str) -> None:
    enquiry("Élodie The One")
    assert finds(anna, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("The One O’Neil", "O'Neil"),
        ("The One O'Neil", "O’Neil"),
        ("The One O’Neil", "oneil"),
        ("The One O’Neil", "o neil"),
        ("The One Anne-Marie", "anne marie"),
        ("The One Anne Marie", "Anne-Marie"),
        ("The One Anne‑Marie", "annemarie"),
        ("The One Annemarie", "anne-marie"),
        ("The One Søren", "Soren"),
        ("The One Æsa", "aesa"),
        ("The One Łukasz", "lukasz"),
        ("The One Đặng", "dang"),
        ("The One Strauß", "strauss"),
        ("The One D`Angelo", "d'angelo"),
        ("The One St. John", "st john"),
    ],
)
def test_a_name_is_found_as_it_is_typed_in_a_hurry(anna: Client, name: str, typed: str) -> None:
    enquiry(name)
    assert finds(anna, typed)


def test_an_apostrophe_alone_finds_nothing(anna: Client) -> None:
    enquiry("The One")
    assert not finds(anna, "’’")


def test_every_word_of_the_name_has_to_fit(anna: Client) -> None:
    enquiry("The One")
    assert not finds(anna, "the other")


@pytest.mark.parametrize(
    "typed",
    [
        "K7WM-4TXR",
        "k7wm4txr",
        "K7WM 4TXR",
        "k7wm.4txr",
        "K7WM",
        "KIWM-4TXR",
        "K7VM 4DXR",
        "K7WN-4TXR",
    ],
)
def test_a_reference_is_found_as_it_is_typed_read_out_or_misread(anna: Client, typed: str) -> None:
    enquiry("The One", reference="K7WM-4TXR")
    assert finds(anna, typed)


def test_another_reference_is_not_found(anna: Client) -> None:
    enquiry("The One", reference="K7WM-4TXR")
    assert not finds(anna, "K7WM-4TXH")


def test_an_address_is_found_in_any_case(anna: Client) -> None:
    enquiry("The One", email="Ana@Example.ca")
    assert finds(anna, "ana@example.ca")


@pytest.mark.parametrize("typed", ["604 555 0177", "Anabel", "ana.new@example.ca"])
def test_what_the_patient_changed_later_is_found(anna: Client, typed: str) -> None:
    kept = enquiry("The One")
    amend(kept, phone="+16045550177", name="Anabel The One", email="ana.new@example.ca")
    assert finds(anna, typed)


@pytest.mark.parametrize("typed", ["", " ", "%", "'", "\x00", "[", "a" * 5000, "(((("])
def test_nothing_is_found_for_nothing_or_nonsense(anna: Client, typed: str) -> None:
    enquiry("The One")
    assert not finds(anna, typed)


def test_what_was_looked_for_is_in_no_address(anna: Client) -> None:
    response = anna.get(address("search"), {"q": "The One"})
    assert response.status_code == 405
