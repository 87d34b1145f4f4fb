"""The editor: two people at one page, and the fields that a layout adds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic_site.pages.actions.publish import save_draft, schedule
from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import WORDS, form_data, live_page, save, url

pytestmark = pytest.mark.django_db


def test_the_second_editor_is_told_and_nothing_is_saved_or_lost(client, anna, ben):
    page = live_page()
    mine = form_data(page, body="Mine <i>entirely</i>.", note="My note", action="publish")
    save(ben, page, title="Ben's title", action="publish")
    answer = client.post(url("change", page), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "ben saved this page" in html
    assert "Mine &lt;i&gt;entirely&lt;/i&gt;." in html
    assert read_page("aftercare").revision.title == "Ben's title"


def test_the_second_editor_takes_a_field_of_each_and_saves(client, anna, ben):
    page = live_page()
    mine = form_data(page, title="Mine", summary="My summary", action="publish")
    save(ben, page, title="Ben's", description="Ben's description", action="publish")
    client.post(url("change", page), mine)
    page.refresh_from_db()
    theirs = page.revisions.first()
    merge = mine | {
        "action": "merge",
        "theirs": theirs.pk,
        "version": page.version,
        "in_force": theirs.pk,
        "take-title": "mine",
        "take-summary": "mine",
        "take-description": "theirs",
    }
    form = client.post(url("change", page), merge).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"action": "publish"}
    answer = client.post(url("change", page), {k: v for k, v in sent.items() if v is not None})
    assert answer.status_code == 302
    live = read_page("aftercare").revision
    assert (live.title, live.summary, live.description) == (
        "Mine",
        "My summary",
        "Ben's description",
    )


def test_a_third_change_during_the_merge_is_noticed_too(client, anna, ben):
    page = live_page()
    mine = form_data(page, title="Mine")
    save(ben, page, title="Ben's")
    page.refresh_from_db()
    seen = {"version": page.version, "theirs": page.revisions.first().pk}
    save(ben, page, title="Ben's again")
    merged = client.post(url("change", page), mine | {"action": "merge"} | seen)
    again = client.post(
        url("change", page), mine | {"version": merged.context["form"]["version"].value()}
    )
    assert again.status_code == 409


def test_a_scheduled_revision_that_went_live_meanwhile_counts_as_a_change(client, anna):
    page = live_page()
    later = save_draft(
        page=page,
        words={**WORDS, "title": "Scheduled"},
        by=anna,
        publish_at=timezone.now() + timedelta(hours=1),
    )
    mine = form_data(page, title="Mine", action="publish")
    schedule(revision=later, publish_at=timezone.now(), by=anna)
    page.refresh_from_db()
    answer = client.post(url("change", page), mine | {"version": page.version})
    assert answer.status_code == 409


# Layouts


def test_a_condition_keeps_its_areas_and_other_names(client, anna):
    live_page("conditions", "conditions")
    page = live_page("conditions/knee", "condition", details={"areas": ["knee"]})
    save(
        client,
        page,
        action="publish",
        details_areas=["knee", "hip-leg"],
        details_other_names="runner's knee\r\n\r\n patella pain ",
    )
    assert page.revisions.first().details == {
        "areas": ["knee", "hip-leg"],
        "other_names": ["runner's knee", "patella pain"],
    }


def test_a_condition_keeps_its_line_and_the_list_shows_it(client, anna):
    live_page("conditions", "conditions")
    page = live_page("conditions/knee", "condition", details={"areas": ["knee"]})
    save(
        client, page, action="publish", details_areas=["knee"], details_index_line="Sore on stairs."
    )
    assert page.revisions.first().details["index_line"] == "Sore on stairs."
    assert "<p>Sore on stairs.</p>" in client.get("/conditions/").content.decode()


def test_a_condition_without_an_area_may_be_a_draft_but_not_live(client, anna):
    live_page("conditions", "conditions")
    page = live_page("conditions/knee", "condition", details={"areas": ["knee"]})
    assert save(client, page, title="Draft").status_code == 302
    answer = save(client, page, action="publish")
    assert answer.status_code == 422
    assert "Fill this in before the page goes live." in answer.content.decode()


def test_phases_are_rows_of_numbers_and_lead_to_sections_of_the_text(client, anna):
    phases = [{"section": "drink", "label": "Often", "weeks_between": [0.5, 1]}]
    page = live_page("how-often", "phases", details={"phases": phases})
    rows = {
        "details_phases-0-section": "drink",
        "details_phases-0-label": "Often",
        "details_phases-0-low": "0.5",
        "details_phases-0-high": "",
    }
    assert save(client, page, action="publish", **rows).status_code == 302
    assert page.revisions.first().details["phases"][0]["weeks_between"] == [0.5, None]
    astray = rows | {"details_phases-0-section": "nowhere"}
    answer = save(client, page, action="publish", **astray)
    assert "No section of the text has the anchor “nowhere”" in answer.content.decode()


def test_a_row_with_a_word_for_a_number_says_which(client, anna):
    phases = [{"section": "drink", "label": "Often", "weeks_between": [1, 2]}]
    page = live_page("how-often", "phases", details={"phases": phases})
    rows = {"details_phases-0-section": "drink", "details_phases-0-low": "one"}
    html = save(client, page, **rows).content.decode()
    assert "Row 1: “Weeks between, from” needs a number" in html
    assert "Row 1: “Short words” is empty" in html
    assert 'value="one"' in html


def test_a_question_chooses_among_the_topics_of_its_index(client, anna):
    live_page("faq", "faq", details={"topics": [{"slug": "cost", "title": "Cost"}]})
    page = live_page("faq/price", "question")
    html = client.get(url("change", page)).content.decode()
    assert '<option value="cost">Cost</option>' in html
    assert save(client, page, details_topic="elsewhere").status_code == 422


def test_details_without_a_field_are_carried_along(client, anna):
    page = live_page("clinic", "clinic", details={"name": "IMS"})
    save(client, page, title="New", action="publish")
    assert page.revisions.first().details == {"name": "IMS"}


@pytest.mark.usefixtures("published")
def test_every_shipped_page_can_be_opened_and_saved_without_a_change(client, anna):
    for revision in Revision.objects.live():
        page = revision.page
        form = client.get(url("change", page)).context["form"]
        data = form_data(page)
        for field in form.details:
            value = field.value()
            if isinstance(value, list) and value and isinstance(value[0], dict):
                data |= {
                    f"{field.html_name}-{number}-{key}": "" if cell is None else cell
                    for number, row in enumerate(field.field.prepare_value(value))
                    for key, cell in row.items()
                    if key != "weeks_between"
                }
            elif value is not None:
                data[field.html_name] = field.field.prepare_value(value)
        for action in ("draft", "publish"):
            answer = client.post(url("change", page), data | {"action": action})
            assert answer.status_code == 302, (page, answer.context["form"].errors)
        assert page.revisions.count() == 1, page
