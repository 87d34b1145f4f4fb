"""Drawing in the site's own look: paper and ink, pine strokes, one terracotta dot.

Everything is drawn at twice its size and made smaller, so that lines are smooth.
"""

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageColor, ImageDraw

from clinic_site.artwork.fibres import Point, bezier

PAPER, INK, PINE, DOT = "#fbf9f4", "#182420", "#0e4d45", "#b8432a"
SCALE = 2  # drawn so many times larger
SHADES = 16  # of each ink on paper: enough for smooth edges, and a small file
SIDE = 32  # of the square in which the mark is drawn
# The mark's lines from its left side to its middle: where each starts and ends in height, and how far its two
# handles reach. Its right side is their mirror image. Lines that meet in the middle would read as legs.
LINES = ((3, 6, 8, 11), (10, 11, 8, 11), (22, 21, 8, 11), (29, 26, 8, 11))
RADIUS = 3.5  # of its dot
STEPS = 200  # of half a line of the mark
Pen = ImageDraw.ImageDraw


def sheet(width: int, height: int) -> Image.Image:
    """Empty paper for a picture of that size in pixels."""
    return Image.new("RGB", (width * SCALE, height * SCALE), PAPER)


def reduced(picture: Image.Image) -> Image.Image:
    """The drawn sheet at its size, in the few colours that it has."""
    width, height = picture.size
    small = picture.resize((width // SCALE, height // SCALE), Image.Resampling.BOX)
    return small.quantize(palette=_palette(), dither=Image.Dither.NONE)


def png(picture: Image.Image) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def stroke(pen: Pen, line: Sequence[Point], *, width: float) -> None:
    """A line through the points."""
    scaled = [(u * SCALE, v * SCALE) for u, v in line]
    pen.line(scaled, fill=PINE, width=round(width * SCALE), joint="curve")


def dot(pen: Pen, x: float, y: float, radius: float, ink: str = DOT) -> None:
    """The trigger point."""
    box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
    pen.ellipse(box, fill=ink)


def mark(pen: Pen, x: float, y: float, size: float) -> None:
    """The clinic's mark, in a square whose corner is at (x, y)."""
    part = size / SIDE
    for start, end, out, back in LINES:
        curve = ((2, start), (out, start), (back, end), (SIDE / 2, end))
        for step in range(STEPS + 1):  # a round pen, so that the ends are round
            u, v = bezier(*curve, step / STEPS)
            dot(pen, x + u * part, y + v * part, part, PINE)
            dot(pen, x + (SIDE - u) * part, y + v * part, part, PINE)
    dot(pen, x + SIDE / 2 * part, y + SIDE / 2 * part, RADIUS * part)


def mark_svg(ink: str, *, attributes: str = "") -> str:
    """The same mark as an SVG element whose lines have that ink; `attributes` come first in its tag."""
    middle = SIDE // 2
    lines = "".join(
        f"M2 {start}C{out} {start} {back} {end} {middle} {end}S{SIDE - out} {start} {SIDE - 2} {start}"
        for start, end, out, back in LINES
    )
    return (
        f'<svg {attributes}viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true" fill="none" stroke="{ink}" '
        f'stroke-width="2" stroke-linecap="round"><path d="{lines}"/>'
        f'<circle cx="{middle}" cy="{middle}" r="{RADIUS}" fill="{DOT}" stroke="none"/></svg>\n'
    )


@cache
def _palette() -> Image.Image:
    """Each ink in its shades from paper to full."""
    paper = ImageColor.getrgb(PAPER)
    shades: list[int] = []
    for ink in (INK, PINE, DOT):
        full = ImageColor.getrgb(ink)
        for step in range(SHADES):
            part = step / (SHADES - 1)
            shades += (round(a + (b - a) * part) for a, b in zip(paper, full, strict=True))
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette
