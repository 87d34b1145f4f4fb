"""The same person twice: shown together, closed as a double by a person, never merged, for families share a phone."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.staff_actions.handle import Stale, locked, save_with_event, set_status


def possible_doubles(enquiry: Enquiry) -> EnquiryQuerySet:
    """Other open enquiries with the phone number or the e-mail address that this one has now, the newest first."""
    answers, same = enquiry.latest_answers(), Q(pk__in=[])
    if answers.phone:
        same |= Q(phone=answers.phone) | Q(amendments__answers__phone=answers.phone)
    if answers.email:
        same |= Q(email__iexact=answers.email)
        same |= Q(amendments__answers__email__iexact=answers.email)
    others = Enquiry.objects.with_words().still_open().exclude(pk=enquiry.pk)
    return others.filter(same).distinct().latest_first()


@transaction.atomic
def close_as_double(
    *,
    enquiry: Enquiry,
    version: int,
    of: Enquiry,
    by: AbstractBaseUser,
) -> Enquiry:
    """Close this one, because the other one is the same person's. Nothing of either is changed or moved.

    Raises Stale and Gone as handling does, and ValueError for an enquiry as a double of itself.
    """
    kept = locked(enquiry)
    if of.pk == kept.pk:
        raise ValueError("an enquiry is no double of itself")
    if kept.version != version:
        raise Stale(kept, version)
    if kept.status != Enquiry.Status.CLOSED:
        set_status(kept, Enquiry.Status.CLOSED)
        kept.double_of = of
        save_with_event(kept, by=by, details={"double_of": of.reference})
    return kept
