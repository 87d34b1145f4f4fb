"""The clinic's name and phone number without the database: for the pages that say that something went wrong.

Each process remembers the clinic that it has read last. One that has read none yet takes it from content/clinic.md.
"""

from dataclasses import dataclass

from django.conf import settings

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.phone_numbers import phone_link
from clinic_site.markup import SourceError, read_source

NAMELESS = "IMS Dry Needling"  # what the site is called while no clinic is named
_last: Clinic | None = None


@dataclass(frozen=True)
class FileClinic:
    """The clinic's name and phone number as content/clinic.md has them."""

    name: str
    phone: str

    @property
    def phone_link(self) -> str:
        return phone_link(self.phone)


def remember(clinic: Clinic | None) -> Clinic | None:
    """The clinic as it was given, to be known from now on where there is one."""
    global _last
    _last = clinic or _last
    return clinic


def known_clinic() -> Clinic | FileClinic | None:
    """What was read last, without the database; None where the file does not tell it either."""
    return _last or _in_file()


def _in_file() -> FileClinic | None:
    try:
        front = read_source((settings.CONTENT_DIR / "clinic.md").read_bytes()).front
        return FileClinic(str(front["name"]), str(front["phone"]))
    except (OSError, SourceError, KeyError):
        return None


def is_indexable() -> bool:
    """Whether search engines may list the site: not a copy that says no, and not a sample, as far as is known.

    Asks the database nothing, as answers to its trouble come through here too; whatever shows the clinic has read it.
    """
    return settings.SITE_INDEXABLE and not (_last and _last.is_sample)
