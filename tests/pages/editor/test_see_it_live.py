"""“See it live” in the editor leads to where patients read the page, whatever its layout."""

import re

import pytest

from clinic_site.pages.actions.publish import publish
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Page
from tests.pages.writing import live_page, url

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]+)">See it live</a>')


def test_it_leads_somewhere_for_each_layout(client, anna, published):
    paths = dict(Page.objects.order_by("-path").values_list("layout", "path"))
    not_live = {"practitioners", "welcome"}  # nobody is told of, and no card is signed yet
    paths = {layout: path for layout, path in paths.items() if layout not in not_live}
    assert set(paths) == set(LAYOUTS) - not_live
    for layout, path in paths.items():
        page = Page.objects.get(path=path)
        address = LINK.findall(client.get(url("change", page)).content.decode())[0]
        assert client.get(address.partition("#")[0], follow=True).status_code == 200, layout


def test_a_card_is_read_on_a_page_that_shows_it(client, anna, published):
    page = Page.objects.get(path="cards/back-and-legs")
    address = LINK.findall(client.get(url("change", page)).content.decode())[0]
    assert "Emergency now: back and legs" in client.get(address).content.decode()


def test_a_card_that_no_page_shows_has_no_link(client, anna):
    page = live_page(path="cards/new", layout="card", title="New")
    assert LINK.findall(client.get(url("change", page)).content.decode()) == []


def test_a_card_that_an_old_revision_showed_has_no_link(client, anna):
    card = live_page(path="cards/new", layout="card", title="New", body="> [!CALL]\n> **Call**\n")
    showing = live_page(path="safety", body="> [!CARD] new\n")
    assert LINK.findall(client.get(url("change", card)).content.decode()) == ["/safety/"]
    publish(page=showing, words={"title": "Safe", "body": "Nothing."}, by=anna)
    assert LINK.findall(client.get(url("change", card)).content.decode()) == []


def test_nothing_is_offered_while_nobody_practises(client, anna):
    page = live_page(path="practitioners", layout="practitioners", title="Who")
    assert LINK.findall(client.get(url("change", page)).content.decode()) == []
