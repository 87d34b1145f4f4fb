"""Every verb that changes what a page shows, each over a small site and with what patients then read.

A verb is a generator: it prepares, yields the addresses that somebody reads before, acts, and yields what shows
afterwards. `tests/pagecache/test_every_verb.py` fails for a function that writes and is tried by none of them.
"""

from tests.pagecache.verbs import of_clinic, of_content, of_images, of_pages
from tests.pagecache.verbs.small_site import VERBS, Shown, SmallSite, Verb

__all__ = [
    "VERBS",
    "Shown",
    "SmallSite",
    "Verb",
    "of_clinic",
    "of_content",
    "of_images",
    "of_pages",
]
