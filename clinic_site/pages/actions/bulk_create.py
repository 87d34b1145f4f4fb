"""Pages made and published in one go, a thousand as cheaply as one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.actions.publish import LINKS
from clinic_site.pages.models import WORDS, Page, Revision

BATCH = 200


def new_page(
    *,
    path: str,
    layout: str,
    position: int,
    source_path: str,
    words: Mapping[str, Any],
    publish_at: datetime,
    by: User | None,
    note: str,
) -> Revision:
    """The first revision of a page that is to be, both checked but not yet saved.

    `ValidationError` for a bad address or words that don't fit.
    """
    page = Page(
        path=path,
        parent_path=path.rpartition("/")[0],
        layout=layout,
        position=position,
        source_path=source_path,
        version=1,
    )
    page.clean_fields()
    values = {name: words[name] for name in WORDS if name in words}
    revision = Revision(page=page, created_by=by, note=note, publish_at=publish_at, **values)
    revision.clean_fields(exclude=LINKS)
    return revision


@transaction.atomic
def publish_new(*, revisions: Iterable[Revision]) -> None:
    """Save them and their pages; `IntegrityError` where an address is taken. The queries grow with BATCH only."""
    revisions = list(revisions)
    Page.objects.bulk_create([new.page for new in revisions], batch_size=BATCH)
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    for at in {new.publish_at for new in revisions}:
        pages_changed(also_at=at)
