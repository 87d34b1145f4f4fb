"""A page's address changes: the pages below follow, every old address leads on, nothing is shadowed."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.actions.publish import PageChanged
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import HOME, PATH, Page


@transaction.atomic
def move(*, page: Page, to: str, by: User, expected_version: int | None = None) -> list[Page]:
    """Give the page, and every page below it, a new address; the pages that moved.

    Each old address leads to its new one for good. `ValidationError` says why an address will not
    do; `PageChanged` that the page has changed since that version was read.
    """
    current = Page.objects.select_for_update().get(pk=page.pk)
    if expected_version is not None and current.version != expected_version:
        raise PageChanged(current)
    check_move(page=current, to=to)
    moved = [current, *Page.objects.filter(path__startswith=f"{current.path}/")]
    before = {one.pk: one.get_absolute_url() for one in moved}
    old = current.path
    for one in moved:
        one.path = to + one.path.removeprefix(old)
        one.parent_path = one.path.rpartition("/")[0]
        _place(one, before[one.pk])
    return moved


@transaction.atomic
def move_page(*, page: Page, path: str, by: User | None) -> Page:
    """Give this page alone the address `path`; the old one leads there for good.

    For files that were renamed, whose folder moves file by file. `ValidationError` for a bad or
    taken address.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if path == page.path:
        return page
    old = page.get_absolute_url()
    page.path, page.parent_path = path, path.rpartition("/")[0]
    page.full_clean()
    _place(page, old)
    return page


def check_move(*, page: Page, to: str) -> None:
    """`ValidationError` with a sentence where the page cannot have the address."""
    if page.path == HOME:
        raise ValidationError("The home page keeps its address.")
    if not _is_free(page.get_absolute_url()):
        raise ValidationError("This page belongs to a form of the site and keeps its address.")
    if to == page.path:
        raise ValidationError("This is its address already.")
    if to.startswith(f"{page.path}/"):
        raise ValidationError("A page cannot be moved below itself.")
    check_address(path=to, layout=page.layout, leaving=page)


def check_address(*, path: str, layout: str, leaving: Page | None = None) -> None:
    """`ValidationError` unless a page of this layout may stand at the address."""
    PATH(path)
    if len(path) > 200:
        raise ValidationError("Write 200 characters or fewer.")
    if Page.objects.filter(path=path).exists():
        raise ValidationError(f"There is a page at /{path}/ already; it would be hidden.")
    if leaving and _taken_below(leaving.path, path):
        raise ValidationError(f"There are pages below /{path}/ already; they would be mixed up.")
    if not _is_free(f"/{path}/"):
        raise ValidationError(f"The site uses /{path}/ for something else.")
    folder = path.rpartition("/")[0]
    parent = Page.objects.filter(path=folder).first() if folder else None
    if folder and parent is None:
        raise ValidationError(f"There is no page at /{folder}/ for it to stand under.")
    if LAYOUTS[layout].stands_on_index and not (
        parent and parent.layout in LAYOUTS and LAYOUTS[parent.layout].children == layout
    ):
        wanted = _folders_for(layout)
        raise ValidationError(f"A {layout} has to stand under {wanted or 'an index page for it'}.")


def lead_on(*, old_url: str, new_url: str) -> None:
    """A permanent redirect; whatever led to the old address leads straight to the new one."""
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(old_path=new_url).delete()
    redirects.filter(new_path=old_url).update(new_path=new_url)
    redirects.update_or_create(
        old_path=old_url, site_id=settings.SITE_ID, defaults={"new_path": new_url}
    )


def _place(page: Page, old_url: str) -> None:
    """Write the page's new path; the old address leads to it."""
    Page.objects.filter(pk=page.pk).update(
        path=page.path, parent_path=page.parent_path, version=F("version") + 1
    )
    lead_on(old_url=old_url, new_url=page.get_absolute_url())
    pages_changed()
    page.refresh_from_db()


def _taken_below(old: str, new: str) -> bool:
    below: Iterable[str] = Page.objects.filter(path__startswith=f"{old}/").values_list(
        "path", flat=True
    )
    wanted = [new + path.removeprefix(old) for path in below]
    return Page.objects.filter(path__in=wanted).exists()


def _is_free(url: str) -> bool:
    """Whether the address is one that pages answer, not another room of the site."""
    try:
        return resolve(url).view_name in ("pages:detail", "pages:home")
    except Resolver404:
        return True


def _folders_for(layout: str) -> str:
    parents = [name for name, one in LAYOUTS.items() if one.children == layout]
    found = Page.objects.filter(layout__in=parents).values_list("path", flat=True)
    return " or ".join(f"/{path}/" for path in found)
