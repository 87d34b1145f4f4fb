"""What crawlers and assistants find: addresses, dates, twins, and honest answers for what is gone."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Closure
from clinic_site.pages.actions.publish import publish, withdraw
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.rendering import page_lists
from tests.pages.public.test_views import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
SITE = "http://localhost:8000"


def locations(client: Client, path: str = "/sitemap.xml") -> dict[str, str]:
    """Address to lastmod, as the sitemap says."""
    root = ElementTree.fromstring(client.get(path).content)
    return {
        one.findtext("s:loc", "", NAMES): one.findtext("s:lastmod", "", NAMES)
        for one in root.iterfind("s:url", NAMES)
    }


def test_the_sitemap_names_every_page(client: Client) -> None:
    assert {SITE + path for path in PUBLIC} <= locations(client).keys()


def test_the_sitemap_names_nothing_that_is_not_a_page(client: Client) -> None:
    paths = [address.removeprefix(SITE) for address in locations(client)]
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_lastmod_is_the_time_of_the_last_change_of_words(client: Client) -> None:
    revision = Page.objects.get(path="privacy").revisions.in_force().get()
    at = timezone.now() - timedelta(days=3)
    Revision.objects.filter(pk=revision.pk).update(publish_at=at)
    assert locations(client)[f"{SITE}/privacy/"] == timezone.localtime(at).isoformat()


def test_an_index_changes_with_what_stands_on_it(client: Client) -> None:
    Revision.objects.update(publish_at=timezone.now() - timedelta(days=9))
    answer = Page.objects.get(path="faq/does-it-hurt")
    words = answer.revisions.in_force().get().words()
    revision = publish(page=answer, words=words | {"body": "Other words."}, by=None)
    at = timezone.localtime(revision.publish_at)
    assert locations(client)[f"{SITE}/faq/"] == at.isoformat()


def test_an_index_changes_when_something_leaves_it(client: Client) -> None:
    Revision.objects.update(publish_at=timezone.now() - timedelta(days=9))
    gone = withdraw(page=Page.objects.get(path="faq/does-it-hurt"), by=None)
    at = timezone.localtime(gone.publish_at)
    assert locations(client)[f"{SITE}/faq/"] == at.isoformat()


def test_a_large_site_has_a_sitemap_of_sitemaps(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = locations(client)
    monkeypatch.setattr(page_lists, "PER_SITEMAP", 6)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [one.text.removeprefix(SITE) for one in index.iterfind("s:sitemap/s:loc", NAMES)]
    assert {address for part in parts for address in locations(client, part)} == set(everything)


def test_robots_may_read_the_pages_and_find_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert f"Sitemap: {SITE}/sitemap.xml" in text


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_a_twin_in_markdown(client: Client, path: str) -> None:
    link = client.get(path).headers["Link"]
    twin = client.get(link[1 : link.index(">")])
    assert twin.headers["Content-Type"].startswith("text/markdown")
    assert twin.content.startswith(b"# ")


def test_the_twin_of_the_questions_holds_every_answer(client: Client) -> None:
    text = client.get("/faq.md").content.decode()
    for question in Revision.objects.live().under("faq"):
        assert question.title in text
        assert question.body.strip() in text


def test_a_twin_names_its_page_as_the_original(client: Client) -> None:
    assert client.get("/safety.md").headers["Link"] == f'<{SITE}/safety/>; rel="canonical"'


def test_the_overview_for_assistants_names_every_page(client: Client) -> None:
    text = client.get("/llms.txt").content.decode()
    named = [f"{SITE}/{'home' if path == '/' else path.strip('/')}.md" for path in PUBLIC]
    assert [address for address in named if address not in text] == []


def test_the_feed_tells_what_changed(client: Client) -> None:
    page = Page.objects.get(path="privacy")
    publish(page=page, words={"title": "Privacy, in new words"}, by=None)
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    assert root.findtext("a:entry/a:title", "", NAMES) == "Privacy, in new words"


def test_the_feed_tells_of_closures(client: Client) -> None:
    today = timezone.localdate()
    Closure.objects.create(
        clinic=Clinic.objects.get(), starts_on=today, ends_on=today, reason="Stocktaking"
    )
    assert "Closed: Stocktaking" in client.get("/feed.atom").content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_names_its_one_address(client: Client, path: str) -> None:
    assert f'<link rel="canonical" href="{SITE}{path}">' in client.get(path).content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_may_be_shown_with_large_pictures(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert '<meta name="robots" content="max-image-preview:large">' in html


def test_titles_and_descriptions_are_unique(client: Client) -> None:
    pages = [client.get(path).content.decode() for path in PUBLIC]
    titles = {html[html.index("<title>") : html.index("</title>")] for html in pages}
    assert len(titles) == len(PUBLIC)


def test_a_withdrawn_page_is_gone_for_good(client: Client) -> None:
    withdraw(page=Page.objects.get(path="glossary"), by=None)
    assert client.get("/glossary/").status_code == 410


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("/frist-session/", "/first-session/"),
        ("/condition/", "/conditions/"),
        ("/privcy/", "/privacy/"),
    ],
)
def test_a_mistyped_address_leads_to_the_nearest_page(
    client: Client, mistyped: str, meant: str
) -> None:
    html = client.get(mistyped).content.decode()
    main = html[html.index("<main") : html.index("answer most questions")]
    assert f'href="{meant}"' in main


def test_an_address_of_nonsense_leads_nowhere_in_particular(client: Client) -> None:
    assert "Did you mean" not in client.get("/%F0%9F%A6%84/").content.decode()
