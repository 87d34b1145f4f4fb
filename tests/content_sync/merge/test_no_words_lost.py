"""Whatever is changed on both sides, in whatever order: no words that anyone wrote are lost.

Each example is a page with its file, and a short story: the file changes, staff publish, save a
draft, schedule, withdraw, settle, a sync runs. After each sync every value that the file has, and
every value that staff wrote, is in a revision or in a recorded conflict.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_site.content_sync.merge.resolve_conflict import settle
from clinic_site.content_sync.models import Conflict
from clinic_site.pages.actions.publish import publish, save_draft, withdraw
from clinic_site.pages.models import Page, Revision
from tests.at_length import examples
from tests.content_sync.folder import ContentFolder

VALUES = {"title": ["A", "B", "C"], "body": ["a", "b", "c", ""], "summary": ["x", "y", ""]}
CHANGE = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}
)
STEP = st.tuples(
    st.sampled_from(["file", "publish", "draft", "schedule", "withdraw", "settle", "sync"]), CHANGE
)
EXAMPLES = settings(
    max_examples=examples(30),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Story:
    """One page, its file, and who wrote what."""

    def __init__(self, folder: Path) -> None:
        self.content = ContentFolder(folder)
        self.editor = User.objects.create_user("editor")
        self.file = {"title": "A", "body": "a", "summary": "x"}
        self.written: set[tuple[str, str]] = set()
        self._write_file({})
        self.content.sync()

    def step(self, kind: str, change: Mapping[str, str]) -> None:
        """Do one thing; `change` is what it changes, where it changes words."""
        page = Page.objects.get()
        if kind == "file":
            self._write_file(change)
        elif kind == "sync":
            self.sync()
        elif kind == "withdraw":
            withdraw(page=page, by=self.editor)
        elif kind == "settle":
            if conflict := Conflict.objects.unsettled().first():
                settle(conflict=conflict, keep="file", by=self.editor)
        else:
            words = self._latest(page).words() | dict(change)
            self.written |= {(name, value) for name, value in change.items()}
            if kind == "publish":
                publish(page=page, words=words, by=self.editor)
            else:
                later = timezone.now() + timedelta(days=1 + len(self.written))
                moment = later if kind == "schedule" else None
                save_draft(page=page, words=words, by=self.editor, publish_at=moment)

    def sync(self) -> None:
        """Take the file in, and look for everybody's words; once more, and nothing happens."""
        before = _heads()
        self.content.sync()
        kept = _kept_words()
        assert set(self.file.items()) <= kept
        assert self.written <= kept
        self._nothing_of_staff_is_undone(before)
        rows = _rows()
        self.content.sync()
        assert _rows() == rows

    def _write_file(self, change: Mapping[str, str]) -> None:
        self.file = self.file | dict(change)
        self.content.write("safety.md", **self.file)

    def _latest(self, page: Page) -> Revision:
        latest: Revision = page.revisions.order_by("-pk")[0]
        return latest

    def _nothing_of_staff_is_undone(self, before: Mapping[str, Mapping[str, Any]]) -> None:
        """A head's value changed only to what the file says."""
        after = _heads()
        assert after.keys() == before.keys()
        for key, words in before.items():
            for name in VALUES:
                assert after[key][name] in (words[name], self.file[name])


def _heads() -> dict[str, dict[str, Any]]:
    """What is live, waiting and scheduled, by a name for each."""
    found = {"live": Revision.objects.in_force().get().words()}
    if draft := Revision.objects.waiting().first():
        found["draft"] = draft.words()
    return found | {str(one.publish_at): one.words() for one in Revision.objects.scheduled()}


def _kept_words() -> set[tuple[str, str]]:
    revisions = Revision.objects.all()
    kept = {(name, str(getattr(one, name))) for one in revisions for name in VALUES}
    return kept | {(one.field, str(one.file)) for one in Conflict.objects.all()}


def _rows() -> list[list[Any]]:
    querysets: list[QuerySet[Any, Any]] = [
        model.objects.order_by("pk").values() for model in (Page, Revision, Conflict)
    ]
    return [list(rows) for rows in querysets]


@contextmanager
def undone_story() -> Iterator[Story]:
    """A story in a folder of its own, whose rows are not kept."""
    with (
        TemporaryDirectory() as folder,
        override_settings(CONTENT_DIR=Path(folder), SHIPPED_CONTENT_DIR=Path(folder)),
        transaction.atomic(),
    ):
        yield Story(Path(folder))
        transaction.set_rollback(True)


@EXAMPLES
@given(steps=st.lists(STEP, max_size=7))
def test_no_words_are_lost(db: None, steps: list[tuple[str, dict[str, str]]]) -> None:
    with undone_story() as story:
        for step in [*steps, ("sync", {})]:
            story.step(*step)


@EXAMPLES
@given(file=CHANGE, mine=CHANGE)
def test_an_export_and_a_sync_go_round(
    db: None, file: dict[str, str], mine: dict[str, str]
) -> None:
    with undone_story() as story:
        story.step("publish", mine)
        story.step("file", file)
        story.sync()
        live, rows = Revision.objects.in_force().get().words(), _rows()
        assert not story.content.export().failure
        story.content.sync()
        assert Revision.objects.in_force().get().words() == live
        assert _rows() == rows
        files = story.content.files()
        story.content.export()
        assert story.content.files() == files


@EXAMPLES
@given(name=st.sampled_from(sorted(VALUES)), other=st.sampled_from(sorted(VALUES)))
def test_changes_of_different_fields_can_come_in_any_order(db: None, name: str, other: str) -> None:
    if name == other:
        return
    found = []
    for order in (("file", "sync", "publish"), ("publish", "sync", "file")):
        changes = {
            "file": {name: VALUES[name][1]},
            "publish": {other: VALUES[other][1]},
            "sync": {},
        }
        with undone_story() as story:
            for kind in (*order, "sync"):
                story.step(kind, changes[kind])
            found.append(Revision.objects.in_force().get().words())
    assert found[0] == found[1]
