"""The Markdown twin of a page: the same words, for whoever would rather not read HTML."""

from collections.abc import Iterator, Mapping, Sequence

from clinic_site.clinic.models import Clinic
from clinic_site.markup import with_cards
from clinic_site.pages.rendering.entries import Entry
from clinic_site.pages.rendering.page_lists import Listed
from clinic_site.pages.rendering.page_view import Reading
from clinic_site.pages.rendering.practitioners import Person
from clinic_site.pages.warning_cards import words_by_name

CAUTION = (
    "Health information for people who consider the treatment. It does not replace an assessment.",
    "In an emergency call 9-1-1; for health advice in BC call 8-1-1.",
)


def markdown_twin(reading: Reading, *, site_url: str) -> str:
    """The page as one Markdown text: title, summary, body, and what stands on it."""
    return "\n\n".join(part for part in _parts(reading, site_url) if part) + "\n"


def overview(
    home: Reading, *, pages: Sequence[Listed], clinic: Clinic | None, site_url: str
) -> str:
    """The whole site in one text (the llms.txt convention): what it is, and where each page stands."""
    lines = [f"# {clinic.name if clinic else home.revision.title}", ""]
    lines += [f"> {home.revision.summary}", "", *_clinic(clinic), *CAUTION, "", "## Pages", ""]
    for page in pages:
        gist = f": {page.summary}" if page.summary else ""
        lines.append(f"- [{page.title}]({site_url}{page.twin_url}){gist}")
    return "\n".join(lines) + "\n"


def _clinic(clinic: Clinic | None) -> Iterator[str]:
    if clinic is not None:
        yield f"A physiotherapy clinic in British Columbia, Canada. Phone: {clinic.phone}."
        for place in clinic.locations.all():
            yield (f"Address: {place.street}, {place.city}, {place.province} {place.postal_code}.")


def _parts(reading: Reading, site_url: str) -> Iterator[str]:
    revision, cards = reading.revision, words_by_name(reading.cards or {})
    yield f"# {revision.title}"
    yield revision.summary
    yield f"Page: {site_url}{reading.url}"
    yield with_cards(revision.body, cards).strip()
    for person in reading.people:
        yield from _person(person)
    for group in reading.groups:
        yield f"## {group.title}"
        for entry in group.entries:
            yield from _entry(entry, "###", cards)
    if not reading.groups:
        for entry in reading.terms:
            yield from _entry(entry, "##", cards)


def _person(person: Person) -> Iterator[str]:
    practitioner = person.practitioner
    yield f"## {practitioner.name}"
    yield practitioner.title
    yield practitioner.about.strip()
    yield f"Register: {practitioner.registration_url}"
    if since := practitioner.needling_authorised_on:
        yield f"Authorised to needle since {since:%-d %B %Y}"


def _entry(entry: Entry, marks: str, cards: Mapping[str, str]) -> Iterator[str]:
    yield f"{marks} {entry.title}"
    yield f"Also called: {', '.join(entry.other_names)}" if entry.other_names else ""
    yield entry.line
    if entry.has_page:
        yield f"[Read about it]({entry.url})"
    else:
        yield with_cards(entry.revision.body, cards).strip()
