"""What a page tells machines: its structured data, drawn from the same Reading that its template shows."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import strip_tags

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.models import Clinic
from clinic_site.markup import Section
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.rendering.clinic_data import clinic_nodes, person_facts
from clinic_site.pages.rendering.page_view import Reading
from clinic_site.seo import schema_org
from clinic_site.seo import schema_practitioner as seo_people
from clinic_site.seo.schema_org import Condition, Node, Site, Treatment
from clinic_site.seo.schema_web_page import Review, WebPage, web_page

FEELS, CAUSES = "how-it-often-feels", "what-can-bring-it-on"  # parts of a condition's page
TREATMENT = "Intramuscular Stimulation (IMS)"
SHORTEST = "IMS"
NAMES = (TREATMENT, SHORTEST, "dry needling")
FOLDERS = {"place": "Clinic", "person": "Who treats you"}
KINDS = {
    "clinic": "ContactPage",
    "place": "ContactPage",
    "enquiry": "ContactPage",
    "practitioners": "CollectionPage",
}
_BACK = re.compile(r"↩\N{VARIATION SELECTOR-15}?")
_SOURCE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)


def structured_data(reading: Reading, *, clinic: Clinic | None, site_url: str) -> Node:
    """The page's JSON-LD: one graph in which every `@id` that is named is also described."""
    site = Site(site_url, clinic.name if clinic else TREATMENT)
    picture = site_url + static("img/share.png")
    page = _page(reading, site, picture)
    things = [*_things(reading, site, page), *_people(reading, site, page, clinic)]
    told = [schema_org.website(site), *clinic_nodes(site, clinic, reading)]
    if any("availableService" in one for one in told) or page.is_about_treatment:
        told.append(schema_org.treatment(site, _treatment(reading)))
    about = [thing["@id"] for thing in things if thing["@type"] == "MedicalCondition"]
    entities = [things[-1]["@id"]] if reading.people else []  # the one person, or the list of them
    told += [web_page(site, page, about=about, entities=entities), *things]
    if page.has_trail:
        told.append(schema_org.breadcrumbs(url=page.url, trail=_trail(reading, site)))
    return schema_org.graph(told)


def _page(reading: Reading, site: Site, picture: str) -> WebPage:
    revision = reading.revision
    kind = "MedicalWebPage" if revision.health else "WebPage"
    return WebPage(
        url=site.url + reading.url,
        title=revision.title,
        summary=revision.summary,
        kind="ProfilePage" if len(reading.people) == 1 else KINDS.get(reading.layout.name, kind),
        language=reading.language,
        is_about_treatment=revision.health,
        changed_on=reading.changed_on,
        review=_review(reading, site),
        picture=picture,
        has_trail=revision.page.path != HOME and not reading.language,
        sources=[_words(source) for source in _ITEM.findall(reading.document.footnotes)],
    )


def _review(reading: Reading, site: Site) -> Review | None:
    signed, reviewer = reading.sign_off, reading.reviewer
    if signed is None:
        return None
    on = timezone.localdate(signed.signed_at)
    who = seo_people.person_id(site.url + reviewer.url) if reviewer else ""
    return Review(signed.reviewer_name, on, who)


def _treatment(reading: Reading) -> Treatment:
    """What the page says of the treatment: front matter `structured_data` names the sections."""
    sections = {section.anchor: section for section in reading.document.sections}
    named = reading.revision.details.get("structured_data", {})
    told: dict[str, str | list[str]] = {}
    outcomes: Sequence[str] = ()
    for key, anchor in named.items():
        if (section := sections.get(anchor)) is None:
            continue
        if key == "adverseOutcome":
            outcomes = _list(section.html)
        else:
            told[key] = _list(section.html) if key == "contraindication" else _gist(section)
    name, *others = _names_on(reading)
    return Treatment(name, others, told, outcomes)


def _names_on(reading: Reading) -> Sequence[str]:
    """Those of the treatment's names that the page itself uses; the shortest stands in every foot."""
    revision = reading.revision
    words = " ".join((revision.title, revision.summary, reading.document.text))
    return [name for name in NAMES if name in words] or [SHORTEST]


def _things(reading: Reading, site: Site, page: WebPage) -> Iterator[Node]:
    for entry in reading.entries:
        url = site.url + entry.url
        if reading.layout.name == "conditions":
            yield schema_org.condition(
                url, Condition(entry.title, entry.other_names, _areas(entry.revision))
            )
        elif reading.layout.name == "glossary":
            names = entry.revision.details.get("other_names", ())
            yield schema_org.term(
                url=url,
                name=entry.title,
                other_names=names,
                meaning=entry.document.text,
                page=f"{page.url}#terms",
            )
    if reading.layout.name == "glossary":
        yield {"@type": "DefinedTermSet", "@id": f"{page.url}#terms", "name": page.title}
    if reading.layout.name == "condition":
        yield schema_org.condition(f"{page.url}#condition", _condition(reading))


def _people(reading: Reading, site: Site, page: WebPage, clinic: Clinic | None) -> Iterator[Node]:
    """Those whom the page tells of; of a reviewer, and on their list, what is said there."""
    if (reviewer := reading.reviewer) and not reading.people:
        yield seo_people.person(site, url=site.url + reviewer.url, name=reviewer.name)
    is_own = reading.layout.name == "person"
    told = [
        seo_people.person(
            site,
            url=site.url + one.url,
            name=one.name,
            facts=person_facts(one, site.url, clinic, is_own),
        )
        for one in reading.people
    ]
    yield from told
    if len(told) > 1:
        yield seo_people.everybody(page.url, told)


def _condition(reading: Reading) -> Condition:
    """The condition as its page shows it: names in the head, signs and causes as lists, areas at the foot."""
    details = reading.revision.details
    feels = next((one for one in reading.document.sections if one.anchor == FEELS), None)
    causes = next((one for one in feels.items if one.anchor == CAUSES), None) if feels else None
    return Condition(
        name=reading.revision.title,
        other_names=[*details.get("other_names", ()), *details.get("medical_names", ())],
        areas=_areas(reading.revision),
        anatomy=details.get("anatomy", ()),
        signs=_list(feels.lead) if feels else (),
        risk_factors=_list(causes.html) if causes else (),
    )


def _areas(revision: Revision) -> list[str]:
    named = revision.details.get("areas", ())
    return [BODY_AREAS[area] for area in named if area in BODY_AREAS]


def _trail(reading: Reading, site: Site) -> list[tuple[str, str]]:
    page = reading.revision.page
    here = (reading.revision.menu_title or reading.revision.title, site.url + reading.url)
    home = ("Home", f"{site.url}/")
    name = FOLDERS.get(page.layout, "Conditions")
    folder = [(name, f"{site.url}/{page.parent_path}/")] if page.parent_path else []
    return [home, *folder, here]


def _gist(section: Section) -> str:
    """The section in plain words where it has a summary, else all its words."""
    return _words(section.summary) or section.text


def _list(html: str) -> list[str]:
    """The items of the lists in some HTML, without the little numbers of their sources."""
    return [_words(_SOURCE.sub("", item)) for item in _ITEM.findall(html)]


def _words(html: str) -> str:
    return " ".join(unescape(strip_tags(_BACK.sub("", html))).split())
