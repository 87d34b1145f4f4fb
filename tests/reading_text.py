"""What a reader sees of an HTML text: its words without the numbers of its sources, white space collapsed."""

import re
from html.parser import HTMLParser

UNSEEN = ("style", "script", "title", "sup")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def words_of(html: str) -> str:
    """The words of a page in reading order, one space between them."""
    parser = _Words()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())


def card_titles(html: str) -> list[str]:
    """What the warning cards in some HTML are called, in their order."""
    return [words_of(title) for title in re.findall(r'<p class="note-title">(.*?)</p>', html)]
