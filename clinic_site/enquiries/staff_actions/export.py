"""Enquiries as a file: a table for a spreadsheet, and everything that is held on one person.

Both record in the audit who took what. A cell that a spreadsheet would take for a formula gets an apostrophe first.
"""

import csv
import io
import json
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from clinic_site.enquiries.history import who_did
from clinic_site.enquiries.labels import LABELS, answer_words, person
from clinic_site.enquiries.models import Enquiry, EnquiryEvent
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.staff_actions.handle import record
from clinic_site.outbox.models import OutboundEmail

BOM = "\ufeff"  # so that Excel reads UTF-8
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
HEAD = ("Reference", "Status", "Received", "Reply by", "Assigned to", "Maybe spam", "By phone")
CLOCK = "%Y-%m-%d %H:%M"


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs: behind an apostrophe where it could be a formula."""
    is_risky = text.startswith(STARTS) or text.lstrip().startswith(STARTS)
    return f"'{text}" if is_risky else text


@transaction.atomic
def table(*, enquiries: EnquiryQuerySet, by: AbstractBaseUser) -> str:
    """The enquiries that still have words as CSV with a head line, times of Vancouver; recorded for each of them."""
    rows = enquiries.with_words().select_related("assigned_to").prefetch_related("amendments")
    kept = list(rows)
    output = io.StringIO()
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*HEAD, *LABELS.values()])
    for one in kept:
        words = answer_words(one.latest_answers())
        cells = [*_standing(one), *(words[name] for name in LABELS)]
        writer.writerow(map(safe_cell, cells))
    record(enquiries=kept, kind=EnquiryEvent.Kind.EXPORTED, by=by, into="table")
    return BOM + output.getvalue()


@transaction.atomic
def dossier(*, enquiries: EnquiryQuerySet, by: AbstractBaseUser, into: str) -> list[dict[str, Any]]:
    """Everything that is held on the person whose enquiries these are, one dictionary per enquiry, in words.

    Holds only types that JSON knows, and times. `into`: what it is for, for the audit ("page", "file").
    """
    kept = list(enquiries.select_related("assigned_to", "double_of"))
    record(enquiries=kept, kind=EnquiryEvent.Kind.EXPORTED, by=by, into=f"a person's {into}")
    return [_everything(one) for one in kept]


def as_json(everything: list[dict[str, Any]]) -> str:
    """A dossier as a file for machines, times of Vancouver in ISO 8601."""
    return json.dumps({"enquiries": everything}, ensure_ascii=False, indent=2, default=_iso)


def _standing(one: Enquiry) -> list[str]:
    return [
        one.reference,
        one.get_status_display(),
        timezone.localtime(one.received_at).strftime(CLOCK),
        timezone.localtime(one.reply_by_at).strftime(CLOCK),
        person(one.assigned_to) if one.assigned_to else "",
        one.spam_reasons,
        "Yes" if one.is_by_phone else "",
    ]


def _everything(one: Enquiry) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "status": one.get_status_display(),
        "received": one.received_at,
        "by phone": "yes" if one.is_by_phone else "",
        "reply promised by": one.reply_by_at,
        "closed": one.closed_at,
        **_ahead(one),
        "maybe spam because of": one.spam_reasons,
        "to be read now because of urgent words": "yes" if one.urgency else "",
        "assigned to": person(one.assigned_to) if one.assigned_to else "",
        "answers": _labelled(one.answers()) | {"Phone as typed": one.phone_typed},
        "changes": [
            {"received": change.received_at, "answers": _labelled(change_answers)}
            for change, change_answers in one.changes()
        ],
        "consent": {
            "version": one.consent_version,
            "wording": one.consent_wording,
            "given": one.consented_at,
        },
        "notes of the clinic": _notes(one),
        "answers of the clinic": _replies(one),
        "emails": _emails(one),
        "what happened": [
            {"at": event.at, "what": event.get_kind_display(), "by": who_did(event)}
            for event in one.events.select_related("by")
        ],
    }


def _notes(one: Enquiry) -> list[dict[str, Any]]:
    return [
        {"written": note.written_at, "by": person(note.written_by), "text": note.text}
        for note in one.notes.select_related("written_by")
    ]


def _ahead(one: Enquiry) -> dict[str, Any]:
    return {
        "closes by itself": one.closes_at,
        "follow up on": one.follow_up_on.isoformat() if one.follow_up_on else "",
        "closed as a double of": one.double_of.reference if one.double_of else "",
    }


def _replies(one: Enquiry) -> list[dict[str, Any]]:
    return [
        {"sent": reply.sent_at, "by": person(reply.sent_by), "to": reply.to, "text": reply.body}
        for reply in one.replies.select_related("sent_by")
    ]


def _emails(one: Enquiry) -> list[dict[str, Any]]:
    sent = OutboundEmail.objects.filter(key__startswith=f"enquiry-{one.reference}-")
    return [
        {
            "queued": mail.created_at,
            "to": mail.to,
            "subject": mail.subject,
            "text": mail.body,
        }
        for mail in sent
    ]


def _labelled(answers: Any) -> dict[str, str]:
    words = answer_words(answers)
    return {label: words[name] for name, label in LABELS.items()}


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
