"""IndexNow and the page about people: it changes, comes and goes with them."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Practitioner
from clinic_site.clinic.practitioner_changes import people_changed
from clinic_site.operations.indexnow import tell_search_engines
from clinic_site.pages.actions.publish import publish, withdraw
from clinic_site.pages.models import Page
from tests.operations.conftest import SITE, Clock, Engine
from tests.pages.practitioners import SENT, practitioner
from tests.pages.writing import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(published: None, news: Page, clock: Clock) -> Client:
    """An owner at the admin of the shipped site, which has been told of."""
    clock.pass_by(days=9)
    tell_search_engines()
    client = Client()
    client.force_login(staff("anna"))
    return client


def practitioner_url(route: str, *args: int) -> str:
    return reverse(f"admin:clinic_practitioner_{route}", args=args)


def test_the_page_about_people_is_told_when_somebody_comes_changes_or_goes(
    owner: Client, engine: Engine, clock: Clock
) -> None:
    engine.calls.clear()
    told = []
    for route, said in (("add", SENT), ("change", SENT), ("delete", {"post": "yes"})):
        numbers = Practitioner.objects.values_list("pk", flat=True)
        owner.post(practitioner_url(route, *numbers), said)
        clock.pass_by(minutes=1)
        told.append((tell_search_engines(), tell_search_engines()))
    assert [again for _, again in told] == [0] * 3
    assert engine.addresses.count(f"{SITE}/practitioners/") == 3


def test_words_about_people_are_not_told_while_there_is_nobody(
    owner: Client, engine: Engine, clock: Clock
) -> None:
    page = Page.objects.get(path="practitioners")
    publish(page=page, words={"title": "Who treats you", "body": "Words."}, by=None)
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 0


def test_a_page_about_people_that_is_taken_down_is_not_told_when_they_change(
    owner: Client, engine: Engine, clock: Clock
) -> None:
    withdraw(page=Page.objects.get(path="practitioners"), by=None)
    practitioner()
    clock.pass_by(hours=1)
    tell_search_engines()
    engine.calls.clear()
    people_changed()
    clock.pass_by(hours=1)
    assert tell_search_engines() == 0
