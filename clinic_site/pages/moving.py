"""A page gets another address; the old one leads to it for good."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.redirects.models import Redirect
from django.db import transaction
from django.db.models import F

from clinic_site.pages.models import Page


@transaction.atomic
def move_page(*, page: Page, path: str, by: User | None) -> Page:
    """Give the page the address `path`, and leave a permanent redirect at the old one.

    Redirects that led to the old address lead to the new one, and one that stood at the new address
    goes, so that nobody is sent round in circles. `ValidationError` for a bad or taken address.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if path == page.path:
        return page
    old = page.get_absolute_url()
    page.path, page.parent_path = path, path.rpartition("/")[0]
    page.full_clean()
    Page.objects.filter(pk=page.pk).update(
        path=page.path, parent_path=page.parent_path, version=F("version") + 1
    )
    new = page.get_absolute_url()
    Redirect.objects.filter(site_id=settings.SITE_ID, old_path=new).delete()
    Redirect.objects.filter(site_id=settings.SITE_ID, new_path=old).update(new_path=new)
    Redirect.objects.update_or_create(
        site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new}
    )
    page.refresh_from_db()
    return page
