"""A site whose clinic is still the sample says so on every page, and asks search engines to stay away."""

import gzip

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.clinic.file_mapping import take_in
from clinic_site.clinic.sample import is_sample
from clinic_site.content_sync.models import SourceFile
from clinic_site.operations.indexnow import tell_search_engines
from clinic_site.pages.models import Page
from tests.real_clinic import REAL_CLINIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
SAMPLE = {"name": "IMS Dry Needling BC", "phone": "604-555-0142"}
BANNER = "This is a sample site."
PAGES = "/ /faq/ /glossary/ /book/ /clinic/ /search/?q=pain /no-such/".split()


@pytest.fixture(params=["both", "name", "phone"])
def sample(request: pytest.FixtureRequest) -> None:
    keys = SAMPLE if request.param == "both" else {request.param: SAMPLE[request.param]}
    take_in(details=REAL_CLINIC | {key: SAMPLE[key] for key in keys})


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_so_and_is_not_to_be_listed(
    client: Client, sample: None, settings: Settings, path: str
) -> None:
    settings.SITE_INDEXABLE = True
    answer = client.get(path)
    html = answer.content.decode()
    assert html.count(BANNER) == 1
    assert '<meta name="robots" content="noindex' in html
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize("path", ["/robots.txt", "/feed.atom", "/faq.md", "/static/img/mark.svg"])
def test_what_is_no_page_is_not_to_be_listed_either(
    client: Client, sample: None, path: str
) -> None:
    client.get("/")
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/feed.atom", "/llms.txt", "/sitemap.xml"])
def test_what_tells_of_the_clinic_knows_it_without_a_page(
    client: Client, sample: None, path: str
) -> None:
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


def test_crawlers_may_come_and_see_and_the_sitemap_names_nothing(
    client: Client, sample: None
) -> None:
    assert "Allow: /\n" in client.get("/robots.txt").content.decode()
    assert "<loc>" not in client.get("/sitemap.xml").content.decode()


def test_search_engines_are_not_told(sample: None, settings: Settings) -> None:
    settings.INDEXNOW_KEY = "0123456789abcdef"
    assert tell_search_engines() == 0
    assert not (settings.DATA_DIR / "indexnow.json").exists()


def test_a_real_clinic_has_no_banner(client: Client) -> None:
    answer = client.get("/")
    assert BANNER not in answer.content.decode()
    assert "X-Robots-Tag" not in answer.headers
    assert "<loc>" in client.get("/sitemap.xml").content.decode()


def test_it_ends_with_the_clinics_own_details(client: Client, sample: None) -> None:
    client.get("/")
    take_in(details=REAL_CLINIC)
    assert BANNER not in client.get("/").content.decode()
    assert "X-Robots-Tag" not in client.get("/").headers


def test_the_pages_keep_to_their_weight(client: Client) -> None:
    take_in(details=SAMPLE)
    heavy = {}
    for page in Page.objects.published():
        answer = client.get(page.get_absolute_url())
        most = 20_000 if page.path in ("faq", "glossary") else 14_500  # the banner included
        if answer.status_code == 200 and len(gzip.compress(answer.content)) > most:
            heavy[page.path] = len(gzip.compress(answer.content))
    assert heavy == {}


def test_the_shipped_clinic_is_a_sample() -> None:
    fields = SourceFile.objects.get(path="clinic.md").fields
    assert is_sample(name=fields["details.name"], phone="")
    assert is_sample(name="", phone=fields["details.phone"])


@pytest.mark.parametrize(
    ("name", "phone", "is_one"),
    [
        ("Harbour Physio", "604-736-1234", False),
        ("Harbour Physio", "(604) 555-0100", True),
        ("Harbour Physio", "+1 604 555 0199 ext. 5", True),
        ("Harbour Physio", "604-555-0200", False),
        ("Harbour Physio", "604-255-5014", False),
        (" IMS Dry Needling BC ", "604-736-1234", True),
        ("IMS Dry Needling BC Vancouver", "604-736-1234", False),
    ],
)
def test_what_counts_as_a_sample(name: str, phone: str, is_one: bool) -> None:
    assert is_sample(name=name, phone=phone) is is_one
