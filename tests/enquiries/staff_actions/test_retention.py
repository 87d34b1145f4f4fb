"""How long enquiries are kept, and what is left of those that went."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from clinic_site.enquiries.history import events_told
from clinic_site.enquiries.models import DeletionCount, Enquiry, EnquiryEvent, EnquiryPresence
from clinic_site.enquiries.staff_actions.handle import Handling, handle
from clinic_site.enquiries.staff_actions.retention import BATCH, OPEN_MONTHS, months_before, purge
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.operations.jobs import JOBS
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import queue_mail
from tests.enquiries.inbox_world import amend, enquiry, kinds, staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ended(status: str, at: datetime) -> Enquiry:
    """One that came a day before it was ended."""
    return enquiry(at=at - timedelta(days=1), status=status, closed_at=at)


def is_kept(one: Enquiry) -> bool:
    return Enquiry.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize(
    ("status", "limit"),
    [("closed", datetime(2025, 11, 24, 20, tzinfo=UTC)), ("spam", NOW - timedelta(days=30))],
)
def test_it_goes_when_its_time_is_over_and_not_a_minute_before(
    status: str, limit: datetime
) -> None:
    old, young = ended(status, limit - MINUTE), ended(status, limit + MINUTE)
    assert purge(NOW) == 1
    assert (is_kept(old), is_kept(young)) == (False, True)


def test_the_times_are_settings() -> None:
    closed = ended("closed", NOW - timedelta(days=500))
    spam = ended("spam", NOW - timedelta(days=8))
    with override_settings(ENQUIRY_RETENTION_MONTHS=24, ENQUIRY_RETENTION_SPAM_DAYS=7):
        purge(NOW)
    assert (is_kept(closed), is_kept(spam)) == (True, False)


OPEN = pytest.mark.parametrize("status", ["new", "contacted", "booked"])
MONTH = timedelta(days=30)


@OPEN
def test_what_nobody_touches_is_announced_for_a_month_then_closed(status: str) -> None:
    one = enquiry(at=NOW - timedelta(days=4000), status=status)
    purge(NOW)
    purge(NOW + MONTH - MINUTE)
    assert Enquiry.objects.get(status=status).closes_at == NOW + MONTH
    purge(NOW + MONTH)
    assert Enquiry.objects.get(pk=one.pk).status == "closed"


@OPEN
def test_it_is_deleted_twelve_months_after_that(status: str) -> None:
    one = enquiry(at=NOW - timedelta(days=200), status=status)
    purge(NOW)
    purge(NOW + MONTH)
    purge(NOW + MONTH + timedelta(days=364))
    assert is_kept(one)
    purge(NOW + MONTH + timedelta(days=366))
    assert not is_kept(one)


def test_it_is_announced_a_month_before_the_six_are_over_and_not_earlier() -> None:
    limit = months_before(NOW, 6) + MONTH
    old, young = enquiry(at=limit - MINUTE), enquiry(at=limit + MINUTE)
    purge(NOW)
    assert list(Enquiry.objects.closing_soon()) == [old]
    assert young.closes_at is None


def test_the_clinic_gets_one_mail_that_names_nobody() -> None:
    for name in ("Ana Sample", "Bo Sample"):
        enquiry(name, at=NOW - timedelta(days=400))
    purge(NOW)
    purge(NOW + timedelta(days=1))
    mail = OutboundEmail.objects.get()
    assert "2 enquiries" in mail.body
    assert "24 December 2026" in mail.body
    assert "Sample" not in mail.body


def test_a_note_keeps_it_open_for_another_half_year() -> None:
    one = enquiry(at=NOW - timedelta(days=400), status="booked")
    purge(NOW)
    note = Handling("booked", None, "Comes in spring.")
    handle(enquiry=one, version=1, wanted=note, by=staff("anna"), at=NOW)
    purge(NOW + timedelta(days=150))
    assert Enquiry.objects.get().closes_at is None
    assert Enquiry.objects.get().status == "booked"


def test_so_does_a_change_by_the_patient() -> None:
    one = enquiry(at=NOW - timedelta(days=400))
    purge(NOW)
    amend(one, message="Still waiting.")
    EnquiryEvent.objects.filter(kind="amended").update(at=NOW + timedelta(days=3))
    purge(NOW + MONTH)
    assert (Enquiry.objects.get().status, Enquiry.objects.get().closes_at) == ("new", None)


def test_looking_at_it_does_not() -> None:
    one = enquiry(at=NOW - timedelta(days=400))
    purge(NOW)
    EnquiryEvent.objects.create(enquiry=one, reference=one.reference, kind="viewed", at=NOW)
    purge(NOW + MONTH)
    assert Enquiry.objects.get().status == "closed"


def test_the_history_says_that_the_site_closed_it() -> None:
    one = enquiry(at=NOW - timedelta(days=400))
    purge(NOW)
    purge(NOW + MONTH)
    last = events_told(Enquiry.objects.get(pk=one.pk), NOW + MONTH)[0]
    assert (last.who, last.what) == ("The site", "set it from New to Closed")


def test_one_that_is_opened_again_stays_open() -> None:
    one = enquiry(at=NOW - timedelta(days=400))
    purge(NOW)
    purge(NOW + MONTH)
    handle(enquiry=one, version=2, wanted=Handling("new"), by=staff("anna"), at=NOW + MONTH)
    purge(NOW + MONTH + timedelta(days=100))
    assert Enquiry.objects.get().status == "new"


def test_a_suspect_that_nobody_judged_stays() -> None:
    suspect = enquiry(at=NOW - timedelta(days=90), spam_reasons="haste")
    purge(NOW)
    assert is_kept(suspect)


def test_the_shell_of_a_withdrawn_one_goes_like_a_closed_one() -> None:
    shell = withdraw(enquiry=enquiry(at=NOW - timedelta(days=500)), at=NOW - timedelta(days=400))
    purge(NOW)
    assert not is_kept(shell)


def test_its_changes_notes_and_mails_go_with_it() -> None:
    old = ended("closed", NOW - timedelta(days=400))
    amend(old, message="Later")
    kept = handle(
        enquiry=old,
        version=2,
        wanted=Handling("closed", None, "Note"),
        by=staff("anna"),
        at=NOW - timedelta(days=399),
    )
    queue_mail(
        to="ana@example.ca",
        subject="S",
        body="B",
        purpose="enquiry",
        key=f"enquiry-{old.reference}-patient-0",
    )
    OutboundEmail.objects.update(state="sent", sent_at=NOW)
    purge(NOW)
    assert not is_kept(kept)
    assert OutboundEmail.objects.get().to == ""


def test_the_ledger_counts_by_day_and_reason() -> None:
    for _ in range(3):
        ended("spam", NOW - timedelta(days=40))
    ended("closed", NOW - timedelta(days=400))
    purge(NOW)
    rows = DeletionCount.objects.values_list("day", "reason", "count")
    assert sorted(rows) == [(NOW.date(), "closed", 1), (NOW.date(), "spam", 3)]


def test_a_second_run_on_the_day_adds_to_the_count() -> None:
    for _ in range(2):
        ended("spam", NOW - timedelta(days=40))
        purge(NOW)
    assert DeletionCount.objects.get().count == 2


def test_the_audit_outlives_it_and_says_why_it_went() -> None:
    old = ended("spam", NOW - timedelta(days=40))
    purge(NOW)
    assert kinds(old) == ["received", "deleted"]
    assert EnquiryEvent.objects.get(kind="deleted").details == {"reason": "spam"}


def test_the_audit_itself_goes_two_years_later() -> None:
    old = ended("spam", NOW - timedelta(days=40))
    purge(NOW)
    purge(NOW + timedelta(days=740))
    assert kinds(old) == []


def test_more_than_one_batch_goes_in_one_run() -> None:
    for _ in range(BATCH + 1):
        ended("spam", NOW - timedelta(days=40))
    assert purge(NOW) == BATCH + 1


def test_who_had_it_open_is_forgotten_after_a_day() -> None:
    kept, anna = enquiry(), staff("anna")
    EnquiryPresence.objects.create(enquiry=kept, user=anna, seen_at=NOW - timedelta(days=2))
    purge(NOW)
    assert not EnquiryPresence.objects.exists()


def test_the_worker_does_it_every_day() -> None:
    assert [job.every for job in JOBS if job.run is purge] == [timedelta(days=1)]


@pytest.mark.parametrize("page", ["book", "privacy"])
def test_patients_are_told_the_times_that_are_set_by_default(page: str) -> None:
    words = (settings.CONTENT_DIR / f"{page}.md").read_text()
    assert f"delete it {settings.ENQUIRY_RETENTION_MONTHS} months after we close it" in words
    assert f"after {settings.ENQUIRY_RETENTION_SPAM_DAYS} days" in words
    assert f"nobody touches it for {OPEN_MONTHS} months" in words


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2024, 2, 29), 12, (2023, 2, 28)),
        ((2026, 1, 15), 13, (2024, 12, 15)),
        ((2026, 12, 31), 12, (2025, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(
    day: tuple[int, int, int], months: int, before: tuple[int, int, int]
) -> None:
    assert months_before(datetime(*day, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)
