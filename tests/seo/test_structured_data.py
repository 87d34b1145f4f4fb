"""The structured data of every page: known words only, nothing dangling, nothing that the page does not say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from clinic_site.pages.models import Page
from clinic_site.pages.publishing import sign_off
from clinic_site.pages.reading import read_page
from tests.pages.test_pages_over_http import PUBLIC
from tests.reading_text import words_of

VOCABULARY = Path(__file__).parents[3] / "shared" / "seo" / "schema_vocabulary.json"
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
UNSEEN = ("@id", "@type", "@context", "url", "item", "inLanguage", "position", "dayOfWeek")
TIMES = ("opens", "closes", "validFrom", "validThrough", "dateModified", "lastReviewed")
Node = dict[str, Any]


def graph_at(client: Client, path: str) -> list[Node]:
    html = client.get(path).content.decode()
    found = ELEMENT.findall(html)
    assert len(found) == 1
    return json.loads(found[0])["@graph"]


def nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_in(inner)


def references_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)


def values_in(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from values_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from values_in(inner, key)
    elif isinstance(value, str) and key not in (*UNSEEN, *TIMES):
        yield value


def types_of(node: Node) -> list[str]:
    kinds = node["@type"]
    return [kinds] if isinstance(kinds, str) else kinds


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, Any]:
    if not VOCABULARY.exists():
        pytest.skip(f"The schema.org vocabulary is not on this machine: {VOCABULARY.name}.")
    return json.loads(VOCABULARY.read_text("utf-8"))


def lineage(vocabulary: dict[str, Any], kind: str) -> set[str]:
    """The type and all that it descends from."""
    found, waiting = set(), [kind]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += vocabulary["types"][one]["parents"]
    return found


@pytest.mark.parametrize("path", PUBLIC)
def test_every_type_is_known(
    client: Client, published: None, vocabulary: dict[str, Any], path: str
) -> None:
    kinds = {kind for node in nodes_in(graph_at(client, path)) for kind in types_of(node)}
    assert kinds - vocabulary["types"].keys() == set()


@pytest.mark.parametrize("path", PUBLIC)
def test_every_property_belongs_to_its_type(
    client: Client, published: None, vocabulary: dict[str, Any], path: str
) -> None:
    strange = []
    for node in nodes_in(graph_at(client, path)):
        kinds = set().union(*(lineage(vocabulary, kind) for kind in types_of(node)))
        for name in node:
            known = vocabulary["properties"].get(
                name, {"domain": ["Thing"]} if name[0] == "@" else None
            )
            if known is None or not kinds & set(known["domain"]):
                strange.append((sorted(types_of(node)), name))
    assert strange == []


@pytest.mark.parametrize("path", PUBLIC)
def test_every_value_is_of_a_kind_that_its_property_takes(
    client: Client, published: None, vocabulary: dict[str, Any], path: str
) -> None:
    graph = graph_at(client, path)
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


@pytest.mark.parametrize("path", PUBLIC)
def test_whatever_is_named_by_id_is_described(client: Client, published: None, path: str) -> None:
    graph = graph_at(client, path)
    described = {node["@id"] for node in nodes_in(graph) if "@id" in node}
    assert set(references_in(graph)) - described == set()


@pytest.mark.parametrize("path", PUBLIC)
def test_no_id_is_described_twice(client: Client, published: None, path: str) -> None:
    described = [node["@id"] for node in nodes_in(graph_at(client, path)) if "@id" in node]
    assert len(described) == len(set(described))


@pytest.mark.parametrize("path", PUBLIC)
def test_every_value_stands_on_the_page(client: Client, published: None, path: str) -> None:
    words = words_of(client.get(path).content.decode())
    squeezed = words.replace(" ", "")
    missing = [
        value
        for value in values_in(graph_at(client, path))
        if value not in words and value.replace(" ", "") not in squeezed
    ]
    assert missing == []


def test_the_day_of_the_last_change_stands_on_the_page(client: Client, published: None) -> None:
    reading = read_page("safety")
    assert reading is not None and reading.changed_on is not None
    words = words_of(client.get("/safety/").content.decode())
    assert f"{reading.changed_on:%-d %B %Y}" in words


def page_node(client: Client, path: str) -> Node:
    return next(n for n in graph_at(client, path) if n["@id"].endswith(path) and "isPartOf" in n)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "MedicalWebPage"),
        ("/benefits/", "MedicalWebPage"),
        ("/faq/", "FAQPage"),
        ("/clinic/", "ContactPage"),
        ("/privacy/", "WebPage"),
    ],
)
def test_a_page_says_what_kind_it_is(client: Client, published: None, path: str, kind: str) -> None:
    assert page_node(client, path)["@type"] == kind


def test_every_condition_names_the_treatment(client: Client, published: None) -> None:
    told = [n for n in graph_at(client, "/conditions/") if n["@type"] == "MedicalCondition"]
    assert len(told) == 14
    assert {one["possibleTreatment"]["@id"].rpartition("#")[2] for one in told} == {"ims"}


def test_every_question_has_its_answer(client: Client, published: None) -> None:
    told = [n for n in graph_at(client, "/faq/") if n["@type"] == "Question"]
    assert len(told) >= 22
    assert all(one["acceptedAnswer"]["text"] for one in told)


def test_the_clinic_page_tells_its_hours(client: Client, published: None) -> None:
    clinic = next(n for n in graph_at(client, "/clinic/") if "telephone" in n)
    assert len(clinic["openingHoursSpecification"]) == 5


def test_nobody_has_reviewed_a_page_that_is_not_signed_off(client: Client, published: None) -> None:
    assert "reviewedBy" not in page_node(client, "/safety/")


def test_a_sign_off_is_told_while_it_holds(client: Client, published: None) -> None:
    reading = read_page("safety")
    assert reading is not None
    reviewer = User.objects.create_user("reviewer")
    page: Page = reading.revision.page
    sign_off(page=page, revisions=(reading.revision,), by=reviewer, reviewer_name="A. Reviewer")
    assert page_node(client, "/safety/")["reviewedBy"]["name"] == "A. Reviewer"


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("word", ["aggregateRating", '"review"', "AggregateRating", "ratingValue"])
def test_no_rating_and_no_review(client: Client, published: None, path: str, word: str) -> None:
    assert word not in json.dumps(graph_at(client, path))


def test_words_cannot_end_the_element_early(client: Client, published: None) -> None:
    page = Page.objects.get(path="privacy")
    revision = page.revisions.in_force().get()
    type(revision).objects.filter(pk=revision.pk).update(title="</script><script>alert(1)</script>")
    html = client.get("/privacy/").content.decode()
    assert "<script>alert" not in html
