"""Phone numbers as people write them."""

import pytest

from clinic_site.enquiries.public_form.phone_numbers import NotAPhoneNumber, PhoneNumber, read_phone


@pytest.mark.parametrize(
    ("typed", "number", "extension"),
    [
        ("604-555-0142", "+16045550142", ""),
        ("(604) 555 0142", "+16045550142", ""),
        ("6045550142", "+16045550142", ""),
        ("+1.604.555.0142", "+16045550142", ""),
        ("1 604 555 0142", "+16045550142", ""),
        ("604 555 0142 ext 12", "+16045550142", "12"),
        ("604.555.0142 x99", "+16045550142", "99"),
        ("604 555 0142 #7", "+16045550142", "7"),
        ("604-555-0142 local 204", "+16045550142", "204"),
        ("604-555-0142, Loc. 204", "+16045550142", "204"),
        ("(604) 555-0142 (local: 204)", "+16045550142", "204"),
        ("604-555-0142local204", "+16045550142", "204"),
        ("604 555 0142 poste 204", "+16045550142", "204"),
        ("604 555 0142, poste no 204", "+16045550142", "204"),
        ("604 555 0142 ext. no. 12", "+16045550142", "12"),
        ("604 555 0142 extension #12", "+16045550142", "12"),
        ("604 555 0142 X 99", "+16045550142", "99"),
        ("+16045550142;ext=5", "+16045550142", "5"),
        ("\uff16\uff10\uff14 555 0142 ext \uff12", "+16045550142", "2"),
        ("+44 20 7946 0958", "+442079460958", ""),
        ("011 44 20 7946 0958", "+442079460958", ""),
        ("+33 6 12 34 56 78", "+33612345678", ""),
    ],
)
def test_numbers_that_can_be_dialled(typed: str, number: str, extension: str) -> None:
    assert read_phone(typed) == PhoneNumber(number, extension)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "555-0142",
        "604-555-014",
        "604 555 0142 0142",
        "055-555-0142",
        "hello",
        "+999 1",
        "604 555 0142 ext 1234567890123",
    ],
)
def test_numbers_that_cannot(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        read_phone(typed)
