"""The live site in memory: every page, its heads, its file and its conflicts.

Loaded in a fixed number of queries, so that a run over unchanged files costs no more of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from clinic_site.clinic.file_mapping import current_details
from clinic_site.content_sync.files.read_files import page_path_of
from clinic_site.content_sync.merge.revision_heads import Head, heads_by_page
from clinic_site.content_sync.models import LIVE, Conflict, SourceFile
from clinic_site.content_sync.page_fields import DETAILS, from_page
from clinic_site.pages.actions.bulk_create import publish_new
from clinic_site.pages.actions.move import follow_renamed_files
from clinic_site.pages.models import Page, Revision


@dataclass
class Snapshot:
    """What the database says at `now`. Sources that changed are saved together at the end."""

    now: datetime
    pages: dict[str, Page]
    sources: dict[str, SourceFile]
    heads: dict[int, list[Head]]
    conflicts: dict[int, list[Conflict]]
    clinic: Mapping[str, Any]
    moved: set[str] = field(default_factory=set)
    touched: dict[str, SourceFile] = field(default_factory=dict)
    fresh: list[Revision] = field(default_factory=list)

    @classmethod
    def load(cls) -> "Snapshot":
        """Read everything, pages first: their rows stay locked until the transaction ends."""
        pages = {page.path: page for page in Page.objects.select_for_update()}
        now = timezone.now()
        conflicts: dict[int, list[Conflict]] = {}
        for conflict in Conflict.objects.unsettled().filter(origin=Conflict.Origin.FILE):
            conflicts.setdefault(conflict.source_file_id, []).append(conflict)
        by_id = {page.pk: page for page in pages.values()}
        sources = {}
        for source in SourceFile.objects.all():
            source.page = by_id[source.page_id]
            sources[source.path] = source
        clinic = {DETAILS + key: value for key, value in current_details().items()}
        return cls(now, pages, sources, heads_by_page(now), conflicts, clinic)

    def rename(self, renamed: Mapping[str, str]) -> None:
        """Files stand elsewhere now (by new path the old one): their sources and pages move along.

        Where staff have given the page an address of their own, it stays there. A file at the
        address of a page that stays keeps to itself: taking it in says so.
        """
        going = {path: self.sources[old] for path, old in renamed.items()}
        while blocked := [path for path in going if self._is_in_the_way(path, going)]:
            for path in blocked:
                del going[path]
        moves = {page_path_of(path): one.page for path, one in going.items() if _is_at_home(one)}
        follow_renamed_files(
            moves={path: page for path, page in moves.items() if page.path != path}
        )
        self.pages = {page.path: page for page in self.pages.values()}
        old_paths = {source.path for source in going.values()}
        for source in going.values():  # no two have one path, not even while places are traded
            del self.sources[source.path]
            SourceFile.objects.filter(pk=source.pk).update(path=f"moving-{source.pk}.md")
        Page.objects.filter(source_path__in=old_paths).update(source_path="")
        for path, source in going.items():
            self.set_path(source, path)
        self.moved = set(going)

    def _is_in_the_way(self, path: str, going: Mapping[str, SourceFile]) -> bool:
        """Whether a page that stays is at the address of this new path."""
        there, source = self.pages.get(page_path_of(path)), going[path]
        leaving = {one.page.pk for one in going.values() if _is_at_home(one)}
        stays = there is not None and there.pk not in leaving and there.pk != source.page.pk
        return stays or (path in self.sources and self.sources[path] not in going.values())

    def set_path(self, source: SourceFile, path: str) -> None:
        """The source is that of the file at `path` from now on."""
        source.path = path
        self.sources[path] = self.touched[path] = source
        Page.objects.filter(pk=source.page.pk).update(source_path=path)

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

    def mark_gone(self, source: SourceFile) -> bool:
        """Remember that the file is no longer there; nothing else changes. Whether that is news."""
        if source.is_gone:
            return False
        source.is_gone = True
        self.touched[source.path] = source
        return True

    def save(self) -> None:
        """Write new pages in batches, and each source that changed."""
        publish_new(revisions=self.fresh)
        fresh = [source for source in self.touched.values() if source.pk is None]
        for source in self.touched.values():
            if source.pk is not None:
                source.save()
        SourceFile.objects.bulk_create(fresh, batch_size=100)


def _is_at_home(source: SourceFile) -> bool:
    """Whether the page is where its file says, not where staff moved it."""
    return source.page.path == page_path_of(source.path)
