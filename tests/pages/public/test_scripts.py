"""Scripts of patient pages: modules whose bytes the page itself vouches for."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client

SCRIPT = re.compile(r'<script type="module" src="/static/([^"]+)" integrity="sha256-([^"]+)">')


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/faq/", "/book/"])
def test_every_script_is_bound_to_its_bytes(client: Client, published: None, path: str) -> None:
    html = client.get(path).content.decode()
    found = SCRIPT.findall(html)
    data = html.count("application/ld+json") + html.count('type="speculationrules"')
    assert len(found) == html.count("<script") - data > 0
    for name, digest in found:
        content = (Path(settings.BASE_DIR) / "static" / name).read_bytes()
        assert base64.b64decode(digest) == hashlib.sha256(content).digest()


def test_a_script_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateSyntaxError, match="js/none.js"):
        Template('{% load scripts %}{% script "js/none.js" %}').render(Context())
