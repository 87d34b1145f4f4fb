"""The rules that the database itself keeps, each by its name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db import models as fields

from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryNote

AT = datetime(2026, 11, 23, 18, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "reference": "K7WM-4TXR",
    "token": "one",
    "name": "Ana Sample",
    "phone": "+16045550142",
    "consent_version": "2026-11",
    "consent_wording": "I agree.",
    "consented_at": AT,
    "received_at": AT,
    "reply_by_at": AT + timedelta(days=1),
}
EMPTIED: dict[str, Any] = {
    "name": "",
    "phone": "",
    "status": "closed",
    "closed_at": AT,
    "withdrawn_at": AT,
}


def refused(rule: str, /, **changes: Any) -> None:
    with pytest.raises(IntegrityError, match=rule):
        Enquiry.objects.create(**(WHOLE | changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("enquiry_has_phone_or_email", {"phone": ""}),
        ("enquiry_has_a_name", {"name": ""}),
        ("enquiry_has_consent", {"consent_version": ""}),
        ("enquiry_has_consent", {"consent_wording": ""}),
        ("enquiry_message_is_short", {"message": "x" * 501}),
        # Two rules are broken at once; which one is told first is the database's choice.
        ("enquiry_status_is_known|enquiry_closed_has_its_time", {"status": "lost"}),
        ("enquiry_closed_has_its_time", {"status": "closed"}),
        ("enquiry_closed_has_its_time", {"status": "spam"}),
        ("enquiry_closed_has_its_time", {"closed_at": AT}),
        ("enquiry_reply_is_after_receipt", {"reply_by_at": AT}),
        ("enquiry_withdrawn_has_no_words", EMPTIED | {"name": "Ana"}),
        ("enquiry_withdrawn_has_no_words", EMPTIED | {"areas": ["knee"]}),
        ("enquiry_withdrawn_has_no_words", EMPTIED | {"status": "spam"}),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(name: str, changes: dict[str, Any]) -> None:
    refused(name, **changes)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{}, {"phone": "", "email": "a@example.ca"}, EMPTIED, EMPTIED | {"sender_hash": "abc"}],
)
def test_a_row_that_keeps_the_rules_is_taken(changes: dict[str, Any]) -> None:
    assert Enquiry.objects.create(**(WHOLE | changes)).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "changes"), [("reference", {"token": "two"}), ("token", {"reference": "K7WM-4TXX"})]
)
def test_reference_and_token_are_unique(column: str, changes: dict[str, Any]) -> None:
    Enquiry.objects.create(**WHOLE)
    refused(column, **changes)


@pytest.mark.django_db
def test_a_note_has_words() -> None:
    enquiry = Enquiry.objects.create(**WHOLE)
    with pytest.raises(IntegrityError, match="enquiry_note_has_words"):
        EnquiryNote.objects.create(enquiry=enquiry, text="")


@pytest.mark.django_db
def test_an_event_names_its_enquiry() -> None:
    with pytest.raises(IntegrityError, match="enquiry_event_names_enquiry"):
        EnquiryEvent.objects.create(kind="viewed")


@pytest.mark.django_db
def test_an_event_outlives_its_enquiry() -> None:
    enquiry = Enquiry.objects.create(**WHOLE)
    event = EnquiryEvent.objects.create(
        enquiry=enquiry, reference=enquiry.reference, kind="deleted"
    )
    enquiry.delete()
    event.refresh_from_db()
    assert (event.enquiry, event.reference) == (None, "K7WM-4TXR")


def test_every_field_that_a_patient_fills_is_emptied_on_withdrawal() -> None:
    shell = {"id", "reference", "token", "consent_version", "consent_wording", "consented_at"}
    shell |= {"received_at", "reply_by_at", "status", "spam_reasons", "assigned_to", "closed_at"}
    shell |= {"withdrawn_at", "version", "is_by_phone", "closes_at", "follow_up_on", "double_of"}
    shell |= {"sender_hash"}  # for its day: the limits count by it
    kept = {f.name for f in Enquiry._meta.get_fields() if isinstance(f, fields.Field)}
    check = next(c for c in Enquiry._meta.constraints if c.name == "enquiry_withdrawn_has_no_words")
    assert all(name in str(check.condition) for name in kept - shell)
