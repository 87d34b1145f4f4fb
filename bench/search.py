"""Searches among 10,000 passages, beside a page view through Django."""

import random
import statistics
import string
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench.figures import Part, short
from bench.views import PAGE, PAGE_VIEW, Viewer, analyse, databases, fill
from clinic_site.search.index.indexing import bring_up_to_date
from clinic_site.search.models import Passage, Word

PASSAGES, LINES, ROUNDS, AGAIN = 10_000, 1_000, 30, 9
MEDIAN, SLOWEST = 1.5, 5
SLOW = 20  # lines that are looked for again, so that what is told is the line and not the moment
SEED = 2026
# As patients type: a word, a question, beginnings, slips, nothing to find; the last two stand on every added page.
SEARCHES = (
    "needle",
    "shoulder",
    "does it hurt",
    "lateral epicondylitis",
    "blood thin",
    "sholder",
    "pregnancy icbc",
    "xylophone",
    "gently",
    "rest move gently",
)


def measure() -> Part:
    """Medians in turns with the page view, then every random line once and the slowest of them again."""
    part = Part("Search")
    with tempfile.TemporaryDirectory() as name, databases():
        _fill(Path(name) / "search.sqlite3")
        passages, viewer = Passage.objects.count(), Viewer()
        page, times = _typed(viewer)
        line, slowest = _slowest(viewer)
    usual, each = statistics.median(page), [one for took in times.values() for one in took]
    middle = statistics.median(each)
    part.at_most("search, median", middle / usual, MEDIAN, " x", beside=PAGE_VIEW)
    part.at_most(
        f"search, slowest of {LINES:,} random lines",
        slowest / usual,
        SLOWEST,
        " x",
        beside=PAGE_VIEW,
    )
    medians = {f"“{what}”": statistics.median(took) for what, took in times.items()}
    medians[f"the slowest line: {_shown(line)}"] = slowest
    part.heads = ("through Django", "median ms", "against a page view")
    part.rows.append((PAGE_VIEW, short(usual), "1.00 x"))
    for what, took in medians.items():
        part.rows.append((what, short(took), f"{short(took / usual)} x"))
    part.notes.append(
        f"{passages:,} passages; the median is of all searches of the table, {ROUNDS} of each. The {SLOW} slowest of"
        f" the random lines (seed {SEED}) are looked for {AGAIN} times more; a line's time is the median of those."
    )
    return part


def _fill(database: Path) -> None:
    fill(database, 0)
    bring_up_to_date()
    shipped = Passage.objects.count()
    # An added page is a passage of its own and has a section, which is another.
    fill(database, (PASSAGES - shipped + 1) // 2)
    bring_up_to_date()
    analyse()


def _typed(viewer: Viewer) -> tuple[list[float], dict[str, list[float]]]:
    page: list[float] = []
    times: dict[str, list[float]] = {what: [] for what in SEARCHES}
    for turn in range(-1, ROUNDS):
        for what, took in times.items():
            view, found = viewer.view(PAGE), viewer.view(address(what))
            if turn >= 0:
                page.append(view)
                took.append(found)
    return page, times


def _slowest(viewer: Viewer) -> tuple[str, float]:
    once = {line: viewer.view(address(line)) for line in random_lines()}
    slow = sorted(once, key=lambda line: -once[line])[:SLOW]
    times = {
        line: statistics.median(viewer.view(address(line)) for _ in range(AGAIN)) for line in slow
    }
    line = max(times, key=lambda one: times[one])
    return line, times[line]


def random_lines() -> list[str]:
    """Words that stand somewhere, mistyped, begun, signs of many scripts, long and short; the same each time."""
    dice = random.Random(SEED)
    words = sorted(Word.objects.values_list("word", flat=True))
    kinds = (
        lambda: dice.choice(words),
        lambda: _mistyped(dice, dice.choice(words)),
        lambda: dice.choice(words)[: dice.randint(1, 4)],
        lambda: "".join(dice.choices(string.ascii_lowercase, k=dice.randint(1, 30))),
        lambda: "".join(dice.choices(string.printable.strip(), k=dice.randint(1, 12))),
        lambda: "".join(chr(dice.randint(0xA0, 0x2FFF)) for _ in range(dice.randint(1, 12))),
    )
    lengths = (1, 2, 3, 5, 8, 40, 200)
    return [
        " ".join(dice.choice(kinds)() for _ in range(dice.choice(lengths))) for _ in range(LINES)
    ]


def _mistyped(dice: random.Random, word: str) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(string.ascii_lowercase) + word[at + dice.randint(0, 1) :]


def address(line: str) -> str:
    """Where the search of this line is."""
    return f"/search/?q={quote(line)}"


def _shown(line: str) -> str:
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in line)
    return f"“{' '.join(plain.split())[:40]}…”, {len(line)} characters"
