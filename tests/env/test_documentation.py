"""docs/operations.md tells of every variable, and of none that is not there."""

import re

from clinic_site.env import BASE_DIR, VARIABLES


def test_the_table_has_every_variable_and_no_other() -> None:
    text = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.MULTILINE)) == sorted(VARIABLES)
