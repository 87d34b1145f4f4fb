"""Colours are written down once: in the tokens, which the other styles name."""

import re
from pathlib import Path

from clinic_site.env import BASE_DIR

STATIC = BASE_DIR / "static"
PUBLIC, STAFF = STATIC / "css" / "tokens.css", STATIC / "admin_site" / "tokens.css"
HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
COLOUR = re.compile(HEX.pattern + r"|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)")


def colours_outside_tokens(folder: Path) -> dict[str, list[str]]:
    """Values, not selectors: `#content a` names an element."""
    found = {}
    for path in {*folder.rglob("*.css")} - {PUBLIC, STAFF}:
        values = re.findall(r":([^;{}]+)[;}]", COMMENT.sub("", path.read_text("utf-8")))
        colours = [colour for value in values for colour in COLOUR.findall(value)]
        if colours:
            found[str(path)] = colours
    return found


def test_no_colour_is_written_outside_the_tokens() -> None:
    assert colours_outside_tokens(STATIC) == {}


def test_a_colour_in_a_rule_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text(
        "#add a { color: var(--ink) } p { color: #FFF; fill: rgb(0 0 0) }"
    )
    assert colours_outside_tokens(tmp_path) == {str(tmp_path / "one.css"): ["#FFF", "rgb("]}


def test_staff_and_patients_see_the_same_colours() -> None:
    light, dark = PUBLIC.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    public = {
        name: (lit, dict(re.findall(r"--([\w-]+): (#\w+);", dark.split("@media")[0]))[name])
        for name, lit in re.findall(r"--([\w-]+): (#\w+);", light)
    }
    staff = {name: (lit, unlit) for name, lit, unlit in PAIR.findall(STAFF.read_text("utf-8"))}
    shared = public.keys() & staff.keys()
    assert len(shared) > 9
    assert {name: staff[name] for name in shared} == {name: public[name] for name in shared}
