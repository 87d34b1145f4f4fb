"""A QR code as the numbers that a drawing needs; the template draws it. Pure."""

from dataclasses import dataclass
from io import StringIO

import segno

MARGIN = 4  # modules of quiet around the code, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class QrCode:
    """`size`: modules a side, margin included. `path`: SVG path data, one run of dark modules after the other."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text of at most 2,953 bytes; `segno.DataOverflowError` for a longer one."""
    rows = segno.make_qr(text, error="m").matrix
    runs = [
        f"M{start + MARGIN} {y + MARGIN}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    ]
    return QrCode(len(rows) + 2 * MARGIN, "".join(runs))


def qr_in_terminal(text: str) -> str:
    """The code of a text in block signs, to be scanned from a terminal."""
    drawn = StringIO()
    segno.make_qr(text, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
