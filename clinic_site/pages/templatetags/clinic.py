"""Template tags of what is told of the clinic itself: its pictures, its hours, its people, the way to it."""

from collections.abc import Sequence
from urllib.parse import quote

from django import template

from clinic_site.clinic.models import Location
from clinic_site.clinic.open_hours import open_hours
from clinic_site.clinic.picture_places import SHOWN_ON
from clinic_site.pages.rendering.practitioners import Person, people
from clinic_site.pages.rendering.site_frame import Frame
from clinic_site.pages.rendering.text_images import picture_html, pictures_in

register = template.Library()


@register.simple_tag
def hours_data(place: Location, frame: Frame) -> str:
    """`{% hours_data place frame %}`: what the script needs to say "open now"; "" without hours."""
    closures = list(frame.clinic.closures.all()) if frame.clinic else []
    return open_hours(place, closures)


@register.simple_tag
def clinic_pictures(layout: str, frame: Frame) -> Sequence[str]:
    """`{% clinic_pictures "home" frame as shots %}`: those that stand on such a page, as HTML; no query for none."""
    chosen = frame.clinic.pictures if frame.clinic else {}
    sources = [chosen[key] for key in SHOWN_ON.get(layout, ()) if key in chosen]
    found = pictures_in(*sources) if sources else {}
    return [picture_html(found[source]) for source in sources if source in found]


@register.simple_tag
def sketch(place: Location) -> str:
    """`{% sketch place %}`: the drawn map of the way, "" without one."""
    found = pictures_in(place.sketch) if place.sketch else {}
    return picture_html(found.get(place.sketch))


@register.simple_tag
def people_of(frame: Frame, place: Location | None = None) -> Sequence[Person]:
    """`{% people_of frame place=location as people %}`: everybody, or those who see patients at a place.

    None, and no query, while no page tells of them.
    """
    index = frame.about_people
    everybody = people(index.path) if index else ()
    return [one for one in everybody if place is None or place.pk in {at.pk for at, _ in one.at}]


@register.simple_tag
def people_with(frame: Frame, areas: Sequence[str]) -> Sequence[Person]:
    """`{% people_with frame areas as people %}`: those with an interest in one of these areas of the body."""
    return [one for one in people_of(frame) if set(areas) & set(one.practitioner.areas)]


@register.filter
def geo_link(place: Location) -> str:
    """The place as phones hand it to their map app (RFC 5870); by its words where its point is not known."""
    point = f"{place.latitude},{place.longitude}" if place.is_placed else "0,0"
    return f"geo:{point}?q={quote(_whole(place))}"


@register.filter
def map_query(place: Location) -> str:
    """The place as map sites are asked for it."""
    return quote(_whole(place))


def _whole(place: Location) -> str:
    return f"{place.address}, {place.country_name}"
