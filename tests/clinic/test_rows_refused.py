"""What the admin refuses of the clinic's rows: what their file could not say, and days that are closed already."""

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Closure, Location
from tests.pages.practitioners import SENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client, published: None) -> Client:
    client.force_login(User.objects.create_superuser("root"))
    return client


def url(model: str, route: str, *args: Any) -> str:
    return reverse(f"admin:clinic_{model}_{route}", args=args)


def test_closures_that_share_days_are_refused_in_words(root: Client) -> None:
    first = {"starts_on": "2031-12-24", "ends_on": "2031-12-31", "reason": "Winter holidays"}
    assert root.post(url("closure", "add"), first).status_code == 302
    second = {"starts_on": "2031-12-31", "ends_on": "2032-01-02", "reason": "New Year"}
    refused = unescape(root.post(url("closure", "add"), second).text)
    assert "“Winter holidays” closes some of these days already" in refused
    at_a_place = second | {"location": Location.objects.get().pk}
    assert root.post(url("closure", "add"), at_a_place).status_code == 302
    longer = first | {"ends_on": "2032-01-02"}
    changed = url("closure", "change", Closure.objects.get(location=None).pk)
    assert root.post(changed, longer).status_code == 302


@pytest.mark.parametrize(
    ("model", "sent", "sentence"),
    [
        ("clinic", {"name": "\u200b"}, "Nothing can be read here: write some words."),
        ("price", {"visit": "\u3164", "amount": "5"}, "Nothing can be read here"),
        ("price", {"visit": "A class", "amount": "99999.50"}, "less than or equal to 99999"),
        ("price", {"visit": "A class", "amount": "5", "minutes": "1441"}, "equal to 1440"),
        ("location", {}, "Another place has this name already"),
        ("practitioner", {"needling_authorised_on": "0001-01-01"}, "a day from 1950 to 2100"),
    ],
)
def test_what_the_file_could_not_say_is_refused_in_words(
    root: Client, model: str, sent: dict[str, str], sentence: str
) -> None:
    place = Location.objects.values("name", "street", "city", "province", "postal_code").get()
    rest = {"position": "7", "hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}
    usual = {"location": place | rest, "practitioner": SENT, "price": {"position": "1"}}
    address = url(model, "change", 1) if model == "clinic" else url(model, "add")
    assert sentence in unescape(root.post(address, usual.get(model, {}) | sent).text)
