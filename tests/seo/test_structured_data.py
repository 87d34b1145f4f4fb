"""The structured data of every page: known words only, nothing dangling, nothing that the page does not say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clinic_site.pages.models import Page
from clinic_site.pages.rendering.page_view import read_page
from tests.content.reading import children_of
from tests.pages.practitioners import practitioner
from tests.pages.public.test_views import PUBLIC
from tests.pages.writing import sign_page
from tests.reading_text import words_of
from tests.seo.graphs import Node, graph_in, lineage, nodes_in, references_in, types_of, values_in

COUNTRIES = {"CA": "Canada"}  # as machines and as patients read it; so is a phone's +1
VOCABULARY = Path(__file__).parents[3] / "shared" / "seo" / "schema_vocabulary.json"


CONDITIONS = [f"/{file.name.removesuffix('.md')}/" for file in children_of("conditions")]


def nobody() -> None:
    """The site as it ships."""


def one() -> None:
    practitioner()


def two() -> None:
    practitioner()
    practitioner("B. Other", needling_authorised_on=None, about="")


def signed(name: str = "A. Sample, PT", path: str = "safety") -> None:
    """The page on safety, or at another path, signed by the one practitioner unless another name is given."""
    practitioner()
    sign_page(path, name)


EVERY_PAGE = pytest.mark.parametrize(
    ("path", "people"),
    [
        *(pytest.param(path, nobody, id=path) for path in PUBLIC),
        *(pytest.param(path, nobody, id=path) for path in CONDITIONS),
        pytest.param("/practitioners/", one, id="one practitioner"),
        pytest.param("/practitioners/", two, id="two practitioners"),
        pytest.param("/practitioners/a-sample/", one, id="a practitioner's own page"),
        pytest.param("/safety/", signed, id="signed by a practitioner"),
    ],
)


@pytest.fixture
def html(client: Client, published: None, path: str, people: Callable[[], None]) -> str:
    """The page of an EVERY_PAGE case."""
    people()
    return client.get(path).content.decode()


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, Any]:
    if not VOCABULARY.exists():
        pytest.skip(f"The schema.org vocabulary is not on this machine: {VOCABULARY.name}.")
    return json.loads(VOCABULARY.read_text("utf-8"))


@EVERY_PAGE
def test_every_type_is_known(html: str, vocabulary: dict[str, Any]) -> None:
    kinds = {kind for node in nodes_in(graph_in(html)) for kind in types_of(node)}
    assert kinds - vocabulary["types"].keys() == set()


@EVERY_PAGE
def test_every_property_belongs_to_its_type_and_is_not_superseded(
    html: str, vocabulary: dict[str, Any]
) -> None:
    strange = []
    for node in nodes_in(graph_in(html)):
        kinds = set().union(*(lineage(vocabulary, kind) for kind in types_of(node)))
        for name in node:
            known = vocabulary["properties"].get(
                name, {"domain": ["Thing"]} if name[0] == "@" else None
            )
            if not known or "superseded_by" in known or not kinds & set(known["domain"]):
                strange.append((sorted(types_of(node)), name))
    assert strange == []


@EVERY_PAGE
def test_every_value_is_of_a_kind_that_its_property_takes(
    html: str, vocabulary: dict[str, Any]
) -> None:
    graph = graph_in(html)
    by_id = {node["@id"]: node for node in nodes_in(graph) if "@id" in node}
    wrong = []
    for node in nodes_in(graph):
        for name, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if name[0] == "@" or not isinstance(one, dict):
                    continue
                told = one if "@type" in one else by_id[one["@id"]]
                kinds = set().union(*(lineage(vocabulary, kind) for kind in types_of(told)))
                if not kinds & set(vocabulary["properties"][name]["range"]):
                    wrong.append((name, types_of(told)))
    assert wrong == []


@EVERY_PAGE
def test_whatever_is_named_by_id_is_described(html: str) -> None:
    graph = graph_in(html)
    described = {node["@id"] for node in nodes_in(graph) if "@id" in node}
    assert set(references_in(graph)) - described == set()


@EVERY_PAGE
def test_no_id_is_described_twice(html: str) -> None:
    described = [node["@id"] for node in nodes_in(graph_in(html)) if "@id" in node]
    assert len(described) == len(set(described))


@EVERY_PAGE
def test_every_value_stands_on_the_page(html: str) -> None:
    words = words_of(html)
    squeezed = words.replace(" ", "")
    missing = [
        value
        for value in (
            COUNTRIES.get(one, one.removeprefix("+1 ")) for one in values_in(graph_in(html))
        )
        if value not in words and value.replace(" ", "") not in squeezed
    ]
    assert missing == []


def test_the_day_of_the_last_change_stands_on_the_page(client: Client, published: None) -> None:
    reading = read_page("safety")
    assert reading is not None and reading.changed_on is not None
    words = words_of(client.get("/safety/").content.decode())
    assert f"{reading.changed_on:%-d %B %Y}" in words


def graph_at(client: Client, path: str) -> list[Node]:
    return graph_in(client.get(path).content.decode())


def page_node(client: Client, path: str) -> Node:
    return next(n for n in graph_at(client, path) if n["@id"].endswith(path) and "isPartOf" in n)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "MedicalWebPage"),
        ("/benefits/", "MedicalWebPage"),
        ("/faq/", "MedicalWebPage"),
        ("/clinic/", "ContactPage"),
        ("/privacy/", "WebPage"),
    ],
)
def test_a_page_says_what_kind_it_is(client: Client, published: None, path: str, kind: str) -> None:
    assert page_node(client, path)["@type"] == kind


def test_no_answer_is_sent_twice(client: Client, published: None) -> None:
    html = client.get("/faq/").content.decode()
    told = json.dumps(graph_in(html), ensure_ascii=False)
    assert html.count('class="question"') >= 47
    assert "FAQPage" not in told and "acceptedAnswer" not in told
    assert "a deep ache, pressure or a quick jump of the muscle" not in told


def test_the_clinic_page_tells_its_hours(client: Client, published: None) -> None:
    clinic = next(n for n in graph_at(client, "/clinic/") if "telephone" in n)
    assert len(clinic["openingHoursSpecification"]) == 5


def test_nobody_has_reviewed_a_page_that_is_not_signed_off(client: Client, published: None) -> None:
    assert "reviewedBy" not in page_node(client, "/safety/")


def test_a_sign_off_is_told_while_it_holds(client: Client, published: None) -> None:
    signed("R. Reviewer")
    told = page_node(client, "/safety/")["reviewedBy"]
    assert told == {"@type": "Person", "name": "R. Reviewer"}


@EVERY_PAGE
@pytest.mark.parametrize("word", ["aggregateRating", '"review"', "AggregateRating", "ratingValue"])
def test_no_rating_and_no_review(html: str, word: str) -> None:
    assert word not in json.dumps(graph_in(html))


def test_words_cannot_end_the_element_early(client: Client, published: None) -> None:
    page = Page.objects.get(path="privacy")
    revision = page.revisions.in_force().get()
    type(revision).objects.filter(pk=revision.pk).update(title="</script><script>alert(1)</script>")
    html = client.get("/privacy/").content.decode()
    assert "<script>alert" not in html
