"""What stands around every patient page: the menu, the clinic, the styles and the motif."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings

from clinic_site.artwork.fibres import CURVE, fibres
from clinic_site.clinic.clinic_fallback import NAMELESS, remember
from clinic_site.clinic.closures import announced
from clinic_site.clinic.models import Clinic, Closure
from clinic_site.pagecache.prefetching import RULES
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import Page
from clinic_site.pages.rendering.page_view import UTILITY_FROM, MenuEntry, Reading, menu, neighbours
from clinic_site.pages.rendering.structured_data import structured_data

register = template.Library()
LONGEST_TITLE = 60  # characters; search engines cut longer ones
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@dataclass(frozen=True)
class Frame:
    """The menu and the clinic, read once a page."""

    menu: Sequence[MenuEntry]
    clinic: Clinic | None
    site_url: str = settings.SITE_URL

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may list the site; a staging site says no, and so does a sample."""
        return settings.SITE_INDEXABLE and not self.is_sample

    @property
    def is_sample(self) -> bool:
        """Whether the clinic is still the made-up one that comes with the code."""
        return self.clinic is not None and self.clinic.is_sample

    @property
    def closures(self) -> Sequence[Closure]:
        """The closures that patients are told of today; no query, they come with the clinic."""
        return announced(self.clinic.closures.all()) if self.clinic else ()

    @property
    def walk(self) -> Sequence[MenuEntry]:
        """The natural path: what a patient reads from first to last."""
        return [entry for entry in self.menu if entry.position < UTILITY_FROM]

    @property
    def utility(self) -> Sequence[MenuEntry]:
        """The pages that stand at the foot."""
        return [entry for entry in self.menu if entry.position >= UTILITY_FROM]

    @property
    def about_people(self) -> MenuEntry | None:
        """The page about the practitioners; None while there are none."""
        return next((entry for entry in self.menu if entry.layout in ABOUT_PEOPLE), None)


@register.simple_tag
def site_frame() -> Frame:
    """`{% site_frame as frame %}`: five queries."""
    clinic = Clinic.objects.prefetch_related("locations__hours", "closures").first()
    return Frame(menu(), remember(clinic))


@register.simple_tag
def around(page: Page, frame: Frame) -> Mapping[str, MenuEntry | None]:
    """`{% around page frame as near %}`: near.previous and near.next along the natural path."""
    previous, following = neighbours(page, frame.menu)
    return {"previous": previous, "next": following}


@register.simple_tag
def window_title(page: Reading, frame: Frame) -> str:
    """`{% window_title page frame %}`: the title with the clinic's name, while both fit in a search result."""
    title = page.revision.title
    whole = f"{title} | {frame.clinic.name if frame.clinic else NAMELESS}"
    return whole if len(whole) <= LONGEST_TITLE else title


@register.simple_tag
def fibre_picture(count: int, gap: float, x: float, middle: float) -> Mapping[str, Any]:
    """The motif as one curve and the transforms that place it."""
    placed = fibres(count=count, gap=gap, middle=middle)
    return {"curve": CURVE, "x": x, "y": middle, "uses": [fibre.transform(x) for fibre in placed]}


class StructuredData(template.Node):
    """The page's JSON-LD. What could end the element early is written as an escape."""

    def render(self, context: template.Context) -> str:
        frame = context["frame"]
        told = structured_data(context["page"], clinic=frame.clinic, site_url=frame.site_url)
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'


@register.tag(name="structured_data")
def structured_data_tag(parser: template.base.Parser, token: template.base.Token) -> StructuredData:
    """`{% structured_data %}`: what the page in the context tells machines."""
    return StructuredData()


class Styles(template.Node):
    """The CSS of a kind of page as it stands; the policy allows it by the hash of these very bytes."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def render(self, context: template.Context) -> str:
        return f"<style>{settings.SITE_STYLES[self.kind].text}</style>"


@register.tag
def styles(parser: template.base.Parser, token: template.base.Token) -> Styles:
    """`{% styles %}`: those of a plain page, in the page, which is one request; `{% styles home %}`: of that kind."""
    return Styles(*token.split_contents()[1:])


class Prefetching(template.Node):
    """The speculation rules as they stand; the policy allows them by the hash of these very bytes."""

    def render(self, context: template.Context) -> str:
        return f'<script type="speculationrules">{RULES}</script>'


@register.tag(name="prefetching")
def prefetching_tag(parser: template.base.Parser, token: template.base.Token) -> Prefetching:
    """`{% prefetching %}`: the next page of the site is fetched when a finger or pointer nears its link."""
    return Prefetching()
