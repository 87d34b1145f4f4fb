"""Renders what stands within a line: words, emphasis, code, links, images, references to notes."""

import re
from collections.abc import Callable, Mapping
from html import escape

from django.utils.safestring import SafeString
from markdown_it.token import Token

from clinic_site.markup.addresses import is_image, is_link, is_uploaded_image, is_web
from clinic_site.markup.anchors import Anchors
from clinic_site.markup.document import ImageRef, Link
from clinic_site.markup.notes import Notes
from clinic_site.markup.output import Output
from clinic_site.markup.parsing import plain_text
from clinic_site.markup.pictures import Picture, folded_html, image_html, missing_html

_RAW_HTML = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--")
_UNKNOWN_NOTE = re.compile(r"\[\^([^\]\[\s]{1,64})\]")
# 9-1-1 and its like: a browser may break a line at a hyphen between digits.
_SHORT_NUMBER = re.compile(r"(?<![\w-])\d-\d-\d(?![\w-])")
_PLAIN_TAGS = {"em_open": "<em>", "em_close": "</em>"}
_PLAIN_TAGS |= {"strong_open": "<strong>", "strong_close": "</strong>"}


def whole_numbers(words: str) -> SafeString:
    """Plain words as HTML, each number to call in them on one line."""
    html = escape(words, quote=False)
    if "-" in words:
        html = _SHORT_NUMBER.sub(r'<span class="nowrap">\g<0></span>', html)
    return SafeString(html)


class InlineRenderer:
    """Renders inline tokens into an Output, and says what is wrong with them."""

    def __init__(
        self, out: Output, notes: Notes, anchors: Anchors, pictures: Mapping[str, Picture] | None
    ) -> None:
        self._out = out
        self._notes = notes
        self._anchors = anchors
        self._pictures = pictures
        self._line = 0
        self._open_links: list[bool] = []
        self._rules: dict[str, Callable[[Token], None]] = {
            "code_inline": self._code,
            "footnote_ref": self._note,
            "hardbreak": self._hard_break,
            "image": self._image,
            "link_close": self._link_close,
            "link_open": self._link_open,
            "softbreak": self._soft_break,
            "text": self._text,
        }

    def render(self, tokens: list[Token], line: int) -> None:
        """Render the children of an inline token that begins on this line."""
        self._line = line
        html = self._out.html
        for child in tokens:
            tag = _PLAIN_TAGS.get(child.type)
            if tag:
                html.append(tag)
            else:
                self._rules[child.type](child)

    def render_tangled(self, token: Token, line: int) -> None:
        """Render words with too many brackets within one another as they are typed."""
        self._out.words.append(token.content)
        self._out.html.append(escape(token.content, quote=False))
        self._out.problem(
            line,
            "There are too many square brackets within one another here, the words are shown"
            " as they are typed: close each [ with ], or write \\[",
        )

    def _text(self, token: Token) -> None:
        words = token.content
        self._out.words.append(words)
        self._out.html.append(whole_numbers(words))
        if "<" in words and (tag := _RAW_HTML.search(words)):
            self._out.problem(
                self._line,
                f"HTML is not used here, {tag[0]!r} is shown as it is typed: write Markdown, or put"
                " it between ` signs if readers are meant to see it",
            )
        if "[^" in words and (note := _UNKNOWN_NOTE.search(words)):
            self._out.problem(
                self._line,
                f"No source is called {note[1]!r}: write a line that begins with [^{note[1]}]: and"
                " says the source",
            )

    def _code(self, token: Token) -> None:
        self._out.words.append(token.content)
        self._out.html.append(f"<code>{escape(token.content, quote=False)}</code>")

    def _soft_break(self, token: Token) -> None:
        self._line += 1
        self._out.words.append(" ")
        self._out.html.append("\n")

    def _hard_break(self, token: Token) -> None:
        self._line += 1
        self._out.words.append(" ")
        self._out.html.append("<br>\n")

    def _link_open(self, token: Token) -> None:
        href = self._within(str(token.attrs.get("href", "")))
        is_open = is_link(href) and not any(self._open_links)
        self._open_links.append(is_open)
        if is_open:
            rel = ' rel="noopener"' if is_web(href) else ""
            title = escape(str(token.attrs.get("title", "")))
            title = f' title="{title}"' if title else ""
            self._out.html.append(f'<a href="{escape(href)}"{title}{rel}>')
            self._out.links.append(Link(href, self._line))
        elif not is_link(href):
            self._out.problem(
                self._line,
                f"A link can't lead to {href!r}, only its text is shown: write an address that"
                " begins with https://, http://, mailto:, tel:, / or #",
            )

    def _link_close(self, token: Token) -> None:
        if self._open_links.pop():
            self._out.html.append("</a>")

    def _within(self, href: str) -> str:
        """The address, with the prefix of this document if it is a place within it."""
        if href.startswith("#") and not self._anchors.is_free(href[1:]):
            return f"#{self._anchors.full(href[1:])}"
        return href

    def _note(self, token: Token) -> None:
        self._out.html.append(self._notes.reference_html(token.meta["label"]))

    def folded(self, tokens: list[Token]) -> Token | None:
        """The picture that may be hard to look at, if these tokens are just that: a block of its own."""
        if not self._pictures or not any(token.type == "image" for token in tokens):
            return None
        images = [token for token in tokens if token.type != "text" or token.content.strip()]
        if len(images) != 1 or images[0].type != "image":
            return None
        picture = self._pictures.get(str(images[0].attrs.get("src", "")))
        return images[0] if picture and picture.is_sensitive else None

    def render_folded(self, token: Token, line: int) -> None:
        """Render a picture that `folded` found."""
        self._line = line
        self._image(token, is_alone=True)

    def _image(self, token: Token, *, is_alone: bool = False) -> None:
        src = str(token.attrs.get("src", ""))
        picture = (self._pictures or {}).get(src)
        alt = plain_text(token) or (picture.alt if picture else "")
        if not alt and picture is None:
            self._out.problem(
                self._line,
                f"The image {src!r} has no description: write in the square brackets what it shows",
            )
        if not is_image(src):
            self._out.html.append(missing_html(alt))
            self._out.words.append(alt)
            self._out.problem(
                self._line,
                f"An image can't come from {src!r}, its description is shown: write image: and its"
                " number, or an address of this site that begins with /",
            )
            return
        self._out.images.append(ImageRef(src, alt, self._line))
        self._out.html.append(self._image_html(src, alt, picture, is_alone))

    def _image_html(self, src: str, alt: str, picture: Picture | None, is_alone: bool) -> str:
        """The image; its description alone where it is not in the library, or would lie open."""
        if picture is None and is_uploaded_image(src):
            if self._pictures is not None:
                self._out.problem(
                    self._line,
                    f"There is no image {src.removeprefix('image:')} in the library, its description"
                    " is shown: pick one from the library",
                )
            return missing_html(alt)
        if picture is None or not picture.is_sensitive:
            return image_html(src, alt, picture)
        if is_alone:
            return folded_html(src, alt, picture)
        self._out.problem(
            self._line,
            f"The picture {src!r} may be hard to look at, so it has to be folded: put it on a line of"
            " its own, with an empty line before and after",
        )
        return missing_html(alt)
