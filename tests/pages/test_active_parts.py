"""The strict reader sees what it is there to see."""

import pytest

from tests.pages.active_parts import active_parts


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<script src="/static/js/other.js"></script>',
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">a</a>',
        '<a href="//evil.example/">a</a>',
        '<p style="color:red">a</p>',
        "<style></style><style></style>",
        '<iframe src="/"></iframe>',
        '<meta http-equiv="refresh" content="0">',
        '<svg><animate href="#x"/></svg>',
        '<script type="application/ld+json">{"a": "</script><b>"}</script>',
        '<script type="application/ld+json">alert(1)</script>',
    ],
)
def test_it_sees_what_is_active(html):
    assert active_parts(html)


def test_it_lets_a_plain_page_pass():
    assert (
        active_parts('<style></style><p><a href="/a/">a</a> <img src="/m/a.jpg" alt="a"></p>') == []
    )
