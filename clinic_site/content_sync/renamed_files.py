"""Files were renamed: which ones, by what they say, and their pages move along; old addresses lead on."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db.models import F

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.models import Page

ALIKE = 0.5  # the share of lines, by their length, that an edited file keeps: git's measure for a rename
MOST_PAIRS = 10_000


def renames(
    *, known: Mapping[str, str], lost: Collection[str], files: Mapping[str, str]
) -> dict[str, str]:
    """By new path the old one, for each file that stands elsewhere now. Pure.

    `known`: by path what each file said before; `lost`: those of them that were there until this
    run; `files`: what each says now. A text found again word for word moved, though a new file has
    its old place (a to b, b to d); an edited one is found by what it kept.
    """
    changed = {path: text for path, text in files.items() if known.get(path) != text}
    displaced = {path: text for path, text in known.items() if text and files.get(path) != text}
    by_text: dict[str, list[str]] = {}
    for path, text in sorted(displaced.items(), reverse=True):
        by_text.setdefault(text, []).append(path)
    found = {path: by_text[text].pop() for path, text in changed.items() if by_text.get(text)}
    new = sorted(changed.keys() - known.keys() - found.keys())
    gone = sorted((displaced.keys() & set(lost)) - files.keys() - set(found.values()))
    if len(new) * len(gone) > MOST_PAIRS:
        return found
    for _, path, old in sorted(_alike(new, gone, files, known), reverse=True):
        if path not in found and old not in found.values():
            found[path] = old
    return found


def _alike(
    new: Iterable[str], gone: Iterable[str], files: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[tuple[float, str, str]]:
    lines = {("new", path): Counter(files[path].splitlines()) for path in new}
    lines |= {("old", path): Counter(known[path].splitlines()) for path in gone}
    for path, old in product(new, gone):
        one, other = lines["new", path], lines["old", old]
        share = _weight(one & other) / max(_weight(one), _weight(other), 1)
        if share >= ALIKE:
            yield share, path, old


def _weight(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())


def follow_files(moves: Mapping[str, Page]) -> None:
    """Give each page the address that it is listed by; the pages below have files of their own.

    The files were checked together before: the addresses are good, and free but for pages that move
    in the same step, which may trade places.
    """
    if not moves:
        return
    leads = {}
    for path, page in moves.items():
        old_url, taken = page.get_absolute_url(), page.path
        page.path, page.parent_path = path, path.rpartition("/")[0]
        leads[old_url] = page.get_absolute_url()
        if taken in moves:
            Page.objects.filter(pk=page.pk).update(path=f"moving-{page.pk}")
    for page in moves.values():
        Page.objects.filter(pk=page.pk).update(
            path=page.path, parent_path=page.parent_path, version=F("version") + 1
        )
    _lead_on(leads)
    pages_changed()


def _lead_on(leads: Mapping[str, str]) -> None:
    """Whatever led to an old address leads to the new one, and so does the old one unless a page is there."""
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(old_path__in=leads.values()).delete()
    for redirect in redirects.filter(new_path__in=leads):
        redirect.new_path = leads[redirect.new_path]
        redirect.save()
    for old_url in leads.keys() - set(leads.values()):
        redirects.update_or_create(
            old_path=old_url, site_id=settings.SITE_ID, defaults={"new_path": leads[old_url]}
        )
