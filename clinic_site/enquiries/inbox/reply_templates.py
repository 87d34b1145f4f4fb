"""Reply texts: the owner's own, or until there are any, a few to begin with."""

from django.db import transaction

from clinic_site.clinic.models import Clinic
from clinic_site.enquiries.models import Enquiry, ReplyText
from clinic_site.enquiries.reply_placeholders import fill_in

STARTERS = (
    (
        "Offer times",
        "Hello {name},\n\nThank you for asking for a visit (reference {reference}). We have these times free:\n\n"
        "-\n-\n\nWhich one suits you? If none does, tell us when you can come.\n\n{clinic}\n{phone}\n",
    ),
    (
        "Could not reach you",
        "Hello {name},\n\nWe called about your enquiry {reference} and could not reach you. Please call us at {phone}, "
        "or tell us when we may call again.\n\n{clinic}\n",
    ),
    (
        "Visit booked",
        "Hello {name},\n\nYour visit is booked for:\n\n-\n\nWear clothes that let us reach the area, and eat something "
        "beforehand. If you cannot come, please call us at {phone}.\n\n{clinic}\n",
    ),
    (
        "Another way may suit you better",
        "Hello {name},\n\nThank you for your enquiry {reference}. From what you tell us, we would like to talk with "
        "you first. Please call us at {phone}.\n\n{clinic}\n",
    ),
)


def texts_for(enquiry: Enquiry) -> list[ReplyText]:
    """Every reply text with its places filled in for this enquiry; not to be saved."""
    clinic = Clinic.objects.first()
    values = {
        "name": enquiry.latest_answers().name,
        "reference": enquiry.reference,
        "clinic": clinic.name if clinic else "",
        "phone": clinic.phone if clinic else "",
    }
    kept = list(ReplyText.objects.all()) or starters()
    return [ReplyText(title=text.title, body=fill_in(text.body, values)) for text in kept]


def starters() -> list[ReplyText]:
    """The texts to begin with; not saved."""
    return [
        ReplyText(title=title, body=body, position=place)
        for place, (title, body) in enumerate(STARTERS, 1)
    ]


@transaction.atomic
def take_starters() -> int:
    """Keep the texts to begin with, to be edited; nothing once there are any texts. How many."""
    if ReplyText.objects.exists():
        return 0
    return len(ReplyText.objects.bulk_create(starters()))
