"""Which part of a picture is kept when it is cropped to a shape. Pure."""

from dataclasses import dataclass

# What it is for -> width to height
SHAPES = {
    "4:5": (4, 5),
    "1:1": (1, 1),
    "3:2": (3, 2),
    "16:9": (16, 9),
}
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture: its shape, how much of the most that fits (per cent), and where it lies.

    across, down: per cent of the room that is left over; 0 is the left and the top, 50 the middle.
    """

    shape: str
    across: int = 50
    down: int = 50
    share: int = 100

    def box(self, width: int, height: int) -> Box:
        """The part of a picture of that size, one pixel at least."""
        wide, high = SHAPES[self.shape]
        scale = min(width / wide, height / high) * self.share / 100
        kept = max(1, round(wide * scale)), max(1, round(high * scale))
        left = round((width - kept[0]) * self.across / 100)
        top = round((height - kept[1]) * self.down / 100)
        return left, top, left + kept[0], top + kept[1]
