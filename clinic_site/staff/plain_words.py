"""What the lists of the admin are called, in the words of a clinic: Django's own are those of its tables."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

NAMES = {
    "auth.group": "Roles",
    "auth.user": "Accounts of staff",
    "clinic.clinic": "Name, phone and e-mail",
    "clinic.closure": "Closed days",
    "clinic.location": "Places and hours",
    "clinic.notice": "Notices and closed days",
    "clinic.price": "Prices",
    "clinic.practitioner": "People who treat patients",
    "content_sync.conflict": "Words changed on both sides",
    "content_sync.shippedfile": "Texts that upgrades bring",
    "enquiries.enquiryevent": "Who did what with enquiries",
    "enquiries.replytext": "Texts for replies",
    "images.image": "Pictures",
    "outbox.outboundemail": "Mail that the site sends",
    "pages.externallink": "Links to other sites",
    "pages.pagecheck": "Faults on live pages",
    "pages.signoff": "Sign-off",
    "redirects.redirect": "Old addresses that lead on",
}

# One of them, after "Add".
ONE = {
    "auth.user": "an account",
    "clinic.closure": "a closed day",
    "clinic.location": "a place",
    "clinic.notice": "a notice",
    "clinic.price": "a price",
    "clinic.practitioner": "a person",
    "enquiries.replytext": "a text",
    "images.image": "a picture",
    "redirects.redirect": "an old address",
}


def plain_name(model: type[Model]) -> str:
    """What the list of these is called."""
    plural = str(model._meta.verbose_name_plural)
    return NAMES.get(model._meta.label_lower, plural[:1].upper() + plural[1:])


def plain_one(model: type[Model]) -> str:
    """What one of these is called, with its article where we gave it a name."""
    return ONE.get(model._meta.label_lower, str(model._meta.verbose_name))


def plain_title(title: str, model: type[Model]) -> str:
    """The title of a form: the admin's own in our words, one that was given to it as it is."""
    stock = f"Add {model._meta.verbose_name}"
    return f"Add {plain_one(model)}" if title == stock else title


def in_plain_words(apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The admin's list of apps with plain names; its order is by them."""
    return [
        {
            **app,
            "models": sorted(
                ({**one, "name": plain_name(one["model"])} for one in app["models"]),
                key=lambda one: str(one["name"]),
            ),
        }
        for app in apps
    ]
