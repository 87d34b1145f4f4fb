"""Where the clinic is on a map: told to machines and to people alike, once it is known."""

import pytest
from django.test import Client

from clinic_site.clinic.file_mapping import take_in
from clinic_site.clinic.models import Location
from tests.reading_text import words_of
from tests.real_clinic import REAL_CLINIC
from tests.seo.graphs import Node, graph_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published", "real")]


@pytest.fixture
def real(published: None) -> None:
    """A clinic that one can go to: nobody is sent to the sample's made-up street."""
    take_in(details=REAL_CLINIC)


def clinic_node(html: str) -> Node:
    return next(node for node in graph_in(html) if "telephone" in node)


def test_a_place_on_the_map_is_told_to_machines_and_people(client: Client) -> None:
    Location.objects.update(latitude=49.2827, longitude=-123.1207)
    html = client.get("/clinic/").content.decode()
    told = {"@type": "GeoCoordinates", "latitude": 49.2827, "longitude": -123.1207}
    assert clinic_node(html)["geo"] == told
    assert 'href="geo:49.2827,-123.1207?q=' in html
    assert "49.2827, -123.1207" in words_of(html)


def test_half_a_place_is_none(client: Client) -> None:
    Location.objects.update(latitude=49.2827, longitude=None)
    html = client.get("/clinic/").content.decode()
    assert "geo" not in clinic_node(html)
    assert "On a map" not in words_of(html)


def test_nobody_is_sent_to_the_street_of_the_sample(client: Client) -> None:
    take_in(details={"phone": "604-555-0142"})
    assert 'href="geo:' not in client.get("/clinic/").content.decode()
