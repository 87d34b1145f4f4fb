"""The editor: drafts, publishing, scheduling, errors beside their fields, and two people at once."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from clinic_site.pages.models import Revision
from clinic_site.pages.publishing import save_draft, schedule
from clinic_site.pages.reading import read_page
from tests.pages.writing import WORDS, form_data, live_page, save, staff, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    user = staff("anna")
    client.force_login(user)
    return user


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_saving_makes_a_draft_and_patients_see_nothing(client, anna):
    page = live_page()
    save(client, page, title="New title", note="Clearer")
    draft = page.revisions.first()
    assert (draft.title, draft.note, draft.created_by, draft.publish_at) == (
        "New title",
        "Clearer",
        anna,
        None,
    )
    assert read_page("aftercare").revision.title == "After-care"


@pytest.mark.parametrize("action", [None, "", "PUBLISH", "publish "])
def test_without_the_publish_button_nothing_goes_live(client, anna, action):
    page = live_page()
    save(client, page, title="New title", action=action)
    assert read_page("aftercare").revision.title == "After-care"


def test_publishing_is_live_at_once(client, anna):
    page = live_page()
    save(client, page, title="New title", action="publish")
    assert client.get("/aftercare/").content.decode().count("New title") >= 1


def test_the_first_button_of_the_form_saves_a_draft(client, anna):
    html = client.get(url("change", live_page())).content.decode()
    form = html[html.index('id="words"') :]
    first = form[form.index('type="submit"') :]
    assert first.startswith('type="submit" name="action" value="draft"')


def test_a_body_comes_back_as_it_was(client, anna):
    page = live_page(body="\n  Indented\n\n- a\n\n")
    answer = save(client, page)
    assert answer.status_code == 302
    assert page.revisions.count() == 1  # nothing differed, so nothing was saved


def test_scheduling_goes_live_at_its_minute_without_a_job(client, anna):
    page = live_page()
    moment = timezone.now() + timedelta(hours=2)
    save(client, page, title="Later", action="schedule", publish_at=local(moment))
    assert read_page("aftercare").revision.title == "After-care"
    scheduled = page.revisions.scheduled().get()
    assert abs(scheduled.publish_at - moment) < timedelta(minutes=1)
    assert Revision.objects.live(moment).get(page=page).title == "Later"


def test_a_moment_that_has_passed_is_refused_beside_its_field(client, anna):
    page = live_page()
    answer = save(client, page, action="schedule", publish_at="2020-01-01T10:00", title="Kept")
    assert answer.status_code == 422
    assert "This moment has passed" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()
    assert page.revisions.count() == 1


def test_an_hour_that_the_clock_skips_is_refused(client, anna):
    answer = save(client, live_page(), action="schedule", publish_at="2027-03-14T02:30")
    assert answer.status_code == 422


def test_publishing_now_can_cancel_what_was_scheduled(client, anna):
    page = live_page()
    later = timezone.now() + timedelta(days=1)
    save(client, page, title="Later", action="schedule", publish_at=local(later))
    save(client, page, title="Now", action="publish", cancel_scheduled="on")
    assert not page.revisions.scheduled().exists()
    assert Revision.objects.live(later + timedelta(days=1)).get(page=page).title == "Now"


def test_scheduling_anew_leaves_no_stale_draft(client, anna):
    page = live_page()
    later = timezone.now() + timedelta(days=1)
    save(client, page, title="Later", action="schedule", publish_at=local(later))
    save(client, page, title="B", action="schedule", publish_at=local(later), cancel_scheduled="on")
    assert [one.title for one in page.revisions.scheduled()] == ["B"]
    assert not page.revisions.waiting().exists()


def test_a_missing_title_is_said_beside_it_and_nothing_is_lost(client, anna):
    page = live_page()
    answer = save(client, page, title="", body="Much that I typed & <b>more</b>")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in html
    assert "Much that I typed &amp; &lt;b&gt;more&lt;/b&gt;" in html
    assert page.revisions.count() == 1


def test_a_text_of_a_megabyte_is_refused_in_words(client, anna):
    answer = save(client, live_page(), body="[" * 1_000_000)
    assert answer.status_code == 422
    assert "1,000,000 characters" in answer.content.decode()


def test_counters_are_right_without_a_script(client, anna):
    html = client.get(url("change", live_page(title="Ten chars!"))).content.decode()
    assert "<span>10</span> characters" in html


def test_who_did_what_is_in_the_log(client, anna):
    page = live_page()
    save(client, page, title="New", action="publish")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (anna, str(page.pk))


def test_the_same_form_sent_twice_makes_one_revision(client, anna):
    page = live_page()
    data = form_data(page, title="Once", action="publish")
    client.post(url("change", page), data)
    client.post(url("change", page), data)
    assert page.revisions.count() == 2


# Two people


@pytest.fixture
def ben():
    browser = Client()
    browser.force_login(staff("ben"))
    return browser


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
