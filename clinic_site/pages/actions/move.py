"""Moving pages to other addresses, by staff or with renamed files: every old address leads on, nothing is shadowed."""

from collections.abc import Iterable, Mapping

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
from clinic_site.pages.warning_cards import FOLDER


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
    old = current.path
    _place({to + one.path.removeprefix(old): one for one in moved})
    for one in moved:
        one.refresh_from_db()
    return moved


@transaction.atomic
def follow_renamed_files(*, moves: Mapping[str, Page]) -> None:
    """Give each page the path that it is listed by, as its file has now; pages below have files of their own.

    The caller has checked the files together: the paths are good, and free but for pages of this step, which
    may trade places.
    """
    if moves:
        _place(moves)


def check_move(*, page: Page, to: str) -> None:
    """`ValidationError` with a sentence where the page cannot have the address."""
    if page.path == HOME:
        raise ValidationError("The home page keeps its address.")
    if not is_free(page.get_absolute_url()):
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
    if not is_free(f"/{path}/"):
        raise ValidationError(f"The site uses /{path}/ for something else.")
    folder = path.rpartition("/")[0]
    if LAYOUTS[layout].is_part:
        if folder != FOLDER:
            raise ValidationError(f"A warning card stands in {FOLDER}: write {FOLDER}/its-name.")
        return
    parent = Page.objects.filter(path=folder).first() if folder else None
    if folder and parent is None:
        raise ValidationError(f"There is no page at /{folder}/ for it to stand under.")
    if LAYOUTS[layout].stands_on_index and not (
        parent and parent.layout in LAYOUTS and LAYOUTS[parent.layout].children == layout
    ):
        wanted = _folders_for(layout)
        raise ValidationError(f"A {layout} has to stand under {wanted or 'an index page for it'}.")


def _place(moves: Mapping[str, Page]) -> None:
    """Write the pages' new paths, by which they are listed; every old address leads on."""
    leads = {}
    for path, page in moves.items():
        old_url, taken = page.get_absolute_url(), page.path
        page.path, page.parent_path = path, path.rpartition("/")[0]
        leads[old_url] = page.get_absolute_url()
        if taken in moves:  # no two have one path, not even while places are traded
            Page.objects.filter(pk=page.pk).update(path=f"moving-{page.pk}")
    for page in moves.values():
        Page.objects.filter(pk=page.pk).update(
            path=page.path, parent_path=page.parent_path, version=F("version") + 1
        )
    _lead_on(leads)
    pages_changed()


def _lead_on(leads: Mapping[str, str]) -> None:
    """Permanent redirects, new address by old; whatever led to an old address leads straight to the new one.

    No redirect where a page stands.
    """
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(old_path__in=leads.values()).delete()
    for redirect in redirects.filter(new_path__in=leads):
        redirect.new_path = leads[redirect.new_path]
        redirect.save()
    for old_url in leads.keys() - set(leads.values()):
        redirects.update_or_create(
            old_path=old_url, site_id=settings.SITE_ID, defaults={"new_path": leads[old_url]}
        )


def _taken_below(old: str, new: str) -> bool:
    below: Iterable[str] = Page.objects.filter(path__startswith=f"{old}/").values_list(
        "path", flat=True
    )
    wanted = [new + path.removeprefix(old) for path in below]
    return Page.objects.filter(path__in=wanted).exists()


def is_free(url: str) -> bool:
    """Whether the address is one that pages answer, not another room of the site."""
    try:
        return resolve(url).view_name in ("pages:detail", "pages:home", "pages:without-slash")
    except Resolver404:
        return True


def _folders_for(layout: str) -> str:
    parents = [name for name, one in LAYOUTS.items() if one.children == layout]
    found = Page.objects.filter(layout__in=parents).values_list("path", flat=True)
    return " or ".join(f"/{path}/" for path in found)
