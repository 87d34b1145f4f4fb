"""Claims in the words of a file, of clinic.md's lists too: told with their line, and never a reason to hold it back."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from clinic_site.content_sync.files.read_files import ContentFile
from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.page_fields import DETAILS, to_words
from clinic_site.pages.checks.claims import claims_in, shortened


def claims_in_new(
    files: Iterable[ContentFile], known: Mapping[str, tuple[str, Mapping[str, Any]]], shipped: Path
) -> Iterator[Fault]:
    """What the editor would not let go live in files that say something new, with its line and what to write.

    `known`: what was taken in last. What comes with the code was checked before, and a first start need not do it.
    """
    for file in files:
        is_new = file.path not in known
        if is_new and _is_shipped(file, shipped):
            continue
        if is_new or known[file.path][1] != file.fields:
            yield from _claims_told(file)


def _claims_told(file: ContentFile) -> Iterator[Fault]:
    for claim in claims_in(to_words(file.fields)):
        in_body = claim.field == "body"
        line = (
            file.first_body_line + claim.line - 1
            if in_body
            else file.line_of(claim.field.removeprefix(DETAILS))
        )
        yield Fault(file.path, line, f"(advice) {claim.message(shortened(claim.sentence))}")


def _is_shipped(file: ContentFile, shipped: Path) -> bool:
    try:
        return (shipped / file.path).read_bytes() == file.data
    except OSError:
        return False
