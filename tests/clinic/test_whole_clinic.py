"""A clinic of three people and two places: each has its page, and every page says the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.clinic.file_mapping import current_details
from clinic_site.clinic.models import Hours
from clinic_site.operations.static_export import EditionWriter, current
from tests.clinic.whole_clinic import open_the_clinic
from tests.reading_text import words_of
from tests.seo.graphs import graph_in, references_in, values_in
from tests.valid_html import html_errors

pytestmark = pytest.mark.django_db
ANNA, MAIN, HARBOUR = "/practitioners/anna-lee/", "/clinic/main-street/", "/clinic/harbour/"
PAGES = ("/", "/clinic/", MAIN, HARBOUR, "/practitioners/", ANNA, "/conditions/knee-pain/")
Told = dict[str, Any]


@pytest.fixture
def whole(published: None, settings: Settings, tmp_path: Path) -> Told:
    settings.MEDIA_ROOT = tmp_path / "media"
    return open_the_clinic()


def html_at(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def squeezed(words: str) -> str:
    return words.replace(" ", "")


def test_what_the_tables_say_is_what_the_file_said(whole: Told) -> None:
    assert current_details() == whole


@pytest.mark.usefixtures("whole")
class TestPages:
    def test_they_are_valid_html(self, client: Client, tmp_path: Path) -> None:
        assert html_errors({path: html_at(client, path) for path in PAGES}, tmp_path) == []

    @pytest.mark.parametrize("path", PAGES)
    def test_whatever_the_data_says_stands_on_the_page(self, client: Client, path: str) -> None:
        html = html_at(client, path)
        words = words_of(html).replace(" ", "")
        values = {one.removeprefix("+1 ").replace(" ", "") for one in values_in(graph_in(html))}
        assert {one for one in values - {"CA"} if one not in words} == set()
        assert "Canada" in words

    @pytest.mark.parametrize("path", PAGES)
    def test_whatever_the_data_names_is_described(self, client: Client, path: str) -> None:
        graph = graph_in(html_at(client, path))
        assert set(references_in(graph)) - {node["@id"] for node in graph} == set()

    @pytest.mark.parametrize(
        "words",
        [
            "Languages English, Korean",
            "Main Street Monday, Tuesday",
            "Harbour Saturday",
            "Authorised since 12 May 2021",
            "Gunn IMS",
            "Master of Physical Therapy, 2015",
            "Anna Lee in the public register",
        ],
    )
    def test_a_person_is_told_in_facts(self, client: Client, words: str) -> None:
        assert squeezed(words) in squeezed(words_of(html_at(client, ANNA)))

    def test_gunn_ims_is_not_told_of_who_does_not_hold_it(self, client: Client) -> None:
        assert "Gunn" not in words_of(html_at(client, "/practitioners/chen-wei/"))

    @pytest.mark.parametrize("path", ["/", "/practitioners/", MAIN, "/conditions/knee-pain/"])
    def test_a_person_is_linked_from(self, client: Client, path: str) -> None:
        assert f'href="{ANNA}"' in html_at(client, path)

    def test_only_conditions_of_their_areas_name_a_person(self, client: Client) -> None:
        assert ANNA not in html_at(client, "/conditions/plantar-fasciitis/")

    @pytest.mark.parametrize(
        "words",
        [
            "2100 Main Street #200",
            "Buses 3 and 19 stop in front.",
            "A ramp and a door that opens by button.",
            "Two hours on the street",
            "We speak English, Punjabi",
            "1:00 PM to 4:00 PM",
        ],
    )
    def test_a_place_is_told_in_full(self, client: Client, words: str) -> None:
        assert words in words_of(html_at(client, MAIN))

    @pytest.mark.parametrize(
        "words",
        ["Monday to Thursday 9:00 AM to 5:30 PM", "Saturday and Sunday Closed", "Friday 9:00 AM"],
    )
    def test_the_clinics_page_tells_the_hours_of_each(self, client: Client, words: str) -> None:
        assert squeezed(words) in squeezed(words_of(html_at(client, "/clinic/")))

    def test_a_map_app_is_offered_without_asking_anybody(self, client: Client) -> None:
        html = html_at(client, MAIN)
        assert 'href="geo:49.2655,-123.1007?q=2100%20Main%20Street%20%23200' in html
        assert "<iframe" not in html

    def test_a_phone_number_of_its_own_dials_its_extension(self, client: Client) -> None:
        assert 'href="tel:+16047362155;ext=4"' in html_at(client, HARBOUR)

    def test_a_closure_of_one_place_is_told_there_alone(self, client: Client) -> None:
        assert "at Harbour" in html_at(client, "/")
        main, harbour = (html_at(client, path).split("<main")[1] for path in (MAIN, HARBOUR))
        assert "New floors" in words_of(harbour)
        assert "New floors" not in words_of(main)

    def test_prices_stand_in_a_table(self, client: Client) -> None:
        words = squeezed(words_of(html_at(client, "/clinic/")))
        assert squeezed("First visit 60 min $140 Assessment and care") in words
        assert squeezed("Later visit 30 min $95.50 Ask us") in words

    @pytest.mark.parametrize(
        ("path", "shown"),
        [
            ("/", ["room"]),
            ("/clinic/", ["entrance", "room"]),
            ("/first-session/", ["table", "needle"]),
            (MAIN, ["sketch"]),
            (ANNA, ["photo"]),
        ],
    )
    def test_a_picture_stands_in_its_place(
        self, client: Client, path: str, shown: list[str]
    ) -> None:
        html = html_at(client, path)
        assert [one for one in shown if f'alt="What the {one} looks like"' not in html] == []

    @pytest.mark.parametrize("path", ["/sitemap.xml", "/llms.txt"])
    @pytest.mark.parametrize("page", [ANNA, MAIN, HARBOUR])
    def test_lists_of_pages_name_it(self, client: Client, path: str, page: str) -> None:
        assert page.strip("/") in html_at(client, path)

    @pytest.mark.parametrize("path", [ANNA, MAIN])
    def test_it_has_a_markdown_twin(self, client: Client, path: str) -> None:
        assert client.get(f"{path[:-1]}.md").status_code == 200

    @pytest.mark.parametrize("path", [ANNA, MAIN])
    def test_a_missing_slash_is_put_right(self, client: Client, path: str) -> None:
        response = client.get(path[:-1])
        assert (response.status_code, response["Location"]) == (301, path)

    @pytest.mark.parametrize(
        "path", ["/practitioners/nobody/", "/clinic/nowhere/", "/faq/anna-lee/"]
    )
    def test_nobody_and_nowhere_is_not_found(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_the_edition_has_it(self, settings: Settings, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path
        EditionWriter().keep_in_step()
        assert b"Anna Lee" in (current() / "practitioners/anna-lee/index.html").read_bytes()


def node(client: Client, path: str, end: str) -> Told:
    return next(one for one in graph_in(html_at(client, path)) if one["@id"].endswith(end))


def test_each_place_is_a_clinic_of_its_own(whole: Told, client: Client) -> None:
    main, harbour = (node(client, path, f"{path}#place") for path in (MAIN, HARBOUR))
    assert main["@type"] == harbour["@type"] == ["MedicalClinic", "Physiotherapy"]
    assert len(main["openingHoursSpecification"]) == 6
    assert len(harbour["openingHoursSpecification"]) == 1
    assert len(harbour["specialOpeningHoursSpecification"]) == 1
    assert "specialOpeningHoursSpecification" not in main
    assert (main["telephone"], harbour["telephone"]) == (
        "+1 604-736-2101",
        "+1 604-736-2155 ext. 4",
    )
    assert main["address"]["addressCountry"] == "CA"


def test_several_places_belong_to_one_organization(whole: Told, client: Client) -> None:
    clinic = node(client, "/", "/#clinic")
    assert len(clinic["subOrganization"]) == 2
    assert "openingHoursSpecification" not in json.dumps(clinic)


def test_a_person_knows_languages_and_works_somewhere(whole: Told, client: Client) -> None:
    anna = node(client, ANNA, f"{ANNA}#person")
    assert anna["knowsLanguage"] == ["English", "Korean"]
    assert anna["worksFor"]["@id"].endswith("/#clinic")
    assert [one["@id"].partition("/clinic/")[2] for one in anna["workLocation"]] == [
        "main-street/#place",
        "harbour/#place",
    ]
    assert len(anna["hasCredential"]) == 3
    assert anna["image"].startswith("http")


def test_the_queries_of_a_place_do_not_grow_with_the_people(
    whole: Told, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(18):
        client.get(MAIN)


def test_one_place_has_no_page_of_its_own(client: Client, published: None) -> None:
    assert client.get("/clinic/ims-dry-needling-bc/").status_code == 404


@pytest.mark.parametrize("path", ["/clinic/", HARBOUR])
def test_a_place_without_hours_is_not_told_as_closed(
    whole: Told, client: Client, path: str
) -> None:
    Hours.objects.filter(location__slug="harbour").delete()
    told = html_at(client, path).split("<main")[1]
    assert "We have no regular hours here." in words_of(told)
    assert "data-hours" not in html_at(client, HARBOUR)


@pytest.mark.parametrize("path", ["/", "/clinic/", "/first-session/"])
def test_nothing_stands_in_the_place_of_pictures_and_prices_that_are_not_there(
    client: Client, published: None, path: str
) -> None:
    html = html_at(client, path)
    assert 'class="shots"' not in html
    assert 'id="prices"' not in html
    assert 'id="people"' not in html


def test_each_way_of_paying_says_what_to_ask_and_names_its_source(
    client: Client, published: None
) -> None:
    ways = html_at(client, "/clinic/").split('class="payers"')[1].split("</div>")[0]
    told = [words_of(one) for one in ways.split("<details")[1:]]
    assert len(told) == 4
    assert [one for one in told if "Ask" not in one] == []
    assert len([one for one in told if "Bring:" in one]) == 3  # what MSP wants is not known
    assert ways.count('href="#fn') == 4
