"""Whose words stand in the content folder: a fresh copy of the code must not pass for the clinic's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clinic_site.clinic.sample import is_sample
from clinic_site.content_sync.files.read_files import ContentFile
from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.models import ShippedFile, SourceFile
from clinic_site.content_sync.page_fields import DETAILS

OUTSIDE = (
    "these are the files of the code, and this site's own words stand elsewhere; set CONTENT_DIR to"
    " their folder (a new one is filled from the database). Nothing is taken in from here"
)
SAMPLE = (
    "is the sample clinic's, and this site has a clinic of its own: the folder is a fresh copy of the"
    " code. Set CONTENT_DIR to the clinic's folder (a new one is filled from the database), or put the"
    " clinic's files back. Nothing is taken in from here"
)


def whose(files: Mapping[str, ContentFile], *, folder: Path, shipped: Path) -> Fault | None:
    """The fault of a folder whose words are not those of this site; None where they are."""
    if folder.resolve() == shipped.resolve() and ShippedFile.objects.exists():
        return Fault("", 1, OUTSIDE)
    for path, file in files.items():
        if file.fields["layout"] == "clinic" and _is_sample(file.fields):
            before = SourceFile.objects.filter(path=path).values_list("fields", flat=True).first()
            if before and not _is_sample(before):
                return Fault(path, file.line_of("name"), SAMPLE)
    return None


def _is_sample(fields: Mapping[str, Any]) -> bool:
    name, phone = (fields.get(DETAILS + key) or "" for key in ("name", "phone"))
    return is_sample(name=name, phone=phone)
