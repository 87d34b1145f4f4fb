"""Every statement of the seed stands on the page it belongs to, word for word and in order."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests.reading_text import words_of

SEED = json.loads(
    (Path(__file__).parent.parent / "data" / "seed_statements.json").read_text("utf-8")
)
PAGES = {
    "site": "/",
    "intro": "/",
    "about": "/what-is-ims/",
    "benefits": "/benefits/",
    "indications": "/conditions/",
    "consider": "/is-it-for-me/",
    "session": "/first-session/",
    "frequency": "/how-often/",
}
ATOMS = {atom["id"]: atom for atom in SEED["atoms"]}


def page_of(atom: dict[str, str]) -> str:
    return PAGES[atom["id"].partition(".")[0]]


@pytest.fixture
def pages(client: Client, published: None) -> dict[str, str]:
    """The words of each seed page by its address."""
    return {path: words_of(client.get(path).content.decode()) for path in set(PAGES.values())}


def test_the_copy_of_the_seed_is_whole() -> None:
    assert len(ATOMS) == SEED["meta"]["counts"]["atoms"] == 153


def test_every_statement_stands_on_its_page(pages: dict[str, str]) -> None:
    missing = [i for i, atom in ATOMS.items() if atom["text"] not in pages[page_of(atom)]]
    assert missing == []


@pytest.mark.parametrize("path", sorted(set(PAGES.values()) - {"/", "/conditions/"}))
def test_the_statements_of_a_page_keep_the_order_of_the_seed(
    pages: dict[str, str], path: str
) -> None:
    place = 0
    for atom in ATOMS.values():
        if page_of(atom) == path:
            place = pages[path].find(atom["text"], place)
            assert place >= 0, f"{atom['id']} does not come after the one before it"
            place += len(atom["text"])


def test_each_label_is_followed_by_its_text(pages: dict[str, str]) -> None:
    apart = []
    for atom in ATOMS.values():
        follower = ATOMS.get(atom.get("followed_by", ""))
        if follower is None or page_of(atom) == "/conditions/":
            continue
        words, label = pages[page_of(atom)], atom["text"]
        after = words[words.index(label) + len(label) :]
        if follower["text"] not in after:
            apart.append(atom["id"])
    assert apart == []
