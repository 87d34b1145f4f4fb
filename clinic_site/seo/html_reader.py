"""What a page tells an engine that runs no script: read from its HTML, nothing judged."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NAMED = {"description": "description", "robots": "robots", "og:image": "card"}
SILENT = ("script", "style", "title", "template")


@dataclass
class PageFacts:
    """Addresses are as written in the page. `words` counts those inside the element main."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = ""
    card: str = ""
    words: int = 0
    links: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)  # pictures, scripts, icons, the manifest
    anchors: set[str] = field(default_factory=set)
    data: list[str] = field(default_factory=list)  # each JSON-LD text
    headings: list[str] = field(default_factory=list)  # each h1

    @property
    def is_indexable(self) -> bool:
        """Whether the page lets engines list it."""
        return "noindex" not in self.robots


def read_facts(html: str) -> PageFacts:
    """The facts of a page; whatever the HTML is like, nothing is raised."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.facts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.facts = PageFacts()
        self._inside: list[str] = []  # of main, h1 and the silent elements, those that are open
        self._text: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.facts.anchors.add(given["id"])
        if tag in (*SILENT, "main", "h1"):
            self._inside.append(tag)
            self._text = []
            self._is_data = given.get("type") == "application/ld+json"
        if tag == "a" and "href" in given:
            self.facts.links.append(given["href"])
        elif tag == "meta":
            self._meta(given)
        elif tag == "link":
            self._link(given)
        elif tag in ("img", "script") and given.get("src"):
            self.facts.needs.append(given["src"])

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] != "main":
            self._text.append(data)
        if "main" in self._inside and not set(self._inside) & set(SILENT):
            self.facts.words += len(data.split())

    def handle_endtag(self, tag: str) -> None:
        if not self._inside or self._inside[-1] != tag:
            return
        self._inside.pop()
        text = "".join(self._text)
        if tag == "title" and not self.facts.title:
            self.facts.title = " ".join(text.split())
        elif tag == "h1":
            self.facts.headings.append(" ".join(text.split()))
        elif tag == "script" and self._is_data:
            self.facts.data.append(text)

    def _meta(self, given: dict[str, str]) -> None:
        name = NAMED.get(given.get("name", given.get("property", "")))
        if name:
            setattr(self.facts, name, given.get("content", ""))

    def _link(self, given: dict[str, str]) -> None:
        kinds = given.get("rel", "").split()
        if "canonical" in kinds:
            self.facts.canonical = given.get("href", "")
        elif {"icon", "manifest", "apple-touch-icon", "stylesheet"} & set(kinds):
            self.facts.needs.append(given.get("href", ""))
