"""Claims in the words of a file, of clinic.md's lists too: told with their line, and never a reason to hold it back."""

from collections.abc import Iterator

from clinic_site.content_sync.files.read_files import ContentFile
from clinic_site.content_sync.files.walk import Fault
from clinic_site.content_sync.page_fields import DETAILS, to_words
from clinic_site.pages.checks.claims import claims_in, shortened


def claims_told(file: ContentFile) -> Iterator[Fault]:
    """What the editor would not let go live, each with its line in the file and what to write instead."""
    for claim in claims_in(to_words(file.fields)):
        in_body = claim.field == "body"
        line = (
            file.first_body_line + claim.line - 1
            if in_body
            else file.line_of(claim.field.removeprefix(DETAILS))
        )
        yield Fault(file.path, line, f"(advice) {claim.message(shortened(claim.sentence))}")
