"""What the editor does for whoever writes: addresses from titles, clean pastes, missing pictures, slips of typing."""

import re

import pytest

from clinic_site.markup.prose.typing_slips import slips_in
from clinic_site.pages.models import Page
from tests.pages.writing import form_data, live_page, save, url

pytestmark = pytest.mark.django_db
ADD = "/admin/pages/page/add/"


@pytest.mark.parametrize(
    ("layout", "title", "path"),
    [
        ("article", "Déjà vu: what next?", "deja-vu-what-next"),
        ("question", "Does it hurt?", "faq/does-it-hurt"),
        ("article", "After-care", "after-care-2"),
        ("article", "…", "page"),
        ("card", "Hands and wrists", "cards/hands-and-wrists"),
        ("article", "x" * 90, "x" * 60),
    ],
)
def test_a_new_page_gets_its_address_from_its_title(client, anna, layout, title, path):
    live_page("after-care")
    live_page("faq", "faq")
    answer = client.post(ADD, {"layout": layout, "title": title, "path": ""})
    assert answer.status_code == 302
    assert Page.objects.latest("pk").path == path


def test_pages_of_a_kind_stand_where_its_index_does(client, anna):
    live_page("good-questions", "faq")
    client.post(ADD, {"layout": "question", "title": "Does it hurt?", "path": ""})
    assert Page.objects.latest("pk").path == "good-questions/does-it-hurt"


def test_every_kind_of_page_has_a_picture(client, anna):
    html = client.get(ADD).content.decode()
    pictures = re.findall(r'(?s)<svg class="layout-picture".*?</svg>', html)
    assert len(pictures) == len(set(pictures)) == html.count('name="layout"') > 1
    assert all(re.search("<(rect|path|circle)", picture) for picture in pictures)


def test_a_paste_is_answered_as_markdown(client, anna):
    told = {"html": "<h1>Rest</h1><ul><li>walk</li></ul>", "text": "x"}
    assert client.post("/admin/pages/page/paste/", told).json() == {"text": "## Rest\n\n- walk"}


def test_a_paste_is_for_staff(client):
    assert client.post("/admin/pages/page/paste/", {"text": "x"}).status_code == 302


def test_a_picture_that_is_not_there_keeps_words_from_going_live(client, anna):
    page = live_page()
    answer = save(client, page, body="![A hand](image:999)", action="publish")
    assert answer.status_code == 422
    assert "has no picture for “image:999”" in answer.content.decode()


def test_a_claim_comes_with_a_wording_that_would_pass(client, anna):
    page = live_page()
    told = form_data(page, body="IMS cures back pain.")
    fault = client.post(url("checks", page), told).json()["faults"][0]
    assert fault["sentence"] == "IMS cures back pain."
    assert (
        client.post(url("checks", page), told | {"body": fault["instead"]}).json()["faults"] == []
    )


@pytest.mark.parametrize(
    "line",
    [
        "• sore",
        "– sore",
        "##Heading",
        "##\u00a0Heading",
        "    far in",
        "[call](tel:604 555 0123)",
    ],
)
def test_a_slip_of_typing_is_told(line):
    assert [one.line for one in slips_in(f"Words.\n\n{line}\n")] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n    more of it",
        "```\n## x\n    y\n```",
        "[call](tel:+16045550123)",
        "## Rest",
        "a – b",
    ],
)
def test_what_is_meant_so_is_left_alone(text):
    assert list(slips_in(text)) == []
