"""The editor: drafts, publishing, scheduling, errors beside their fields, and two people at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from clinic_site.pages.models import Revision
from clinic_site.pages.rendering.page_view import read_page
from tests.pages.writing import form_data, live_page, save, url

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "9999-01-01T10:00", "0001-01-01T00:00"])
def test_a_moment_that_no_clock_can_count_on_from_is_refused_beside_its_field(client, anna, moment):
    page = live_page()
    answer = save(client, page, action="schedule", publish_at=moment, title="Kept")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "too far ahead; check the year" in words or "This moment has passed" in words
    assert page.revisions.count() == 1


def test_a_winters_hour_is_the_one_that_clocks_in_bc_show(client, anna):
    page = live_page()
    save(client, page, action="schedule", publish_at="2999-01-15T10:00")
    moment = page.revisions.scheduled().get().publish_at
    assert moment == datetime(2999, 1, 15, 17, tzinfo=UTC)  # no winter time since 2026


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
