"""The body map: a figure from the front and from behind, each area a link to its place on the page.

One half is drawn and mirrored. The areas lie as rough shapes under a sheet of paper with the figure cut out of it,
so each of them ends exactly at the outline. The list beside the map says the same in words.
"""

from collections.abc import Iterator, Mapping

WIDTH, HEIGHT = 270, 340
FRONT, BACK, CAPTION = 66, 204, 336  # the middle of each figure; the height of the words below
OUTLINE = (
    "M0 4C8 4 13.5 11 13.5 21 13.5 29 11 36 7 40V47",  # head and neck
    "C8 53 15 55 22 57.5 32 60 39 65 41 76",  # shoulder
    "C43 88 42 95 44 106 46 117 49 124 51 136 53 148 54 158 56 166",  # arm, outside
    "59 172 63 178 62 187 61 196 58 202 54 201 49 200 48 192 49 184 48 178 48 172 47 165",  # hand
    "45 154 42 147 39.5 136 37 124 36 118 33.5 108 32 101 30.5 95 29.5 88",  # arm, inside
    "C29 97 27 105 26 112 25 120 24.5 127 26 135 29 145 33 156 33 172",  # trunk and hip
    "33 190 29 204 26.5 222 26 231 27.5 240 27.5 250 27.5 266 21 280 19.5 298",  # leg, outside
    "20 304 25 309 25.5 314 25.5 318 22 318.5 18 318.5H9C6.5 318.5 6.5 316 7 313",  # foot
    "8 308 9 304 8.5 298 8 282 4.5 268 5 252 5 242 6.5 232 6 222 5 204 2.5 186 0 170",  # leg, inside
)
SHEET = "M0-2H68V322H0Z"
BOTH_SIDES = {
    "hip-leg": "M-.4 141H40V222.5H-.4ZM-.4 252H36V296H-.4Z",
    "arm-hand": "M29.5 90H66V206H40L29.5 120Z",
    "head-neck": "M-.4 0H24V48L13 54.5C8 52.5 4 53.5-.4 53.5Z",
    "shoulder": "M15 55.5L26 46H50V88.2H29.5C29 76 21 66 10.5 59.5Z",
    "knee": "M-.4 224.5H36V250H-.4Z",
    "foot": "M-.4 298H36V320H-.4Z",
}
BEHIND = {"back": "M-.4 55.5C4 55.5 6 59 8 60.5 19 67 26.3 76 27.3 88.5L29 139H-.4Z"}


def body_map() -> str:
    """The map as an element of a page; an area's link leads to the anchor that is its slug."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    outline = "".join(part if part[0].isalpha() else f" {part}" for part in OUTLINE)
    yield f'<svg class="body-map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
    yield (
        f'<defs><path id="half" d="{outline}"/>'
        f'<path id="around-half" fill-rule="evenodd" d="{SHEET}{outline}"/>'
    )
    *shapes, last = (
        f'<path id="map-{area}" d="{shape}"/>' for area, shape in (BOTH_SIDES | BEHIND).items()
    )
    yield from (*shapes, f"{last}</defs>")
    yield from _figure(FRONT, BOTH_SIDES)
    yield from _figure(BACK, BOTH_SIDES | BEHIND)
    yield f'<text x="{FRONT}" y="{CAPTION}">Front</text><text x="{BACK}" y="{CAPTION}">Back</text>'
    yield "</svg>"


def _figure(middle: int, areas: Mapping[str, str]) -> Iterator[str]:
    yield f'<g transform="translate({middle} 0)"><g class="body-shape">{_both("half")}</g>'
    for area in areas:
        yield f'<a href="#{area}" tabindex="-1">{_both(f"map-{area}")}</a>'
    around, line = _both("around-half"), _both("half")
    yield f'<g class="body-around">{around}</g><g class="body-line">{line}</g></g>'


def _both(half: str) -> str:
    """A half and its mirror image."""
    return f'<use href="#{half}"/><use href="#{half}" transform="scale(-1 1)"/>'
