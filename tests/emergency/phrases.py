"""The phrases that the matchers are held against, here and in the browser."""

import json
from pathlib import Path

from clinic_site.emergency.levels import NAMED

LEVELS = {name: int(level) for name, level in NAMED.items()}
DATA = Path(__file__).parent.parent / "data"
# Those of the clinicians, as many that were written before the rules and not looked at while they were made, and those
# of others who did not know the rules: at first sight the rules knew 47 of 60, and 35 of 39; each file says more
LISTS = (
    "urgent_phrases.json",
    "urgent_hold_out.json",
    "urgent_hold_out_2.json",
    "urgent_hold_out_3.json",
)


def urgent() -> list[tuple[str, str]]:
    """(what is typed, the name of its level)."""
    return [(one["typed"], one["level"]) for said in _lists() for one in said["urgent"]]


def harmless() -> list[str]:
    """What must not alarm."""
    return [typed for said in _lists() for typed in said["not_urgent"]]


def _lists() -> list[dict]:
    return [json.loads((DATA / name).read_text(encoding="utf-8")) for name in LISTS]
