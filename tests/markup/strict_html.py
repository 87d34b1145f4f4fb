"""A strict reader of HTML for tests: what elements, attributes and addresses a fragment has.

It knows nothing of the sanitiser: its lists are written out here once more.
"""

import re
from html.parser import HTMLParser

ALLOWED = {
    "a": {"aria-label", "class", "href", "id", "rel", "role", "title"},
    "aside": {"aria-label", "class", "role"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "dd": set(),
    "div": {"aria-label", "class", "role", "tabindex"},
    "dl": {"class"},
    "dt": {"id"},
    "em": set(),
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "hr": set(),
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "li": {"id"},
    "ol": {"class", "start"},
    "p": {"class"},
    "picture": set(),
    "pre": {"tabindex"},
    "section": {"class"},
    "source": {"sizes", "srcset", "type"},
    "span": {"class"},
    "strong": set(),
    "sup": {"class"},
    "table": set(),
    "tbody": set(),
    "td": {"class"},
    "th": {"class", "scope"},
    "thead": set(),
    "tr": set(),
    "ul": {"class"},
}
VOID = {"br", "hr", "img", "source"}
SAFE_ADDRESS = re.compile(
    r"(?:https?://[^/\\\s]|mailto:|tel:|/(?![/\\])|/$|#)[^\s\\\x00-\x1f]*", re.I
)


class StrictReader(HTMLParser):
    """Collects in faults whatever a fragment holds that it may not, and in links its addresses."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(fragment)
        self.close()
        if self._open:
            self.faults.append(f"left open: {self._open}")
        if len(self.ids) != len(set(self.ids)):
            self.faults.append("an id is there twice")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "a" and "a" in self._open:
            self.faults.append("a link within a link")
        if tag not in ALLOWED:
            self.faults.append(f"element {tag}")
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.faults.append(f"attribute {tag} {name}")
            if name in ("href", "src"):
                self.links.append(value or "")
                if not SAFE_ADDRESS.fullmatch(value or ""):
                    self.faults.append(f"address {value!r}")
            if name == "id":
                self.ids.append(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"stray end of {tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("processing instruction")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")
