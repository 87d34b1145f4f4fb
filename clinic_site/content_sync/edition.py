"""The living edition in memory: every page, its heads, its file and its conflicts.

Loaded in a fixed number of queries, so that a run over unchanged files costs no more of them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from clinic_site.clinic.taking_in import told
from clinic_site.content_sync.fields import DETAILS, from_page
from clinic_site.content_sync.heads import Head, heads_by_page
from clinic_site.content_sync.models import LIVE, Conflict, SourceFile
from clinic_site.pages.models import Page
from clinic_site.pages.new_pages import NewPage, publish_new


@dataclass
class Edition:
    """What the database says at `now`. Sources that changed are saved together at the end."""

    now: datetime
    pages: dict[str, Page]
    sources: dict[str, SourceFile]
    heads: dict[int, list[Head]]
    conflicts: dict[int, list[Conflict]]
    clinic: Mapping[str, Any]
    vanished: dict[str, SourceFile] = field(default_factory=dict)
    touched: dict[str, SourceFile] = field(default_factory=dict)
    fresh: list[NewPage] = field(default_factory=list)

    @classmethod
    def load(cls, present: Collection[str]) -> "Edition":
        """Read everything, pages first: their rows stay locked until the transaction ends.

        `present`: the paths of the files there are; the others have vanished, known by their text.
        """
        pages = {page.path: page for page in Page.objects.select_for_update()}
        now = timezone.now()
        conflicts: dict[int, list[Conflict]] = {}
        for conflict in Conflict.objects.unsettled():
            conflicts.setdefault(conflict.source_file_id, []).append(conflict)
        by_id = {page.pk: page for page in pages.values()}
        sources = {}
        for source in SourceFile.objects.all():
            source.page = by_id[source.page_id]
            sources[source.path] = source
        clinic = {DETAILS + key: value for key, value in told().items()}
        edition = cls(now, pages, sources, heads_by_page(now), conflicts, clinic)
        gone = (one for path, one in sorted(sources.items()) if path not in present)
        edition.vanished = {source.text: source for source in gone}
        return edition

    def live_fields(self, page: Page) -> dict[str, Any]:
        """All that the page says now: its own, its words', the clinic's. {} where nothing is."""
        for head in self.heads.get(page.pk, ()):
            if head.key == LIVE:
                return self.with_own(page, head.fields)
        return {}

    def with_own(self, page: Page, words: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a revision together with those of its page and of the clinic."""
        clinic = self.clinic if page.layout == "clinic" else {}
        return {**from_page(page), **words, **clinic}

    def live_pages(self) -> Iterator[tuple[Page, Mapping[str, Any]]]:
        """The pages that patients can read, with what they say."""
        for page in self.pages.values():
            heads = self.heads.get(page.pk, ())
            if any(head.key == LIVE and not head.revision.is_withdrawn for head in heads):
                yield page, self.live_fields(page)

    def is_withdrawn(self, page: Page) -> bool:
        heads = self.heads.get(page.pk, ())
        return any(head.key == LIVE and head.revision.is_withdrawn for head in heads)

    def waiting(self, source: SourceFile) -> list[Conflict]:
        """The conflicts of a file that nobody has settled."""
        return self.conflicts.get(source.pk, [])

    def mark_gone(self, source: SourceFile) -> None:
        """Remember that the file is no longer there; nothing else changes."""
        if not source.is_gone:
            source.is_gone = True
            self.touched[source.path] = source

    def save(self) -> None:
        """Write new pages in batches, and each source that changed."""
        publish_new(pages=self.fresh)
        fresh = [source for source in self.touched.values() if source.pk is None]
        for source in self.touched.values():
            if source.pk is not None:
                source.save()
        for source in fresh:
            source.page_id = source.page.pk
        SourceFile.objects.bulk_create(fresh, batch_size=100)
