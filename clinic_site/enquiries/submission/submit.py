"""Taking an enquiry in, and taking it back: each one transaction, committed to disk or not done at all.

Both raise django.db.DatabaseError when the database cannot take it; then nothing is kept and nothing is queued.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic_site.clinic.opening_cache import Opening, opening
from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.models import Enquiry, EnquiryAmendment, EnquiryEvent
from clinic_site.enquiries.submission import notifications
from clinic_site.enquiries.submission.delete_words import delete_words
from clinic_site.enquiries.submission.form_token import FormPass
from clinic_site.enquiries.submission.prior_enquiries import look_back
from clinic_site.enquiries.submission.reference import new_reference
from clinic_site.enquiries.submission.spam import Suspicion, judge, together
from clinic_site.enquiries.submission.urgency import urgency_of
from clinic_site.enquiries.submission.write_lock import patient_transaction, turn

TRIES = 5  # for a reference that nobody has; the second is hardly ever needed


class Withdrawn(Exception):
    """The enquiry of this form was withdrawn; sending it again needs a new form."""


@dataclass(frozen=True)
class Call:
    """A patient on the phone: who took the answers down, and whether the patient wants the confirmation by mail."""

    taken_by: AbstractBaseUser
    wants_mail: bool = False


@dataclass(frozen=True)
class Sender:
    """What spam is judged by: the keyed hash of the address, and what the form itself gave away."""

    address_hash: str = ""
    suspicion: Suspicion = field(default_factory=Suspicion)


@dataclass(frozen=True)
class Coming:
    """One form as it came in: what it says, why it may be spam, who took it down, and the clinic at that moment."""

    answers: Answers
    sender_hash: str
    reasons: str
    call: Call | None
    at: datetime
    now: Opening

    @property
    def desk(self) -> str:
        """Where the place that was asked for reads its mail; "" for the clinic's own address."""
        return self.now.desk_of(self.answers.wanted_place)

    @property
    def mail_to(self) -> str:
        """Where the confirmation is wanted; "" for nowhere."""
        wants = self.call is None or self.call.wants_mail
        return self.answers.email if wants else ""


def submit(
    *,
    answers: Answers,
    form: FormPass,
    sender: Sender,
    call: Call | None = None,
    at: datetime | None = None,
) -> Enquiry:
    """Keep the answers of a form and queue the mails about them; `call`: staff filled it in for somebody on the phone.

    The same form again with the same answers is the same enquiry; with others, an amendment of it. A fresh form is
    another enquiry, whatever it says: who only knows the answers must not get at the confirmation of who gave them.
    Gives the enquiry that the form became or already was. Raises Withdrawn if the form's enquiry was withdrawn since.
    """
    at = at or timezone.now()
    with turn() as until:
        # Remembered or read before the transaction: while one is open on SQLite, every other writer waits.
        now = opening()
        with patient_transaction(until=until):
            earlier = look_back(token=form.token, sender_hash=sender.address_hash, at=at)
            reasons = judge(
                sender.suspicion, in_an_hour=earlier.in_an_hour, in_a_day=earlier.in_a_day
            )
            came = Coming(answers, sender.address_hash, reasons, call, at, now)
            if earlier.is_known:
                return _carry_on(_known(form), came)
            return _begin(form, came)


def withdraw(*, enquiry: Enquiry, at: datetime | None = None) -> Enquiry:
    """Delete the words of an enquiry, its changes, notes and mails, at the patient's wish; twice is harmless."""
    if enquiry.withdrawn_at:
        return enquiry  # sent twice, it waits for nobody and holds up nobody
    at = at or timezone.now()
    with turn() as until, patient_transaction(until=until):
        kept: Enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if kept.withdrawn_at is None:
            delete_words(locked=kept, at=at)
            _record(kept, EnquiryEvent.Kind.WITHDRAWN, at)
    return kept


def _known(form: FormPass) -> Enquiry:
    kept: Enquiry = Enquiry.objects.select_for_update().get(token=form.token)
    return kept


def _begin(form: FormPass, came: Coming) -> Enquiry:
    enquiry, is_new = _create(
        token=form.token,
        **came.answers.as_fields(),
        consent_version=form.consent_version,
        consent_wording=form.consent_wording,
        consented_at=came.at,
        received_at=came.at,
        is_by_phone=came.call is not None,
        reply_by_at=came.now.calendar.reply_by(came.at),
        urgency=urgency_of(came.answers),
        sender_hash=came.sender_hash,
        spam_reasons=came.reasons,
        assigned_to_id=came.now.accounts.get(came.answers.wanted_person),
    )
    if not is_new:
        return _carry_on(enquiry, came)
    _record(enquiry, EnquiryEvent.Kind.RECEIVED, came.at, came.call)
    notifications.tell(
        enquiry=enquiry, to=came.mail_to, clinic=came.now.clinic, desk=came.desk, at=came.at
    )
    return enquiry


def _carry_on(enquiry: Enquiry, came: Coming) -> Enquiry:
    if enquiry.withdrawn_at:
        raise Withdrawn
    if enquiry.latest_answers() == came.answers:
        return enquiry
    EnquiryAmendment.objects.create(
        enquiry=enquiry, answers=came.answers.as_fields(), received_at=came.at
    )
    if enquiry.status == Enquiry.Status.CLOSED:
        enquiry.status, enquiry.closed_at = Enquiry.Status.NEW, None
    enquiry.spam_reasons = together(enquiry.spam_reasons, came.reasons)
    enquiry.urgency = urgency_of(came.answers)
    enquiry.version += 1
    enquiry.save(update_fields=["status", "closed_at", "spam_reasons", "urgency", "version"])
    _record(enquiry, EnquiryEvent.Kind.AMENDED, came.at, came.call)
    change = enquiry.amendments.count()
    notifications.tell_change(
        enquiry=enquiry,
        change=change,
        to=came.mail_to,
        clinic=came.now.clinic,
        desk=came.desk,
        at=came.at,
    )
    return enquiry


def _create(*, token: str, **fields: object) -> tuple[Enquiry, bool]:
    """The enquiry of this token and whether it is new: a second tap may have come first meanwhile."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return Enquiry.objects.create(
                    token=token, reference=new_reference(), **fields
                ), True
        except IntegrityError as error:
            refusal = error
        if known := Enquiry.objects.filter(token=token).first():
            return known, False
        # Otherwise somebody has this reference: draw another.
    raise refusal


def _record(
    enquiry: Enquiry, kind: EnquiryEvent.Kind, at: datetime, call: Call | None = None
) -> None:
    """By the patient, or by who took it down; that it was a call is told even after that account is deleted."""
    by, details = (call.taken_by.pk, {"taken": "phone"}) if call else (None, {})
    EnquiryEvent.objects.create(
        enquiry=enquiry, reference=enquiry.reference, kind=kind, at=at, by_id=by, details=details
    )
