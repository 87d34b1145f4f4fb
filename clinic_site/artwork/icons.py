"""The icons that browsers and phones show for the site: the mark on paper, in the sizes they ask for."""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from clinic_site.artwork.body_map import body_map
from clinic_site.artwork.drawing import PINE, mark, mark_svg, png, reduced, sheet
from clinic_site.artwork.session_drawings import session_drawings
from clinic_site.artwork.share_image import share_image
from clinic_site.progress.steps import each

FULL, APPLE, MASKED = (
    0.84,
    0.72,
    0.56,
)  # shares of the width; of a masked icon only the middle is sure to show
ICO_SIZES = (16, 32, 48)
LARGE = (192, 512)


def pictures() -> Mapping[str, bytes]:
    """Every picture as its place in the repository to its content."""
    drawn: dict[str, bytes] = {}
    for draw in each((_placed_icons, _sketches, _share, _marks), "Drawing"):
        drawn |= draw()
    return drawn


def _placed_icons() -> Mapping[str, bytes]:
    return {f"static/img/{name}": content for name, content in icons().items()}


def _sketches() -> Mapping[str, bytes]:
    return {
        f"templates/_components/drawings/{name}.svg": drawing.encode()
        for name, drawing in session_drawings().items()
    }


def _share() -> Mapping[str, bytes]:
    return {"static/img/share.png": share_image()}


def _marks() -> Mapping[str, bytes]:
    xmlns = 'xmlns="http://www.w3.org/2000/svg" '
    return {
        "static/img/mark.svg": mark_svg(PINE, attributes=xmlns).encode(),
        "templates/_components/mark.svg": mark_svg("currentColor").encode(),
        "templates/_components/body_map.svg": body_map().encode(),
    }


def icons() -> Mapping[str, bytes]:
    """Every icon as file name to content."""
    files = {f"icon-{size}.png": png(_icon(size, FULL)) for size in LARGE}
    files["icon-maskable-512.png"] = png(_icon(512, MASKED))
    files["apple-touch-icon.png"] = png(_icon(180, APPLE))
    files["favicon.ico"] = _ico()
    return files


def _icon(size: int, share: float) -> Image.Image:
    picture = sheet(size, size)
    margin = size * (1 - share) / 2
    mark(ImageDraw.Draw(picture), margin, margin, size * share)
    return reduced(picture)


def _ico() -> bytes:
    file = io.BytesIO()
    pictures = [_icon(size, 1.0).convert("RGBA") for size in ICO_SIZES]
    largest = pictures[-1]
    sizes = [(size, size) for size in ICO_SIZES]
    largest.save(file, "ICO", sizes=sizes, append_images=pictures[:-1], bitmap_format="png")
    return file.getvalue()
