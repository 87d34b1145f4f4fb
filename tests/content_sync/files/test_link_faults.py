"""Links of content files: which lead somewhere, and which are told as faults with their line."""

import pytest

from tests.content_sync.folder import CLINIC, ContentFolder
from tests.pages.practitioners import practitioner


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/conditions/",
        "/conditions/#knee-pain",
        "/conditions/#knee-pain-what-helps",
        "/conditions/knee-pain/#what-helps",
        "/faq/#cost",
        "/faq/#price",
        "/staff-page/#made-by-staff",
        "/static/img/../css/tokens.css",
        "#here",
        "https://example.org/x",
        "tel:911",
    ],
)
def test_links_that_lead_somewhere(content: ContentFolder, link: str, staff_page: None) -> None:
    content.write("home.md", layout="home", headline="Hello")
    content.write("conditions/index.md", layout="conditions")
    content.write("conditions/knee-pain.md", "## What helps", layout="condition", areas=["knee"])
    content.write("faq/index.md", layout="faq", topics=[{"slug": "price", "title": "Price"}])
    content.write("faq/cost.md", layout="question")
    content.write("a.md", f"## Here\n\n[there]({link})")
    assert content.sync().faults == []


def test_nothing_leads_to_the_page_about_people_before_there_is_somebody(
    content: ContentFolder,
) -> None:
    content.write("clinic.md", layout="clinic", **CLINIC)
    content.write(
        "practitioners.md", "## How to check\n\n[x](/practitioners/)", layout="practitioners"
    )
    content.write("a.md", "Words.\n\n[Who treats you](/practitioners/#how-to-check)")
    run = content.sync()
    assert [fault.split(": ")[0] for fault in run.faults] == ["content/a.md:8"]
    assert "nobody is there" in run.faults[0]
    content.remove("a.md")
    content.sync()
    practitioner()
    content.write("a.md", "[Who treats you](/practitioners/#how-to-check)")
    assert content.sync().faults == []


def test_a_place_on_a_question_is_reached_on_its_index(content: ContentFolder) -> None:
    content.write("faq/index.md", layout="faq", topics=[])
    content.write(
        "faq/cost.md", "## Who pays\n\n[here](#who-pays), [there](#other)", layout="question"
    )
    content.write("faq/other.md", "[x](/faq/cost/#who-pays)", layout="question")
    assert [fault.split(": ")[0] for fault in content.sync().faults] == ["content/faq/other.md:6"]
