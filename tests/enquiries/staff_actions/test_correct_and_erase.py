"""A person's wish: what is held on them put right, or erased."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from clinic_site.enquiries.models import DeletionCount, Enquiry, EnquiryEvent, EnquiryNote
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import queue_mail
from tests.enquiries.inbox_world import EVERYTHING, address, amend, enquiry, kinds, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Client:
    return signed_in(staff("boss", *EVERYTHING))


def corrected(boss: Client, kept: Enquiry, **changed: Any) -> int:
    """Correct it as the form in the browser would; what it answers."""
    form = boss.get(address("correct", kept.pk)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return boss.post(address("correct", kept.pk), data | changed).status_code


def everything_kept() -> str:
    """Every row of the site's own tables as text."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("clinic_site.")]
    return repr([list(model._base_manager.values()) for model in ours])


def test_a_correction_replaces_the_wrong_words(boss: Client) -> None:
    kept = enquiry("Anna Sample")
    assert corrected(boss, kept, name="Ana Sample") == 303
    kept.refresh_from_db()
    assert kept.name == "Ana Sample"


def test_the_wrong_words_are_kept_nowhere(boss: Client) -> None:
    kept = enquiry("Anna Wrongname", phone="+16045550142", phone_typed="604 555 0142")
    amend(kept, message="Later words")
    corrected(boss, kept, name="Ana Right", phone="604 555 0177")
    assert "Wrongname" not in everything_kept()
    assert "5550142" not in everything_kept().replace(" ", "")


def test_what_was_not_corrected_stays_as_the_patient_wrote_it(boss: Client) -> None:
    kept = enquiry(
        message="First", payer="icbc", is_returning=True, days=["monday"], about="tennis-elbow"
    )
    before = kept.answers()
    corrected(boss, kept, name="Ana Right")
    kept.refresh_from_db()
    assert kept.answers().as_fields() == before.as_fields() | {"name": "Ana Right"}


def test_the_audit_names_the_fields_and_never_the_words(boss: Client) -> None:
    kept = enquiry()
    corrected(boss, kept, message="Other words", name="Ana Right")
    event = EnquiryEvent.objects.get(kind="changed")
    assert event.details == {"corrected": ["message", "name"]}
    assert event.by and event.by.username == "boss"


def test_a_correction_that_changes_nothing_is_not_recorded(boss: Client) -> None:
    kept = enquiry()
    assert corrected(boss, kept) == 303
    assert kinds(kept) == ["received"]


@pytest.mark.parametrize(
    ("number", "extension", "shown"),
    [
        ("+16045550142", "", "(604) 555-0142"),
        ("+16045550142", "12", "(604) 555-0142 ext. 12"),
        ("+442079460958", "", "+44 20 7946 0958"),
    ],
)
def test_a_number_is_corrected_as_people_read_it_and_stays_the_same(
    boss: Client, number: str, extension: str, shown: str
) -> None:
    kept = enquiry(phone=number, phone_extension=extension)
    assert boss.get(address("correct", kept.pk)).context["form"]["phone"].value() == shown
    corrected(boss, kept, name="Ana Right")
    kept.refresh_from_db()
    assert (kept.phone, kept.phone_extension) == (number, extension)


def test_a_wrong_phone_number_is_not_taken_as_correction(boss: Client) -> None:
    assert corrected(boss, enquiry(), phone="12") == 422


def test_a_way_to_reach_them_has_to_stay(boss: Client) -> None:
    assert corrected(boss, enquiry(), phone="", email="") == 422


def test_a_correction_on_top_of_another_change_is_told(boss: Client) -> None:
    kept = enquiry()
    form = boss.get(address("correct", kept.pk)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    amend(kept, message="Later words")
    response = boss.post(address("correct", kept.pk), data | {"name": "Ana Right"})
    assert response.status_code == 409
    assert "Ana Right" in response.content.decode()


def test_erasing_is_asked_for_first(boss: Client) -> None:
    kept = enquiry()
    assert "Erase for good" in boss.get(address("delete", kept.pk)).content.decode()
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


def test_deleting_in_the_stock_way_erases(boss: Client) -> None:
    kept = enquiry()
    boss.post(address("delete", kept.pk))
    kept.refresh_from_db()
    assert kept.withdrawn_at
    assert (kept.name, kept.phone, kept.email, kept.message) == ("", "", "", "")


def test_no_word_of_an_erased_enquiry_is_left(boss: Client) -> None:
    kept = enquiry("Ana Quillfeather", phone="+16045550188", email="quill@example.ca")
    amend(kept, message="Murmuration")
    EnquiryNote.objects.create(enquiry=kept, text="Zygomatic")
    queue_mail(
        to="quill@example.ca",
        subject="S",
        body="B",
        purpose="enquiry",
        key=f"enquiry-{kept.reference}-patient-0",
    )
    boss.post(address("erase"), {"enquiry": kept.pk, "sure": "yes"})
    left = everything_kept()
    for word in ("Quillfeather", "5550188", "quill@", "Murmuration", "Zygomatic", "stairs"):
        assert word not in left


def test_mail_that_waits_is_not_sent_any_more(boss: Client) -> None:
    kept = enquiry()
    key = f"enquiry-{kept.reference}-patient-0"
    queue_mail(to="ana@example.ca", subject="S", body="B", purpose="enquiry", key=key)
    boss.post(address("delete", kept.pk))
    assert not OutboundEmail.objects.waiting().exists()


def test_withdrawing_leaves_no_address_in_the_outbox_either() -> None:
    kept = enquiry()
    key = f"enquiry-{kept.reference}-patient-0"
    queue_mail(to="ana@example.ca", subject="S", body="B", purpose="enquiry", key=key)
    OutboundEmail.objects.update(state="sent", sent_at=kept.received_at)
    withdraw(enquiry=kept)
    assert OutboundEmail.objects.get().to == ""


def test_mail_of_others_stays(boss: Client) -> None:
    kept, other = enquiry(), enquiry()
    key = f"enquiry-{other.reference}-patient-0"
    queue_mail(to="ana@example.ca", subject="S", body="B", purpose="enquiry", key=key)
    boss.post(address("delete", kept.pk))
    assert OutboundEmail.objects.waiting().get().key == key


def test_the_shell_the_audit_and_the_ledger_remain(boss: Client) -> None:
    kept = enquiry()
    boss.post(address("delete", kept.pk))
    kept.refresh_from_db()
    assert (kept.status, kept.consent_wording) == ("closed", "I agree.")
    assert kinds(kept) == ["received", "deleted"]
    row = DeletionCount.objects.get()
    assert (row.reason, row.count) == ("asked", 1)


def test_erasing_twice_counts_once(boss: Client) -> None:
    kept = enquiry()
    for _ in range(2):
        boss.post(address("delete", kept.pk))
    assert DeletionCount.objects.get().count == 1


def test_erasing_one_that_was_withdrawn_says_so(boss: Client) -> None:
    kept = withdraw(enquiry=enquiry())
    page = boss.post(address("delete", kept.pk), follow=True).content.decode()
    assert "were deleted before" in page


def test_several_are_erased_at_once_after_asking(boss: Client) -> None:
    some = [enquiry(), enquiry()]
    stays = enquiry("Stays")
    chosen = {"enquiry": [one.pk for one in some]}
    assert "Erase for good" in boss.post(address("erase"), chosen).content.decode()
    assert Enquiry.objects.with_words().count() == 3
    boss.post(address("erase"), chosen | {"sure": "yes"})
    assert list(Enquiry.objects.with_words()) == [stays]
