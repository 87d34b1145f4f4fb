"""Scripts of patient pages: deferred, and run only if their bytes are the ones that the page was made with."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders

register = template.Library()


@register.inclusion_tag("_components/script.html")
def script(path: str) -> dict[str, str]:
    """`{% script "js/open-linked-details.js" %}`: a module below static/, with its hash."""
    found = finders.find(path)
    if found is None:
        raise template.TemplateSyntaxError(f"There is no static file {path}.")
    return {"path": path, "integrity": integrity(Path(found).read_bytes())}


@lru_cache(maxsize=64)
def integrity(content: bytes) -> str:
    """The hash by which a browser knows the file: sha256-…"""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
