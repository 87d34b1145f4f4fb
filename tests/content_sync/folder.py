"""A content folder of a test's own, with what people do to it: write files, sync, edit as staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page, Revision

FRONT = "---\nlayout: article\ntitle: Safe\n---\n\n"
WEEK = {"monday": ["09:00-17:00"]}
PLACE = dict.fromkeys(["name", "street", "city", "province", "postal_code"], "Words")
CLINIC: dict[str, Any] = {
    "name": "C",
    "phone": "604-555-0142",
    "email": "a@b.ca",
    "locations": [{**PLACE, "hours": WEEK}],
}


@dataclass(frozen=True)
class Run:
    """What a run of a command said: its lines, its faults, its last word where it failed."""

    out: str
    err: str
    failure: str

    @property
    def summary(self) -> str:
        return self.out.splitlines()[-1]

    @property
    def faults(self) -> list[str]:
        return self.err.splitlines()


@dataclass(frozen=True)
class ContentFolder:
    """The folder; its name is "content"."""

    path: Path

    def write(self, path: str, body: str = "", **front: Any) -> None:
        """A file with this front matter (layout article, some title) and body."""
        front = {"layout": "article", "title": "Some title"} | front
        front = {key: value for key, value in front.items() if value is not None}
        head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
        self.write_text(path, f"---\n{head}---\n\n{body}\n")

    def write_text(self, path: str, text: str) -> None:
        target = self.path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())

    def remove(self, path: str) -> None:
        (self.path / path).unlink()

    def files(self) -> dict[str, bytes]:
        """Every file's bytes by path."""
        found = sorted(file for file in self.path.rglob("*") if file.is_file())
        return {file.relative_to(self.path).as_posix(): file.read_bytes() for file in found}

    def sync(self, *paths: str, **options: Any) -> Run:
        return run("sync_content", *paths, **options)

    def export(self, **options: Any) -> Run:
        return run("export_content", **options)


def run(command: str, *arguments: str, **options: Any) -> Run:
    """Run a management command; a CommandError is its failure, not an exception."""
    out, err, failure = StringIO(), StringIO(), ""
    try:
        call_command(command, *arguments, stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return Run(out.getvalue(), err.getvalue(), failure)


def live(path: str) -> Revision:
    """The live revision of the page at a path."""
    revision: Revision = Revision.objects.live().get(page__path=path)
    return revision


def edit(path: str, by: User, **words: Any) -> Revision:
    """Staff change words of a page and publish."""
    page = Page.objects.get(path=path)
    return publish(page=page, words=words_of(path, words), by=by)


def words_of(path: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """The live words of a page with some of them changed."""
    return live(path).words() | dict(words)
