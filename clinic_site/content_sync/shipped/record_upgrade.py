"""What came with an upgrade is remembered, and what it could not change is put before the staff."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic_site.content_sync.merge.conflicts import close
from clinic_site.content_sync.merge.revision_heads import heads_by_page
from clinic_site.content_sync.merge.three_way_merge import Clash, is_same
from clinic_site.content_sync.models import LIVE, Conflict, ShippedFile, SourceFile
from clinic_site.content_sync.page_fields import PAGE_FIELDS
from clinic_site.content_sync.shipped.deliver_upgrade import Delivery
from clinic_site.content_sync.warning_cards import warning_cards

SHIPPED = Conflict.Origin.SHIPPED


@transaction.atomic
def sign_for(*, delivery: Delivery) -> list[Conflict]:
    """Remember each shipped text, and record where the clinic's words stand against it; all that waits.

    A file that could not be taken in yet is delivered again at the next run.
    """
    now = timezone.now()
    sources = {one.path: one for one in SourceFile.objects.select_related("page")}
    known = {one.path: one for one in ShippedFile.objects.all()}
    for path, text in delivery.texts.items():
        clashes = delivery.clashes.get(path, {})
        if clashes and path not in sources:
            continue
        row = known.get(path) or ShippedFile(path=path)
        is_warning = row.pk is not None and warning_cards(row.text) != warning_cards(text)
        if is_warning and "body" not in clashes:
            row.warned_at = now
        row.text = text
        row.save()
        if clashes:
            _record(sources[path], clashes, now)
    return _bring_up_to_date(now)


def mark_read(*, paths: list[str]) -> int:
    """Somebody has read the warnings that changed; how many files that were."""
    return ShippedFile.objects.filter(path__in=paths, warned_at__isnull=False).update(
        warned_at=None
    )


def _record(source: SourceFile, clashes: Mapping[str, Clash], now: datetime) -> None:
    live = heads_by_page(now, [source.page_id]).get(source.page_id, [])
    waiting = {one.field: one for one in source.conflicts.unsettled().filter(origin=SHIPPED)}
    for name, clash in clashes.items():
        one = waiting.get(name) or Conflict(
            source_file=source, field=name, head=LIVE, origin=SHIPPED, found_at=now
        )
        one.base, one.file, one.mine = clash.base, clash.file, clash.mine
        one.revision = live[0].revision if live else None
        one.save()


def _bring_up_to_date(now: datetime) -> list[Conflict]:
    """Those that still wait, each with the words that are live now; those that agree by now are closed."""
    waiting = list(
        Conflict.objects.unsettled().filter(origin=SHIPPED).select_related("source_file")
    )
    heads = heads_by_page(now, {one.source_file.page_id for one in waiting}) if waiting else {}
    left = []
    for one in waiting:
        head = next((h for h in heads.get(one.source_file.page_id, ()) if h.key == LIVE), None)
        if head is None or one.field in PAGE_FIELDS:
            left.append(one)
            continue
        mine, revision = head.fields.get(one.field), head.revision
        if is_same(mine, one.file):
            close(one, Conflict.Outcome.AGREED, now)
            continue
        if not is_same(mine, one.mine) or one.revision_id != revision.pk:
            one.mine, one.revision = mine, revision
            one.save()
        left.append(one)
    return left
