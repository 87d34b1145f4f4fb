"""The first use of a term leads to its meaning; titles and warnings stay as they are."""

import pytest

from clinic_site.markup import parse

TERMS = (
    ("Trigger point", "/glossary/#trigger-point"),
    ("muscle knot", "/glossary/#trigger-point"),
    ("IMS", "/glossary/#ims"),
    ("Point", "/glossary/#point"),
    ("Biopsy", "/glossary/#biopsy"),
)


def html(body: str) -> str:
    return parse(body, terms=TERMS).html


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ("A trigger point.", '<a href="/glossary/#trigger-point">trigger point</a>'),
        ("Two Trigger points.", '<a href="/glossary/#trigger-point">Trigger points</a>'),
        ("A **muscle knot**.", '<a href="/glossary/#trigger-point">muscle knot</a>'),
        ("- On IMS", '<a href="/glossary/#ims">IMS</a>'),
    ],
)
def test_a_term_leads_to_its_meaning(body: str, linked: str) -> None:
    assert linked in html(body)


def test_only_its_first_use_does_under_whatever_name() -> None:
    assert html("A muscle knot, a trigger point.\n\n## On\n\nTrigger points.").count("<a") == 1


@pytest.mark.parametrize(
    "body",
    [
        "## A trigger point",
        "Trigger point\n: Sore.",
        "[A trigger point](/safety/)",
        "`trigger point`",
        "> [!CALL]\n> **A trigger point**\n>\n> - a muscle knot",
        "Pointed, non-point, sims, ims",
        "Two biopsyish",
    ],
)
def test_titles_labels_links_warnings_and_parts_of_words_stay_as_they_are(body: str) -> None:
    assert "/glossary/" not in html(body)


def test_the_words_stay_the_same() -> None:
    body = "IMS at a trigger point & a <muscle knot>.\n\n> [!TIP]\n> IMS points"
    assert parse(body, terms=TERMS).text == parse(body).text


def test_without_terms_nothing_is_linked() -> None:
    assert "<a" not in parse("A trigger point.").html
