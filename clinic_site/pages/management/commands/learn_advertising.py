"""`manage.py learn_advertising FOLDER`: weigh the words of advertising anew, from examples.

For who changes the site. The folder holds `*_claims.txt` and `*_harmless.txt`, or `claims.txt` and
`harmless.txt`, one sentence a line (of claims, what stands after the last tab). Lists whose name begins
with `unlearnt` are left out: they measure what the others teach. The shipped pages, and what the rules tell to
write, count as careful too.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.markup import read_source
from clinic_site.pages.checks.advertising import SHIPPED
from clinic_site.pages.checks.house_rules import current_rules
from clinic_site.pages.checks.learning import Example, learn, written
from clinic_site.pages.checks.page_sentences import sentences_told
from clinic_site.pages.layouts import words_from

OWN_SHARE = 0.3  # of a sentence of the site's own pages: they are many, and much alike
ADVISED_SHARE = 4.0  # of what staff are told to write: it has to pass


class Command(BaseCommand):
    help = "Weigh the words of advertising anew, from lists of claims and of careful sentences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--to", type=Path, default=SHIPPED, help="the file of weights")

    def handle(self, *args: Any, **options: Any) -> None:
        listed = list(_listed(options["folder"]))
        if len({example.is_claim for example in listed}) < 2:
            raise CommandError("The folder needs lists of claims and lists of harmless sentences.")
        own = [Example(text, False, OWN_SHARE) for text in dict.fromkeys(_own_sentences())]
        advised = [
            Example(told.text, False, ADVISED_SHARE)
            for rule in current_rules().claims
            for told in sentences_told({"body": rule.instead})
        ]
        remarks = [
            "What each word, or pair of neighbours, weighs for advertising, in hundredths: advertising.py.",
            f"Made by `manage.py learn_advertising` from {len(listed)} listed sentences.",
        ]
        weights = learn([*listed, *advised, *own])
        options["to"].write_text(written(weights, remarks), encoding="utf-8")
        self.stdout.write(f"{len(listed)} listed and {len(own)} own sentences weighed.")


def _listed(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.txt")):
        kind = path.stem.rsplit("_", 1)[-1]
        if kind in ("claims", "harmless") and not path.stem.startswith("unlearnt"):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield Example(line.rsplit("\t", 1)[-1], kind == "claims")


def _own_sentences() -> Iterator[str]:
    for path in sorted((settings.BASE_DIR / "content").rglob("*.md")):
        source = read_source(path.read_bytes())
        for told in sentences_told(words_from(source.front, source.body)):
            yield told.text
