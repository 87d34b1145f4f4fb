"""Template tags of patient pages: the frame, titles, structured data, styles and the motif."""

import json
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import strip_tags

from clinic_site.artwork.fibres import CURVE, fibres
from clinic_site.artwork.qr import qr_code
from clinic_site.clinic.clinic_fallback import NAMELESS
from clinic_site.markup import whole_numbers
from clinic_site.pagecache.prefetching import RULES
from clinic_site.pages.models import Page
from clinic_site.pages.rendering.navigation import MenuEntry, neighbours
from clinic_site.pages.rendering.page_view import Reading
from clinic_site.pages.rendering.site_frame import Frame, read_frame
from clinic_site.pages.rendering.structured_data import structured_data
from clinic_site.pages.rendering.visit_sheet import visit_sheet
from clinic_site.pages.symptoms import parts
from clinic_site.pages.warning_cards import read_at

register = template.Library()
register.filter(whole_numbers)
register.simple_tag(read_frame, name="site_frame")  # {% site_frame as frame %}
register.simple_tag(read_at, name="where_read")  # {% where_read page as address %}
register.simple_tag(parts, name="symptom_parts")  # {% symptom_parts page.document as parts %}
register.simple_tag(visit_sheet)  # {% visit_sheet page as parts %}
register.simple_tag(qr_code)  # {% qr_code address as code %}
CARD_TITLE = re.compile(r'<p class="note-title">(.*?)</p>', re.DOTALL)
LONGEST_TITLE = 60  # characters; search engines cut longer ones
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def around(page: Page, frame: Frame) -> Mapping[str, MenuEntry | None]:
    """`{% around page frame as near %}`: near.previous and near.next along the natural path."""
    previous, following = neighbours(page, frame.menu)
    return {"previous": previous, "next": following}


@register.simple_tag
def window_title(page: Reading, frame: Frame) -> str:
    """`{% window_title page frame %}`: the title with the clinic's name, while both fit in a search result.

    A page with a `search_title` says what search engines show, and where.
    """
    title: str = page.revision.details.get("search_title") or page.revision.title
    whole = f"{title} | {frame.clinic.name if frame.clinic else NAMELESS}"
    return whole if len(whole) <= LONGEST_TITLE else title


@register.filter
def card_titles(html: str) -> Sequence[str]:
    """`{{ item.html|card_titles }}`: whom the warning cards in it say to turn to, and what for."""
    return [whole_numbers(unescape(strip_tags(title))) for title in CARD_TITLE.findall(html)]


@register.simple_tag
def fibre_picture(count: int, gap: float, x: float, middle: float) -> Mapping[str, Any]:
    """The motif as one curve and the transforms that place it."""
    placed = fibres(count=count, gap=gap, middle=middle)
    return {"curve": CURVE, "x": x, "y": middle, "uses": [fibre.transform(x) for fibre in placed]}


@register.filter
def drawing(shows: str) -> str:
    """`{% include one.shows|drawing %}`: the template of a drawing by what it shows."""
    return f"_components/drawings/{shows}.svg"


class StructuredData(template.Node):
    """The page's JSON-LD. What could end the element early is written as an escape."""

    def render(self, context: template.Context) -> str:
        frame = context["frame"]
        graph = structured_data(context["page"], clinic=frame.clinic, site_url=frame.site_url)
        text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
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


@register.simple_tag
def keeps_pages() -> bool:
    """`{% keeps_pages as is_keeping %}`: whether browsers may keep pages for when there is no connection."""
    return bool(settings.OFFLINE_PAGES)
