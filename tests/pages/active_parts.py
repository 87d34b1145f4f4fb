"""A strict reader of whole pages: which elements, attributes and addresses in it could do something.

It knows nothing of the sanitiser. The scripts and the one style of the site itself are named here, and the
one search form in its header is known to the letter. Its structured data and its prefetching rules have to
be JSON without any tag.
"""

import json
from functools import cache
from html.parser import HTMLParser

from django.conf import settings
from django.template.loader import render_to_string

OURS = {f"/static/js/{file.name}" for file in (settings.BASE_DIR / "static" / "js").glob("*.js")}
DATA = ([("type", "application/ld+json")], [("type", "speculationrules")])
ACTIVE = {
    "base", "button", "embed", "form", "frame", "iframe", "input", "math", "noscript", "object",
    "portal", "select", "template", "textarea", "video", "audio", "foreignobject", "animate", "set",
    "marquee", "plaintext", "xmp", "dialog", "applet",
}  # fmt: skip
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "srcset",
    "ping",
}
SAFE = ("/", "#", "https://", "http://", "mailto:", "tel:")


class Reader(HTMLParser):
    """Collects faults as sentences."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.styles = 0
        self.is_in_data = False

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        self.is_in_data = tag == "script" and attrs in DATA
        is_strange = tag == "script" and told.get("src", "") not in OURS and not self.is_in_data
        if tag in ACTIVE or is_strange:
            self.faults.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in told:
            self.faults.append("<meta http-equiv>")
        self.styles += tag == "style"
        for name, value in told.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ADDRESSES and not _is_safe(value):
                self.faults.append(f"{tag} {name}={value}")

    def handle_data(self, data):
        if self.is_in_data and ("<" in data or not _is_json(data)):
            self.faults.append(f"structured data: {data[:80]}")
        self.is_in_data = False

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)


def active_parts(html: str) -> list[str]:
    """What could do something, other than the site's own script and style."""
    reader = Reader()
    reader.feed(html.replace(_search_form(), "", 1))
    reader.close()
    return reader.faults + (["a second <style>"] if reader.styles > 1 else [])


@cache
def _search_form() -> str:
    return render_to_string("_components/search_form.html", {"typed": "", "is_main": False})


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _is_safe(address: str) -> bool:
    plain = address.strip().lower()
    return plain.startswith(SAFE) and not plain.startswith(("//", "/\\"))
