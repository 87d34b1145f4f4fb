"""What a patient page may cost: bytes on the wire, and queries where it is not in memory."""

import re

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic_site.pages.models import page_url
from clinic_site.pages.rendering.page_lists import with_own_address

pytestmark = pytest.mark.django_db
MOST_BYTES = 14_000  # what fits into the first ten packets, so into one round trip
MOST_BYTES_OF_LISTS = {"/faq/": 20_000, "/glossary/": 20_000}  # read in parts: one more round trip
MOST_BYTES_OF_SCRIPTS = 20_000
MOST_QUERIES = 11
# An address without a page: it may have moved, and the nearest ones are named, with the dates of their cards.
MOST_QUERIES_LOST = 14
SCRIPT = re.compile(r"<script[^>]*>")
WAITS = re.compile(r' defer|type="(module|application/ld\+json|speculationrules)"')
STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)
CLASSES = re.compile(r'class="([^"]+)"')
STYLED = re.compile(r"\.(-?[a-z][\w-]*)(?=[^{}]*\{)")
SCRIPT_TAG = re.compile(r"""{% script "([^"]+)" %}""")
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")
LOST = ("/no-such-page/", "/frist-session/")
OTHERS = (*LOST, "/search/", "/search/?q=knee")


def paths() -> list[str]:
    """Every address that patients read."""
    own = with_own_address().values_list("page__path", flat=True)
    return [*map(page_url, own), *OTHERS]


def test_every_page_fits_into_its_round_trips(client: Client, published: None) -> None:
    weights = {path: len(brotli.compress(client.get(path).content, quality=11)) for path in paths()}
    assert len(weights) > 15
    most = {path: MOST_BYTES_OF_LISTS.get(path, MOST_BYTES) for path in weights}
    assert {path: size for path, size in weights.items() if size > most[path]} == {}


def test_every_page_takes_few_queries(client: Client, published: None) -> None:
    counts = {}
    for path in paths():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts[path] = len(queries)
    assert max(counts.pop(path) for path in LOST) <= MOST_QUERIES_LOST
    assert {path: count for path, count in counts.items() if count > MOST_QUERIES} == {}


def test_a_page_brings_its_styles_along(client: Client, published: None) -> None:
    asked = ('rel="stylesheet"', 'rel="preload"', "@import", "@font-face", "url(")
    for path in paths():
        html = client.get(path).content.decode()
        assert [one for one in asked if one in html] == [], path


def test_a_page_brings_the_styles_of_all_that_stands_on_it(client: Client, published: None) -> None:
    ever_styled = set(STYLED.findall("".join(one.text for one in settings.SITE_STYLES.values())))
    missing = {}
    for path in paths():
        html = client.get(path).content.decode()
        used = set(" ".join(CLASSES.findall(html)).split()) & ever_styled
        missing[path] = used - set(STYLED.findall("".join(STYLES.findall(html))))
    assert {path: names for path, names in missing.items() if names} == {}


def test_scripts_wait_until_the_page_is_there(client: Client, published: None) -> None:
    for path in paths():
        scripts = SCRIPT.findall(client.get(path).content.decode())
        assert [one for one in scripts if not WAITS.search(one)] == [], path


def test_what_machines_read_stands_after_the_words(client: Client, published: None) -> None:
    places = {}
    for path in {*paths()} - {*OTHERS}:
        html = client.get(path).content.decode()
        places[path] = (html.index("</main>"), html.index("application/ld+json"))
    assert {path: at for path, at in places.items() if at[0] > at[1]} == {}


def test_all_scripts_of_patient_pages_together_are_small() -> None:
    """So that no page can ask for more, whichever modules it takes and whatever they import."""
    folder = settings.BASE_DIR / "static" / "js"
    files = {file: file.read_bytes() for file in folder.rglob("*.js")}
    taken = {settings.BASE_DIR / "static" / name for name in _named_in_templates()}
    assert taken and taken <= set(files)
    for file, content in files.items():
        imported = {(file.parent / name).resolve() for name in IMPORT.findall(content.decode())}
        assert imported <= set(files), file.name
    sizes = {file.name: len(brotli.compress(content)) for file, content in files.items()}
    assert sum(sizes.values()) <= MOST_BYTES_OF_SCRIPTS, sizes


def _named_in_templates() -> set[str]:
    texts = (file.read_text("utf-8") for file in (settings.BASE_DIR / "templates").rglob("*.html"))
    found = {name for text in texts for name in SCRIPT_TAG.findall(text)}
    return {name for name in found if not name.startswith("admin_site/")}
