"""Puts a rendered text together as a tree: sections, their items, their points."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from clinic_site.markup.document import CallOut, Item, Point, Section
from clinic_site.markup.output import BulletMet, CallOutMet, HeadingMet, Met, Parts, PointMet, Span


@dataclass(slots=True)
class _Stretch:
    """What stands between one heading of the outline and the next."""

    heading: HeadingMet | None
    start: int
    end: int = 0
    points: list[PointMet] = field(default_factory=list)
    bullets: list[Span] = field(default_factory=list)
    call_outs: list[CallOutMet] = field(default_factory=list)
    items: list["_Stretch"] = field(default_factory=list)

    @property
    def summaries(self) -> list[Span]:
        return [one.span for one in self.call_outs if one.kind == "SUMMARY"]


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document: what stands before its first section, and the sections."""

    summary: SafeString
    lead: SafeString
    text: str
    points: tuple[Point, ...]
    sections: tuple[Section, ...]


def build(met: list[Met], start: int, end: int, parts: Parts) -> Outline:
    """The tree of a text that was rendered between the marks start and end."""
    stretches = _stretches(met, start, end)
    lead = stretches[0]
    return Outline(
        summary=parts.html(*lead.summaries),
        lead=parts.html(*_without(lead.summaries, lead.start, lead.end)),
        text=parts.text((lead.start, lead.end)),
        points=_points(lead, parts),
        sections=tuple([_section(stretch, parts) for stretch in stretches[1:]]),
    )


def _stretches(met: list[Met], start: int, end: int) -> list[_Stretch]:
    """The lead and one stretch per section, each ending where the next begins."""
    sections = [_Stretch(None, start)]
    now = sections[0]
    for thing in met:
        if isinstance(thing, PointMet):
            now.points.append(thing)
        elif isinstance(thing, BulletMet):
            now.bullets.append(thing.span)
        elif isinstance(thing, CallOutMet):
            now.call_outs.append(thing)
        elif thing.level == 2:
            now.end = thing.start
            now = _Stretch(thing, thing.end)
            sections.append(now)
        elif thing.level == 3 and len(sections) > 1:
            now.end = thing.start
            now = _Stretch(thing, thing.end)
            sections[-1].items.append(now)
    now.end = end
    return sections


def _section(stretch: _Stretch, parts: Parts) -> Section:
    heading, last = stretch.heading, (stretch.items or [stretch])[-1]
    if heading is None:
        raise ValueError("a section begins with its heading")
    return Section(
        title=parts.text(heading.title),
        title_html=parts.html(heading.title),
        anchor=heading.anchor,
        line=heading.line,
        summary=parts.html(*stretch.summaries),
        lead=parts.html(*_without(stretch.summaries, stretch.start, stretch.end)),
        items=tuple([_item(item, parts) for item in stretch.items]),
        html=parts.html((stretch.start, last.end)),
        text=parts.text((stretch.start, last.end)),
        points=_points(stretch, parts),
        bullets=_each(stretch.bullets, parts),
        call_outs=tuple(
            [
                CallOut(one.kind, parts.html(one.span), _each(one.bullets, parts))
                for one in stretch.call_outs
            ]
        ),
    )


def _item(stretch: _Stretch, parts: Parts) -> Item:
    heading = stretch.heading
    if heading is None:
        raise ValueError("an item begins with its heading")
    return Item(
        title=parts.text(heading.title),
        title_html=parts.html(heading.title),
        anchor=heading.anchor,
        line=heading.line,
        html=parts.html((stretch.start, stretch.end)),
        text=parts.text((stretch.start, stretch.end)),
        points=_points(stretch, parts),
        bullets=_each(stretch.bullets, parts),
    )


def _each(spans: list[Span], parts: Parts) -> tuple[SafeString, ...]:
    return tuple([parts.html(span) for span in spans])


def _points(stretch: _Stretch, parts: Parts) -> tuple[Point, ...]:
    return tuple(
        [
            Point(
                label=parts.text(point.label),
                html=parts.html(*point.bodies),
                bodies=_each(point.bodies, parts),
                text=parts.text(*point.bodies),
                anchor=point.anchor,
                line=point.line,
            )
            for point in stretch.points
        ]
    )


def _without(taken: list[Span], start: int, end: int) -> list[Span]:
    """The spans that are left between two marks when some are taken out, in order."""
    left = []
    for taken_start, taken_end in taken:
        left.append((start, taken_start))
        start = taken_end
    return [*left, (start, end)]
