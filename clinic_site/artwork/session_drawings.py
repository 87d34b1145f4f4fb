"""Drawings of a first session in the site's own hand: lines of pine, and the dot where it hurts.

Each is an SVG of 240 by 120. What it shows stands in words below it, so to a screen reader it is silent.
"""

WIDTH, HEIGHT = 240, 120
MILLIMETRE = 15  # of the close look at a hair, a needle and a match
HAIR, NEEDLE, HANDLE, MATCH, MATCH_HEAD = 0.07, 0.3, 1.1, 2.0, 2.7  # how thick, in millimetres
HEAD = 12
TABLE = '<path d="M22 84H218M46 84V112M194 84V112"/>'


def session_drawings() -> dict[str, str]:
    """Every drawing by what it shows."""
    drawn = {"talk": _talk(), "position": _position(), "needle": _needle(), "rest": _rest()}
    return {name: _svg(shapes) for name, shapes in drawn.items()}


def _svg(shapes: str) -> str:
    return (
        f'<svg class="drawing" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{shapes}</svg>\n'
    )


def _person(x: int) -> str:
    """Somebody who sits, from the front."""
    return (
        f'<circle class="body" cx="{x}" cy="52" r="{HEAD}"/>'
        f'<path class="body" d="M{x - 27} 112C{x - 27} 84 {x - 16} 70 {x} 70S{x + 27} 84 {x + 27} 112"/>'
    )


def _talk() -> str:
    words = '<path d="M104 22h38M104 32h26"/>'
    outline = (
        "M98 10H150a8 8 0 0 1 8 8V36a8 8 0 0 1-8 8H112L96 54 99 44a8 8 0 0 1-9-8V18a8 8 0 0 1 8-8Z"
    )
    bubble = f'<path class="paper" d="{outline}"/>'
    board = '<path class="paper" d="M136 84h24v28H136Z"/><path d="M142 94h12M142 102h8"/>'
    return _person(64) + _person(182) + bubble + words + board


def _position() -> str:
    lying = "M70 66C86 54 112 56 132 64 150 58 162 60 172 70L214 78Q218 84 212 84H66Q60 72 70 66Z"
    return (
        f'{TABLE}<circle class="body" cx="50" cy="71" r="{HEAD}"/><path class="body" d="{lying}"/>'
        '<path d="M86 72C88 86 84 96 78 104"/><circle class="dot" cx="110" cy="63" r="4.5"/>'
    )


def _needle() -> str:
    """Beside each other to one scale, as with a magnifying glass."""
    shaft, grip = NEEDLE * MILLIMETRE / 2, HANDLE * MILLIMETRE / 2
    stick, tip = MATCH * MILLIMETRE / 2, MATCH_HEAD * MILLIMETRE / 2
    return (
        f'<path stroke-width="{round(HAIR * MILLIMETRE, 1)}" d="M52 4C46 32 58 62 50 98"/>'
        f'<path class="solid" d="M{120 - grip} 4h{2 * grip}v42h-{2 * grip}Z'
        f'M{120 - shaft} 46h{2 * shaft}V88L120 98 {120 - shaft} 88Z"/>'
        f'<path class="body" d="M{188 - stick} 48V98h{2 * stick}V48"/>'
        f'<ellipse class="solid" cx="188" cy="30" rx="{tip}" ry="26"/>'
        '<text x="50" y="115">hair</text><text x="120" y="115">needle</text><text x="188" y="115">match</text>'
    )


def _rest() -> str:
    blanket = "M74 84C78 62 104 60 134 62 168 58 196 62 214 84Z"
    clock = '<circle class="paper" cx="186" cy="28" r="18"/><path d="M186 16V28L194 33"/>'
    return (
        f'{TABLE}<path class="paper" d="M30 74Q30 70 36 70H64Q70 70 70 76V84H30Z"/>'
        f'<circle class="body" cx="54" cy="62" r="{HEAD}"/><path class="body" d="{blanket}"/>{clock}'
    )
