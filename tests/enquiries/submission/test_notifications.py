"""What the clinic and the patient are told by mail: a reference, times and a link; nothing that was written."""

import pytest

from clinic_site.clinic.models import Clinic
from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission.spam import Suspicion
from clinic_site.enquiries.submission.submit import Sender, submit
from clinic_site.outbox.messages import message_for
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import new_pass

WRITTEN = Answers(
    name="Quillon Vexley",
    phone="+16045550187",
    phone_typed="(604) 555 0187",
    email="quillon@example.ca",
    areas=["knee"],
    about="conditions/knee-pain",
    message="A zebra stepped on my kneecap.",
)
pytestmark = pytest.mark.usefixtures("clinic")


def sent(answers: Answers = WRITTEN, **sender: str) -> Enquiry:
    return submit(answers=answers, form=new_pass(), sender=Sender(suspicion=Suspicion(**sender)))


def mail_to(address: str) -> OutboundEmail:
    return OutboundEmail.objects.get(to=address)


def test_the_clinic_learns_the_reference_and_where_to_read_it() -> None:
    enquiry = sent()
    mail = mail_to("clinic@example.ca")
    assert mail.subject == f"New enquiry {enquiry.reference}"
    assert f"/admin/enquiries/enquiry/{enquiry.pk}/change/" in mail.body


def test_the_patient_learns_the_reference_and_the_time() -> None:
    enquiry = sent()
    mail = mail_to("quillon@example.ca")
    assert enquiry.reference in mail.subject + mail.body
    assert ", 6 pm" in mail.body
    assert "/book/sent/" in mail.body


def test_a_patients_answer_goes_to_the_clinic() -> None:
    sent()
    assert message_for(mail_to("quillon@example.ca")).reply_to == ["clinic@example.ca"]
    assert message_for(mail_to("clinic@example.ca")).reply_to == []


@pytest.mark.parametrize("address", ["clinic@example.ca", "quillon@example.ca"])
def test_no_mail_repeats_what_was_written(address: str) -> None:
    sent()
    mail = mail_to(address)
    told = f"{mail.subject} {mail.body} {mail.key} {mail.purpose}".casefold()
    for word in ("quillon", "vexley", "0187", "zebra", "knee"):
        assert word not in told


def test_without_an_address_only_the_clinic_is_told() -> None:
    sent(Answers(name="Ana", phone="+16045550142"))
    assert [mail.to for mail in OutboundEmail.objects.all()] == ["clinic@example.ca"]


def test_a_suspect_is_told_to_the_clinic_but_nobody_elses_mailbox_is_filled() -> None:
    sent(trap="http://spam.example")
    assert [mail.to for mail in OutboundEmail.objects.all()] == ["clinic@example.ca"]


def test_a_clinic_address_that_cannot_be_mailed_costs_no_enquiry() -> None:
    Clinic.objects.update(email="no address")
    assert sent() == Enquiry.objects.get()
    assert OutboundEmail.objects.filter(to__startswith="website@").exists()
