"""The picture that others show when a page is shared: the motif, drawn tight around its point. 1200 x 630 pixels."""

from PIL import ImageDraw

from clinic_site.artwork.drawing import dot, png, reduced, sheet, stroke
from clinic_site.artwork.fibres import fibres, points

WIDTH, HEIGHT = 1200, 630


def share_image() -> bytes:
    """The picture as a PNG."""
    picture = sheet(WIDTH, HEIGHT)
    pen = ImageDraw.Draw(picture)
    x, y = 720, HEIGHT / 2
    for fibre in fibres(count=13, gap=40, middle=y):
        line = points(fibre, 0, steps=60)
        stretch = 900 / max(abs(u) for u, _ in line)
        stroke(pen, [(x + u * stretch, v) for u, v in line], width=4)
    dot(pen, x, y, 22)
    return png(reduced(picture))
