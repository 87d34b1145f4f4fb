"""A clinic with hours, a form's pass, and answers as a browser sends them."""

import secrets
import time
from collections.abc import Callable
from datetime import time as clock
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from clinic_site.clinic.models import Clinic, Hours, Location
from clinic_site.enquiries.submission import form_token
from clinic_site.enquiries.submission.form_token import FormPass

WORDING = "I agree that the clinic may use what I write here."
ANSWERS = {"name": "Ana Sample", "phone": "604-555-0142", "consent": "on"}
Send = Callable[..., HttpResponse]


@pytest.fixture
def clinic(db: None) -> Clinic:
    """Open from Monday to Friday until 6 pm."""
    clinic = Clinic.objects.create(
        pk=1, name="Clinic", phone="604-555-0100", email="clinic@example.ca"
    )
    place = Location.objects.create(
        clinic=clinic, name="Main", street="1 Road", city="Vancouver", postal_code="V0V 0V0"
    )
    for weekday in range(5):
        Hours.objects.create(location=place, weekday=weekday, opens=clock(9), closes=clock(18))
    return clinic


def new_pass(*, age: float = 60) -> FormPass:
    """The pass of a form that was served `age` seconds ago."""
    told = {
        "form": secrets.token_urlsafe(24),
        "at": time.time() - age,
        "version": "2026-11",
        "wording": WORDING,
    }
    made = form_token.read(signing.dumps(told, salt=form_token.SALT))
    assert made
    return made


@pytest.fixture
def send(client: Client, published: None) -> Send:
    """send(name="…", form=pass text, …): posts the form from a fresh page unless `form` is given."""

    def post(headers: dict[str, str] | None = None, **fields: Any) -> HttpResponse:
        data = {**ANSWERS, "form": new_pass().text, **fields}
        data = {name: value for name, value in data.items() if value is not None}
        return client.post(
            "/book/",
            data=encode(data),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
        )

    return post


def encode(data: dict[str, Any]) -> str:
    """As a browser encodes a form."""
    return urlencode(data, doseq=True)
