"""A person's wish about what is held on them: put right, or gone. Verbs of staff; patients withdraw by themselves."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.models import DeletionCount, Enquiry, EnquiryEvent
from clinic_site.enquiries.staff_actions.handle import Stale, locked, record, save_with_event
from clinic_site.enquiries.submission.delete_words import delete_words
from clinic_site.enquiries.submission.urgency import urgency_of


@transaction.atomic
def correct(
    *,
    enquiry: Enquiry,
    version: int,
    answers: Answers,
    by: AbstractBaseUser,
) -> list[str]:
    """Put right what the patient's answers say; the names of the fields that changed.

    A wrong value is held nowhere afterwards: it is replaced in what was first sent and in every later change. The
    audit says which fields were put right, never what they said. Raises Stale and Gone as handling.handle does.
    """
    kept = locked(enquiry)
    if kept.version != version:
        raise Stale(kept, version)
    before, after = kept.latest_answers().as_fields(), answers.as_fields()
    changed = {name: value for name, value in after.items() if value != before[name]}
    if changed:
        _overwrite(kept, changed)
        if kept.status == Enquiry.Status.NEW:
            kept.urgency = urgency_of(answers)
        save_with_event(kept, by=by, details={"corrected": sorted(changed)})
    return sorted(changed)


@transaction.atomic
def erase(*, enquiry: Enquiry, by: AbstractBaseUser) -> Enquiry:
    """Delete every word of it: answers, changes, notes, the mails about it, sent or not, and the sender's hash.

    The shell stays (reference, times, consent) and the ledger counts one. Raises Gone the second time.
    """
    at = timezone.now()
    kept = locked(enquiry)
    kept.sender_hash = ""
    delete_words(locked=kept, at=at)
    record(enquiries=[kept], kind=EnquiryEvent.Kind.DELETED, by=by, at=at, reason="asked")
    DeletionCount.add(reason=DeletionCount.Reason.ASKED, count=1, at=at)
    return kept


def _overwrite(kept: Enquiry, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        setattr(kept, name, value)
    for amendment in kept.amendments.all():
        amendment.answers = {**amendment.answers, **changed}
        amendment.save(update_fields=["answers"])
