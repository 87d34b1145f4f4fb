"""For those who have lost their way: what a page says that is not there, or not any more.

Mistyped addresses are asked for by the thousand, mostly by programs. So each process remembers what such a page
shows, the frame and the names of all pages, for as long as the stamp says that no page has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from clinic_site.pagecache import stamp
from clinic_site.pages.rendering.page_lists import Listed, all_listed, nearest, words_of
from clinic_site.pages.rendering.site_frame import Frame, read_frame

_last: "Signposts | None" = None


@dataclass(frozen=True)
class Signposts:
    """What stands around every page, as of one stamp."""

    stamp: stamp.Value
    frame: Frame

    @cached_property
    def pages(self) -> Sequence[Listed]:
        """The pages that an address may have meant; read when somebody is lost."""
        return all_listed()


def signposts() -> Signposts:
    """What is remembered, for one query; read anew where pages have changed."""
    global _last
    now = stamp.read()
    known = _last
    if known is None or known.stamp != now:
        _last = known = Signposts(now, read_frame())
    return known


def what_may_help(request: HttpRequest) -> dict[str, object]:
    """The context of 404.html and 410.html: the nearest pages, and the words of the address for the search."""
    known = signposts()
    return {
        "frame": known.frame,
        "nearest": nearest(request.path, known.pages),
        "words": words_of(request.path),
    }
