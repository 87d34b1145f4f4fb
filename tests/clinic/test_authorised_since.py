"""Since when somebody may needle: a day that has come."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Practitioner
from tests.pages.practitioners import SENT
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("9999-12-31", "Write a day from 2000 to 2100."),
        ("0001-01-01", "Write a day from 2000 to 2100."),
        ("2099-01-01", "This day is still to come: leave it out until then."),
    ],
)
def test_nobody_is_authorised_on_a_day_that_cannot_be(
    root: Client, day: str, sentence: str
) -> None:
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    response = client.post(
        reverse("admin:clinic_practitioner_add"), SENT | {"needling_authorised_on": day}
    )
    assert sentence in words_of(response.content.decode())
    assert not Practitioner.objects.exists()
