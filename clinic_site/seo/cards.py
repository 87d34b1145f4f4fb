"""The picture that others show when a page is shared: its title in the site's own look.

1200 x 630, the motif drawn tight around its point below the title. The letters are Noto Serif, a part
of which is in fonts/ under its SIL Open Font License, so that every machine draws the same card.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from clinic_site.seo.drawing import INK, PINE, SCALE, Pen, dot, mark, png, reduced, sheet, stroke
from clinic_site.seo.fibres import fibres, points

WIDTH, HEIGHT = 1200, 630
DESIGN = "3"  # raise it when cards are drawn differently, so that they get new addresses
FONT = Path(__file__).parent / "fonts" / "NotoSerif-Regular.ttf"
LEFT, TOP, ROOM = 80, 70, 1040  # where the words begin, and how wide they may run
TITLE_TOP, TITLE_BOTTOM = 134, 412  # the title stands between the name and the fibres
SIZES = (96, 88, 80, 72, 64, 58, 52, 46)  # the title takes the first that fits
LONGEST_NAME = 60  # characters


@dataclass(frozen=True)
class Card:
    """What a card says."""

    title: str
    name: str

    @property
    def hash(self) -> str:
        """Sixteen hex digits that change with what the card says and with how it is drawn."""
        said = "\0".join((DESIGN, self.title, self.name))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def draw(card: Card) -> bytes:
    """The card as a PNG, 60 kB or less; about a third of a second."""
    picture = sheet(WIDTH, HEIGHT)
    pen = ImageDraw.Draw(picture)
    _motif(pen)
    _name(pen, card.name)
    _title(pen, card.title)
    return png(reduced(picture))


def lines_of(title: str) -> tuple[int, Sequence[str]]:
    """The size of the letters in pixels and the lines of a title; one that never fits is cut short."""
    for size in SIZES:
        lines = _wrapped(title, size)
        if _height(lines, size) <= TITLE_BOTTOM - TITLE_TOP:
            return size, lines
    most = next(n for n in range(9, 0, -1) if _height(lines[:n], size) <= TITLE_BOTTOM - TITLE_TOP)
    return size, [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:')[:60]} …"]


def _wrapped(title: str, size: int) -> list[str]:
    """The words in as few lines as they need, and those of about the same length."""
    fewest = len(_broken(title, size, ROOM))
    width = ROOM
    while width > ROOM // 2 and len(_broken(title, size, width - 20)) == fewest:
        width -= 20
    return _broken(title, size, width)


def _broken(title: str, size: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in _words(title, size):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _words(title: str, size: int) -> list[str]:
    """The words; one that is wider than the card in pieces."""
    words = []
    for word in title.split():
        while _font(size).getlength(word) > ROOM:
            cut = next(
                n for n in range(len(word), 0, -1) if _font(size).getlength(word[:n]) <= ROOM
            )
            words.append(word[:cut])
            word = word[cut:]
        words.append(word)
    return words


def _leading(size: int) -> float:
    return size * 1.18


def _height(lines: Sequence[str], size: int) -> float:
    """From above the first line to below the last one's tails."""
    return (len(lines) - 1) * _leading(size) + 1.36 * size


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def _title(pen: Pen, title: str) -> None:
    size, lines = lines_of(title)
    top = TITLE_TOP + (TITLE_BOTTOM - TITLE_TOP - _height(lines, size)) / 2
    for place, line in enumerate(lines):
        at = (LEFT * SCALE, (top + place * _leading(size)) * SCALE)
        pen.text(at, line, fill=INK, font=_font(size * SCALE))


def _name(pen: Pen, name: str) -> None:
    mark(pen, LEFT, TOP, 52)
    at = ((LEFT + 72) * SCALE, (TOP + 26) * SCALE)
    pen.text(at, name[:LONGEST_NAME], fill=PINE, font=_font(32 * SCALE), anchor="lm")


def _motif(pen: Pen) -> None:
    """The fibres from edge to edge, and some way beyond the foot of the card."""
    x, y = 850, 552
    for fibre in fibres(count=10, gap=22, middle=y, pull=0.8):
        line = points(fibre, 0, steps=40)
        stretch = 900 / max(abs(u) for u, _ in line)
        stroke(pen, [(x + u * stretch, v) for u, v in line], width=3)
    dot(pen, x, y, 14)
