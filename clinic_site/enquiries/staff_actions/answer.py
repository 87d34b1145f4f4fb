"""Answering: through the site, by phone or mail program. The status follows by itself and can be taken back."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryReply, ReplyWay
from clinic_site.enquiries.staff_actions.handle import (
    Kind,
    Stale,
    locked,
    save_with_event,
    set_status,
)
from clinic_site.enquiries.submission import notifications
from clinic_site.enquiries.submission.urgency import urgency_of

Status = Enquiry.Status
WAYS = (
    "call",
    "email",
)  # outside the site: somebody tapped the number, or went to their mail program


class NoAddress(Exception):
    """The patient gave no e-mail address."""


@transaction.atomic
def send_reply(*, enquiry: Enquiry, version: int, body: str, by: AbstractBaseUser) -> EnquiryReply:
    """Queue this answer to the patient and keep it at the enquiry; a new one is contacted from then on.

    The same answer by the same person again (a double tap) is one. Raises Stale as handling does, so that two people
    do not answer one patient without knowing; Gone without words, NoAddress without an address.
    """
    kept = locked(enquiry)
    to = kept.latest_answers().email
    if not to:
        raise NoAddress
    if kept.version != version:
        last = kept.replies.last()
        if last and (last.body, last.sent_by_id) == (body, by.pk):
            return last
        raise Stale(kept, version)
    at = timezone.now()
    reply = EnquiryReply.objects.create(
        enquiry=kept, to=to, body=body, sent_by_id=by.pk, sent_at=at
    )
    notifications.send_answer(enquiry=kept, number=reply.pk, to=to, body=body)
    _reached(kept, "site", by, at)
    return reply


@transaction.atomic
def mark_reached(*, enquiry: Enquiry, way: str, by: AbstractBaseUser) -> Enquiry:
    """Somebody called, or wrote in their mail program (`way`, one of WAYS): a new enquiry is contacted from then on."""
    kept = locked(enquiry)
    if kept.status == Status.NEW:
        _reached(kept, way, by, timezone.now())
    return kept


@transaction.atomic
def take_back(*, enquiry: Enquiry, by: AbstractBaseUser) -> bool:
    """Nobody was reached after all: it is new again, with its urgency. False if the status did not follow by itself."""
    kept = locked(enquiry)
    if followed_by_itself(kept) is None:
        return False
    set_status(kept, Status.NEW)
    kept.urgency = urgency_of(kept.latest_answers())
    save_with_event(kept, by=by, details={"status": [Status.CONTACTED, Status.NEW]})
    return True


def followed_by_itself(enquiry: Enquiry) -> EnquiryEvent | None:
    """The line of the audit in which its status followed a call or a mail, if nothing was changed since."""
    last = enquiry.events.filter(kind=Kind.CHANGED).select_related("by").last()
    has_followed = last is not None and {"reached", "status"} <= last.details.keys()
    return last if has_followed and enquiry.status == Status.CONTACTED else None


@transaction.atomic
def set_reply_way(*, through_the_site: bool) -> None:
    """Send answers through the site and keep them at the enquiry, or leave them to the mail program."""
    ReplyWay.objects.update_or_create(pk=1, defaults={"through_the_site": through_the_site})


def replies_go_through_the_site() -> bool:
    """What the owner has set; one query."""
    return ReplyWay.objects.filter(through_the_site=True).exists()


def _reached(kept: Enquiry, way: str, by: AbstractBaseUser, at: datetime) -> None:
    details: dict[str, object] = {"reached": way}
    if kept.status == Status.NEW:
        details["status"] = [Status.NEW, Status.CONTACTED]
        set_status(kept, Status.CONTACTED, at)
    save_with_event(kept, by=by, at=at, details=details)
