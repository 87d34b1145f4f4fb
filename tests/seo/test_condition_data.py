"""What the page of a condition tells machines: what it shows, and no treatment."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.seo.test_structured_data import CONDITIONS, graph_at, page_node, signed


def test_no_condition_claims_a_treatment(client: Client, published: None) -> None:
    told = [n for n in graph_at(client, "/conditions/") if n["@type"] == "MedicalCondition"]
    assert len(told) == 14
    told += [
        n for n in graph_at(client, "/conditions/knee-pain/") if n["@type"] == told[0]["@type"]
    ]
    assert len(told) == 15
    assert [one for one in told if "possibleTreatment" in one] == []
    assert "Patellofemoral pain" in str(told[-1]["alternateName"])


def test_a_condition_tells_its_names_places_signs_and_causes(
    client: Client, published: None
) -> None:
    graph = graph_at(client, "/conditions/tennis-elbow/")
    told = next(node for node in graph if node["@type"] == "MedicalCondition")
    names = {key: [one["name"] for one in told[key]] for key in ("signOrSymptom", "riskFactor")}
    assert told["alternateName"][:2] == ["outer elbow pain", "Lateral epicondylitis"]
    assert [one["name"] for one in told["associatedAnatomy"]][:2] == ["Arm and hand", "Elbow"]
    assert "An elbow that is stiff in the morning." in names["signOrSymptom"]
    assert names["riskFactor"] == ["Typing.", "Garden work, or work with tools.", "Racket sport."]


@pytest.mark.parametrize("path", CONDITIONS)
def test_every_condition_tells_its_signs(client: Client, published: None, path: str) -> None:
    graph = graph_at(client, path)
    told = next(node for node in graph if node["@type"] == "MedicalCondition")
    assert told["signOrSymptom"]
    assert {"@id": told["@id"]} in page_node(client, path)["about"]
    assert "lastReviewed" not in page_node(client, path)


def test_a_condition_tells_the_day_of_its_review_once_it_is_signed(
    client: Client, published: None
) -> None:
    signed(path="conditions/tennis-elbow")
    told = page_node(client, "/conditions/tennis-elbow/")
    assert told["lastReviewed"] == f"{timezone.localdate():%Y-%m-%d}"
    assert told["@type"] == "MedicalWebPage"
