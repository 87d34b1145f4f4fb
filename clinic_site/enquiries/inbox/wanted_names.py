"""Whether the person and the place that an enquiry asks for are on the clinic's list now.

The form keeps a name as it was sent: somebody may leave while a patient writes, and a wish is never dropped. Staff
are told of one that is not on the list, be it of who left or of nobody.
"""

from collections.abc import Iterable, Iterator

from clinic_site.clinic.models import Location, Practitioner

REMARK = "not on our list now"
ON_THE_LIST = {"wanted_person": Practitioner.objects, "wanted_place": Location.objects}
Row = tuple[str, str, str]


def with_remarks(rows: Iterable[Row]) -> Iterator[Row]:
    """Answers as (name of the field, label, words); a query for each of the two that is given."""
    for name, label, words in rows:
        known = ON_THE_LIST.get(name)
        is_off = known is not None and words and not known.filter(name=words).exists()
        yield name, label, f"{words} ({REMARK})" if is_off else words
