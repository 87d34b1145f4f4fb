"""Which coding a request gets, and whether it has the page already."""

import pytest

from clinic_site.pagecache.negotiation import has_tag, preferred_coding


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=0.5, br;q=0.8", "br"),
        ("gzip;q=0.9, br;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("x-gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("deflate", "identity"),
        ("identity", "identity"),
        ("identity;q=1, *;q=0", "identity"),
        ("", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("br;q=0, gzip;q=0, identity;q=0", None),
    ],
)
def test_the_coding_follows_the_weights(accepts: str, coding: str | None) -> None:
    assert preferred_coding(accepts) == coding


@pytest.mark.parametrize(
    ("header", "has"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_an_entity_tag_is_compared_weakly(header: str, has: bool) -> None:
    assert has_tag(header, '"a"') is has
