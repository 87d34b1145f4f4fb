"""What is told of one person: since when they may needle, and whether one may choose whom to see."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Practitioner
from tests.pages.practitioners import SENT, practitioner
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("9999-12-31", "Write a day from 1950 to 2100."),
        ("0001-01-01", "Write a day from 1950 to 2100."),
        ("2099-01-01", "This day is still to come: leave it out until then."),
    ],
)
def test_nobody_is_authorised_on_a_day_that_cannot_be(
    client: Client, published: None, day: str, sentence: str
) -> None:
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    response = client.post(
        reverse("admin:clinic_practitioner_add"), SENT | {"needling_authorised_on": day}
    )
    assert sentence in words_of(response.content.decode())
    assert not Practitioner.objects.exists()


@pytest.mark.parametrize(
    ("names", "is_a_choice"), [(["Anna Lee"], False), (["Anna Lee", "Chen Wei"], True)]
)
def test_a_choice_of_whom_to_see_is_offered_where_there_is_one(
    client: Client, published: None, names: list[str], is_a_choice: bool
) -> None:
    for name in names:
        practitioner(name)
    words = words_of(client.get("/practitioners/anna-lee/").content.decode())
    assert ("You may always see somebody else." in words) is is_a_choice
