"""Whatever stands in content/: a run ends in lines, and the pages that are live stay so."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from django.test import override_settings
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clinic_site.content_sync.report import LONGEST
from clinic_site.pages.layouts import COMMON, LAYOUTS
from clinic_site.pages.models import Page
from tests.at_length import examples
from tests.content_sync.folder import ContentFolder, live

KEYS = sorted({*COMMON, *(key for layout in LAYOUTS.values() for key in layout.details), "colour"})
SCRAPS = st.sampled_from(
    [
        *("---\n", "title: A\n", "layout: article\n", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n"),
        *(
            "||||||| a\n",
            "## Heading\n",
            "####### Seven\n",
            "[x](/a/)",
            "[x](//[)",
            "![x](image:9)",
        ),
        *(
            "[x](/static/../../x)",
            "[^1]: note",
            "> [!CALL]\n> Call.\n",
            "> " * 99,
            "[" * 99,
            "\x00",
        ),
        *(
            "\ufeff",
            "\r",
            "\u2028",
            "\u200b",
            "&a [*a]\n",
            "!!python/object:os.system x\n",
            "\t- x\n",
        ),
        *(
            "{a: " * 30,
            "<script>",
            "a: 0001-01-01\n",
            "9999-12-31",
            "| a | b |\n|---|---|\n",
            ": x\n",
        ),
    ]
)
ODD = st.sampled_from(
    [
        *(
            None,
            True,
            -1,
            10**30,
            10**300,
            0.0,
            float("inf"),
            float("nan"),
            "",
            " ",
            "\u200b",
            "9:00",
        ),
        *(
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "x" * 500,
            "09:00-17:00",
            "17:00-09:00",
            "knee",
        ),
        *("article", "home", "clinic", "condition", "phases", "faq", "question", "enquiry", "poem"),
    ]
)
PART = {
    "name",
    "street",
    "city",
    "province",
    "postal_code",
    "hours",
    "from",
    "to",
    "reason",
    "slug",
}
PARTS = st.sampled_from(
    sorted({*PART, "title", "label", "value", "section", "weeks_between", "monday"})
)
VALUES = st.recursive(
    ODD,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(PARTS, one, max_size=6),
    max_leaves=9,
)
FRONTS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6).map(
    lambda front: {"layout": "article", "title": "A"} | front
)
TEXTS = st.one_of(
    st.lists(SCRAPS, max_size=12).map(lambda parts: "".join(parts).encode()),
    st.builds(
        lambda front, body: f"---\n{yaml.safe_dump(front)}---\n\n{''.join(body)}\n".encode(),
        FRONTS,
        st.lists(SCRAPS, max_size=4),
    ),
    st.binary(max_size=60),
)
NAMES = st.sampled_from(
    [
        *(
            "a.md",
            "b.md",
            "a/index.md",
            "a/b.md",
            "index.md",
            "home.md",
            "clinic.md",
            "people.md",
            "A.md",
        ),
        *(
            "faq/index.md",
            "faq/a.md",
            "conditions/a.md",
            "book.md",
            "admin.md",
            "a b.md",
            "a\nb.md",
        ),
        *(
            "a.md~",
            "README.md",
            ".hidden",
            "photo.jpg",
            "x.md/in.md",
            "media.md",
            "a" * 210 + ".md",
        ),
        os.fsdecode(b"caf\xe9.md"),
    ]
)
KINDS: dict[str, Callable[[Path], object]] = {
    "loop": lambda path: path.symlink_to(path.name),
    "broken": lambda path: path.symlink_to("nothing"),
    "out": lambda path: path.symlink_to("/etc/passwd"),
    "twin": lambda path: path.symlink_to("safety.md"),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "pipe": lambda path: os.mkfifo(path),
    "folder": lambda path: path.mkdir(),
}
ENTRIES = st.dictionaries(NAMES, TEXTS | st.sampled_from(sorted(KINDS)), min_size=1, max_size=5)


def put(folder: Path, entries: dict[str, bytes | str]) -> None:
    """Make each entry; one whose place is taken by something else than a file is left out."""
    for name, what in entries.items():
        path = folder / name
        if path.is_symlink() or (path.exists() and not path.is_file()):
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(what, bytes):
                path.write_bytes(what)
            else:
                KINDS[what](path)
        except OSError:
            continue


class AnyFolder(TestCase):
    """A site with live pages meets two states of a folder, one after the other."""

    @pytest.fixture(autouse=True)
    def _log(self, caplog: pytest.LogCaptureFixture) -> None:
        self.log = caplog

    @given(first=ENTRIES, second=ENTRIES)
    @settings(max_examples=examples(40), phases=[Phase.explicit, Phase.generate])
    def test_ends_in_lines_and_leaves_the_site_alive(
        self, first: dict[str, bytes | str], second: dict[str, bytes | str]
    ) -> None:
        with TemporaryDirectory() as place:
            folder = Path(place, "content")
            self.enterContext(override_settings(CONTENT_DIR=folder, SHIPPED_CONTENT_DIR=folder))
            content = ContentFolder(folder)
            content.write("safety.md", "Words.")
            content.sync()
            for number, entries in enumerate((first, second)):
                content.write("safety.md", f"Words {number}.")
                put(content.path, entries)
                run = content.sync()
                assert bool(run.faults) == ("held back" in run.failure)
                for line in [*run.faults, *run.out.splitlines()]:
                    assert len(line) < 10 * LONGEST
                for fault in run.faults:
                    assert fault.startswith("content/")
                    assert ":" in fault.removeprefix("content/")
                assert live("safety").body == f"Words {number}."
            assert "could not be taken in" not in self.log.text
            for page in Page.objects.published():
                body = self.client.get(page.get_absolute_url()).content
                assert b"<<<<<<<" not in body
                assert b">>>>>>> b" not in body
