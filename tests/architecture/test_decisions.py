"""docs/decisions/README.md lists every decision by what it decided, with its status as the decision itself has it."""

import re
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR

FOLDER = BASE_DIR / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
TITLE = re.compile(r"# (\d{4})\. (.+)")
STATUS = re.compile(r"^Status: (superseded|amended) by (?:\[(\d{4})\]\((\S+\.md)\))?", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:\s]+\.md)[^)]*\)")


def row(path: Path) -> str:
    """The line of the list for a decision."""
    text = path.read_text(encoding="utf-8")
    title, status = TITLE.match(text), STATUS.search(text)
    assert title, f"{path.name} begins with something else than “# NNNN. What was decided”"
    words = "in force"
    if status:
        words = f"{status[1]} by {f'[{status[2]}]({status[3]})' if status[2] else 'a library'}"
    return f"| {title[1]} | [{title[2]}]({path.name}) | {words} |"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_each_stands_in_the_list(path: Path) -> None:
    assert row(path) in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    assert row(path).startswith(f"| {path.name[:4]} |")


def test_the_list_has_no_others() -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| \d", line)]
    assert rows == [row(path) for path in DECISIONS]


def test_who_supersedes_or_amends_came_later() -> None:
    for path in DECISIONS:
        status = STATUS.search(path.read_text(encoding="utf-8"))
        if status and status[2]:
            assert status[2] > path.name[:4]
            assert status[3].startswith(status[2])


@pytest.mark.parametrize("path", [*DECISIONS, FOLDER / "README.md"], ids=lambda path: path.stem)
def test_links_between_decisions_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (FOLDER / link).is_file()] == []
