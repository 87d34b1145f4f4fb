"""The structured data of the people who treat patients here."""

import pytest
from django.test import Client

from clinic_site.clinic.models import Practitioner
from tests.pages.practitioners import REGISTER
from tests.seo.graphs import Node
from tests.seo.test_structured_data import graph_at, one, page_node, signed, two

pytestmark = pytest.mark.django_db


def test_a_practitioner_who_signed_is_the_same_person_everywhere(
    client: Client, published: None
) -> None:
    signed()
    reviewer = page_node(client, "/safety/")["reviewedBy"]["@id"]
    profile = page_node(client, "/practitioners/")
    assert profile["mainEntity"] == [{"@id": reviewer}]


def people_at(client: Client) -> list[Node]:
    return [n for n in graph_at(client, "/practitioners/") if n["@type"] == "Person"]


def test_one_practitioner_has_a_profile_page(client: Client, published: None) -> None:
    one()
    assert page_node(client, "/practitioners/")["@type"] == "ProfilePage"
    told = people_at(client)[0]
    assert (told["name"], told["jobTitle"], told["sameAs"]) == (
        "A. Sample",
        "Physiotherapist",
        REGISTER,
    )
    assert told["worksFor"]["@id"].endswith("/#clinic")


def test_several_practitioners_stand_in_a_list(client: Client, published: None) -> None:
    two()
    page = page_node(client, "/practitioners/")
    graph = {node["@id"]: node for node in graph_at(client, "/practitioners/")}
    listed = [one["@id"] for one in graph[page["mainEntity"][0]["@id"]]["itemListElement"]]
    assert page["@type"] == "CollectionPage"
    assert [graph[person]["name"] for person in listed] == ["A. Sample", "B. Other"]


def test_practitioners_without_pages_are_named_by_their_place(
    client: Client, published: None
) -> None:
    two()
    Practitioner.objects.update(slug="")
    html = client.get("/practitioners/").content.decode()
    for told in people_at(client):
        page, _, anchor = told["@id"].partition("#")
        assert page.endswith("/practitioners/")
        assert f'id="{anchor}"' in html


def test_an_entry_in_the_register_and_a_page_of_their_own_are_there_to_follow(
    client: Client, published: None
) -> None:
    two()
    html = client.get("/practitioners/").content.decode()
    for told in people_at(client):
        assert f'href="{told["sameAs"]}"' in html
        assert f'href="{told["url"].removeprefix("http://localhost:8000")}"' in html
