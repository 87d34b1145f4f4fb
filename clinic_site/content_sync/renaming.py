"""A file was renamed: its page keeps its history and moves, and the old address leads on."""

from django.db.models import F

from clinic_site.pages.models import Page
from clinic_site.pages.moving import lead_on


def follow_file(*, page: Page, path: str) -> Page:
    """Give this one page the address of its renamed file; the pages below have files of their own.

    The files were checked together before: the address is good and free.
    """
    old_url = page.get_absolute_url()
    page.path, page.parent_path = path, path.rpartition("/")[0]
    Page.objects.filter(pk=page.pk).update(
        path=page.path, parent_path=page.parent_path, version=F("version") + 1
    )
    lead_on(old_url=old_url, new_url=page.get_absolute_url())
    return page
