"""A condition that the clinic writes itself: whatever parts it has, it is shown whole and leads on."""

import pytest
from django.test import Client

from tests.pages.writing import live_page

pytestmark = pytest.mark.django_db


def page_of(client: Client, body: str, **details: object) -> str:
    live_page("conditions", "conditions", title="Conditions")
    details = {"areas": ["knee"], **details}
    live_page("conditions/shin", "condition", title="Shin pain", body=body, details=details)
    return client.get("/conditions/shin/").content.decode()


def test_one_without_our_parts_leads_to_the_form_once(client: Client) -> None:
    html = page_of(client, "## What it is\n\nPain at the shin.\n")
    main = html[html.index("<main") : html.index("</main>")]
    assert "Pain at the shin." in main
    assert main.count('href="/book/?about=shin"') == 1


def test_one_with_words_before_its_first_part_shows_them(client: Client) -> None:
    assert "Words first." in page_of(client, "Words first.\n\n## Get help\n\nCall us.\n")


def test_one_without_names_has_no_empty_list_of_them(client: Client) -> None:
    assert 'class="names"' not in page_of(client, "## What it is\n\nPain.\n")


def test_a_name_is_shown_as_it_is_typed(client: Client) -> None:
    html = page_of(client, "## What it is\n\nPain.\n", other_names=["<b>shin</b> & splints"])
    assert "&lt;b&gt;shin&lt;/b&gt; &amp; splints" in html


def test_every_part_under_get_help_unfolds(client: Client) -> None:
    html = page_of(client, "## Get help\n\nNow.\n\n### One\n\nFirst.\n\n### Two\n\nSecond.\n")
    assert html.count('<details class="more-signs">') == 2
    assert "First." in html and "Second." in html


def test_one_without_a_body_has_its_line_on_the_list_and_no_page(client: Client) -> None:
    live_page("conditions", "conditions", title="Conditions")
    details = {"areas": ["knee"], "index_line": "Pain at the front.", "other_names": ["splints"]}
    live_page("conditions/shin", "condition", title="Shin pain", body="", details=details)
    html = client.get("/conditions/").content.decode()
    assert "<p>Pain at the front.</p>" in html
    assert "Also called splints" in html and '"alternateName":["splints"]' in html
    assert "Read about it" not in html
    assert client.get("/conditions/shin/").status_code == 302
