"""The key of the second factor as a code to scan, drawn in the page itself."""

import re
from html import unescape

import pytest
import segno
from django.test import Client
from django.urls import reverse

from clinic_site.staff.roles import EDITOR
from tests.staff.people import person

pytestmark = pytest.mark.django_db
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


def test_the_code_on_the_page_says_what_the_link_says(client: Client) -> None:
    client.force_login(person("anna", EDITOR))
    html = client.get(reverse("staff:set-up")).content.decode()
    link = re.search(r'href="(otpauth:[^"]+)"', html)
    drawn = re.search(r'viewBox="0 0 (\d+) \1".*?crispEdges" d="([^"]+)"', html, re.DOTALL)
    assert link and drawn
    dark = {
        (x, int(y))
        for start, y, length in RUN.findall(drawn[2])
        for x in range(int(start), int(start) + int(length))
    }
    code = segno.make_qr(unescape(link[1]), error="m")
    rows = enumerate(code.matrix_iter(border=4))
    assert dark == {(x, y) for y, row in rows for x, is_dark in enumerate(row) if is_dark}
    assert int(drawn[1]) == code.symbol_size(border=4)[0]
