"""Renders the blocks of a text: paragraphs, headings, lists, tables, call-outs."""

from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from clinic_site.markup.inline import InlineRenderer
from clinic_site.markup.output import (
    BulletMet,
    CallOutMet,
    HeadingMet,
    Met,
    Output,
    PointMet,
    Span,
)
from clinic_site.markup.parsing import CALL_OUTS, TANGLED, WARNING_CARDS, column_names

WITH_TITLE = ", its first line read"  # what the kind of a warning card ends in after its title
KINDS = ", ".join(f"[!{kind}]" for kind in CALL_OUTS)
_ALIGNED = {
    "text-align:right": ' class="align-right"',
    "text-align:center": ' class="align-center"',
}

# What each kind of token is rendered by; a token without a rule is rendered by its tag.
_RULES = {
    "blockquote_close": "_quote_close",
    "blockquote_open": "_quote_open",
    "bullet_list_open": "_wrap",
    "code_block": "_code",
    "dd_close": "_definition_close",
    "dd_open": "_definition_open",
    "dl_open": "_wrap",
    "dt_close": "_label_close",
    "dt_open": "_label_open",
    "fence": "_code",
    "heading_close": "_heading_close",
    "heading_open": "_heading_open",
    "inline": "_words",
    "list_item_close": "_entry_close",
    "list_item_open": "_entry_open",
    TANGLED: "_words",
    "ordered_list_open": "_wrap",
    "paragraph_close": "_paragraph_close",
    "paragraph_open": "_paragraph_open",
    "table_close": "_table_close",
    "table_open": "_table_open",
    "td_open": "_cell_open",
    "th_open": "_cell_open",
}


class BlockRenderer:
    """Renders block tokens into an Output; met is what the outline is made of, in order."""

    def __init__(self, out: Output, inline: InlineRenderer, first_line: int) -> None:
        self.met: list[Met] = []
        self._out = out
        self._inline = inline
        self._first_line = first_line
        self._line = first_line
        self._tokens: list[Token] = []
        self._starts: list[int] = []
        self._quotes: list[str] = []
        self._quoted: list[Span] = []  # the entries of lists in the call-out that is open
        self._table_names: dict[str, int] = {}
        self._rules: dict[str, Callable[[Token, int], None]] = {
            kind: getattr(self, name) for kind, name in _RULES.items()
        }

    def render(self, tokens: list[Token]) -> None:
        """Render these tokens, one after the other."""
        self._tokens = tokens
        rules = self._rules
        for index, token in enumerate(tokens):
            rules.get(token.type, self._plain)(token, index)

    def _plain(self, token: Token, index: int) -> None:
        """An element without attributes, such as li, tr, hr."""
        if token.nesting == -1:
            self._out.words.append(" ")
            self._out.html.append(f"</{token.tag}>\n")
        else:
            self._out.html.append(f"<{token.tag}>")

    def _words(self, token: Token, index: int) -> None:
        if token.map:
            self._line = token.map[0] + self._first_line
        is_paragraph = index > 0 and self._tokens[index - 1].type == "paragraph_open"
        folded = self._inline.folded(token.children or []) if is_paragraph else None
        if folded:
            self._inline.render_folded(folded, self._line)
        elif token.type == TANGLED:
            self._inline.render_tangled(token, self._line)
        else:
            self._inline.render(token.children or [], self._line)

    def _paragraph_open(self, token: Token, index: int) -> None:
        words = self._tokens[index + 1]
        if not words.content:
            return
        if self._quotes and self._quotes[-1] in WARNING_CARDS:
            self._quotes[-1] += WITH_TITLE
            self._card_title(words)
        if words.content and not token.hidden and not self._inline.folded(words.children or []):
            self._out.html.append('<p class="note-button">' if self._is_button(words) else "<p>")

    def _is_button(self, words: Token) -> bool:
        """Whether this paragraph of a warning card is one link and nothing else."""
        if not self._quotes or not self._quotes[-1].endswith(WITH_TITLE):
            return False
        kinds = [child.type for child in words.children or () if child.content or child.nesting]
        ends = (kinds[:1], kinds[-1:])
        return ends == (["link_open"], ["link_close"]) and kinds.count("link_open") == 1

    def _paragraph_close(self, token: Token, index: int) -> None:
        self._out.words.append(" ")
        words = self._tokens[index - 1]
        if words.content:
            is_bare = token.hidden or self._inline.folded(words.children or [])
            self._out.html.append("\n" if is_bare else "</p>\n")

    def _card_title(self, words: Token) -> None:
        """Render a first line that is all bold as the title of the card; the rest is left."""
        children = [
            child for child in words.children or () if child.type != "text" or child.content
        ]
        kinds = [child.type for child in children]
        if kinds[:1] != ["strong_open"]:
            return
        end = kinds.index("strong_close") + 1
        if end < len(kinds) and kinds[end] not in ("softbreak", "hardbreak"):
            return
        self._out.html.append('<p class="note-title">')
        self._inline.render(children[:end], (words.map or [0])[0] + self._first_line)
        self._out.html.append("</p>\n")
        self._out.words.append(" ")
        words.children = children[end + 1 :]
        words.content = words.content if words.children else ""

    def _heading_open(self, token: Token, index: int) -> None:
        if token.level == 0:
            self._starts.append(self._out.mark())
        self._out.html.append(f'<h{max(int(token.tag[1]), 2)} id="{token.meta["id"]}">')
        if token.level == 0:
            self._starts.append(self._out.mark())

    def _heading_close(self, token: Token, index: int) -> None:
        level = max(int(token.tag[1]), 2)
        title_end = self._out.mark() if token.level == 0 else 0
        self._out.html.append(f"</h{level}>\n")
        self._out.words.append(" ")
        if title_end:
            title = (self._starts.pop(), title_end)
            anchor = self._tokens[index - 2].meta["id"]
            self.met.append(
                HeadingMet(level, self._line, anchor, self._starts.pop(), title, self._out.mark())
            )

    def _wrap(self, token: Token, index: int) -> None:
        number = f' start="{token.attrs["start"]}"' if "start" in token.attrs else ""
        kind = "definition-list" if token.tag == "dl" else "list"
        self._out.html.append(f'<{token.tag} class="{kind}"{number}>\n')

    def _entry_open(self, token: Token, index: int) -> None:
        self._out.html.append("<li>")
        if token.level == 1 or self._is_quoted(token):
            self._starts.append(self._out.mark())

    def _entry_close(self, token: Token, index: int) -> None:
        if token.level == 1:
            self.met.append(BulletMet((self._starts.pop(), self._out.mark())))
        elif self._is_quoted(token):
            self._quoted.append((self._starts.pop(), self._out.mark()))
        self._plain(token, index)

    def _is_quoted(self, token: Token) -> bool:
        """Whether this entry's list stands in a call-out of the top level, and in nothing else."""
        return token.level == 2 and len(self._quotes) == 1 and bool(self._quotes[0])

    def _label_open(self, token: Token, index: int) -> None:
        self._out.html.append(f'<dt id="{token.meta["id"]}">')
        if token.level == 1:
            self._starts.append(self._out.mark())

    def _label_close(self, token: Token, index: int) -> None:
        if token.level == 1:
            anchor = self._tokens[index - 2].meta["id"]
            label = (self._starts.pop(), self._out.mark())
            self.met.append(PointMet(self._line, anchor, label, []))
        self._plain(token, index)

    def _definition_open(self, token: Token, index: int) -> None:
        self._out.html.append("<dd>")
        if token.level == 1:
            self._starts.append(self._out.mark())

    def _definition_close(self, token: Token, index: int) -> None:
        point = self.met[-1] if token.level == 1 else None
        if isinstance(point, PointMet):
            point.bodies.append((self._starts.pop(), self._out.mark()))
        self._plain(token, index)

    def _quote_open(self, token: Token, index: int) -> None:
        kind = token.meta.get("call_out", "")
        if kind and kind not in CALL_OUTS:
            self._out.problem(
                (token.map[0] if token.map else 0) + self._first_line,
                f"There is no call-out [!{kind}]: write one of {KINDS}",
            )
            kind = ""
        if kind and token.level == 0:
            self._starts.append(self._out.mark())
            self._quoted = []
        self._quotes.append(kind)
        self._out.html.append(
            f'<aside class="note note-{kind.lower()}" role="note" aria-label="{CALL_OUTS[kind]}">\n'
            if kind
            else "<blockquote>\n"
        )

    def _quote_close(self, token: Token, index: int) -> None:
        kind = self._quotes.pop()
        self._out.html.append("</aside>\n" if kind else "</blockquote>\n")
        if kind and token.level == 0:
            span = (self._starts.pop(), self._out.mark())
            self.met.append(CallOutMet(kind.removesuffix(WITH_TITLE), span, self._quoted))

    def _code(self, token: Token, index: int) -> None:
        self._out.words.append(token.content + " ")
        words = escape(token.content, quote=False)
        self._out.html.append(f'<pre tabindex="0"><code>{words}</code></pre>\n')

    def _table_open(self, token: Token, index: int) -> None:
        name = "Table: " + ", ".join(column_names(self._tokens, index))
        number = self._table_names[name] = self._table_names.get(name, 0) + 1
        name = escape(name if number == 1 else f"{name} ({number})")
        self._out.html.append(
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}">\n<table>\n'
        )

    def _table_close(self, token: Token, index: int) -> None:
        self._out.html.append("</table>\n</div>\n")

    def _cell_open(self, token: Token, index: int) -> None:
        side = _ALIGNED.get(str(token.attrs.get("style", "")), "")
        scope = ' scope="col"' if token.tag == "th" else ""
        self._out.html.append(f"<{token.tag}{scope}{side}>")
